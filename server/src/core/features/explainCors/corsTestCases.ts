import { modify } from 'jsonc-parser';
import { type CallExplanation, explainCall } from '../../cors/corsCall';
import type { CorsDecision } from '../../cors/corsOutcome';
import type { CorsRequest } from '../../cors/corsSituation';
import { parentFolder, wayTo } from '../../text/paths';
import type { SpanEdit } from '../../text/textEdits';
import { readJson } from '../../workspace/jsonText';
import { formattingOf } from '../setScope';
import type { CorsRequestForm } from './corsRequestForm';
import type { DescribedCall } from './describeRequest';
import { sentPreflight } from './sentRequests';

/** How an explained call is written down: as it comes out now, or as it should come out. */
export type CorsExpectation = 'as-now' | 'allowed';

/** Cases of `cors-test`, and where they go. */
export interface CorsTestWriting {
  /** Of the text that was given. */
  readonly edits: readonly SpanEdit[];
  readonly ids: readonly string[];
}

/** The file that cases go to, and what they are about. */
export interface CorsTestFile {
  readonly path: string;
  /** Undefined where the file is still to be made. */
  readonly text: string | undefined;
  /** The policy file whose requests the cases are. */
  readonly targetPath: string;
}

/** Why nothing can be written: a sentence for people. */
export interface CorsTestRefusal {
  readonly because: string;
}

/**
 * Writes an explained call as cases at the end of a file of `cors-test`: one for each request that is sent, since a case
 * is about one. Nothing else in it changes.
 */
export function writeCorsTest(
  described: DescribedCall,
  { assume = {} }: Pick<CorsRequestForm, 'assume'>,
  expect: CorsExpectation,
  file: CorsTestFile,
): CorsTestWriting | CorsTestRefusal {
  const policyFile = wayTo(parentFolder(file.path) ?? '', file.targetPath);
  if (policyFile === undefined) return { because: 'The file must lie on the same drive as the policies.' };
  const known = readCases(file.text);
  if (known === undefined) return { because: 'The file holds no JSON array of cases, so nothing can be added to it.' };
  const { call, target, situation } = described;
  const common = {
    target: {
      file: policyFile,
      ...(target.product === undefined ? {} : { product: target.product }),
      ...(target.operation === undefined ? {} : { operation: target.operation.id }),
    },
    ...(Object.keys(assume).length === 0 ? {} : { assumptions: assume }),
  };
  const parts = requestsOf(explainCall(situation), described, expect);
  const ids = new Set(known);
  const cases = parts.map(({ request, expected, name, what }) => {
    const id = freshId(`${name}-${call.method}-from-${call.origin ?? 'nowhere'}`, what, ids);
    ids.add(id);
    const title = `${what === undefined ? '' : 'Preflight of '}${call.method} from ${call.origin}`;
    return { id, title, ...common, request, expected };
  });
  return { edits: appendCases(file.text, known.length, cases), ids: cases.map(({ id }) => id) };
}

interface CasePart {
  readonly request: CorsRequest;
  readonly expected: object;
  readonly name: string;
  /** Undefined for the call itself. */
  readonly what: 'preflight' | undefined;
}

function requestsOf(
  { preflight, actual }: CallExplanation,
  { call, target }: DescribedCall,
  expect: CorsExpectation,
): readonly CasePart[] {
  const { scope, operation } = target;
  const name = operation?.id ?? ('api' in scope && scope.api !== undefined ? scope.api : scope.kind);
  const common = {
    origin: call.origin,
    ...(call.credentials === 'same-origin' ? {} : { credentials: call.credentials }),
    ...(call.key === 'none' ? {} : { subscriptionKeyIn: call.key }),
  };
  const asked = Object.fromEntries(sentPreflight(call).headers);
  const parts: CasePart[] = [];
  if (preflight !== undefined) {
    const headers = asked['Access-Control-Request-Headers'];
    const request: CorsRequest = {
      method: 'OPTIONS',
      ...common,
      accessControlRequestMethod: asked['Access-Control-Request-Method'],
      ...(headers === undefined ? {} : { accessControlRequestHeaders: headers }),
    };
    parts.push({ request, expected: expectedOf(preflight, expect), name, what: 'preflight' });
  }
  // As it should be, the call is sent, even where its preflight fails today.
  if (actual !== undefined || expect === 'allowed') {
    const expected = actual === undefined ? { browser: 'allowed' } : expectedOf(actual, expect);
    parts.push({ request: { method: call.method, ...common }, expected, name, what: undefined });
  }
  return parts;
}

function expectedOf({ outcome, by, browser }: CorsDecision, expect: CorsExpectation): object {
  return expect === 'allowed' ? { browser: 'allowed' } : { outcome, by: by ?? null, browser };
}

/** The ids that the file has; undefined where it is no array of cases. */
function readCases(text: string | undefined): readonly string[] | undefined {
  if (text === undefined || text.trim() === '') return [];
  const { value, problem } = readJson(text);
  if (problem !== undefined || !Array.isArray(value)) return undefined;
  return value.map((each: unknown) => String((each as { readonly id?: unknown } | null)?.id ?? ''));
}

function freshId(wanted: string, what: string | undefined, known: ReadonlySet<string>): string {
  const words = `${wanted}${what === undefined ? '' : `-${what}`}`;
  const id = words
    .toLowerCase()
    .replace(/https?:\/\//, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? id : `${id}-${number}`;
    if (!known.has(candidate)) return candidate;
  }
}

function appendCases(text: string | undefined, count: number, cases: readonly object[]): readonly SpanEdit[] {
  if (text === undefined || text.trim() === '') {
    const whole = { start: 0, end: text?.length ?? 0 };
    return [{ span: whole, newText: `${JSON.stringify(cases, null, 2)}\n` }];
  }
  const options = { isArrayInsertion: true, formattingOptions: formattingOf(text) };
  // One after the other would need the text in between; several at the same place go in the order of the edits.
  let after = text;
  for (const [index, each] of cases.entries()) {
    for (const { offset, length, content } of modify(after, [count + index], each, options)) {
      after = after.slice(0, offset) + content + after.slice(offset + length);
    }
  }
  return [differenceOf(text, after)];
}

/** The one edit that makes the one text of the other. */
function differenceOf(before: string, after: string): SpanEdit {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return {
    span: { start, end: before.length - end },
    newText: after.slice(start, after.length - end),
  };
}
