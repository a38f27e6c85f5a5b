import { sniffPolicy } from '../syntax/sniffPolicy';
import { baseName, foldersAbove, joinPath } from '../text/paths';
import type { DocumentStore } from './documentStore';
import { policyLayouts } from './layouts/layouts';
import {
  type Cancellation,
  isServiceFile,
  isSkippedFolder,
  mayHoldPolicy,
  NothingThereError,
  projectFileName,
  type WorkspaceHost,
} from './workspaceHost';

export interface LoadTarget {
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

/**
 * Fills the store with what judging the targets takes: their policy files, the services that these belong to, and the
 * project files above them. A file that is named is taken whatever it holds.
 *
 * Resolves to the targets that could not be read, each with a clause for people. Other files that cannot be read are
 * noted in the store. Texts that the store already has are kept: an editor's text comes before the disk's.
 */
export async function loadWorkspace(
  host: WorkspaceHost,
  store: DocumentStore,
  targets: readonly LoadTarget[],
  cancellation: Cancellation,
): Promise<readonly { readonly path: string; readonly because: string }[]> {
  const loader = new Loader(host, store, cancellation);
  const failed: { path: string; because: string }[] = [];
  for (const { path, kind } of targets) {
    try {
      if (kind === 'folder') await loader.loadFolder(path, undefined);
      else if (!store.has(path)) store.setText(path, await host.readText(path), 0, !isServiceFile(path));
      await loader.loadProjectFilesAbove(path);
    } catch (error) {
      failed.push({ path, because: reasonOf(error) });
    }
  }
  await loader.loadSurroundingServices();
  return failed;
}

/** A clause for people from whatever a host rejected with. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

class Loader {
  readonly #host: WorkspaceHost;
  readonly #store: DocumentStore;
  readonly #cancellation: Cancellation;
  readonly #loadedFolders = new Set<string>();

  constructor(host: WorkspaceHost, store: DocumentStore, cancellation: Cancellation) {
    this.#host = host;
    this.#store = store;
    this.#cancellation = cancellation;
  }

  /** Reads a folder and those below it, or only those that are wanted. Rejects only where the folder itself cannot be listed. */
  async loadFolder(folder: string, isWanted: ((name: string) => boolean) | undefined): Promise<void> {
    if (this.#cancellation.isCancelled || this.#loadedFolders.has(folder)) return;
    const entries = await this.#host.listFolder(folder);
    if (isWanted === undefined) this.#loadedFolders.add(folder);
    const waiting: string[] = [];
    const files: string[] = [];
    for (const { name, kind } of entries) {
      const path = joinPath(folder, name);
      if (kind === 'file') files.push(path);
      else if (!isSkippedFolder(name) && (isWanted?.(name) ?? true)) waiting.push(path);
    }
    await this.#loadFiles(files);
    for (const path of waiting) {
      try {
        await this.loadFolder(path, undefined);
      } catch (error) {
        this.#store.setUnreadable(path, reasonOf(error));
      }
    }
  }

  /** The nearest project file counts for each path, so all of those above are read. */
  async loadProjectFilesAbove(path: string): Promise<void> {
    for (const folder of foldersAbove(path)) await this.#loadProjectFile(folder);
  }

  /** Services reach beyond the targets: a parent policy, a product or a fragment may be in a folder beside them. */
  async loadSurroundingServices(): Promise<void> {
    const roots = new Set<string>();
    for (const path of this.#store.paths()) {
      if (isServiceFile(path)) continue;
      for (const layout of policyLayouts) for (const root of layout.possibleRoots(path)) roots.add(root);
    }
    for (const root of roots) {
      if (this.#loadedFolders.has(root)) continue;
      const isServiceFolder = (name: string) => policyLayouts.some((layout) => layout.isServiceFolder(name));
      await this.#tryFolder(root, isServiceFolder);
    }
    await this.#loadMappedFolders();
  }

  /** `scopes` of a project file may name files anywhere below it. */
  async #loadMappedFolders(): Promise<void> {
    const projectFiles = this.#store.paths().filter((path) => path.endsWith(`/${projectFileName}`));
    for (const path of projectFiles) {
      if (!this.#store.text(path)?.includes('"scopes"')) continue;
      const [folder] = foldersAbove(path);
      if (folder !== undefined) await this.#tryFolder(folder, undefined);
    }
  }

  async #tryFolder(folder: string, isWanted: ((name: string) => boolean) | undefined): Promise<void> {
    try {
      await this.loadFolder(folder, isWanted);
    } catch (error) {
      // A document that was never saved may stand in a folder that does not exist yet.
      if (!(error instanceof NothingThereError)) this.#store.setUnreadable(folder, reasonOf(error));
    }
  }

  async #loadProjectFile(folder: string): Promise<void> {
    const path = joinPath(folder, projectFileName);
    if (this.#store.has(path)) return;
    const entries = await this.#host.listFolder(folder).catch(() => undefined);
    // A folder above that may not be listed holds no project file that this user could have meant.
    if (entries?.some(({ name, kind }) => kind === 'file' && name === projectFileName)) await this.#loadFiles([path]);
  }

  /** A few at a time: a disk and an editor's bridge both answer faster so, and neither is flooded. */
  async #loadFiles(paths: readonly string[]): Promise<void> {
    const atOnce = 16;
    for (let start = 0; start < paths.length; start += atOnce) {
      if (this.#cancellation.isCancelled) return;
      await Promise.all(paths.slice(start, start + atOnce).map((path) => this.#loadFile(path)));
    }
  }

  async #loadFile(path: string): Promise<void> {
    if (this.#store.has(path)) return;
    const text = await this.#readRelevant(path).catch((error: unknown) => {
      this.#store.setUnreadable(path, reasonOf(error));
      return undefined;
    });
    // While the disk answered, an editor may have opened the file: its text stays.
    if (text !== undefined && !this.#store.has(path)) this.#store.setText(path, text, 0);
  }

  /** Undefined for files that play no part. */
  async #readRelevant(path: string): Promise<string | undefined> {
    if (isServiceFile(path)) return this.#host.readText(path);
    if (!mayHoldPolicy(path)) return undefined;
    const beginning = await this.#host.readBeginning(path);
    const isPolicyByName = policyLayouts.some((layout) => layout.isPolicyName(baseName(path)));
    if (sniffPolicy(beginning.text) === 'unrecognised' && !isPolicyByName) return undefined;
    return beginning.isWhole ? beginning.text : this.#host.readText(path);
  }
}
