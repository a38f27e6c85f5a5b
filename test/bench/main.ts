import { type Bench, runBench } from './bench';
import { allBenchTexts, largestText } from './benchTexts';
import { measureDecisions } from './corsDecision.bench';
import { benchCorsMap } from './corsMap.bench';
import { measureGrowth } from './growth.bench';
import { benchIndex } from './index.bench';
import { keystrokeBench } from './keystroke.bench';
import { measureMemory } from './memory.bench';
import { modelBench } from './model.bench';
import { parseBench } from './parse.bench';
import { placingBench } from './placing.bench';
import { changedReferencesBench, referencesBench } from './references.bench';
import { serviceBench } from './service.bench';

/** `npm run bench`: a line per measurement. Absolute times are this machine's; the ratio is what can be compared. */

const now = (): number => performance.now();

for (const texts of allBenchTexts()) printRatio(parseBench(texts));
printRatio(keystrokeBench(largestText()));
printRatio(modelBench);
printRatio(placingBench);
printRatio(serviceBench);
printRatio(referencesBench);
printRatio(changedReferencesBench);
benchCorsMap(console.log);
for (const texts of allBenchTexts()) printMemory(texts);
printGrowth();
printDecisions();
void benchIndex(console.log);

function printRatio(bench: Bench): void {
  const { name, yardstick, size, measuredMs, referenceMs, ratio } = runBench(bench, now);
  console.log(
    `${name} (${size}): ${ratio.toFixed(2)} × ${yardstick} (${measuredMs.toFixed(2)} ms and ${referenceMs.toFixed(2)} ms)`,
  );
}

function printMemory(texts: Parameters<typeof measureMemory>[0]): void {
  const { name, size, bytesPerCharacter } = measureMemory(texts);
  console.log(
    `memory of the tree of ${name} (${size}): ${bytesPerCharacter.toFixed(1)} bytes a character, ` +
      `${(bytesPerCharacter / 2).toFixed(1)} × the text in UTF-16`,
  );
}

/** Meant to stay below 50 µs on a machine of today. */
function printDecisions(): void {
  console.log('a CORS decision on a chain of five scopes');
  for (const { name, preparedUs, aloneUs } of measureDecisions(now)) {
    const shown = `${preparedUs.toFixed(1)} µs, and ${aloneUs.toFixed(1)} µs with reading the policies`;
    console.log(`  ${`${name}:`.padEnd(42)}${shown}`);
  }
}

/** Each line stays level where time grows in proportion. */
function printGrowth(): void {
  console.log('parse, nanoseconds a character (× bare sax over the masked text), by number of');
  for (const { name, steps } of measureGrowth(now)) {
    const shown = steps.map(
      ({ amount, nanosecondsPerCharacter, ratio }) =>
        `${amount}: ${nanosecondsPerCharacter.toFixed(0)} (${ratio.toFixed(2)} ×)`,
    );
    console.log(`  ${`${name}:`.padEnd(28)}${shown.map((step) => step.padEnd(22)).join('')}`.trimEnd());
  }
}
