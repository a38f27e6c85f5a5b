/** One measurement: how long something takes as a multiple of a yardstick in the same run. Never a timed test. */
export interface Bench {
  readonly name: string;
  readonly yardstick: string;
  prepare(): BenchRun;
}

export interface BenchRun {
  /** What the numbers are about: "66 KB", "500 files". */
  readonly size: string;
  measured(): unknown;
  reference(): unknown;
}

export interface BenchResult {
  readonly name: string;
  readonly yardstick: string;
  readonly size: string;
  /** Milliseconds of the fastest round. */
  readonly measuredMs: number;
  readonly referenceMs: number;
  readonly ratio: number;
}

const warmUpRounds = 5;
const rounds = 25;
/** Short rounds are repeated for so long: the compiler takes its time. */
const leastMs = 1500;

/** Both in turn, so that a slow moment of the machine meets both; the fastest of each counts. */
export function runBench(bench: Bench, now: () => number): BenchResult {
  const run = bench.prepare();
  let measuredMs = Number.POSITIVE_INFINITY;
  let referenceMs = Number.POSITIVE_INFINITY;
  const begunAt = now();
  for (let round = 0; round < warmUpRounds + rounds || now() - begunAt < leastMs; round++) {
    const start = now();
    run.reference();
    const middle = now();
    run.measured();
    const end = now();
    if (round < warmUpRounds) continue;
    referenceMs = Math.min(referenceMs, middle - start);
    measuredMs = Math.min(measuredMs, end - middle);
  }
  const { name, yardstick } = bench;
  return { name, yardstick, size: run.size, measuredMs, referenceMs, ratio: measuredMs / referenceMs };
}
