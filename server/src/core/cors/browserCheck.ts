import type { CredentialsMode } from './corsSituation';
import { isSafelistedMethod } from './safelist';

/** What a page asked for. */
export interface CrossOriginCall {
  /** As the browser serialises it; `null` for opaque origins. */
  readonly origin: string;
  readonly credentials: CredentialsMode;
}

/** What the answer to it holds. Names are compared without regard to case. */
export interface CheckedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** The browser's verdict, and for a refusal its reason in Chromium's words. */
export type BrowserCheck = { readonly isAllowed: true } | { readonly isAllowed: false; readonly reason: string };

const allowed: BrowserCheck = { isAllowed: true };

function refused(reason: string): BrowserCheck {
  return { isAllowed: false, reason };
}

/**
 * What a browser makes of the answer to its preflight (Fetch, "CORS-preflight fetch", step 7).
 *
 * Chromium looks at the origin first and at the status second, so a 404 without headers is reported as a missing header.
 */
export function checkPreflightResponse(
  call: CrossOriginCall & { readonly method: string; readonly headerNames: readonly string[] },
  response: CheckedResponse,
): BrowserCheck {
  const access = checkAccess(call, response);
  if (!access.isAllowed) return refused(`${preflightFailed} ${access.reason}`);
  if (response.status < 200 || response.status > 299) {
    return refused(`${preflightFailed} It does not have HTTP ok status.`);
  }
  for (const name of ['Access-Control-Allow-Methods', 'Access-Control-Allow-Headers']) {
    if (!listOf(findHeader(response, name)).every(isToken)) {
      return refused(`Cannot parse ${name} response header field in preflight response.`);
    }
  }
  const withCredentials = call.credentials === 'include';
  const methods = listOf(findHeader(response, 'Access-Control-Allow-Methods'));
  const coversMethod = methods.includes(call.method) || (!withCredentials && methods.includes('*'));
  if (!isSafelistedMethod(call.method) && !coversMethod) {
    return refused(`Method ${call.method} is not allowed by Access-Control-Allow-Methods in preflight response.`);
  }
  const names = listOf(findHeader(response, 'Access-Control-Allow-Headers')).map((name) => name.toLowerCase());
  const missing = call.headerNames.find((name) => !coversHeader(names, name.toLowerCase(), withCredentials));
  if (missing === undefined) return allowed;
  return refused(
    `Request header field ${missing.toLowerCase()} is not allowed by Access-Control-Allow-Headers in preflight response.`,
  );
}

const preflightFailed = "Response to preflight request doesn't pass access control check:";

/**
 * `*` covers neither calls with credentials nor `Authorization` (Fetch, "CORS non-wildcard request-header name").
 * Chromium 156 still lets it cover `Authorization`; what only some browsers allow counts as blocked.
 */
function coversHeader(names: readonly string[], name: string, withCredentials: boolean): boolean {
  if (names.includes(name)) return true;
  return names.includes('*') && !withCredentials && name !== 'authorization';
}

/** What a browser makes of the real answer, whatever its status (Fetch, "CORS check"). */
export function checkActualResponse(call: CrossOriginCall, response: CheckedResponse): BrowserCheck {
  return checkAccess(call, response);
}

function checkAccess(call: CrossOriginCall, response: CheckedResponse): BrowserCheck {
  const value = findHeader(response, 'Access-Control-Allow-Origin');
  if (value === undefined) {
    return refused("No 'Access-Control-Allow-Origin' header is present on the requested resource.");
  }
  const withCredentials = call.credentials === 'include';
  if (value === '*') {
    if (!withCredentials) return allowed;
    return refused(
      "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the " +
        "request's credentials mode is 'include'.",
    );
  }
  if (value !== call.origin) return refused(originMismatch(value));
  if (!withCredentials) return allowed;
  const credentials = findHeader(response, 'Access-Control-Allow-Credentials') ?? '';
  if (credentials === 'true') return allowed;
  return refused(
    `The value of the 'Access-Control-Allow-Credentials' header in the response is '${credentials}' which must be ` +
      "'true' when the request's credentials mode is 'include'.",
  );
}

/** What Chromium 156 adds for calls with `fetch`. */
const advice = ' Have the server send the header with a valid value.';

function originMismatch(value: string): string {
  if (value.includes(',')) {
    return `The 'Access-Control-Allow-Origin' header contains multiple values '${value}', but only one is allowed.${advice}`;
  }
  if (value !== 'null' && !/^[a-z][a-z0-9+.-]*:\/\/[^/\s]+(\/\S*)?$/i.test(value)) {
    return `The 'Access-Control-Allow-Origin' header contains the invalid value '${value}'.${advice}`;
  }
  return `The 'Access-Control-Allow-Origin' header has a value '${value}' that is not equal to the supplied origin.${advice}`;
}

function findHeader(response: CheckedResponse, name: string): string | undefined {
  const key = name.toLowerCase();
  return Object.entries(response.headers).find(([candidate]) => candidate.toLowerCase() === key)?.[1];
}

function listOf(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** What HTTP makes methods and names of headers of. One entry of a list that is none spoils the whole answer. */
function isToken(entry: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(entry);
}

/** The line that Chromium prints in its console (services/network, `cors_error_string`). */
export function consoleMessage(url: string, origin: string, reason: string): string {
  return `Access to fetch at '${url}' from origin '${origin}' has been blocked by CORS policy: ${reason}`;
}
