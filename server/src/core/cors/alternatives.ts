import type { DecisionAlternative } from './corsOutcome';
import type { ComputableSwitches } from './evaluation';
import { type MergedEnding, type OpenBranch, resultOf } from './mergeBranches';
import { computableValues, type SwitchName, switchNames } from './switches';

/** What an answer relies on, and what else it could be. */
export interface Alternatives {
  readonly assumptions: Readonly<Record<string, string>>;
  readonly alternatives: readonly DecisionAlternative[];
}

/** Three settings at once are as much as a person can weigh. */
const maxFlips = 3;
/** A bound for policies with many open questions: three of nine switches at once. Real ones need fewer than ten runs. */
const maxRuns = 129;

type Flips = Readonly<Partial<Record<SwitchName, string>>>;

/**
 * Runs the evaluation with other settings of the switches that it consulted, one by one and together, and keeps those
 * that change outcome, scope or browser in a way that a smaller change does not explain.
 */
export function findAlternatives(
  settings: ComputableSwitches,
  main: MergedEnding,
  run: (switches: ComputableSwitches) => MergedEnding,
): Alternatives {
  /** Those that a reader finds in the list under switches alone. */
  const told: { readonly flips: Flips; readonly merged: MergedEnding }[] = [];
  const names = new Set<string>();
  const known = new Set(main.open.map(({ ending }) => resultOf(ending)));
  const alternatives: DecisionAlternative[] = main.open.map((branch) => toAlternative(branch, {}));

  for (const { flips, merged } of runFlips(settings, main, run)) {
    const smaller = told.findLast((candidate) => isPart(candidate.flips, flips))?.merged ?? main;
    const isNew = resultOf(merged.ending) !== resultOf(smaller.ending);
    const news = merged.open.filter(({ ending }) => !known.has(resultOf(ending)));
    if (!isNew && news.length === 0) continue;
    for (const name of Object.keys(flips)) names.add(name);
    if (isNew) {
      told.push({ flips, merged });
      alternatives.push(toAlternative({ when: {}, ending: merged.ending }, flips));
    } else alternatives.push(...news.map((branch) => toAlternative(branch, flips)));
    for (const { ending } of news) known.add(resultOf(ending));
  }

  const relied = switchNames.filter((name) => names.has(name) && main.consulted.has(name));
  return { assumptions: Object.fromEntries(relied.map((name) => [name, settings[name]])), alternatives };
}

/** Smaller combinations first; a switch joins where the run before it consulted it. */
function* runFlips(
  settings: ComputableSwitches,
  main: MergedEnding,
  run: (switches: ComputableSwitches) => MergedEnding,
): Generator<{ readonly flips: Flips; readonly merged: MergedEnding }> {
  const seen = new Set<string>();
  const waiting: { readonly flips: Flips; readonly consulted: ReadonlySet<SwitchName> }[] = [
    { flips: {}, consulted: main.consulted },
  ];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const flips of furtherFlips(settings, next.flips, next.consulted)) {
      const key = switchNames.map((name) => flips[name] ?? '').join(',');
      if (seen.has(key) || seen.size >= maxRuns) continue;
      seen.add(key);
      const merged = run({ ...settings, ...flips } as ComputableSwitches);
      yield { flips, merged };
      if (Object.keys(flips).length < maxFlips) waiting.push({ flips, consulted: merged.consulted });
    }
  }
}

function furtherFlips(
  settings: ComputableSwitches,
  flips: Flips,
  consulted: ReadonlySet<SwitchName>,
): readonly Flips[] {
  return switchNames
    .filter((name) => consulted.has(name) && flips[name] === undefined)
    .flatMap((name) =>
      computableValues(name)
        .filter((value) => value !== settings[name])
        .map((value) => ({ ...flips, [name]: value })),
    );
}

function isPart(part: Flips, whole: Flips): boolean {
  return switchNames.every((name) => part[name] === undefined || part[name] === whole[name]);
}

function toAlternative({ when, ending }: OpenBranch, flips: Flips): DecisionAlternative {
  return {
    when: { ...when, ...flips },
    outcome: ending.outcome,
    by: ending.scope?.kind,
    browser: ending.browser,
    because: ending.because,
  };
}
