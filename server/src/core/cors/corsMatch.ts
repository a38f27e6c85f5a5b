import { workspaceOf } from '../workspace/policyScope';
import type { FlowCors } from './corsFlow';
import { type AllowedOrigin, type CorsList, defaultMethods } from './corsPolicy';
import { type CorsRequest, originHeader, requestedHeaderNames } from './corsSituation';
import type { Evaluation } from './evaluation';
import { listedFor, matchesParsedOrigin, readRequestOrigin } from './origin';
import { askCors, booleanOf } from './questions';

/** Whether a `cors` lists the request's origin, and how. */
export interface OriginMatch {
  readonly isListed: boolean;
  /** `*` admits it. */
  readonly isByStar: boolean;
}

/** Compares the request's `Origin` with the list, asking where an element's value is only known at run time. */
export function matchOrigin(evaluation: Evaluation, item: FlowCors, request: CorsRequest): OriginMatch {
  const origin = originHeader(request) ?? '';
  const switches = { originScheme: evaluation.peek('originScheme') };
  const asked = readRequestOrigin(origin);
  const matches = item.cors.origins.map((allowed) => ({
    allowed,
    match: matchesParsedOrigin(allowed, asked, switches),
  }));
  if (matches.some(({ match }) => match === 'yes')) {
    const isStar = (allowed: AllowedOrigin): boolean => listedFor(allowed, origin)?.kind === 'any';
    return { isListed: true, isByStar: item.cors.origins.some(isStar) };
  }
  const open = matches.filter(({ match }) => match === 'unknown').map(({ allowed }) => allowed);
  const names = new Set(open.map(({ written }) => written));
  const isListed = open.some((allowed) => isAdmittedBy(evaluation, item, allowed, origin, names.size > 1));
  return { isListed, isByStar: false };
}

/** Asks once for each text with a named value, wherever it stands, and once for all expressions of one `cors`. */
function isAdmittedBy(
  evaluation: Evaluation,
  item: FlowCors,
  allowed: AllowedOrigin,
  origin: string,
  isOneOfSeveral: boolean,
): boolean {
  const { written, isExpression } = allowed;
  const value = allowed.valueFor?.(origin) ?? allowed.value;
  const because = value.known ? '' : value.because;
  const options: readonly [string, string] = ['admits the caller', 'does not admit the caller'];
  const shared = isExpression ? undefined : `origin:${workspaceOf(item.scope) ?? ''}:${written}`;
  const what = isOneOfSeveral && !isExpression ? `the origin ${written}` : 'the origin';
  return askCors(evaluation, item, what, options, because, shared) === options[0];
}

/** Whether requests of other origins end here; what an absent attribute means is switch `terminateDefault`. */
export function isTerminating(evaluation: Evaluation, item: FlowCors): boolean {
  const written = item.cors.terminateUnmatched;
  if (written === undefined) return evaluation.consult('terminateDefault') === 'true';
  return booleanOf(evaluation, item, 'terminate-unmatched-request', written);
}

/** Why requests of other origins end or go on here: a clause behind the name of the `cors`. */
export function terminationReason(item: FlowCors, terminates: boolean): string {
  const value = terminates ? 'true' : 'false';
  if (item.cors.terminateUnmatched !== undefined) return `terminate-unmatched-request is "${value}"`;
  return `terminate-unmatched-request is not written, which is read as "${value}"`;
}

/** What the lists say about the method and headers that a preflight asks for. */
export interface ListMatch {
  /** Known entries, as they are written. */
  readonly methods: readonly string[];
  readonly allowsMethod: boolean;
  readonly headers: readonly string[];
  /** The requested names that are allowed, as the request writes them. */
  readonly allowedHeaders: readonly string[];
  readonly allowsHeaders: boolean;
}

/** Compares method (with regard to case, as browsers do) and header names (without) with the lists. */
export function matchLists(evaluation: Evaluation, item: FlowCors, request: CorsRequest): ListMatch {
  const method = request.accessControlRequestMethod ?? '';
  const methods = item.cors.methods === undefined ? defaultMethods : knownEntries(item.cors.methods);
  const listsMethod = methods.some((listed) => listed === '*' || listed === method);
  const requested = requestedHeaderNames(request);
  const headers = item.cors.headers === undefined ? [] : knownEntries(item.cors.headers);
  const listed = new Set(headers.map((name) => name.toLowerCase()));
  const allowed = requested.filter((name) => listed.has('*') || listed.has(name.toLowerCase()));
  const allowsAll = allowed.length === requested.length || allowsOpenList(evaluation, item, 'headers');
  return {
    methods,
    allowsMethod: listsMethod || allowsOpenList(evaluation, item, 'methods'),
    headers,
    allowedHeaders: allowsAll ? requested : allowed,
    allowsHeaders: allowsAll,
  };
}

function knownEntries(list: CorsList): readonly string[] {
  return list.entries.flatMap(({ value }) => (value.known ? [value.value] : []));
}

function allowsOpenList(evaluation: Evaluation, item: FlowCors, list: 'methods' | 'headers'): boolean {
  const open = item.cors[list]?.entries.find(({ value }) => !value.known)?.value;
  if (open === undefined || open.known) return false;
  const options: readonly [string, string] = ['allow the request', 'do not allow the request'];
  return askCors(evaluation, item, `the allowed-${list}`, options, open.because) === options[0];
}
