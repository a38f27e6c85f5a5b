import { type ParseError, type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import type { Span } from '../text/span';

/** Why a text could not be read, and where. `because` is a clause for people: "it is not valid JSON (comma expected)". */
export interface TextProblem {
  readonly span: Span;
  readonly because: string;
}

/** A text as data. Where there is a problem, `value` is undefined and says nothing. */
export interface JsonReading {
  readonly value: unknown;
  readonly problem: TextProblem | undefined;
}

/** Reads JSON as its writers write it, without comments; a byte order mark is accepted. Never throws. */
export function readJson(text: string): JsonReading {
  // A blank keeps every offset.
  const json = text.replace(/^\uFEFF/, ' ');
  try {
    return { value: JSON.parse(json), problem: undefined };
  } catch {
    return { value: undefined, problem: findJsonProblem(json) };
  }
}

/** JSON.parse tells no offset, so the text that it refused is read once more. */
function findJsonProblem(json: string): TextProblem {
  let first: ParseError | undefined;
  const onError = (error: ParseErrorCode, offset: number, length: number): void => {
    first ??= { error, offset, length };
  };
  try {
    visit(json, { onError }, { disallowComments: true });
  } catch {
    // Nested too deeply for a reader that calls itself: what it found before still counts.
  }
  if (first === undefined) return { span: { start: 0, end: 0 }, because: 'it is not valid JSON' };
  const { error, offset, length } = first;
  return {
    span: { start: offset, end: offset + length },
    because: `it is not valid JSON (${describeJsonError(error)})`,
  };
}

/** `PropertyNameExpected` → "property name expected" */
export function describeJsonError(code: ParseErrorCode): string {
  return printParseErrorCode(code)
    .replace(/(?!^)([A-Z])/g, ' $1')
    .toLowerCase();
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
