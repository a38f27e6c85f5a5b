import { strict as assert } from 'node:assert';

/**
 * Fails where work on sixteen times the text takes much more than sixteen times as long. `prepare` makes a text of about
 * that many characters, and returns the work on it.
 */
export function assertLinearTime(prepare: (length: number) => () => unknown): void {
  const [short, long] = [prepare(6_000), prepare(96_000)];
  let factors: readonly number[] = [];
  // Other work on the machine makes a run slow, never fast: what looks slow is measured again.
  for (let attempt = 0; attempt < 4; attempt++) {
    const times = [fastestMs(short), fastestMs(long)] as const;
    const factor = times[1] / times[0];
    factors = [...factors, factor];
    // Sixteen times the text: 16 is linear, 256 is quadratic. Far apart, so that a busy machine cannot pass for either.
    if (factor < 80 || times[1] < 5) return;
  }
  assert.fail(`Sixteen times the text took ${factors.map((factor) => factor.toFixed(1)).join(', ')} times as long`);
}

/** The part over and over, up to about that many characters. */
export function repeat(part: string, length: number): string {
  return part.repeat(Math.ceil(length / part.length));
}

function fastestMs(work: () => unknown): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run++) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    work();
    const { user, system } = process.cpuUsage(used);
    // The processor's time leaves out the turns of other programs; the clock leaves out what the collector does beside us.
    fastest = Math.min(fastest, performance.now() - start, (user + system) / 1000);
  }
  return fastest;
}
