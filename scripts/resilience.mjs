/** Bundles and runs the long form of test/resilience; its options are in `npm run resilience -- --help`. */
import { runBundle } from './lib/runBundle.mjs';

process.exitCode = await runBundle('test/resilience/longRun/main.ts', 'dist/test/resilience.js', {
  programArguments: process.argv.slice(2),
});
