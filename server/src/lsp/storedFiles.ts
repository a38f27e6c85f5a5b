import {
  type DocumentStore,
  isServiceFile,
  isSkippedFolder,
  mayHoldPolicy,
  playsPart,
  reasonOf,
  type WorkspaceHost,
} from '../core';
import { folderAndName } from './documentPaths';

/**
 * Makes the store hold what is stored of one file now. `isOpen` is asked after the reading, too: while the disk
 * answered, an editor may have opened the file, and its text comes first.
 */
export async function readAgain(
  path: string,
  host: WorkspaceHost,
  store: DocumentStore,
  isOpen: (path: string) => boolean,
): Promise<void> {
  const file = await readStored(path, host);
  if (isOpen(path)) return;
  if (file.state === 'unreadable') store.setUnreadable(path, file.because);
  else if (file.state === 'gone' || !playsPart(path, file.text)) store.delete(path);
  else if (file.text !== store.text(path)) store.setText(path, file.text, versionOnDisk);
}

/** What the store takes for the version of a text that no editor has open. */
const versionOnDisk = 0;

/** True for names that the store may want to hold. */
export function mayPlayPart(path: string): boolean {
  return isServiceFile(path) || mayHoldPolicy(path);
}

/** True for what lies in a folder that is never loaded. The workspace's own folder may lie in one. */
export function isSkipped(path: string, workspaceFolder: string | undefined): boolean {
  return path
    .slice(workspaceFolder?.length ?? 0)
    .split('/')
    .some(isSkippedFolder);
}

type StoredFile =
  | { readonly state: 'text'; readonly text: string }
  | { readonly state: 'gone' }
  | { readonly state: 'unreadable'; readonly because: string };

async function readStored(path: string, host: WorkspaceHost): Promise<StoredFile> {
  try {
    return { state: 'text', text: await host.readText(path) };
  } catch (error) {
    return (await mayExist(path, host)) ? { state: 'unreadable', because: reasonOf(error) } : { state: 'gone' };
  }
}

/**
 * False only where a folder that can be listed does not have it. A file in a folder that may not be listed may exist:
 * what cannot be known never counts as absent.
 */
async function mayExist(path: string, host: WorkspaceHost): Promise<boolean> {
  const { folder, name } = folderAndName(path);
  if (name === '') return true;
  try {
    const entries = await host.listFolder(folder);
    return entries.some((entry) => entry.name === name);
  } catch {
    // The listing failed for a folder that exists, or because the folder is gone: its own parent knows.
    return mayExist(folder, host);
  }
}
