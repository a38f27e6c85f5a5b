import { allCors, type CorsFlow, type FlowCors, type FlowItem, type FlowUnknown } from './corsFlow';
import { isTerminating, matchLists, matchOrigin, terminationReason } from './corsMatch';
import { describeCors, introduceCors, placeOfUnknown, sentence } from './corsNames';
import { type CorsRequest, originHeader } from './corsSituation';
import { corsSources } from './corsSources';
import { callerOf, endRun } from './endings';
import type { Ending, Evaluation } from './evaluation';
import { matchesOrigin } from './origin';
import { askUnknownContent, isPassedOn, noteStatement } from './questions';
import { preflightHeaders } from './responseHeaders';

/**
 * A preflight runs nothing but the `cors` statements that are direct children of the effective inbound section, in
 * order, until one matches or ends it (cors-policy reference, "Usage notes" and "terminate-unmatched-request").
 *
 * `otherwise` is a clause for the case that there is none: why one that people may expect takes no part.
 */
export function evaluatePreflight(
  evaluation: Evaluation,
  flow: CorsFlow,
  request: CorsRequest,
  otherwise: string | undefined,
): Ending {
  let last: FlowCors | undefined;
  let hasUnknown = false;
  for (const [index, item] of flow.sections.inbound.entries()) {
    if (item.kind === 'unknown') {
      if (item.isNested) continue;
      const ending = evaluateUnknown(evaluation, item, request);
      hasUnknown = true;
      if (ending !== undefined) return ending;
    } else if (item.kind === 'cors' && !item.isNested) {
      if (isLeftOut(evaluation, item)) continue;
      const isFirst = last === undefined && !hasUnknown;
      const ending = evaluateCors(evaluation, { item, isFirst, rest: flow.sections.inbound.slice(index + 1) }, request);
      if (ending !== undefined) return ending;
      last = item;
    } else {
      for (const nested of allCors([item])) noteNested(evaluation, nested);
    }
  }
  if (last !== undefined) return endUnmatched(evaluation, last, request);
  const hasNested = flow.sections.inbound.some((item) => allCors([item]).length > 0);
  const nested = 'a cors inside another statement does not count for preflights';
  return endWithoutCors(evaluation, request, otherwise ?? (hasNested ? nested : undefined));
}

function noteNested(evaluation: Evaluation, nested: FlowCors): void {
  const because = `${describeCors(nested)} stands inside another statement; a preflight only looks at direct children of inbound.`;
  noteStatement(evaluation, nested, 'not a candidate', because);
}

/** A second `cors` of one section does not count, nor one that is not passed on. */
function isLeftOut(evaluation: Evaluation, item: FlowCors): boolean {
  if (item.isRepeated) {
    noteStatement(
      evaluation,
      item,
      'ignored',
      `${describeCors(item)} is not the first of its section, and the first counts.`,
    );
    return true;
  }
  if (isPassedOn(evaluation, item)) return false;
  noteStatement(
    evaluation,
    item,
    'not passed on',
    `${describeCors(item)} is not passed on by a policy in between.`,
    corsSources.policies,
  );
  return true;
}

/** A `cors` whose turn it is. */
interface Candidate {
  readonly item: FlowCors;
  readonly isFirst: boolean;
  /** What stands behind it in the section. */
  readonly rest: readonly FlowItem[];
}

