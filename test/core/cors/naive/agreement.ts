import { decideCors } from '../../../../server/src/core/cors/corsDecision';
import type { CorsDecision } from '../../../../server/src/core/cors/corsOutcome';
import {
  completeSwitches,
  computableValues,
  type SwitchName,
  switchNames,
} from '../../../../server/src/core/cors/switches';
import type { Random } from '../../../support/random';
import { situation } from '../situations';
import type { GeneratedCase } from './generateCase';
import { decideNaively, type NaiveAnswer, type NaiveSwitches } from './naiveDecision';
import { writePolicies } from './service';

/** What a comparison looked at. */
export interface Comparison {
  /** Undefined: the two agree. */
  readonly difference: string | undefined;
  readonly outcome: string;
  /** Settings of the switches under which the two were compared. */
  readonly settings: number;
}

/** Settings of two or three switches at once that are tried for each case, beside every single one. */
const combinations = 4;

/**
 * Compares the engine with the naive evaluator on one case: the main answer, everything that it can come to at run time,
 * and what the engine says under every other setting of one switch and under some of two and three.
 */
export function compareOn(generated: GeneratedCase, random: Random): Comparison {
  const { service, request, context, assume } = generated;
  const decision = decideCors(
    situation({
      policies: writePolicies(service),
      request: withoutUndefined(request),
      context: withoutUndefined(context),
      assume,
      unknownScopes: service.unknownScopes,
    }),
  );
  const base = computable(generated);
  const naive = decideNaively(generated, base);
  const differences = [
    ...compareAnswers('', naive, decision),
    ...compareResults(naive, decision),
    ...compareOptionsOperation(generated, base, decision),
  ];
  const flips = flipsOf(base, random);
  for (const flip of flips) {
    const name = Object.entries(flip)
      .map(([key, value]) => `${key}=${value}`)
      .join(', ');
    differences.push(
      ...compareAnswers(
        `${name}: `,
        decideNaively(generated, { ...base, ...flip } as NaiveSwitches),
        under(decision, flip),
      ),
    );
  }
  return {
    difference: differences.length === 0 ? undefined : differences.join('\n'),
    outcome: decision.outcome,
    settings: flips.length + 1,
  };
}

function withoutUndefined(value: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}

function computable({ assume }: GeneratedCase): NaiveSwitches {
  const settings = completeSwitches(assume);
  return { ...settings, terminateDefault: settings.terminateDefault === 'false' ? 'false' : 'true' };
}

type Flip = Readonly<Partial<Record<SwitchName, string>>>;

function flipsOf(base: NaiveSwitches, random: Random): readonly Flip[] {
  const other = (name: SwitchName): Flip => ({
    [name]: computableValues(name).find((value) => value !== base[name]) ?? '',
  });
  const several = Array.from({ length: combinations }, () =>
    Object.assign({}, ...Array.from({ length: 2 + random.below(2) }, () => other(random.oneOf(switchNames)))),
  );
  return [...switchNames.map(other), ...several];
}

type Answer = Pick<CorsDecision, 'outcome' | 'by' | 'browser'> & { readonly status?: number | undefined };

/** The engine's answer under other settings: the last alternative that needs no more than these, else the main one. */
function under(decision: CorsDecision, flip: Flip): Answer {
  const fits = ({ when }: CorsDecision['alternatives'][number]): boolean =>
    Object.entries(when).every(([name, value]) => Object.hasOwn(flip, name) && flip[name as SwitchName] === value);
  return decision.alternatives.findLast(fits) ?? { ...decision, status: undefined };
}

function compareAnswers(prefix: string, naive: NaiveAnswer, answer: Answer): readonly string[] {
  const differences: string[] = [];
  const check = (what: string, expected: unknown, found: unknown): void => {
    if (expected !== found) differences.push(`${prefix}${what}: naive ${expected}, engine ${found}`);
  };
  check('outcome', naive.outcome, answer.outcome);
  check('browser', naive.browser, answer.browser);
  if (naive.outcome !== 'decided-at-runtime') check('by', naive.by, answer.by);
  if (prefix === '') check('status', naive.status, answer.status);
  return differences;
}

/** What it can come to at run time; nothing where that makes no difference. */
function compareResults(naive: NaiveAnswer, decision: CorsDecision): readonly string[] {
  const expected = naive.outcome === 'decided-at-runtime' ? naive.results : [];
  const isSwitch = (name: string): boolean => switchNames.includes(name as SwitchName);
  const found = decision.alternatives
    .filter(({ when }) => !Object.keys(when).some(isSwitch) && when[operationExists] === undefined)
    .filter(({ when }) => when['global cors is looked at before routing'] === undefined)
    .map(({ outcome, by, browser }) => `${outcome} ${by ?? '-'} ${browser}`)
    .sort();
  return expected.join('; ') === found.join('; ') ? [] : [`results: naive ${expected}, engine ${found}`];
}

const operationExists = 'OPTIONS operation';

function compareOptionsOperation(
  generated: GeneratedCase,
  base: NaiveSwitches,
  decision: CorsDecision,
): readonly string[] {
  const { context, request } = generated;
  const found = decision.alternatives.find(({ when }) => when[operationExists] !== undefined);
  const isOpen = context.optionsOperation === 'unknown' && request.method === 'OPTIONS' && context.unknownUrl !== true;
  if (!isOpen || ['invalid-policy', 'cors-skipped'].includes(decision.outcome)) {
    return found === undefined ? [] : ['an OPTIONS operation makes no difference here'];
  }
  if (found === undefined) return ['an OPTIONS operation may exist'];
  const naive = decideNaively({ ...generated, context: { ...context, optionsOperation: true } }, base);
  return compareAnswers('OPTIONS operation: ', naive, found);
}
