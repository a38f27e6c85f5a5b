import { checkActualResponse, checkPreflightResponse } from './browserCheck';
import type { FlowChoice, FlowCors, FlowStatement, FlowUnknown } from './corsFlow';
import { placeOfStatement, sentence } from './corsNames';
import type { BrowserVerdict, CorsOutcome } from './corsOutcome';
import { type CorsRequest, isCheckedByBrowser, isPreflight, originHeader, requestedHeaderNames } from './corsSituation';
import { corsSources } from './corsSources';
import type { Ending, Evaluation } from './evaluation';
import type { CorsHeaders } from './responseHeaders';

/** What an ending says beyond its outcome. What is left out is not there. */
export interface EndingParts {
  readonly outcome: CorsOutcome;
  readonly because: string;
  /** The statement whose scope is the decision's `by`. */
  readonly by?: FlowCors | FlowStatement | FlowUnknown | undefined;
  /** The statement to show where no scope decides. */
  readonly shown?: FlowCors | FlowStatement | FlowChoice | undefined;
  readonly status?: number | undefined;
  readonly headers?: CorsHeaders | undefined;
  /** Where it is not the check of the headers that decides. */
  readonly browser?: BrowserVerdict | undefined;
}

/** Ends a run: adds what the browser makes of the answer, and notes it. */
export function endRun(evaluation: Evaluation, request: CorsRequest, parts: EndingParts): Ending {
  const headers = parts.headers ?? {};
  const { by } = parts;
  const shown = by === undefined || by.kind === 'unknown' ? parts.shown : by;
  const check = browserVerdict(request, parts, headers);
  evaluation.note({
    what: 'browser',
    scope: undefined,
    place: undefined,
    result: check.verdict,
    because: check.because,
    source: corsSources.fetch,
  });
  const isRefusedAnswer = check.verdict === 'blocked' && headers['Access-Control-Allow-Origin'] !== undefined;
  return {
    outcome: parts.outcome,
    scope: by?.scope,
    via: by?.fragmentId === undefined ? undefined : `fragment:${by.fragmentId}`,
    status: parts.status,
    headers,
    browser: check.verdict,
    browserBecause: check.because,
    because:
      sentence(parts.because) + (isRefusedAnswer ? ` The browser blocks the call all the same: ${check.because}` : ''),
    deciding: shown === undefined ? undefined : placeOfStatement(shown),
  };
}

function browserVerdict(
  request: CorsRequest,
  parts: EndingParts,
  headers: CorsHeaders,
): { readonly verdict: BrowserVerdict; readonly because: string } {
  if (!isCheckedByBrowser(request)) {
    return { verdict: 'not-applicable', because: 'No browser checks this answer against CORS.' };
  }
  // Headers that are known give the browser's own reason for refusing them, whoever has judged them.
  const isRefused = parts.browser === 'blocked' && headers['Access-Control-Allow-Origin'] !== undefined;
  if (parts.browser !== undefined && !isRefused) {
    return { verdict: parts.browser, because: fixedVerdicts[parts.browser] };
  }
  const call = { origin: originHeader(request) ?? '', credentials: request.credentials ?? 'same-origin' };
  const response = { status: parts.status ?? 200, headers };
  const check = isPreflight(request)
    ? checkPreflightResponse(
        { ...call, method: request.accessControlRequestMethod ?? '', headerNames: requestedHeaderNames(request) },
        response,
      )
    : checkActualResponse(call, response);
  if (!check.isAllowed) return { verdict: 'blocked', because: check.reason };
  const verdict = isRefused ? 'blocked' : 'allowed';
  return { verdict, because: fixedVerdicts[verdict] };
}

const fixedVerdicts: Readonly<Record<BrowserVerdict, string>> = {
  allowed: 'The answer passes the CORS check.',
  blocked: 'The answer does not pass the CORS check.',
  unknown: 'Whether the answer passes the CORS check cannot be told.',
  'depends-on-backend': 'Whether the answer passes the CORS check depends on the headers that the backend sends.',
  'not-applicable': 'No browser checks this answer against CORS.',
};

/** "https://shop.contoso.com", for sentences; a request without `Origin` is named too. */
export function callerOf(request: CorsRequest): string {
  return originHeader(request) ?? 'a caller without Origin';
}
