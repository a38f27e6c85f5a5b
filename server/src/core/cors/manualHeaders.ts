import { type NamedValueLookup, namedValuesAt } from '../effective/namedValues';
import type { Resolved } from '../effective/resolved';
import { attributeText, childrenNamed, elementText } from '../syntax/treeQueries';
import { scopeKey } from '../workspace/policyScope';
import type { FlowItem, FlowStatement, FlowUnknown } from './corsFlow';
import { describeStatement, placeOfStatement, placeOfUnknown } from './corsNames';
import { type CorsRequest, originHeader } from './corsSituation';
import { corsSources } from './corsSources';
import type { Evaluation } from './evaluation';
import { askBranch, isPassedOn } from './questions';
import { resolveText, valueForOrigin } from './resolveText';

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
  readonly namedValues: NamedValueLookup;
  /** The statement that rejects the request where it is reached. */
  readonly failingPolicy: string | undefined;
}

/** Follows the `set-header` statements of a section, in order, for one header (set-header reference, "exists-action"). */
export function followSetHeaders(
  evaluation: Evaluation,
  items: readonly FlowItem[],
  question: ManualHeaderQuestion,
  request: CorsRequest,
): ManualHeader {
  let state: ManualHeader = { values: question.initial, by: undefined, isTouched: false };
  for (const item of flatten(evaluation, items, question)) {
    if (item.kind === 'unknown') {
      if (setsUnknown(evaluation, item)) state = { values: [originHeader(request)], by: item, isTouched: true };
    } else if (isPassedOn(evaluation, item) && isNamedSo(evaluation, item, question)) {
      state = applySetHeader(state, item, request, question.namedValues);
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
      if (maySetHeader(item, question)) yield item;
    } else if (item.kind === 'choice') {
      if (!item.branches.some((branch) => matters(branch, question))) continue;
      yield* flatten(evaluation, askBranch(evaluation, item, question.failingPolicy) ?? [], question);
    }
  }
}

function matters(items: readonly FlowItem[], question: ManualHeaderQuestion): boolean {
  return items.some((item) => {
    if (item.kind === 'choice') return item.branches.some((branch) => matters(branch, question));
    if (item.kind === 'unknown') return question.asksUnknown;
    return item.kind === 'statement' && maySetHeader(item, question);
  });
}

function maySetHeader(item: FlowStatement, question: ManualHeaderQuestion): boolean {
  const name = headerName(item, question);
  if (name === undefined) return false;
  return name.known ? name.value.toLowerCase() === question.name.toLowerCase() : question.asksUnknown;
}

/** Which header a `set-header` sets; expressions are allowed there (set-header reference, "name"). Undefined for other statements. */
function headerName(item: FlowStatement, { namedValues }: ManualHeaderQuestion): Resolved<string> | undefined {
  if (item.name !== 'set-header') return undefined;
  return resolveText(attributeText(item.element, 'name') ?? '', namedValuesAt(item.scope, namedValues)).value;
}

function isNamedSo(evaluation: Evaluation, item: FlowStatement, question: ManualHeaderQuestion): boolean {
  const name = headerName(item, question);
  if (name === undefined || name.known) return true;
  const answer = evaluation.ask({
    key: `header name:${item.document.path}:${item.element.span.start}`,
    about: `header that ${describeStatement(item, 'set-header')} sets`,
    options: ['another one', question.name],
    because: `which header ${describeStatement(item, 'set-header')} sets is not known here: ${name.because}`,
    scope: item.scope,
    place: placeOfStatement(item),
    isAboutCors: false,
    source: corsSources.setHeader,
  });
  return answer === question.name;
}

function setsUnknown(evaluation: Evaluation, item: FlowUnknown): boolean {
  const answer = evaluation.ask({
    key: `unknown headers:${scopeKey(item.scope)}:${item.fragmentId ?? ''}`,
    about: `response headers set by ${item.fragmentId === undefined ? `the ${item.scope.kind} policy` : `fragment ${item.fragmentId}`}`,
    options: ['no CORS headers', 'CORS headers that admit the origin'],
    because: item.because,
    scope: item.scope,
    place: placeOfUnknown(item),
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
  const written = attributeText(item.element, 'exists-action') ?? 'override';
  const action = resolveText(written, namedValuesAt(item.scope, namedValues)).value;
  const values = childrenNamed(item.element, 'value').map((element) => {
    const text = resolveText(elementText(item.document, element), namedValuesAt(item.scope, namedValues));
    const value = valueForOrigin(text, originHeader(request));
    return value.known ? value.value : undefined;
  });
  if (!action.known) return { values: [undefined], by: item, isTouched: true };
  const kind = action.value.trim().toLowerCase();
  if (kind === 'delete') return { values: [], by: undefined, isTouched: true };
  if (kind === 'skip' && state.values.length > 0) return { ...state, isTouched: true };
  return { values: kind === 'append' ? [...state.values, ...values] : values, by: item, isTouched: true };
}
