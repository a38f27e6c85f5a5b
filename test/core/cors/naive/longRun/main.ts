import { parseArgs } from 'node:util';
import { checkSeed } from '../checkSeed';

/** `npm run cors-agreement`: what `naiveAgreement.test.ts` samples, at length. Exit code 1 where the two disagree. */

const help = `npm run cors-agreement [-- options]
Compares the CORS engine with a second evaluator, written naively from the rule book alone, on random services and
requests: outcome, scope, status, browser and alternatives, under every setting of one switch and some of several.
  --count <n>   services and requests (100000)
  --seed <n>    the first one's seed (1); a disagreement names the seed that shows it alone
`;

/** So many disagreements tell enough. */
const mostFailures = 10;

const { values } = parseArgs({
  options: { count: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
});
if (values.help === true) console.log(help);
else run(Number(values.count ?? 100_000), Number(values.seed ?? 1));

function run(count: number, firstSeed: number): void {
  const startedAt = performance.now();
  const outcomes = new Map<string, number>();
  const failures: string[] = [];
  let settings = 0;
  let done = 0;
  const report = (): void => {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    console.log(`${String(seconds).padStart(5)} s  ${done} of ${count}; ${failures.length} disagreements`);
  };
  for (let seed = firstSeed; done < count && failures.length < mostFailures; seed++) {
    const { failure, outcome, settings: compared } = checkSeed(seed);
    if (failure !== undefined) failures.push(failure);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    settings += compared;
    if (++done % 10_000 === 0) report();
  }
  for (const failure of failures) console.log(`\n${failure}`);
  console.log(`\n${done} services and requests under ${settings} settings: ${failures.length} disagreements.`);
  for (const [outcome, times] of [...outcomes].sort(([, one], [, other]) => other - one)) {
    console.log(`${String(times).padStart(7)}  ${outcome}`);
  }
  process.exitCode = failures.length > 0 ? 1 : 0;
}
