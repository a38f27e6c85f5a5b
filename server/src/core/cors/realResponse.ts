import type { ActualRequest } from './actualRequest';
import type { CorsFlow, FlowItem, FlowStatement } from './corsFlow';
import { describeCors, describeStatement, placeOfUnknown } from './corsNames';
import { corsSources } from './corsSources';
import { callerOf, endRun } from './endings';
import type { Ending, Evaluation } from './evaluation';
import { answeringStatements, answerStatus } from './failureStatus';
import { allowOrigin, endWithBackend, endWithManual, followManual } from './foreignHeaders';
import type { WalkState } from './inboundWalk';

/** An error that the gateway answers with, and the `cors` that had matched by then. */
export interface ErrorResponse {
  /** Undefined where it is only known at run time. */
  readonly status: number | undefined;
  /** A clause, without a full stop. */
  readonly because: string;
  readonly failure: FlowStatement | undefined;
  readonly remembered: WalkState['remembered'];
}

/** The response of the backend, or of a statement that answers in its place. */
export function endWithResponse(
  evaluation: Evaluation,
  flow: CorsFlow,
  actual: ActualRequest,
  state: WalkState,
): Ending {
  const { request, facts } = actual;
  const { remembered, shortcut } = state;
  const fromBackend = shortcut === undefined ? facts.backendAddsCors : undefined;
  const items = shortcut === undefined ? flow.sections.outbound : childStatements(shortcut);
  const status = shortcut === undefined ? undefined : answerStatus(shortcut);
  const manual = followManual(evaluation, actual, items, fromBackend, remembered === undefined);
  if (remembered !== undefined) {
    if (manual.origin.isTouched || fromBackend !== undefined) {
      const other = manual.origin.isTouched ? 'a set-header statement' : 'the backend';
      return endWithConflict(evaluation, actual, remembered, `${other} also writes ${allowOrigin}`, status);
    }
    noteUnknownOutbound(evaluation, items);
    const because = `${nameOf(remembered.by)} admits ${callerOf(request)}, so the response carries its CORS headers.`;
    return endRun(evaluation, request, {
      outcome: 'passes-with-cors-headers',
      by: remembered.by,
      status,
      headers: remembered.headers,
      because,
    });
  }

  const { origin } = manual;
  if (origin.by !== undefined) {
    return endWithManual(evaluation, actual, manual, 'passes-with-manual-headers', status);
  }
  if (origin.values.length > 0 && fromBackend !== undefined) {
    return endWithBackend(evaluation, actual, manual);
  }
  const because = `no cors admits ${callerOf(request)}, so the response carries no CORS headers, although the request was processed.`;
  return endRun(evaluation, request, { outcome: 'passes-without-cors-headers', status, shown: shortcut, because });
}

/** An error response: its CORS headers come from a `cors` that had matched, or from on-error. */
export function endWithError(
  evaluation: Evaluation,
  flow: CorsFlow,
  actual: ActualRequest,
  error: ErrorResponse,
): Ending {
  const { request } = actual;
  const { remembered, status, failure } = error;
  const answer = status ?? 'response';
  // A statement that answers by itself raises no error, so on-error does not run.
  const answersItself = failure !== undefined && answeringStatements.has(failure.name);
  const items = answersItself ? childStatements(failure) : flow.sections['on-error'];
  const manual = followManual(evaluation, actual, items, undefined, remembered === undefined);
  if (remembered !== undefined) {
    if (manual.origin.isTouched) {
      const other = answersItself ? describeStatement(failure, failure.name) : 'on-error';
      return endWithConflict(evaluation, actual, remembered, `${other} also writes ${allowOrigin}`, status);
    }
    noteUnknownOutbound(evaluation, items);
    const because = `${error.because}; ${nameOf(remembered.by)} had admitted ${callerOf(request)}, so the page can read the ${answer}.`;
    return endRun(evaluation, request, {
      outcome: 'error-with-cors-headers',
      by: remembered.by,
      status,
      headers: remembered.headers,
      because,
    });
  }
  if (manual.origin.by !== undefined) {
    return endWithManual(evaluation, actual, manual, 'error-with-cors-headers', status);
  }
  const because = `${error.because}, so the ${answer} carries no CORS headers and looks like a CORS error in the browser.`;
  return endRun(evaluation, request, { outcome: 'error-without-cors-headers', status, shown: error.failure, because });
}

function endWithConflict(
  evaluation: Evaluation,
  actual: ActualRequest,
  remembered: NonNullable<WalkState['remembered']>,
  what: string,
  status?: number,
): Ending {
  const because = `${nameOf(remembered.by)} admits ${callerOf(actual.request)}, and ${what}: which one wins is not documented, and two values fail in the browser.`;
  return endRun(evaluation, actual.request, {
    outcome: 'header-conflict-possible',
    by: remembered.by,
    status,
    browser: 'unknown',
    because,
  });
}

function nameOf(by: NonNullable<WalkState['remembered']>['by']): string {
  return by.kind === 'unknown' ? 'a cors that is not in the workspace' : describeCors(by);
}

/** `return-response` holds its own `set-header` statements. */
export function childStatements(shortcut: FlowStatement): readonly FlowItem[] {
  return shortcut.element.children.flatMap((element): readonly FlowItem[] =>
    element.kind === 'element' ? [{ ...shortcut, name: element.name, element, isNested: true }] : [],
  );
}

function noteUnknownOutbound(evaluation: Evaluation, items: readonly FlowItem[]): void {
  for (const item of items) {
    if (item.kind !== 'unknown') continue;
    const because = `${item.because}; it is taken to leave the CORS headers of the response alone.`;
    evaluation.note({
      what: 'unknown',
      scope: item.scope,
      place: placeOfUnknown(item),
      result: 'not known',
      because,
      source: corsSources.setHeader,
    });
  }
}
