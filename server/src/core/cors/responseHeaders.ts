import type { FlowCors } from './corsFlow';
import { type ListMatch, matchLists, type OriginMatch } from './corsMatch';
import { type CorsRequest, originHeader, requestedHeaderNames } from './corsSituation';
import type { Evaluation } from './evaluation';
import { booleanOf } from './questions';

/** CORS headers by name, in the spelling of the Fetch standard. */
export type CorsHeaders = Readonly<Record<string, string>>;

/** What a `cors` that answers a preflight sends. Lists hold what switch `listEcho` says. */
export function preflightHeaders(
  evaluation: Evaluation,
  item: FlowCors,
  match: OriginMatch,
  request: CorsRequest,
): CorsHeaders {
  const lists = matchLists(evaluation, item, request);
  const { maxAgeSeconds } = item.cors;
  const { allowMethods, allowHeaders } = listHeaders(evaluation, lists, request);
  return {
    ...originHeaders(evaluation, item, match, request),
    'Access-Control-Allow-Methods': allowMethods,
    ...(allowHeaders === '' ? {} : { 'Access-Control-Allow-Headers': allowHeaders }),
    ...(maxAgeSeconds.known ? { 'Access-Control-Max-Age': String(maxAgeSeconds.value) } : {}),
  };
}

/** What a `cors` that matched adds to a real response. */
export function actualHeaders(
  evaluation: Evaluation,
  item: FlowCors,
  match: OriginMatch,
  request: CorsRequest,
): CorsHeaders {
  const exposed = (item.cors.exposeHeaders?.entries ?? []).flatMap(({ value }) => (value.known ? [value.value] : []));
  return {
    ...originHeaders(evaluation, item, match, request),
    ...(exposed.length === 0 ? {} : { 'Access-Control-Expose-Headers': exposed.join(', ') }),
  };
}

/**
 * The caller's origin is repeated, since a list cannot be sent (Fetch); `*` is sent for `*` without credentials. That
 * credentials are also granted on the real response is inferred: browsers need it there (cors-semantics 3.1).
 */
function originHeaders(evaluation: Evaluation, item: FlowCors, match: OriginMatch, request: CorsRequest): CorsHeaders {
  const withCredentials = booleanOf(evaluation, item, 'allow-credentials', item.cors.allowCredentials);
  const isLiteral = match.isByStar && (!withCredentials || sendsLiteralStar(evaluation));
  return {
    'Access-Control-Allow-Origin': isLiteral ? '*' : (originHeader(request) ?? ''),
    ...(withCredentials ? { 'Access-Control-Allow-Credentials': 'true' } : {}),
  };
}

function sendsLiteralStar(evaluation: Evaluation): boolean {
  return evaluation.consult('wildcardWithCredentials') === 'literal-star';
}

function listHeaders(
  evaluation: Evaluation,
  lists: ListMatch,
  request: CorsRequest,
): { readonly allowMethods: string; readonly allowHeaders: string } {
  const requested = requestedHeaderNames(request);
  // Only a literal * can change the browser's verdict: with credentials, and for Authorization.
  const hasStar = lists.methods.includes('*') || lists.headers.includes('*');
  const starMatters =
    request.credentials === 'include' || requested.some((name) => name.toLowerCase() === 'authorization');
  const echo = hasStar && starMatters ? evaluation.consult('listEcho') : evaluation.peek('listEcho');
  const method = request.accessControlRequestMethod ?? '';
  if (echo === 'configured-list') {
    const isOpen = lists.allowsMethod && !lists.methods.includes('*') && !lists.methods.includes(method);
    const areOpen = lists.allowedHeaders.filter(
      (name) => !lists.headers.some((listed) => listed === '*' || listed.toLowerCase() === name.toLowerCase()),
    );
    return {
      allowMethods: [...lists.methods, ...(isOpen ? [method] : [])].join(', '),
      allowHeaders: [...lists.headers, ...areOpen].join(', '),
    };
  }
  return {
    allowMethods: lists.allowsMethod ? method : lists.methods.join(', '),
    allowHeaders: lists.allowedHeaders.join(','),
  };
}
