/** Temporary folders: one per run, so that runs side by side cannot meet, and gone afterwards. */
import { rmSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

const retries = { maxRetries: 20, retryDelay: 100 };

/**
 * Makes an empty folder that is removed when this process exits, and returns its real path: on macOS the temporary folder
 * is behind a link, and VS Code compares addresses. `endOnSignals` makes sure that the process exits, and is not just gone.
 */
export async function makeTemporaryFolder(purpose) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), `apim-policy-lens-${purpose}-`)));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, ...retries }));
  return folder;
}

/** Makes the usual signals end this process by way of its exit handlers, with the exit code that shells expect. */
export function endOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
