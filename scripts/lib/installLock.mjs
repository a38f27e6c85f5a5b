/** Lets one process at a time install into a folder: two npm runs in the same node_modules destroy each other's work. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { untilDeadline } from './untilDeadline.mjs';

const patienceMs = 300_000;

/** Runs `install` while holding the folder's lock; waits, and says so, while another process holds it. */
export async function withInstallLock(folder, say, install) {
  const lockFile = join(
    tmpdir(),
    `apim-policy-lens-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.lock`,
  );
  let said = false;
  await untilDeadline(
    'another process to finish installing',
    async () => {
      if (await take(lockFile)) return true;
      if (!said) say('Another process is installing the same; waiting for it …');
      said = true;
      return false;
    },
    { timeoutMs: patienceMs, seen: () => `the lock ${lockFile}` },
  );
  try {
    await install();
  } finally {
    await rm(lockFile, { force: true });
  }
}

async function take(lockFile) {
  try {
    await writeFile(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!holderLives(lockFile)) await rm(lockFile, { force: true });
    return false;
  }
}

function holderLives(lockFile) {
  try {
    const holder = Number(readFileSync(lockFile, 'utf8'));
    if (!holder) return true; // created, not written yet
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // alive, but somebody else's; anything else means gone
  }
}
