import type { CorsDecision } from '../../cors/corsOutcome';
import { describeAssumption } from '../../cors/switches';
import { describeScope, type PolicyScope } from '../../workspace/policyScope';
import type { CorsMapAnswer, CorsMapCode } from './corsMap';

/** Both requests of a call, decided apart: the real one also where its preflight has failed. */
export interface DecidedCall {
  /** Undefined where the browser asks nobody. */
  readonly preflight: CorsDecision | undefined;
  readonly actual: CorsDecision;
}

/**
 * One answer from both requests. A call is allowed if both are under every reading, and blocked if one of them is under
 * every reading; everything else depends.
 */
export function answerOf({ preflight, actual }: DecidedCall): CorsMapAnswer {
  const requests: readonly DecidedRequest[] = [
    ...(preflight === undefined ? [] : [{ request: 'preflight' as const, decision: preflight }]),
    { request: 'actual', decision: actual },
  ];
  const invalid = requests.find(({ decision }) => decision.outcome === 'invalid-policy');
  if (invalid !== undefined) return refusedOnSave(invalid);

  const [only] = requests;
  if (requests.length === 1 && only?.decision.browser === 'not-applicable') return notApplicable(only);

  const blocking = requests.find(isBlocked);
  if (blocking !== undefined) return blocked(blocking);
  if (requests.every(isAllowed)) return allowed(requests);
  // What only the gateway knows comes first: no reading of the documentation settles it.
  const unknown = requests.find(({ decision }) => decision.browser === 'unknown');
  if (unknown !== undefined) return depends(unknown, 'run-time', 'Dr', unknown.decision.because);
  const byBackend = requests.find(({ decision }) => decision.browser === 'depends-on-backend');
  if (byBackend !== undefined) {
    return depends(byBackend, 'backend', 'Db', 'No cors answers it, so the CORS headers of the backend decide.');
  }
  return dependsOnReading(requests);
}

/** The answer for a key of one product, or of none. */
export interface ContextAnswer {
  /** For people: "a key of product starter". */
  readonly name: string;
  readonly answer: CorsMapAnswer;
}

/** One answer for whichever key a page has. */
export function mergeContexts(contexts: readonly [ContextAnswer, ...ContextAnswer[]]): CorsMapAnswer {
  const [first, ...others] = contexts;
  if (others.every(({ answer }) => answer.verdict === first.answer.verdict)) return first.answer;
  const names = (verdict: string): string =>
    contexts.flatMap(({ name, answer }) => (answer.verdict === verdict ? [name] : [])).join(', ');
  const verdicts = [...new Set(contexts.map(({ answer }) => answer.verdict))];
  const list = verdicts.map((verdict) => `${verdictWords[verdict]} with ${names(verdict)}`).join('; ');
  return { ...first.answer, verdict: 'depends', code: 'Dk', by: null, on: 'key', because: `${capitalFirst(list)}.` };
}

const verdictWords: Readonly<Record<CorsMapAnswer['verdict'], string>> = {
  allowed: 'allowed',
  blocked: 'blocked',
  depends: 'not decided',
  'not-applicable': 'without CORS',
  invalid: 'impossible',
};

interface DecidedRequest {
  readonly request: 'preflight' | 'actual';
  readonly decision: CorsDecision;
}

function isAllowed({ decision }: DecidedRequest): boolean {
  return decision.browser === 'allowed' && decision.alternatives.every(({ browser }) => browser === 'allowed');
}

/** A reading under which the service would refuse to save the policy saves no request. */
function isBlocked({ decision }: DecidedRequest): boolean {
  const others = decision.alternatives.filter(({ outcome }) => outcome !== 'invalid-policy');
  return decision.browser === 'blocked' && others.every(({ browser }) => browser === 'blocked');
}

function blocked({ request, decision }: DecidedRequest): CorsMapAnswer {
  return {
    verdict: 'blocked',
    code: blockedCodes[decision.by ?? 'unknown'],
    by: decision.by ?? null,
    request,
    outcome: decision.outcome,
    on: null,
    because: `${nameOf(request)} ${whyBlocked(decision)}.`,
  };
}

const blockedCodes: Readonly<Record<PolicyScope['kind'], CorsMapCode>> = {
  global: 'Bg',
  workspace: 'Bw',
  product: 'Bp',
  api: 'Ba',
  operation: 'Bo',
  unknown: 'Bn',
};

