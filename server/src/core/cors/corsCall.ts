import { consoleMessage } from './browserCheck';
import { decidePrepared } from './corsDecision';
import { sentence } from './corsNames';
import type { BrowserVerdict, CorsDecision } from './corsOutcome';
import type { ClientKind, CorsFacts, CorsPolicies, CorsRequest, CredentialsMode, KeyPlace } from './corsSituation';
import { preparePolicies } from './evaluateRequest';
import { serialiseOrigin } from './origin';
import { type CallHeader, isForbiddenMethod, needsPreflight, normaliseMethod, type PreflightNeed } from './safelist';
import type { SwitchSettings } from './switches';

/** What a page, or a program, wants to call. */
export interface Call {
  readonly method: string;
  /** The page's origin. Undefined for a page within the API's own origin. A server caller sends one only if it is named here: proxies pass the header on. */
  readonly origin?: string | undefined;
  /** Headers that the caller sets. */
  readonly headers?: readonly CallHeader[] | undefined;
  /** `same-origin` where it is not given, as in `fetch`. */
  readonly credentials?: CredentialsMode | undefined;
  /** Where the subscription key travels; `none` where it is not given. */
  readonly key?: KeyPlace | undefined;
  /** `Ocp-Apim-Subscription-Key` where the API does not name another. */
  readonly keyHeader?: string | undefined;
  readonly client?: ClientKind | undefined;
  /** For the console message. */
  readonly url?: string | undefined;
  /** The browser still has the answer to an earlier, equal preflight. */
  readonly hasCachedPreflight?: boolean | undefined;
}

/** Policies, facts and the call. */
export interface CallSituation extends CorsPolicies {
  readonly call: Call;
  readonly facts: CorsFacts;
  readonly assume?: Partial<SwitchSettings> | undefined;
}

/** A call from the page's point of view: it may take two requests. `undefined` is `null` in JSON. */
export interface CallExplanation {
  readonly needsPreflight: boolean;
  /** Why it needs one, or why not: a clause. */
  readonly why: string;
  /** Undefined where none is sent. */
  readonly preflight: CorsDecision | undefined;
  /** Undefined where the preflight has failed already. */
  readonly actual: CorsDecision | undefined;
  readonly browser: BrowserVerdict;
  /** What Chromium prints in its console; undefined where it blocks nothing, or why is only known at run time. */
  readonly console: string | undefined;
  readonly because: string;
  /** How long the browser keeps the answer to the preflight; 0: not at all. */
  readonly cachedForSeconds: number;
  /** How the page could do without the preflight. */
  readonly hints: readonly string[];
  /** The headers of the answer that the page may read, lower case; undefined where it may not, or not surely, read the answer. */
  readonly readableHeaders: readonly string[] | 'all' | undefined;
}

/** Explains one call: whether a browser asks first, what becomes of both requests, and what the page sees. */
export function explainCall(situation: CallSituation): CallExplanation {
  const policies = preparePolicies(situation);
  const { facts, assume } = situation;
  const call = asSent(situation.call);
  if (call.client !== 'server' && isForbiddenMethod(call.method)) return explainForbidden(call.method);
  const need = preflightNeed(call, facts);
  const decide = (request: CorsRequest): CorsDecision => decidePrepared(policies, request, facts, assume);

  const asks = need.isNeeded && call.hasCachedPreflight !== true;
  const preflight = asks ? decide(preflightRequest(call, need)) : undefined;
  const actual = preflight?.browser === 'blocked' ? undefined : decide(actualRequest(call));
  const browser = combine(preflight?.browser, actual?.browser);
  return {
    needsPreflight: need.isNeeded,
    why: whyOf(call, need, facts),
    preflight,
    actual,
    browser,
    console: browser === 'blocked' ? consoleOf(call, preflight, actual) : undefined,
    because: becauseOf(preflight, actual),
    cachedForSeconds: cachedForSeconds(preflight),
    hints: need.isNeeded ? hintsOf(call) : [],
    readableHeaders: readableHeaders(call, browser, actual),
  };
}

/** `fetch` throws before anything is sent (Fetch, "forbidden method"). */
function explainForbidden(method: string): CallExplanation {
  const why = `browsers do not let a page send ${method}`;
  return {
    needsPreflight: false,
    why,
    preflight: undefined,
    actual: undefined,
    browser: 'blocked',
    console: undefined,
    because: `${sentence(why)}: fetch throws a TypeError, and nothing is sent.`,
    cachedForSeconds: 0,
    hints: [],
    readableHeaders: undefined,
  };
}

/** Fetch, "CORS-safelisted response-header name". */
const safelistedResponseHeaders: readonly string[] = [
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
];

