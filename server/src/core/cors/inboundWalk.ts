import type { FlowChoice, FlowCors, FlowItem, FlowStatement, FlowUnknown } from './corsFlow';
import { isTerminating, matchOrigin, terminationReason } from './corsMatch';
import { describeCors, describeStatement, introduceCors, placeOfUnknown } from './corsNames';
import { type CorsRequest, originHeader } from './corsSituation';
import { corsSources } from './corsSources';
import { callerOf, endRun } from './endings';
import type { Ending, Evaluation } from './evaluation';
import { answeringStatements } from './failureStatus';
import { askBranch, askUnknownContent, isPassedOn, noteStatement } from './questions';
import { actualHeaders, type CorsHeaders } from './responseHeaders';

/** What a real request looks at on its way through inbound. */
export interface InboundWalk {
  readonly evaluation: Evaluation;
  readonly request: CorsRequest;
  /**
   * `statements`: an OPTIONS operation, where the cors logic is off (cors-policy reference, note), or a section where
   * `cors` cannot stand. `cors`: the gateway has refused the request before any other statement runs.
   */
  readonly looksAt: 'everything' | 'statements' | 'cors';
  /** The statement that rejects the request when it is reached. */
  readonly failingPolicy: string | undefined;
}

/** How far a request gets, and which CORS headers its response will have. */
export interface WalkState {
  /** The `cors` that matched. */
  remembered: { readonly by: FlowCors | FlowUnknown; readonly headers: CorsHeaders } | undefined;
  /** A `cors` before did not match and let the request go on. */
  hasUnmatched: boolean;
  /** The request ends here. */
  ending: Ending | undefined;
  /** This statement rejects it. */
  failure: FlowStatement | undefined;
  /** This statement answers it, and nothing after it runs. */
  shortcut: FlowStatement | undefined;
}

/** Walks the effective inbound section as a request does, in order, until something ends it. */
export function walkInbound(walk: InboundWalk, items: readonly FlowItem[]): WalkState {
  const state: WalkState = {
    remembered: undefined,
    hasUnmatched: false,
    ending: undefined,
    failure: undefined,
    shortcut: undefined,
  };
  walkItems(walk, state, items);
  return state;
}

/** Goes on behind inbound: the sections `backend` and `outbound`, where a statement may reject or answer, too. */
export function walkBehindInbound(walk: InboundWalk, state: WalkState, items: readonly FlowItem[]): void {
  if (!isOver(state)) walkItems({ ...walk, looksAt: 'statements' }, state, items);
}

function isOver({ ending, failure, shortcut }: WalkState): boolean {
  return ending !== undefined || failure !== undefined || shortcut !== undefined;
}

function walkItems(walk: InboundWalk, state: WalkState, items: readonly FlowItem[]): void {
  for (const item of items) {
    if (item.kind === 'cors') walkCors(walk, state, item);
    else if (item.kind === 'unknown') walkUnknown(walk, state, item);
    else if (item.kind === 'choice') walkChoice(walk, state, item);
    else walkStatement(walk, state, item);
    if (isOver(state)) return;
  }
}

function walkStatement(walk: InboundWalk, state: WalkState, item: FlowStatement): void {
  if (walk.looksAt === 'cors') return;
  if (item.name === walk.failingPolicy) {
    if (isPassedOn(walk.evaluation, item)) state.failure = item;
    return;
  }
  // "return-response: aborts pipeline execution"; inside other statements it is taken as not reached, unless it is
  // named as the failing one: a branch that refuses some callers says nothing about this one.
  if (!answeringStatements.has(item.name) || item.isNested || !isPassedOn(walk.evaluation, item)) return;
  const because = `${describeStatement(item, item.name)} answers the request; nothing after it runs.`;
  noteStatement(walk.evaluation, item, 'answers the request', because, corsSources.returnResponse);
  state.shortcut = item;
}

function walkChoice(walk: InboundWalk, state: WalkState, item: FlowChoice): void {
  const matters = item.branches.some((branch) => branchMatters(walk, state, branch));
  if (!matters || !isPassedOn(walk.evaluation, item)) return;
  walkItems(walk, state, askBranch(walk.evaluation, item, walk.failingPolicy) ?? []);
}

