/** Where the repository is, so that every script works from any folder. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(import.meta.url), '..', '..', '..');

/** An absolute path from one that is relative to the repository. */
export function fromRoot(...parts) {
  return join(root, ...parts);
}