/** `*` in `Access-Control-Expose-Headers` stands for all, but for calls with credentials, where it is a name like others. */
function readableHeaders(
  call: Call,
  browser: BrowserVerdict,
  actual: CorsDecision | undefined,
): CallExplanation['readableHeaders'] {
  if (browser === 'not-applicable') return 'all';
  if (browser !== 'allowed' || actual === undefined) return undefined;
  const exposed = (actual.headers['Access-Control-Expose-Headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  if (exposed.includes('*') && call.credentials !== 'include') return 'all';
  return [...new Set([...safelistedResponseHeaders, ...exposed])].sort();
}

/** Where an API does not name another. */
export const defaultKeyHeader = 'Ocp-Apim-Subscription-Key';

/** The call as the client sends it: method and origin as a browser writes them, the key among the headers. */
function asSent(call: Call): Call & { readonly headers: readonly CallHeader[] } {
  const key: readonly CallHeader[] = call.key === 'header' ? [{ name: call.keyHeader ?? defaultKeyHeader }] : [];
  const given = call.headers ?? [];
  const hasKey = given.some(({ name }) => name.toLowerCase() === key[0]?.name.toLowerCase());
  const headers = hasKey ? given : [...given, ...key];
  const isBrowser = call.client !== 'server';
  const origin = call.origin === undefined ? undefined : (serialiseOrigin(call.origin) ?? call.origin);
  return { ...call, headers, origin, method: isBrowser ? normaliseMethod(call.method) : call.method };
}

function preflightNeed(call: Call & { readonly headers: readonly CallHeader[] }, facts: CorsFacts): PreflightNeed {
  const isAsked = call.client !== 'server' && call.origin !== undefined && facts.apiType !== 'websocket';
  return isAsked ? needsPreflight(call) : { isNeeded: false, reasons: [], headerNames: [] };
}

function whyOf(call: Call, need: PreflightNeed, facts: CorsFacts): string {
  if (call.client === 'server') return 'a program that is no browser asks nobody';
  if (call.origin === undefined) return 'the page and the API have the same origin';
  if (facts.apiType === 'websocket') return 'browsers do not apply CORS to WebSocket connections';
  if (!need.isNeeded) return `${call.method} with safelisted headers is a simple request`;
  const reasons = need.reasons.join('; ');
  return call.hasCachedPreflight === true
    ? `${reasons}; the browser still has the answer to the last preflight`
    : reasons;
}

function preflightRequest(call: Call, need: PreflightNeed): CorsRequest {
  return {
    ...commonParts(call),
    method: 'OPTIONS',
    accessControlRequestMethod: call.method,
    accessControlRequestHeaders: need.headerNames.length === 0 ? undefined : need.headerNames.join(','),
  };
}

function actualRequest(call: Call): CorsRequest {
  return { ...commonParts(call), method: call.method };
}

function commonParts(call: Call): Omit<CorsRequest, 'method'> {
  const { origin, credentials, client, key } = call;
  return { origin, credentials, client, subscriptionKeyIn: key };
}

/** The call is only as good as the worse of its two requests. */
function combine(preflight: BrowserVerdict | undefined, actual: BrowserVerdict | undefined): BrowserVerdict {
  const verdicts = [preflight, actual].filter((verdict) => verdict !== undefined);
  const worstFirst: readonly BrowserVerdict[] = ['blocked', 'unknown', 'depends-on-backend', 'allowed'];
  return worstFirst.find((verdict) => verdicts.includes(verdict)) ?? 'not-applicable';
}

function consoleOf(
  call: Call,
  preflight: CorsDecision | undefined,
  actual: CorsDecision | undefined,
): string | undefined {
  const failed = preflight?.browser === 'blocked' ? preflight : actual;
  if (failed === undefined || failed.outcome === 'decided-at-runtime') return undefined;
  return consoleMessage(call.url ?? '<URL of the API>', call.origin ?? 'null', failed.browserBecause);
}

function becauseOf(preflight: CorsDecision | undefined, actual: CorsDecision | undefined): string {
  if (preflight === undefined) return actual?.because ?? '';
  if (actual === undefined) return `The preflight fails, so the call is never sent. ${preflight.because}`;
  return `Preflight: ${preflight.because} Call: ${actual.because}`;
}

/** What Chromium keeps at most: two hours. Firefox keeps a day. */
const longestCacheSeconds = 7200;
/** What a browser keeps an answer without `Access-Control-Max-Age` for (Fetch, "CORS-preflight fetch"). */
const defaultCacheSeconds = 5;

function cachedForSeconds(preflight: CorsDecision | undefined): number {
  if (preflight?.browser !== 'allowed') return 0;
  const written = preflight.headers['Access-Control-Max-Age'];
  return written === undefined ? defaultCacheSeconds : Math.min(Number(written), longestCacheSeconds);
}

/** The two needless preflights that people ask about most. */
function hintsOf(call: Call): readonly string[] {
  const names = (call.headers ?? []).map(({ name }) => name.toLowerCase());
  const own = names.find((name) => name.startsWith('access-control-') && !name.startsWith('access-control-request-'));
  return [
    ...(own === undefined
      ? []
      : [`${own} belongs to responses. A page that sends it only makes the browser ask first: leave it out.`]),
    ...(['GET', 'HEAD'].includes(call.method) && names.includes('content-type')
      ? [`A ${call.method} has no body, so content-type says nothing and may make the browser ask first: leave it out.`]
      : []),
  ];
}

/** The requests that a call takes, as they reach the gateway, for callers that decide about each of them themselves. */
export interface CallRequests {
  /** Undefined where none is sent. */
  readonly preflight: CorsRequest | undefined;
  /** A browser sends it only after a preflight that it liked. */
  readonly actual: CorsRequest;
}

/** As `explainCall` sends them; a preflight's answer is never cached here. The method must be one that a page can send. */
export function requestsOfCall(given: Call, facts: CorsFacts): CallRequests {
  const call = asSent(given);
  const need = preflightNeed(call, facts);
  return { preflight: need.isNeeded ? preflightRequest(call, need) : undefined, actual: actualRequest(call) };
}
