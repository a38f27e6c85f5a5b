/** Says in one sentence what is missing before any of our scripts can work, and what to do. */
import { existsSync } from 'node:fs';
import { fromRoot } from './root.mjs';

const oldestNode = 20;

/** What to do first; undefined when everything is there. */
export function installationProblem() {
  const node = Number(process.versions.node.split('.')[0]);
  if (node < oldestNode)
    return `This needs Node.js ${oldestNode} or newer; this is ${process.version}. Install a newer one from your distribution or nodejs.org.`;
  if (!existsSync(fromRoot('node_modules', 'esbuild'))) return 'The dependencies are not installed. Run: npm ci';
  return undefined;
}
