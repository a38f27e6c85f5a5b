import type { Resolved } from '../effective/resolved';
import { attributeText } from '../syntax/treeQueries';
import { describeScope, scopeKey } from '../workspace/policyScope';
import type { FlowChoice, FlowCors, FlowItem, FlowStatement, FlowUnknown } from './corsFlow';
import { describeCors, describeStatement, placeOfStatement, placeOfUnknown, sentence } from './corsNames';
import { corsSources } from './corsSources';
import type { Evaluation } from './evaluation';

/**
 * Whether a statement takes part at all: where documents between its scope and the request are unknown, it does only
 * if they pass it on.
 */
export function isPassedOn(evaluation: Evaluation, item: Exclude<FlowItem, FlowUnknown>): boolean {
  return item.ifPassedOnBy.every((scope) => {
    const name = describeScope(scope);
    const answer = evaluation.ask({
      key: `passed on:${scopeKey(scope)}`,
      about: `policy of ${name}`,
      options: ['has <base />', 'has no <base />'],
      because: `the policy of ${name} is not known, and only with <base /> it passes on what is above it`,
      scope,
      place: undefined,
      isAboutCors: false,
      source: corsSources.policies,
    });
    return answer === 'has <base />';
  });
}

/** The value, or the answer taken for it in this run. */
export function booleanOf(evaluation: Evaluation, item: FlowCors, name: string, value: Resolved<boolean>): boolean {
  return value.known ? value.value : askCors(evaluation, item, name, ['false', 'true'], value.because) === 'true';
}

/** Asks something about one `cors` that its text does not tell. `sharedKey`: the answer is the same wherever that is asked. */
export function askCors(
  evaluation: Evaluation,
  item: FlowCors,
  what: string,
  options: readonly [string, ...string[]],
  because: string,
  sharedKey?: string,
): string {
  return evaluation.ask({
    key: sharedKey ?? `${what}:${item.document.path}:${item.element.span.start}`,
    about: `${what.replace(/^the /, '')} of ${describeCors(item)}`,
    options,
    because: `${what} of ${describeCors(item)} is not known here: ${because}`,
    scope: item.scope,
    place: placeOfStatement(item),
    isAboutCors: true,
    source: corsSources.cors,
  });
}

/** What a place that cannot be read may hold, as far as CORS goes. */
export type UnknownContent = 'no cors' | 'a cors that admits the origin' | 'a cors that refuses the origin';

/** Asks what stands in a place that cannot be read: the same wherever it is inserted. */
export function askUnknownContent(evaluation: Evaluation, item: FlowUnknown): UnknownContent {
  const where = item.fragmentId === undefined ? describeScope(item.scope) : `fragment ${item.fragmentId}`;
  const options: readonly [UnknownContent, ...UnknownContent[]] = [
    'no cors',
    'a cors that admits the origin',
    'a cors that refuses the origin',
  ];
  const answer = evaluation.ask({
    key: `unknown:${scopeKey(item.scope)}:${item.fragmentId ?? ''}:${item.because}`,
    about: item.fragmentId === undefined ? `policy of ${where}` : where,
    options,
    because: item.because,
    scope: item.scope,
    place: placeOfUnknown(item),
    isAboutCors: false,
    source: corsSources.policies,
  });
  return options.find((option) => option === answer) ?? 'no cors';
}

/**
 * Asks which branch of a `choose` runs; undefined: none that matters. The same branches are on offer whoever asks, since
 * one branch may hold a `cors` or a failing statement, and another a header.
 */
export function askBranch(
  evaluation: Evaluation,
  item: FlowChoice,
  failingPolicy: string | undefined,
): readonly FlowItem[] | undefined {
  const relevant = item.branches.flatMap((branch, index) => (mattersToCors(branch, failingPolicy) ? [index] : []));
  const names = relevant.map((index) => `branch ${index + 1}`);
  const isExhaustive = item.alwaysRunsOne && relevant.length === item.branches.length;
  const options = isExhaustive ? names : ['another branch', ...names];
  const answer = evaluation.ask({
    key: `choose:${item.document.path}:${item.element.span.start}`,
    about: describeStatement(item, item.element.name).replace(/^the /, ''),
    options: options as [string, ...string[]],
    because: `${describeStatement(item, item.element.name)} decides at run time which branch runs`,
    scope: item.scope,
    place: placeOfStatement(item),
    isAboutCors: true,
    source: corsSources.choose,
  });
  const index = relevant[names.indexOf(answer)];
  return index === undefined ? undefined : item.branches[index];
}

function mattersToCors(items: readonly FlowItem[], failingPolicy: string | undefined): boolean {
  return items.some((item) => {
    if (item.kind === 'choice') return item.branches.some((branch) => mattersToCors(branch, failingPolicy));
    if (item.kind !== 'statement' || item.name === failingPolicy) return true;
    // The name may be an expression or a named value.
    const name = item.name === 'set-header' ? attributeText(item.element, 'name') : undefined;
    return name !== undefined && /^\s*access-control-|[@{]/i.test(name);
  });
}

/** Notes one statement's part in the decision. */
export function noteStatement(
  evaluation: Evaluation,
  item: FlowCors | FlowStatement,
  result: string,
  because: string,
  source: string = corsSources.cors,
): void {
  evaluation.note({
    what: item.kind,
    scope: item.scope,
    place: placeOfStatement(item),
    result,
    because: sentence(because),
    source,
  });
}
