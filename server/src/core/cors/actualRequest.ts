import type { NamedValueLookup } from '../effective/namedValues';
import type { CorsFlow, FlowStatement } from './corsFlow';
import { describeStatement } from './corsNames';
import { type CorsFacts, type CorsRequest, originHeader } from './corsSituation';
import { corsSources } from './corsSources';
import { endRun } from './endings';
import type { Ending, Evaluation } from './evaluation';
import { answerStatus, failureStatus } from './failureStatus';
import { type InboundWalk, walkBehindInbound, walkInbound } from './inboundWalk';
import { followSetHeaders } from './manualHeaders';
import { noteStatement } from './questions';
import { childStatements, type ErrorResponse, endWithError, endWithResponse } from './realResponse';

/** What a real request needs to know beside the policy. */
export interface ActualRequest {
  readonly request: CorsRequest;
  readonly facts: CorsFacts;
  /** The gateway answers 401, because the subscription key is missing or wrong. */
  readonly isRefusedForKey: boolean;
  readonly namedValues: NamedValueLookup;
}

/** A real request between origins: inbound in order, the backend, then outbound or on-error (cors-semantics 3 and 11). */
export function evaluateActualRequest(evaluation: Evaluation, flow: CorsFlow, actual: ActualRequest): Ending {
  const { request, facts } = actual;
  if (actual.isRefusedForKey) return evaluateKeyError(evaluation, flow, actual);
  const walk: InboundWalk = { evaluation, request, looksAt: 'everything', failingPolicy: facts.failingPolicy };
  const state = walkInbound(walk, flow.sections.inbound);
  walkBehindInbound(walk, state, flow.sections.backend);
  walkBehindInbound(walk, state, flow.sections.outbound);
  if (state.ending !== undefined) return state.ending;
  const { failure } = state;
  if (failure === undefined) return endWithResponse(evaluation, flow, actual, state);

  const because =
    state.remembered === undefined
      ? `${describeStatement(failure, failure.name)} rejects the request before a cors has matched`
      : `${describeStatement(failure, failure.name)} rejects the request after a cors has matched`;
  noteStatement(evaluation, failure, 'rejects the request', `${because}.`, corsSources.errors);
  const error: ErrorResponse = { status: failureStatus(failure), because, failure, remembered: state.remembered };
  return endWithError(evaluation, flow, actual, error);
}

/**
 * An operation that declares OPTIONS is an ordinary call: keys, checks and limits apply, cors does not
 * (cors-policy reference, note on OPTIONS operations).
 */
export function evaluateOptionsOperation(evaluation: Evaluation, flow: CorsFlow, actual: ActualRequest): Ending {
  const { request, facts } = actual;
  const walk: InboundWalk = { evaluation, request, looksAt: 'statements', failingPolicy: facts.failingPolicy };
  const state = walkInbound(walk, flow.sections.inbound);
  walkBehindInbound(walk, state, flow.sections.backend);
  walkBehindInbound(walk, state, flow.sections.outbound);
  const { failure } = state;
  if (actual.isRefusedForKey || failure !== undefined) {
    const because =
      failure === undefined
        ? 'the operation declares OPTIONS, so the preflight needs a subscription key like any other call, and has none that is valid'
        : `the operation declares OPTIONS, so ${describeStatement(failure, failure.name)} runs for the preflight, and rejects it`;
    const status = actual.isRefusedForKey || failure === undefined ? 401 : failureStatus(failure);
    return endRun(evaluation, request, {
      outcome: 'error-without-cors-headers',
      status,
      shown: failure,
      because: `${because}.`,
    });
  }
  if (state.shortcut !== undefined) return endOptionsAnswer(evaluation, actual, state.shortcut);
  const because =
    'an operation declares OPTIONS, so the cors logic is off and the request goes to the backend like any other.';
  evaluation.note({
    what: 'backend',
    scope: undefined,
    place: undefined,
    result: 'OPTIONS operation',
    because,
    source: corsSources.cors,
  });
  return endRun(evaluation, request, { outcome: 'goes-to-backend-options', browser: 'depends-on-backend', because });
}