function evaluateCors(evaluation: Evaluation, candidate: Candidate, request: CorsRequest): Ending | undefined {
  const { item, rest } = candidate;
  const match = matchOrigin(evaluation, item, request);
  const lists = match.isListed ? matchLists(evaluation, item, request) : undefined;
  const isRefusedByLists =
    lists !== undefined &&
    !(lists.allowsMethod && lists.allowsHeaders) &&
    evaluation.consult('mismatchScope') === 'whole-policy';
  if (match.isListed && !isRefusedByLists) {
    const because = `${introduceCors(item)} admits ${callerOf(request)}, so it answers the preflight.`;
    noteStatement(evaluation, item, 'origin listed', because);
    noteUnreached(evaluation, rest);
    const headers = preflightHeaders(evaluation, item, match, request);
    return endRun(evaluation, request, { outcome: 'answered-by-cors', by: item, status: 200, headers, because });
  }

  const what = match.isListed ? 'does not list the method or headers asked for' : `does not list ${callerOf(request)}`;
  const terminates = isTerminating(evaluation, item);
  const reason = terminationReason(item, terminates);
  const result = match.isListed ? 'method or headers not listed' : 'origin not listed';
  if (!terminates) {
    noteStatement(evaluation, item, result, `${describeCors(item)} ${what}; ${reason}, so the next cors is tried.`);
    return undefined;
  }
  const turn = candidate.isFirst ? 'comes first and ' : '';
  const because = `${introduceCors(item)} ${turn}${what}; ${reason}, so the gateway answers with an empty 200 without CORS headers.`;
  noteStatement(evaluation, item, result, because);
  noteUnreached(evaluation, rest);
  const lost = findAdmitting(evaluation, rest, request);
  const loss = lost === undefined ? '' : ` ${sentence(describeCors(lost))}, which lists it, is never reached.`;
  return endRun(evaluation, request, {
    outcome: 'terminated-empty-200',
    by: item,
    status: 200,
    because: because + loss,
  });
}

function noteUnreached(evaluation: Evaluation, rest: readonly FlowItem[]): void {
  for (const item of rest) {
    if (item.kind === 'cors' && !item.isNested)
      noteStatement(evaluation, item, 'not reached', `${describeCors(item)} is not reached.`);
  }
}

/** A later `cors` that is known to list the origin. */
function findAdmitting(evaluation: Evaluation, rest: readonly FlowItem[], request: CorsRequest): FlowCors | undefined {
  const switches = { originScheme: evaluation.peek('originScheme') };
  const origin = originHeader(request) ?? '';
  return rest.find(
    (item): item is FlowCors =>
      item.kind === 'cors' &&
      !item.isNested &&
      !item.isRepeated &&
      item.cors.origins.some((allowed) => matchesOrigin(allowed, origin, switches) === 'yes'),
  );
}

function evaluateUnknown(evaluation: Evaluation, item: FlowUnknown, request: CorsRequest): Ending | undefined {
  const content = askUnknownContent(evaluation, item);
  const because = `${item.because}; this is the outcome where it holds ${content}.`;
  evaluation.note({
    what: 'unknown',
    scope: item.scope,
    place: placeOfUnknown(item),
    result: content,
    because,
    source: corsSources.policies,
  });
  if (content === 'no cors') return undefined;
  if (content === 'a cors that refuses the origin') {
    return endRun(evaluation, request, { outcome: 'terminated-empty-200', by: item, status: 200, because });
  }
  const headers = { 'Access-Control-Allow-Origin': originHeader(request) ?? '' };
  const browser = 'allowed';
  return endRun(evaluation, request, { outcome: 'answered-by-cors', by: item, status: 200, headers, browser, because });
}

function endUnmatched(evaluation: Evaluation, last: FlowCors, request: CorsRequest): Ending {
  const because = `no cors admits ${callerOf(request)}; after ${describeCors(last)}, the last one, the gateway answers with an empty 200 without CORS headers.`;
  return endRun(evaluation, request, { outcome: 'terminated-empty-200', by: last, status: 200, because });
}

function endWithoutCors(evaluation: Evaluation, request: CorsRequest, why: string | undefined): Ending {
  const found =
    'no cors policy takes part in inbound and no operation has the method OPTIONS, so the gateway answers 404';
  const because = why === undefined ? `${found}.` : `${found}; ${why}.`;
  evaluation.note({
    what: 'routing',
    scope: undefined,
    place: undefined,
    result: 'no cors policy',
    because: sentence(because),
    source: corsSources.errors,
  });
  return endRun(evaluation, request, { outcome: 'not-found-404', status: 404, because: because });
}
