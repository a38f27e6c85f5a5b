/** Bundles and runs the measurements of test/bench. */
import { spawnSync } from 'node:child_process';
import esbuild from 'esbuild';

const outfile = 'dist/test/bench.js';
await esbuild.build({
  entryPoints: ['test/bench/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  outfile,
  logLevel: 'warning',
});
process.exitCode = spawnSync(process.execPath, [outfile], { stdio: 'inherit' }).status ?? 1;
