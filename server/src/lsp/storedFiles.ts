import {
  createLimiter,
  type DocumentStore,
  type FolderEntry,
  isServiceFile,
  isSkippedFolder,
  mayHoldCreatorConfiguration,
  mayHoldPolicy,
  playsPart,
  reasonOf,
  type WorkspaceHost,
} from '../core';
import { folderAndName } from './documentPaths';

/** What is stored of one file now. */
export type StoredFile = { readonly path: string } & (
  | { readonly state: 'text'; readonly text: string }
  | { readonly state: 'gone' }
  | { readonly state: 'unreadable'; readonly because: string }
);

/** As many questions to the host at once as a first load asks. */
const questionsAtOnce = 32;

/**
 * Reads files as they are stored now. Never rejects. Nothing is in a store yet: `takeStored` does that, for all at once.
 * The names of `roots` and of what is above them are taken for right.
 */
export async function readStored(
  paths: Iterable<string>,
  host: WorkspaceHost,
  roots: readonly string[],
): Promise<readonly StoredFile[]> {
  const limit = createLimiter(questionsAtOnce);
  const hasOtherCase = otherCaseCheck(host, roots);
  return Promise.all([...paths].map((path) => limit(() => readOne(path, host, hasOtherCase))));
}

/**
 * Makes the store hold what was read. `isOpen` is asked now, after the reading: while the disk answered, an editor may
 * have opened a file, and its text comes first.
 */
export function takeStored(
  files: readonly StoredFile[],
  store: DocumentStore,
  isOpen: (path: string) => boolean,
): void {
  for (const file of files) {
    const { path } = file;
    if (isOpen(path)) continue;
    if (file.state === 'unreadable') store.setUnreadable(path, file.because);
    else if (file.state === 'gone' || !playsPart(path, file.text)) store.delete(path);
    else if (file.text !== store.text(path)) store.setText(path, file.text, versionOnDisk);
  }
}

/** What the store takes for the version of a text that no editor has open. */
const versionOnDisk = 0;

/** Those of the paths that are folders now, by these very names. */
export async function foldersAmong(
  paths: readonly string[],
  host: WorkspaceHost,
  roots: readonly string[],
): Promise<readonly string[]> {
  const limit = createLimiter(questionsAtOnce);
  const hasOtherCase = otherCaseCheck(host, roots);
  const isFolder = (path: string): Promise<boolean> =>
    host.listFolder(path).then(
      async () => !(await hasOtherCase(path)),
      () => false,
    );
  const answers = await Promise.all(paths.map((path) => limit(() => isFolder(path))));
  return paths.filter((_path, index) => answers[index]);
}

/**
 * The files of the store that stood in the folders of the paths, or below them, and whose names are there no more. What
 * comes and goes between two messages of a client is in neither, and the server may have read it meanwhile.
 */
export async function vanishedBeside(
  paths: readonly string[],
  store: DocumentStore,
  host: WorkspaceHost,
): Promise<readonly string[]> {
  const limit = createLimiter(questionsAtOnce);
  const folders = [...new Set(paths.map((path) => folderAndName(path).folder))];
  const listings = folders.map((folder) =>
    limit(() => host.listFolder(folder)).then(
      (entries) => ({ folder, names: namesOf(entries) }),
      // Whether it is gone itself, its own event tells, or that of a folder above.
      () => undefined,
    ),
  );
  const vanished = new Set<string>();
  for (const listing of await Promise.all(listings)) {
    if (listing === undefined) continue;
    const { folder, names } = listing;
    const start = folder.endsWith('/') ? folder.length : folder.length + 1;
    for (const path of store.pathsBelow(folder)) {
      const end = path.indexOf('/', start);
      if (!names.has(path.slice(start, end < 0 ? undefined : end))) vanished.add(path);
    }
  }
  return [...vanished];
}

/** True for names that the store may want to hold. */
export function mayPlayPart(path: string): boolean {
  return isServiceFile(path) || mayHoldPolicy(path) || mayHoldCreatorConfiguration(path);
}

/** True for what lies in a folder that is never loaded. The workspace's own folder may lie in one. */
export function isSkipped(path: string, workspaceFolder: string | undefined): boolean {
  return path
    .slice(workspaceFolder?.length ?? 0)
    .split('/')
    .some(isSkippedFolder);
}

type OtherCaseCheck = (path: string) => Promise<boolean>;

async function readOne(path: string, host: WorkspaceHost, hasOtherCase: OtherCaseCheck): Promise<StoredFile> {
  try {
    const text = await host.readText(path);
    // `Orders` was renamed to `orders`: the disk of Windows and of a Mac answers to either name.
    return (await hasOtherCase(path)) ? { path, state: 'gone' } : { path, state: 'text', text };
  } catch (error) {
    return (await mayExist(path, host))
      ? { path, state: 'unreadable', because: reasonOf(error) }
      : { path, state: 'gone' };
  }
}

/**
 * Tells whether a path that can be read is written in another case on the disk, in any of its folders. Folders that
 * cannot be listed tell nothing. Each is listed once.
 */
function otherCaseCheck(host: WorkspaceHost, roots: readonly string[]): OtherCaseCheck {
  const listings = new Map<string, Promise<ReadonlySet<string>>>();
  const namesIn = (folder: string): Promise<ReadonlySet<string>> => {
    const listing = listings.get(folder) ?? host.listFolder(folder).then(namesOf, () => new Set<string>());
    listings.set(folder, listing);
    return listing;
  };
  return async function hasOtherCase(path): Promise<boolean> {
    const { folder, name } = folderAndName(path);
    if (name === '' || folder === path || roots.includes(path)) return false;
    const names = await namesIn(folder);
    // Not there at all: a name that the disk spells in another way (accents), which is no rename.
    if (names.has(name)) return hasOtherCase(folder);
    return [...names].some((other) => other.toLowerCase() === name.toLowerCase()) || hasOtherCase(folder);
  };
}

function namesOf(entries: readonly FolderEntry[]): ReadonlySet<string> {
  return new Set(entries.map(({ name }) => name));
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
