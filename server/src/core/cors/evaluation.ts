import type { PolicyScope } from '../workspace/policyScope';
import type { BrowserVerdict, CorsOutcome, DecisionStep, PolicyPlace } from './corsOutcome';
import type { SwitchName, SwitchSettings } from './switches';

/** Settings that an answer can be computed with: `terminateDefault` is one of the two. */
export type ComputableSwitches = Omit<SwitchSettings, 'terminateDefault'> & {
  readonly terminateDefault: 'true' | 'false';
};

/** Something that only the running gateway knows, with the answers that it may have. */
export interface RuntimeQuestion {
  /** Equal keys are one question: it gets one answer in a run. */
  readonly key: string;
  /** In words, for `when`: "origin of the cors of API orders". */
  readonly about: string;
  /** In words. The first is what the answer looks like where nothing unknown interferes. */
  readonly options: readonly [string, ...string[]];
  /** A clause: "a policy expression is evaluated by the gateway". */
  readonly because: string;
  readonly scope: PolicyScope | undefined;
  readonly place: PolicyPlace | undefined;
  /** A `cors` policy is what cannot be decided: its scope is then the decision's `by`. */
  readonly isAboutCors: boolean;
  readonly source: string;
}

/** What a run over one policy can ask, and where it writes down its steps. */
export interface Evaluation {
  /** The setting, noted as one that the answer may rely on. */
  consult<Name extends SwitchName>(name: Name): ComputableSwitches[Name];
  /** The setting, where it changes no more than the text of a header. */
  peek<Name extends SwitchName>(name: Name): ComputableSwitches[Name];
  /** The answer taken in this run: one of the question's options. */
  ask(question: RuntimeQuestion): string;
  note(step: DecisionStep): void;
}

/** How one run ends. */
export interface Ending {
  readonly outcome: CorsOutcome;
  /** The scope of the deciding statement. */
  readonly scope: PolicyScope | undefined;
  readonly via: string | undefined;
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly browser: BrowserVerdict;
  readonly browserBecause: string;
  readonly because: string;
  readonly deciding: PolicyPlace | undefined;
}

/** An ending, the answers that led to it, and the steps on the way. */
export interface Branch {
  readonly ending: Ending;
  readonly answers: readonly Answer[];
  readonly steps: readonly DecisionStep[];
}

export interface Answer {
  readonly question: RuntimeQuestion;
  readonly option: string;
}

/** Every ending under one setting of the switches. */
export interface Exploration {
  readonly branches: readonly [Branch, ...Branch[]];
  readonly consulted: ReadonlySet<SwitchName>;
  /** There would be more branches than are worth following. */
  readonly isCut: boolean;
}

const maxBranches = 64;

/**
 * Runs the evaluation once for every combination of answers to the run-time questions that it asks.
 *
 * The evaluation must be a pure function of what it is told: it is run again from the start for every branch.
 */
export function exploreEndings(
  settings: ComputableSwitches,
  evaluate: (evaluation: Evaluation) => Ending,
): Exploration {
  const consulted = new Set<SwitchName>();
  let branch = runBranch(settings, consulted, [], evaluate);
  const branches: [Branch, ...Branch[]] = [branch];
  for (;;) {
    const next = nextAnswers(branch.answers);
    if (next === undefined) return { branches, consulted, isCut: false };
    if (branches.length >= maxBranches) return { branches, consulted, isCut: true };
    branch = runBranch(settings, consulted, next, evaluate);
    branches.push(branch);
  }
}

/** The answers of the next branch, depth first: the last one that has a further option takes it. */
function nextAnswers(answers: readonly Answer[]): readonly Answer[] | undefined {
  for (let index = answers.length - 1; index >= 0; index--) {
    const { question, option } = answers[index] as Answer;
    const next = question.options[question.options.indexOf(option) + 1];
    if (next !== undefined) return [...answers.slice(0, index), { question, option: next }];
  }
  return undefined;
}

function runBranch(
  settings: ComputableSwitches,
  consulted: Set<SwitchName>,
  prefix: readonly Answer[],
  evaluate: (evaluation: Evaluation) => Ending,
): Branch {
  const steps: DecisionStep[] = [];
  const answers: Answer[] = [];
  const ending = evaluate({
    consult: (name) => {
      consulted.add(name);
      return settings[name];
    },
    peek: (name) => settings[name],
    ask: (question) => {
      const given = answers.find((answer) => answer.question.key === question.key);
      if (given !== undefined) return given.option;
      const option = prefix[answers.length]?.option ?? question.options[0];
      answers.push({ question, option });
      return option;
    },
    note: (step) => {
      steps.push(step);
    },
  });
  return { ending, answers, steps };
}