function branchMatters(walk: InboundWalk, state: WalkState, items: readonly FlowItem[]): boolean {
  const corsMatters = walk.looksAt !== 'statements' && state.remembered === undefined;
  return items.some((item) => {
    if (item.kind === 'choice') return item.branches.some((branch) => branchMatters(walk, state, branch));
    if (item.kind === 'statement') return walk.looksAt !== 'cors' && item.name === walk.failingPolicy;
    return corsMatters;
  });
}

function walkUnknown(walk: InboundWalk, state: WalkState, item: FlowUnknown): void {
  if (walk.looksAt === 'statements' || state.remembered !== undefined) return;
  const content = askUnknownContent(walk.evaluation, item);
  const because = `${item.because}; this is the outcome where it holds ${content}.`;
  walk.evaluation.note({
    what: 'unknown',
    scope: item.scope,
    place: placeOfUnknown(item),
    result: content,
    because,
    source: corsSources.policies,
  });
  if (content === 'a cors that admits the origin') {
    if (state.hasUnmatched && walk.evaluation.consult('laterCorsOnActual') === 'ignored') return;
    state.remembered = { by: item, headers: admittingHeaders(walk.request) };
  } else if (content === 'a cors that refuses the origin') {
    if (state.hasUnmatched && walk.evaluation.consult('laterCorsOnActual') === 'ignored') return;
    if (endsMethod(walk)) {
      state.ending = endRun(walk.evaluation, walk.request, {
        outcome: 'terminated-empty-200',
        by: item,
        status: 200,
        because,
      });
    }
    state.hasUnmatched = true;
  }
}

function walkCors(walk: InboundWalk, state: WalkState, item: FlowCors): void {
  if (walk.looksAt === 'statements') return;
  const { evaluation, request } = walk;
  const name = describeCors(item);
  if (state.remembered !== undefined) {
    noteStatement(evaluation, item, 'not needed', `an earlier cors has matched, so ${name} changes nothing.`);
    return;
  }
  if (item.isRepeated) {
    noteStatement(evaluation, item, 'ignored', `${name} is not the first of its section, and the first counts.`);
    return;
  }
  if (!isPassedOn(evaluation, item)) return;
  if (state.hasUnmatched && evaluation.consult('laterCorsOnActual') === 'ignored') {
    noteStatement(
      evaluation,
      item,
      'ignored',
      `an earlier cors did not match, and only the first is taken to count; ${name} adds nothing.`,
    );
    return;
  }

  const match = matchOrigin(evaluation, item, request);
  if (match.isListed) {
    noteStatement(
      evaluation,
      item,
      'origin listed',
      `${name} admits ${callerOf(request)}; its headers are added to the response.`,
    );
    state.remembered = { by: item, headers: actualHeaders(evaluation, item, match, request) };
    return;
  }
  state.hasUnmatched = true;
  const terminates = isTerminating(evaluation, item);
  const reason = terminationReason(item, terminates);
  if (!terminates || !endsMethod(walk)) {
    const why = terminates ? `${reason}, but only GET and HEAD are ended` : reason;
    noteStatement(
      evaluation,
      item,
      'origin not listed',
      `${name} does not list ${callerOf(request)}; ${why}, so the request goes on.`,
    );
    return;
  }
  const because = `${introduceCors(item)} does not list ${callerOf(request)}; ${reason}, so the gateway answers with an empty 200 and the backend is not called.`;
  noteStatement(evaluation, item, 'origin not listed', because);
  state.ending = endRun(evaluation, request, { outcome: 'terminated-empty-200', by: item, status: 200, because });
}

/** Those of a `cors` that nobody knows and that is taken to admit the call, credentials included. */
function admittingHeaders(request: CorsRequest): CorsHeaders {
  const origin = originHeader(request) ?? '';
  const credentials = request.credentials === 'include' ? { 'Access-Control-Allow-Credentials': 'true' } : {};
  return { 'Access-Control-Allow-Origin': origin, ...credentials };
}

/** "GET and HEAD requests" are ended (cors-policy reference, terminate-unmatched-request); others: `nonSimpleUnmatched`. */
function endsMethod(walk: InboundWalk): boolean {
  if (['GET', 'HEAD'].includes(walk.request.method.toUpperCase())) return true;
  return walk.evaluation.consult('nonSimpleUnmatched') === 'terminate';
}