function allowed(requests: readonly DecidedRequest[]): CorsMapAnswer {
  const last = requests.at(-1) as DecidedRequest;
  const { scope, outcome } = last.decision;
  const by = scope === undefined ? 'The answer carries CORS headers' : `The cors of ${describeScope(scope)} admits it`;
  return {
    verdict: 'allowed',
    code: 'A',
    by: last.decision.by ?? null,
    request: null,
    outcome,
    on: null,
    because: `${by}${requests.length === 1 ? '; no preflight request is needed' : ''}.`,
  };
}

function refusedOnSave({ request, decision }: DecidedRequest): CorsMapAnswer {
  const { because, by, outcome } = decision;
  return { verdict: 'invalid', code: 'X', by: by ?? null, request, outcome, on: null, because };
}

function notApplicable({ decision }: DecidedRequest): CorsMapAnswer {
  const because = 'Browsers do not apply CORS to it.';
  return {
    verdict: 'not-applicable',
    code: '–',
    by: null,
    request: null,
    outcome: decision.outcome,
    on: null,
    because,
  };
}

function depends(
  { request, decision }: DecidedRequest,
  on: NonNullable<CorsMapAnswer['on']>,
  code: CorsMapCode,
  because: string,
): CorsMapAnswer {
  return { verdict: 'depends', code, by: decision.by ?? null, request, outcome: decision.outcome, on, because };
}

/** The first request that is blocked in the reading taken, else the first that another reading blocks. */
function dependsOnReading(requests: readonly DecidedRequest[]): CorsMapAnswer {
  const refused = requests.find(({ decision }) => decision.browser === 'blocked');
  const open = refused ?? requests.find((each) => !isAllowed(each));
  const { request, decision } = open ?? (requests[0] as DecidedRequest);
  const reading = readingOf(decision);
  const why =
    refused === undefined
      ? `It passes as the documentation is read here: ${reading}. Read otherwise, ${nameOf(request).toLowerCase()} does not pass`
      : `${nameOf(request)} ${whyBlocked(decision)}. That is as the documentation is read here: ${reading}. Read otherwise, it may pass`;
  return depends({ request, decision }, 'documentation', refused === undefined ? 'A?' : 'B?', `${why}.`);
}

function nameOf(request: DecidedRequest['request']): string {
  return request === 'preflight' ? 'The preflight request' : 'The call itself';
}

/** "without terminate-unmatched-request, requests of other origins end": what the answer takes for granted. */
function readingOf({ assumptions }: CorsDecision): string {
  const clauses = Object.entries(assumptions).map(([name, value]) => describeAssumption(name, value) ?? name);
  return clauses.join('; ');
}

/** A clause that holds for every origin of a class and every method with the same fate. */
function whyBlocked({ outcome, scope, browserBecause, status }: CorsDecision): string {
  const cors = scope === undefined ? 'a cors' : `the cors of ${describeScope(scope)}`;
  switch (outcome) {
    case 'terminated-empty-200':
      return `is ended by ${cors}, which does not admit it, with an empty 200`;
    case 'not-found-404':
      return 'finds no cors policy and no operation, and gets a 404';
    case 'answered-by-cors':
    case 'passes-with-cors-headers':
      return `is admitted by ${cors}, but not all that it asks for: ${whatIsMissing(browserBecause)}`;
    case 'passes-without-cors-headers':
      return 'is processed, but no cors admits the origin, so the page may not read the answer';
    case 'error-with-cors-headers':
    case 'error-without-cors-headers':
      return `is refused with ${status ?? 'an error'}, and the page may not read that answer`;
    default:
      return `does not pass: ${outcome}`;
  }
}

/** From the browser's words, without the names of the call: they stand in the row. */
function whatIsMissing(reason: string): string {
  const header = /^Request header field (\S+) is not allowed/.exec(reason)?.[1];
  if (header !== undefined) return `the header ${header} is not listed`;
  if (/^Method \S+ is not allowed/.test(reason)) return 'the method is not listed';
  if (reason.includes('wildcard')) return 'credentials do not go with *';
  if (reason.includes('Access-Control-Allow-Credentials')) return 'credentials are not allowed';
  return 'the browser refuses its headers';
}

function capitalFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
