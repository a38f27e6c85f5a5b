/** Bundles the suite that runs inside VS Code's extension host: dist/test/vscode/index.js, with VS Code's usual `run()`. */
import { build } from 'esbuild';
import { fromRoot } from './root.mjs';

export const testSuiteFile = fromRoot('dist', 'test', 'vscode', 'index.js');

export async function bundleTestSuite() {
  await build({
    entryPoints: [fromRoot('test', 'vscode', 'suite', 'index.ts')],
    outfile: testSuiteFile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}
