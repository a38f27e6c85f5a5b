import type { ActualRequest } from './actualRequest';
import type { FlowItem } from './corsFlow';
import { describeStatement } from './corsNames';
import type { BrowserVerdict } from './corsOutcome';
import { type CorsRequest, originHeader } from './corsSituation';
import { corsSources } from './corsSources';
import { callerOf, endRun } from './endings';
import type { Ending, Evaluation } from './evaluation';
import { followSetHeaders, type ManualHeader } from './manualHeaders';
import type { CorsHeaders } from './responseHeaders';

/** The header that admits an origin. */
export const allowOrigin = 'Access-Control-Allow-Origin';
const allowCredentials = 'Access-Control-Allow-Credentials';

/** What `set-header` statements make of the two headers that the browser looks at. */
export interface ManualHeaders {
  readonly origin: ManualHeader;
  readonly credentials: ManualHeader;
}

/** Follows a section's `set-header` statements, starting with what the backend sent. */
export function followManual(
  evaluation: Evaluation,
  actual: ActualRequest,
  items: readonly FlowItem[],
  fromBackend: string | undefined,
  asksUnknown: boolean,
): ManualHeaders {
  const { request, namedValues } = actual;
  const initial = fromBackend === undefined ? [] : [fromBackend === 'unknown' ? undefined : fromBackend];
  const follow = (name: string, values: ManualHeader['values'], asks: boolean): ManualHeader =>
    followSetHeaders(evaluation, items, { name, initial: values, asksUnknown: asks, namedValues }, request);
  const origin = follow(allowOrigin, initial, asksUnknown);
  const nothing: ManualHeader = { values: [], by: undefined, isTouched: false };
  const matters = request.credentials === 'include' && origin.values.length > 0;
  return { origin, credentials: matters ? follow(allowCredentials, [], false) : nothing };
}

/** A response whose CORS headers were written by `set-header`. */
export function endWithManual(
  evaluation: Evaluation,
  actual: ActualRequest,
  manual: ManualHeaders,
  outcome: 'passes-with-manual-headers' | 'error-with-cors-headers',
  status: number | undefined,
): Ending {
  const { origin, credentials } = manual;
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
  const headers = manualResponse(manual);
  const isOpen = Object.keys(headers).length < origin.values.length + Math.min(credentials.values.length, 1);
  const browser = isOpen ? openVerdict(actual.request, manual) : undefined;
  return endRun(evaluation, actual.request, { outcome, by, status, headers, browser, because });
}

/** The headers whose values are known; two values of one are sent as a list, which no browser takes. */
function manualResponse({ origin, credentials }: ManualHeaders): CorsHeaders {
  const [value] = origin.values;
  const granted = credentials.values.every((each) => each !== undefined) ? credentials.values.join(', ') : '';
  return {
    ...(value === undefined ? {} : { [allowOrigin]: value }),
    ...(granted === '' ? {} : { [allowCredentials]: granted }),
  };
}

/** Headers with a value that is not known: whatever it is, a call with credentials may lack what it needs besides. */
function openVerdict(request: CorsRequest, { origin, credentials }: ManualHeaders): BrowserVerdict {
  if (request.credentials !== 'include') return 'unknown';
  const [value] = origin.values;
  const [granted, another] = credentials.values;
  const cannotGrant = credentials.values.length === 0 || another !== undefined || credentials.values.length > 1;
  const refuses = granted !== undefined && granted !== 'true';
  const isOtherOrigin = value !== undefined && value !== originHeader(request);
  return cannotGrant || refuses || isOtherOrigin ? 'blocked' : 'unknown';
}

/** A response whose CORS headers come from the backend. */
export function endWithBackend(
  evaluation: Evaluation,
  actual: ActualRequest,
  origin: string,
  credentials: ManualHeader,
): Ending {
  const { request } = actual;
  const headers: CorsHeaders = origin === 'unknown' ? {} : { [allowOrigin]: origin };
  const isOpenOrigin = origin === 'unknown';
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
  const [granted] = credentials.values;
  const all = granted === undefined ? headers : { ...headers, [allowCredentials]: granted };
  // Whether the backend also allows credentials is not known; a literal * or another origin fails all the same.
  const mayGrant = request.credentials === 'include' && credentials.values.length === 0;
  const isOpen = origin === 'unknown' || (mayGrant && origin === callerOf(request));
  const browser = isOpen ? 'depends-on-backend' : undefined;
  return endRun(evaluation, request, { outcome: 'passes-with-backend-headers', headers: all, browser, because });
}
