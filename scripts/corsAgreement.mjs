/** Bundles and runs the long comparison of test/core/cors/naive; its options are in `npm run cors-agreement -- --help`. */
import { runBundle } from './lib/runBundle.mjs';

process.exitCode = await runBundle('test/core/cors/naive/longRun/main.ts', 'dist/test/corsAgreement.js', {
  programArguments: process.argv.slice(2),
});
