import { type NamedValueLookup, namedValuesAt } from '../effective/namedValues';
import { attributeText, childrenNamed, elementText } from '../syntax/treeQueries';
import { scopeKey } from '../workspace/policyScope';
import type { FlowItem, FlowStatement, FlowUnknown } from './corsFlow';
import { type CorsRequest, originHeader } from './corsSituation';
import { corsSources } from './corsSources';
import type { Evaluation } from './evaluation';
import { askBranch, isPassedOn } from './questions';
import { resolveText } from './resolveText';

/** What `set-header` statements make of one response header. */
export interface ManualHeader {
  /** Undefined: not known. Empty: the header is absent. */
  readonly values: readonly (string | undefined)[];
  /** The last statement that set it. */
  readonly by: FlowStatement | FlowUnknown | undefined;
  /** Any statement set, appended or deleted it. */
  readonly isTouched: boolean;
}

/** What a response header starts with before any `set-header`: nothing, or what the backend sent. */
export interface ManualHeaderQuestion {
  readonly name: string;
  readonly initial: readonly (string | undefined)[];
  /** Whether a place that cannot be read is asked about, or passed over. */
  readonly asksUnknown: boolean;
}

/** Follows the `set-header` statements of a section, in order, for one header (set-header reference, "exists-action"). */
export function followSetHeaders(
  evaluation: Evaluation,
  items: readonly FlowItem[],
  question: ManualHeaderQuestion,
  request: CorsRequest,
  namedValues: NamedValueLookup,
): ManualHeader {
  let state: ManualHeader = { values: question.initial, by: undefined, isTouched: false };
  for (const item of flatten(evaluation, items, question)) {
    if (item.kind === 'unknown') {
      if (setsUnknown(evaluation, item)) state = { values: [originHeader(request)], by: item, isTouched: true };
    } else if (isPassedOn(evaluation, item)) {
      state = applySetHeader(state, item, request, namedValues);
    }
  }
  return state;
}

function* flatten(
  evaluation: Evaluation,
  items: readonly FlowItem[],
  question: ManualHeaderQuestion,
): Generator<FlowStatement | FlowUnknown> {
  for (const item of items) {
    if (item.kind === 'unknown') {
      if (question.asksUnknown) yield item;
    } else if (item.kind === 'statement') {
      if (setsHeader(item, question.name)) yield item;
    } else if (item.kind === 'choice') {
      const relevant = item.branches.flatMap((branch, index) => (matters(branch, question) ? [index] : []));
      if (relevant.length === 0) continue;
      yield* flatten(evaluation, askBranch(evaluation, item, relevant) ?? [], question);
    }
  }
}

function matters(items: readonly FlowItem[], question: ManualHeaderQuestion): boolean {
  return items.some((item) => {
    if (item.kind === 'choice') return item.branches.some((branch) => matters(branch, question));
    if (item.kind === 'unknown') return question.asksUnknown;
    return item.kind === 'statement' && setsHeader(item, question.name);
  });
}

function setsHeader(item: FlowStatement, name: string): boolean {
  return item.name === 'set-header' && attributeText(item.element, 'name')?.trim().toLowerCase() === name.toLowerCase();
}

function setsUnknown(evaluation: Evaluation, item: FlowUnknown): boolean {
  const answer = evaluation.ask({
    key: `unknown headers:${scopeKey(item.scope)}:${item.fragmentId ?? ''}`,
    about: `response headers set by ${item.fragmentId === undefined ? `the ${item.scope.kind} policy` : `fragment ${item.fragmentId}`}`,
    options: ['no CORS headers', 'CORS headers that admit the origin'],
    because: item.because,
    scope: item.scope,
    place: undefined,
    isAboutCors: false,
    source: corsSources.setHeader,
  });
  return answer !== 'no CORS headers';
}

/** `override` is the default of `exists-action` (set-header reference). */
function applySetHeader(
  state: ManualHeader,
  item: FlowStatement,
  request: CorsRequest,
  namedValues: NamedValueLookup,
): ManualHeader {
  const action = attributeText(item.element, 'exists-action')?.trim().toLowerCase() ?? 'override';
  const values = childrenNamed(item.element, 'value').map((element) => {
    const text = resolveText(elementText(item.document, element), namedValuesAt(item.scope, namedValues));
    if (text.repeatsRequestOrigin) return originHeader(request);
    return text.value.known ? text.value.value : undefined;
  });
  if (action === 'delete') return { values: [], by: undefined, isTouched: true };
  if (action === 'skip' && state.values.length > 0) return { ...state, isTouched: true };
  return { values: action === 'append' ? [...state.values, ...values] : values, by: item, isTouched: true };
}
