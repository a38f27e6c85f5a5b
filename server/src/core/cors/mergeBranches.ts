import { scopeKey } from '../workspace/policyScope';
import { sentence } from './corsNames';
import type { BrowserVerdict, DecisionStep } from './corsOutcome';
import type { Answer, Branch, Ending, Exploration, RuntimeQuestion } from './evaluation';
import type { SwitchName } from './switches';

/** All branches under one setting of the switches as one answer. */
export interface MergedEnding {
  readonly ending: Ending;
  readonly steps: readonly DecisionStep[];
  /** The branches that differ, one for each result; empty where all agree. */
  readonly open: readonly OpenBranch[];
  readonly consulted: ReadonlySet<SwitchName>;
}

/** An ending that comes about if the gateway finds these values. */
export interface OpenBranch {
  readonly when: Readonly<Record<string, string>>;
  readonly ending: Ending;
}

/** What two endings must share to count as the same answer. */
export function resultOf(ending: Ending): string {
  return `${ending.outcome} ${ending.scope?.kind ?? '-'} ${ending.browser}`;
}

/**
 * One answer where all branches agree on outcome and browser; `decided-at-runtime` where they do not, with what is
 * agreed on kept.
 */
export function mergeBranches(exploration: Exploration): MergedEnding {
  const { branches, consulted, isCut } = exploration;
  const [first] = branches;
  const endings = branches.map(({ ending }) => ending);
  const outcome = agreed(endings.map((ending) => ending.outcome));
  const browser = agreed(endings.map((ending) => ending.browser));
  if (outcome !== undefined && browser !== undefined && !isCut) {
    return { ending: joinEndings(first.ending, endings), steps: first.steps, open: [], consulted };
  }
  const question = decisiveQuestion(branches);
  const ending = runtimeEnding(question, endings, isCut ? undefined : browser);
  return {
    ending,
    steps: [...commonSteps(branches), ...questionStep(question)],
    open: openBranches(branches),
    consulted,
  };
}

function agreed<Value>(values: readonly Value[]): Value | undefined {
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}

function joinEndings(first: Ending, endings: readonly Ending[]): Ending {
  const keyOf = ({ scope }: Ending): string | undefined => scope && scopeKey(scope);
  const isOneScope = endings.every((ending) => keyOf(ending) === keyOf(first));
  const isOnePlace = endings.every(
    ({ via, deciding }) =>
      via === first.via &&
      deciding?.document === first.deciding?.document &&
      deciding?.span.start === first.deciding?.span.start,
  );
  const headers = Object.entries(first.headers).filter(([name, value]) =>
    endings.every((ending) => ending.headers[name] === value),
  );
  return {
    ...first,
    scope: isOneScope ? first.scope : undefined,
    via: isOneScope && isOnePlace ? first.via : undefined,
    deciding: isOneScope && isOnePlace ? first.deciding : undefined,
    status: agreed(endings.map(({ status }) => status)),
    headers: Object.fromEntries(headers),
  };
}

/** The first question whose answers lead to different results. */
function decisiveQuestion(branches: readonly Branch[]): RuntimeQuestion | undefined {
  for (const { question } of branches[0]?.answers ?? []) {
    const results = new Map<string, Set<string>>();
    for (const { ending, answers } of branches) {
      const option = answers.find((answer) => answer.question.key === question.key)?.option ?? '';
      results.set(option, (results.get(option) ?? new Set()).add(`${ending.outcome} ${ending.browser}`));
    }
    const sets = [...results.values()].map((set) => [...set].sort().join('|'));
    if (new Set(sets).size > 1) return question;
  }
  return branches[0]?.answers[0]?.question;
}

function runtimeEnding(
  question: RuntimeQuestion | undefined,
  endings: readonly Ending[],
  browser: BrowserVerdict | undefined,
): Ending {
  const isAboutCors = question?.isAboutCors === true;
  const why = question?.because ?? 'too much is only known to the running gateway';
  return {
    outcome: 'decided-at-runtime',
    scope: isAboutCors ? question.scope : undefined,
    via: undefined,
    status: agreed(endings.map(({ status }) => status)),
    headers: {},
    browser: browser ?? 'unknown',
    browserBecause: 'Whether the answer passes the CORS check is decided at run time.',
    because: `${sentence(why)}. The outcome is decided at run time.`,
    deciding: question?.place,
  };
}

function commonSteps(branches: readonly Branch[]): readonly DecisionStep[] {
  const [first, ...others] = branches;
  const steps = first?.steps ?? [];
  const isSame = (one: DecisionStep | undefined, other: DecisionStep): boolean =>
    one !== undefined && one.what === other.what && one.result === other.result && one.because === other.because;
  const length = steps.findIndex((step, index) => !others.every((branch) => isSame(branch.steps[index], step)));
  return length < 0 ? steps : steps.slice(0, length);
}

function questionStep(question: RuntimeQuestion | undefined): readonly DecisionStep[] {
  if (question === undefined) return [];
  const { scope, place, because, source, isAboutCors } = question;
  const what = isAboutCors ? 'cors' : 'unknown';
  return [{ what, scope, place, result: 'decided at run time', because: sentence(`${because}.`), source }];
}

function openBranches(branches: readonly Branch[]): readonly OpenBranch[] {
  const seen = new Set<string>();
  return branches.flatMap(({ ending, answers }) => {
    const result = resultOf(ending);
    if (seen.has(result)) return [];
    seen.add(result);
    return [{ when: whenOf(answers), ending }];
  });
}

function whenOf(answers: readonly Answer[]): Readonly<Record<string, string>> {
  return Object.fromEntries(answers.map(({ question, option }) => [question.about, option]));
}
