import type { ActualRequest } from './actualRequest';
import type { FlowItem } from './corsFlow';
import { describeStatement } from './corsNames';
import type { BrowserVerdict } from './corsOutcome';
import { type CorsRequest, originHeader } from './corsSituation';
import { corsSources } from './corsSources';
import { endRun } from './endings';
import type { Ending, Evaluation } from './evaluation';
import { followSetHeaders, type ManualHeader } from './manualHeaders';
import type { CorsHeaders } from './responseHeaders';

/** The header that admits an origin. */
export const allowOrigin = 'Access-Control-Allow-Origin';
const allowCredentials = 'Access-Control-Allow-Credentials';

/** What `set-header` statements make of the two headers that the browser looks at. */
export interface ManualHeaders {
  readonly origin: ManualHeader;
  /** Whether credentials are granted, in each way that it may come: the backend may send that header, or not. */
  readonly credentials: readonly [ManualHeader, ...ManualHeader[]];
}

/** Follows a section's `set-header` statements, starting with what the backend sent. */
export function followManual(
  evaluation: Evaluation,
  actual: ActualRequest,
  items: readonly FlowItem[],
  fromBackend: string | undefined,
  asksUnknown: boolean,
): ManualHeaders {
  const { request, namedValues, facts } = actual;
  const { failingPolicy } = facts;
  const initial = fromBackend === undefined ? [] : [fromBackend === 'unknown' ? undefined : fromBackend];
  const follow = (name: string, values: ManualHeader['values'], asks: boolean): ManualHeader =>
    followSetHeaders(
      evaluation,
      items,
      { name, initial: values, asksUnknown: asks, namedValues, failingPolicy },
      request,
    );
  const origin = follow(allowOrigin, initial, asksUnknown);
  const unasked: ManualHeader = { values: [], by: undefined, isTouched: false };
  const matters = request.credentials === 'include' && origin.values.length > 0;
  if (!matters) return { origin, credentials: [unasked] };
  const withoutGrant = follow(allowCredentials, [], false);
  const withGrant = fromBackend === undefined ? [] : [follow(allowCredentials, ['true'], false)];
  return { origin, credentials: [withoutGrant, ...withGrant] };
}

/** A response whose CORS headers were written by `set-header`. */
export function endWithManual(
  evaluation: Evaluation,
  actual: ActualRequest,
  manual: ManualHeaders,
  outcome: 'passes-with-manual-headers' | 'error-with-cors-headers',
  status: number | undefined,
): Ending {
  const { origin } = manual;
  const by = origin.by;
  const name =
    by === undefined || by.kind === 'unknown' ? 'a set-header statement' : describeStatement(by, 'set-header');
  if (origin.values.length > 1) {
    const because = `${name} adds a second value to ${allowOrigin}, and browsers refuse two.`;
    const browser: BrowserVerdict = 'blocked';
    return endRun(evaluation, actual.request, { outcome: 'header-conflict-possible', by, status, browser, because });
  }
  const because = `${name} writes ${allowOrigin} by hand; it helps real requests only, a preflight is not answered by it.`;
  if (by?.kind === 'unknown') {
    return endRun(evaluation, actual.request, { outcome, by, status, browser: 'allowed', because });
  }
  const headers = knownHeaders(manual);
  const browser = verdictOn(actual.request, manual, { whereOpen: 'unknown' });
  return endRun(evaluation, actual.request, { outcome, by, status, headers, browser, because });
}

/** What is certain of the two headers. */
function knownHeaders({ origin, credentials: [first, second] }: ManualHeaders): CorsHeaders {
  const [value] = origin.values;
  const isSure = second === undefined || first.values.join() === second.values.join();
  const [granted, another] = isSure ? first.values : [];
  return {
    ...(value === undefined ? {} : { [allowOrigin]: value }),
    ...(granted === undefined || another !== undefined ? {} : { [allowCredentials]: granted }),
  };
}

/**
 * What the browser makes of headers that are partly not known: `allowed` and `blocked` only where every value leads
 * there, `whereOpen` elsewhere, and `depends-on-backend` where nothing but the backend's grant of credentials is open.
 */
function verdictOn(
  request: CorsRequest,
  { origin, credentials }: ManualHeaders,
  { whereOpen }: { readonly whereOpen: BrowserVerdict },
): BrowserVerdict {
  const [value] = origin.values;
  const caller = originHeader(request);
  if (request.credentials !== 'include') {
    if (value === undefined) return whereOpen;
    return value === '*' || value === caller ? 'allowed' : 'blocked';
  }
  if (value !== undefined && value !== caller) return 'blocked';
  const grants = credentials.map(({ values: [granted, ...more], values }): boolean | undefined => {
    if (values.length === 0 || more.length > 0) return false;
    return granted === undefined ? undefined : granted === 'true';
  });
  if (grants.every((grant) => grant === false)) return 'blocked';
  if (value === undefined || grants.includes(undefined)) return whereOpen;
  return grants.every((grant) => grant === true) ? 'allowed' : 'depends-on-backend';
}

/** A response whose `Access-Control-Allow-Origin` comes from the backend. */
export function endWithBackend(evaluation: Evaluation, actual: ActualRequest, manual: ManualHeaders): Ending {
  const { request } = actual;
  const isOpenOrigin = manual.origin.values[0] === undefined;
  const because = isOpenOrigin
    ? 'no cors adds headers, so those of the backend pass through, if it sends any.'
    : 'no cors adds headers, so those of the backend pass through.';
  evaluation.note({
    what: 'backend',
    scope: undefined,
    place: undefined,
    result: isOpenOrigin ? 'may send its own CORS headers' : 'sends its own CORS headers',
    because,
    source: corsSources.cors,
  });
  const headers = knownHeaders(manual);
  const browser = verdictOn(request, manual, { whereOpen: 'depends-on-backend' });
  return endRun(evaluation, request, { outcome: 'passes-with-backend-headers', headers, browser, because });
}
