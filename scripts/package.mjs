/**
 * Packs the extension: dist/apim-policy-lens.vsix, for `npm run package`, `npm start` and the tests. It holds only what
 * .vscodeignore lets in. With --no-build it packs what is built already.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runNode } from './lib/commands.mjs';
import { fromRoot } from './lib/root.mjs';

export const vsixFile = fromRoot('dist', 'apim-policy-lens.vsix');

/** Packs what is built. Throws with vsce's own words when it cannot. Returns what vsce said, with the list of the files. */
export async function packageExtension() {
  // No dependencies: the bundles have them inside. No repository: links in the README are then left as they are.
  const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  const vsce = fromRoot('node_modules', '@vscode', 'vsce', 'vsce');
  const { code, output } = await runNode([vsce, 'package', ...flags, '-o', vsixFile], { show: false });
  if (code !== 0) throw new Error(`vsce package failed (exit code ${code}):\n${output}`);
  return output;
}

async function main() {
  const { values } = parseArgs({ options: { 'no-build': { type: 'boolean', default: false } } });
  if (!values['no-build']) {
    const { code } = await runNode([fromRoot('scripts', 'build.mjs')]);
    if (code !== 0) throw new Error(`The build failed (exit code ${code}); nothing was packed.`);
  }
  process.stdout.write(await packageExtension());
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
