import { spawnSync } from 'node:child_process';
import esbuild from 'esbuild';

/** Bundles a program of the tests into dist/test and runs it in this terminal. Returns its exit code. */
export async function runBundle(entryPoint, outfile, { nodeArguments = [], programArguments = [] } = {}) {
  await esbuild.build({
    entryPoints: [entryPoint],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    outfile,
    logLevel: 'warning',
  });
  const { status } = spawnSync(process.execPath, [...nodeArguments, outfile, ...programArguments], {
    stdio: 'inherit',
  });
  return status ?? 1;
}
