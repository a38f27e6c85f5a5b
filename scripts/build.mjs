/**
 * Makes every bundle in dist/. `--tests` makes the bundles of the unit tests and of those with a browser too.
 *
 * The browser bundles fail on Node's built-in modules: beside the compiler and the linter, that is what keeps the core
 * and the client's shared files free of them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import esbuild from 'esbuild';

const withTests = process.argv.includes('--tests');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  define: { APIM_POLICY_LENS_VERSION: JSON.stringify(version) },
  // Some libraries' default entry is written for AMD loaders, which no bundler can follow.
  mainFields: ['module', 'main'],
};
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20' };
const browser = { ...common, platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'] };

/** A page reads no source map, and is better small. */
const page = { format: 'iife', minify: true, sourcemap: false };

/** @type {esbuild.BuildOptions[]} */
const builds = [
  { ...node, entryPoints: ['client/src/extension.node.ts'], outfile: 'dist/client.node.js', external: ['vscode'] },
  {
    ...browser,
    entryPoints: ['client/src/extension.browser.ts'],
    outfile: 'dist/client.browser.js',
    external: ['vscode'],
    format: 'cjs',
  },
  // The page that the command line writes: it puts both into one file.
  { ...browser, entryPoints: { corsMapPage: 'client/webview/corsMap/page.ts' }, outdir: 'dist', ...page },
  { ...browser, entryPoints: { corsMapPage: 'client/webview/corsMap/page.css' }, outdir: 'dist', ...page },
  // The page of the CORS explorer: a script and its style sheet.
  {
    ...browser,
    entryPoints: { corsExplorer: 'client/webview/main.ts' },
    outdir: 'dist',
    format: 'iife',
  },
  { ...browser, entryPoints: ['client/webview/corsExplorer.css'], outfile: 'dist/corsExplorer.css' },
  {
    ...node,
    entryPoints: ['server/src/lsp/main.node.ts'],
    outfile: 'dist/server.node.js',
    banner: { js: '#!/usr/bin/env node' },
  },
  { ...browser, entryPoints: ['server/src/lsp/main.worker.ts'], outfile: 'dist/server.worker.js', format: 'iife' },
  { ...node, entryPoints: ['server/src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
];

if (withTests) {
  await Promise.all(['unit', 'browser'].map((kind) => rm(`dist/test/${kind}`, { recursive: true, force: true })));
  const tests = readdirSync('test', { recursive: true })
    .map((path) => path.toString().replace(/\\/g, '/'))
    .filter((path) => path.endsWith('.test.ts') && !path.startsWith('vscode'));
  const bundle = { ...node, outbase: 'test', external: ['mocha', 'vscode-oniguruma', 'esbuild'] };
  const entryPoints = (isWanted) => tests.filter(isWanted).map((path) => `test/${path}`);
  const needsBrowser = (path) => path.startsWith('browser/');
  builds.push(
    { ...bundle, entryPoints: entryPoints((path) => !needsBrowser(path)), outdir: 'dist/test/unit' },
    { ...bundle, entryPoints: entryPoints(needsBrowser), outdir: 'dist/test/browser' },
  );
}

await Promise.all(builds.map((options) => esbuild.build(options)));
await Promise.all(['dist/cli.js', 'dist/server.node.js'].map((path) => chmod(path, 0o755)));
