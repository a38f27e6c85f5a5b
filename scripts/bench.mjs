/** Bundles and runs the measurements of test/bench. */
import { runBundle } from './lib/runBundle.mjs';

process.exitCode = await runBundle('test/bench/main.ts', 'dist/test/bench.js', {
  // Memory is measured behind a collection of garbage. The rest needs room for young objects, or else how often the
  // garbage of other rounds is collected is what it measures.
  nodeArguments: ['--expose-gc', '--max-semi-space-size=256'],
  programArguments: process.argv.slice(2),
});