/** What `return-response` and the like answer to a preflight: a policy's own way to handle it. */
function endOptionsAnswer(evaluation: Evaluation, actual: ActualRequest, answer: FlowStatement): Ending {
  const { request, facts, namedValues } = actual;
  const { failingPolicy } = facts;
  const status = answerStatus(answer);
  const items = childStatements(answer);
  const headers: Record<string, string> = {};
  let isKnown = status !== undefined;
  for (const name of preflightHeaderNames) {
    const question = { name, initial: [], asksUnknown: true, namedValues, failingPolicy };
    const { values } = followSetHeaders(evaluation, items, question, request);
    if (values.includes(undefined)) isKnown = false;
    else if (values.length > 0) headers[name] = values.join(', ');
  }
  const because = `an operation declares OPTIONS, so the cors logic is off, and ${describeStatement(answer, answer.name)} answers the request.`;
  return endRun(evaluation, request, {
    outcome: 'goes-to-backend-options',
    shown: answer,
    status,
    headers,
    browser: isKnown ? undefined : 'unknown',
    because,
  });
}

const preflightHeaderNames = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Max-Age',
] as const;

/**
 * The 401 for a key. That cors has run by then is reported, not documented: a foreign origin got the empty 200 and no
 * 401 (azure-docs#55313), and an inline cors made the 401 readable (api-management-developer-portal#2202).
 */
function evaluateKeyError(evaluation: Evaluation, flow: CorsFlow, actual: ActualRequest): Ending {
  const because = 'the subscription key is missing or not valid, so the gateway answers 401 by itself';
  evaluation.note({
    what: 'request',
    scope: undefined,
    place: undefined,
    result: 'no valid key',
    because: `${because}.`,
    source: corsSources.errors,
  });
  const none: ErrorResponse = { status: 401, because, failure: undefined, remembered: undefined };
  if (evaluation.consult('keyErrorHeaders') === 'no') return endWithError(evaluation, flow, actual, none);
  const walk: InboundWalk = { evaluation, request: actual.request, looksAt: 'cors', failingPolicy: undefined };
  const state = walkInbound(walk, flow.sections.inbound);
  if (state.ending !== undefined) return state.ending;
  const { remembered } = state;
  if (remembered?.by.fragmentId !== undefined && !isAddedFromFragment(evaluation, remembered.by.fragmentId)) {
    return endWithError(evaluation, flow, actual, none);
  }
  return endWithError(evaluation, flow, actual, { ...none, remembered });
}

function isAddedFromFragment(evaluation: Evaluation, fragmentId: string): boolean {
  const answer = evaluation.ask({
    key: `key error:${fragmentId}`,
    about: `CORS headers of fragment ${fragmentId} on the 401 for a key`,
    options: ['missing', 'added'],
    because: 'it is not documented whether a cors in a fragment adds its headers to the 401 for a subscription key',
    scope: undefined,
    place: undefined,
    isAboutCors: true,
    source: corsSources.fragments,
  });
  return answer === 'added';
}

/** A request without `Origin`, or to its own origin: `cors` takes no part. */
export function evaluateSameOrigin(evaluation: Evaluation, request: CorsRequest): Ending {
  const because =
    originHeader(request) === undefined && request.pageOrigin === undefined
      ? 'the request has no Origin header, so cors takes no part.'
      : 'the page and the API have the same origin, so cors takes no part.';
  evaluation.note({
    what: 'request',
    scope: undefined,
    place: undefined,
    result: 'no Origin header',
    because,
    source: corsSources.cors,
  });
  return endRun(evaluation, request, { outcome: 'not-cross-origin', browser: 'not-applicable', because });
}
