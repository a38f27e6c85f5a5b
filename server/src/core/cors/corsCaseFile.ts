import { findNodeAtLocation, getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Span } from '../text/span';
import { offsetsInJson } from '../workspace/jsonString';
import { describeJsonError } from '../workspace/jsonText';
import { type CorsCase, inlinePolicyPath, readCorsCase } from './corsCase';
import type { PolicyPlace } from './corsOutcome';
import { isObject, type ShapePath } from './shapes';

/** A file of CORS tests. Cases that can be read are there, whatever is wrong with the others. */
export interface CorsCaseFile {
  readonly cases: readonly WrittenCase[];
  /** In the order of the text. The messages are sentences. */
  readonly problems: readonly { readonly span: Span; readonly message: string }[];
}

/** A case, and where it is written. */
export interface WrittenCase {
  readonly case: CorsCase;
  /** `|{ "id": … }|` */
  readonly span: Span;
  /** What it expects, as it is written; undefined where it says nothing. */
  readonly expected: unknown;
  /** Where a part of the case is written; undefined where it has no such part. */
  partSpan(path: ShapePath): Span | undefined;
  /** The place in this file of a place in one of the case's own policies; undefined for places in other files. */
  inlineSpan(place: PolicyPlace): Span | undefined;
}

/** Reads the text of a file of CORS tests: a JSON array of cases, each with an id of its own. Never throws. */
export function readCorsCaseFile(text: string): CorsCaseFile {
  try {
    return readCases(text);
  } catch (error) {
    // The JSON reader calls itself for each level, so a text of brackets takes its stack away.
    if (!(error instanceof RangeError)) throw error;
    return withoutCases({ start: 0, end: Math.min(text.length, 1) }, 'The file is nested too deeply to be read.');
  }
}

function withoutCases(span: Span, message: string): CorsCaseFile {
  return { cases: [], problems: [{ span, message }] };
}

function readCases(text: string): CorsCaseFile {
  const errors: ParseError[] = [];
  // A BOM is no JSON, but editors write it; a blank keeps every offset.
  const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, { disallowComments: true, allowTrailingComma: false });
  const [broken] = errors;
  if (broken !== undefined) {
    const span = { start: broken.offset, end: broken.offset + broken.length };
    return withoutCases(span, `This is not valid JSON (${describeJsonError(broken.error)}).`);
  }
  if (tree?.type !== 'array') {
    const start = tree?.offset ?? 0;
    return withoutCases({ start, end: start + 1 }, 'The file must hold a JSON array of cases.');
  }
  const cases: WrittenCase[] = [];
  const problems: { span: Span; message: string }[] = [];
  const ids = new Set<string>();
  for (const [index, node] of (tree.children ?? []).entries()) {
    const reading = readCorsCase(getNodeValue(node), index);
    for (const { path, at, message } of reading.problems) problems.push({ span: spanAt(node, path, at), message });
    if (reading.case === undefined) continue;
    if (ids.has(reading.id)) {
      problems.push({
        span: spanAt(node, ['id'], 'value'),
        message: `There is another case ${reading.id} in this file.`,
      });
      continue;
    }
    ids.add(reading.id);
    cases.push(writtenCase(reading.case, node, text));
  }
  return { cases, problems: problems.sort((one, other) => one.span.start - other.span.start) };
}

function writtenCase(corsCase: CorsCase, node: Node, text: string): WrittenCase {
  const expected = findNodeAtLocation(node, ['expected']);
  return {
    case: corsCase,
    span: spanOf(node),
    expected: expected && getNodeValue(expected),
    partSpan(path) {
      const part = findPart(node, path);
      return part && spanOf(part.parent?.type === 'property' ? part.parent : part);
    },
    inlineSpan: ({ document, span }) => {
      const written = findInlinePolicy(corsCase, document.path, node);
      if (written === undefined) return undefined;
      const inside = { start: written.offset + 1, end: written.offset + written.length - 1 };
      const offset = offsetsInJson(text, { value: String(written.value), span: inside });
      return { start: offset(span.start), end: offset(span.end) };
    },
  };
}

function findInlinePolicy({ id, policies }: CorsCase, path: string, node: Node): Node | undefined {
  const keys = Object.entries(policies ?? {}).flatMap(([key, value]) =>
    isObject(value) ? Object.keys(value).map((inner) => [key, inner]) : [[key]],
  );
  const found = keys.find((each) => inlinePolicyPath(id, ...each) === path);
  return found && findNodeAtLocation(node, ['policies', ...found]);
}

/** Indexes come as texts, too. */
function findPart(node: Node, path: ShapePath): Node | undefined {
  return findNodeAtLocation(
    node,
    path.map((step) => (/^\d+$/.test(String(step)) ? Number(step) : step)),
  );
}

/** The part itself, or the nearest around it that is written. */
function spanAt(node: Node, path: ShapePath, at: 'key' | 'value'): Span {
  for (let length = path.length; length > 0; length--) {
    const part = findNodeAtLocation(node, path.slice(0, length));
    if (part === undefined) continue;
    const key = at === 'key' && length === path.length ? part.parent?.children?.[0] : undefined;
    return spanOf(key ?? part);
  }
  return spanOf(node);
}

function spanOf({ offset, length }: Node): Span {
  return { start: offset, end: offset + length };
}
