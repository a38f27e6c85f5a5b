import { runBench } from './bench';
import { modelBench } from './model.bench';
import { parseBench } from './parse.bench';
import { serviceBench } from './service.bench';

/** `npm run bench`: a line per measurement. Absolute times are this machine's; the ratio is what can be compared. */
for (const bench of [parseBench, modelBench, serviceBench]) {
  const { name, yardstick, size, measuredMs, referenceMs, ratio } = runBench(bench, () => performance.now());
  console.log(
    `${name} (${size}): ${ratio.toFixed(2)} × ${yardstick} (${measuredMs.toFixed(2)} ms and ${referenceMs.toFixed(2)} ms)`,
  );
}
