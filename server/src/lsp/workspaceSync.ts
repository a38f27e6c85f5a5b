import { type DocumentStore, type LoadTarget, loadWorkspace, type WorkspaceHost } from '../core';
import { folderAndName, isInFolder, isUnsaved } from './documentPaths';
import { isSkipped, mayPlayPart, readAgain } from './storedFiles';

/** What WorkspaceSync tells while and after it works. */
export interface SyncEvents {
  /** Wraps the loading of folders, which may take long. */
  showProgress<T>(work: () => Promise<T>): Promise<T>;
  /** The store is not what it was. */
  changed(): void;
  unreadableFolder(path: string, because: string): void;
  failed(what: string, error: unknown): void;
}

/**
 * Keeps the store up with the disk: the workspace's folders, the surroundings of documents opened from elsewhere, and
 * everything that changes. Jobs run one after the other, so that two readings of one file never cross.
 */
export class WorkspaceSync {
  readonly #host: WorkspaceHost;
  readonly #store: DocumentStore;
  readonly #isOpen: (path: string) => boolean;
  readonly #events: SyncEvents;
  readonly #cancellation = { isCancelled: false };
  #folders: readonly string[] = [];
  #jobs: Promise<void> = Promise.resolve();

  constructor(host: WorkspaceHost, store: DocumentStore, isOpen: (path: string) => boolean, events: SyncEvents) {
    this.#host = host;
    this.#store = store;
    this.#isOpen = isOpen;
    this.#events = events;
  }

  /** Resolves when everything that has been asked for so far is in the store. Never rejects. */
  settled(): Promise<void> {
    return this.#jobs;
  }

  /** The workspace's folders are these now. Those that left are forgotten, but for open documents. */
  setFolders(folders: readonly string[], openPaths: () => readonly string[]): void {
    const left = this.#folders.filter((folder) => !folders.includes(folder));
    this.#folders = folders;
    void this.#run('loading the workspace', async () => {
      for (const path of left.flatMap((folder) => this.#pathsIn(folder))) {
        if (!this.#isOpen(path) && !folders.some((folder) => isInFolder(folder, path))) this.#store.delete(path);
      }
      await this.#events.showProgress(() => this.#load(folders.map((path) => ({ path, kind: 'folder' }))));
      for (const path of openPaths()) await this.#loadSurroundings(path);
    });
  }

  /** A document from outside the workspace's folders brings the service that it belongs to. */
  documentOpened(path: string): void {
    if (this.#folderOf(path) !== undefined) return;
    void this.#run(`reading what surrounds ${path}`, () => this.#loadSurroundings(path));
  }

  /** What is stored counts again; nothing of a document that was never saved. */
  documentClosed(path: string): void {
    void this.#run(`reading ${path}`, async () => {
      if (mayPlayPart(path) && !isUnsaved(path)) await this.#readAgain(path);
      else if (!this.#isOpen(path)) this.#store.delete(path);
    });
  }

  /** Files and folders that came, changed or went. What is there now is looked up, whatever the events were. */
  filesChanged(paths: readonly string[]): void {
    void this.#run('reading changed files', async () => {
      const structureBefore = this.#store.structureVersion;
      for (const path of paths) {
        if (this.#cancellation.isCancelled) return;
        if (!this.#store.has(path) && isSkipped(path, this.#folderOf(path))) continue;
        if (mayPlayPart(path)) await this.#readAgain(path);
        else await this.#readFolderAgain(path);
      }
      // A new file may belong to a service that reaches beyond the workspace's folders.
      if (this.#store.structureVersion !== structureBefore) await this.#load([]);
    });
  }

  /** Reads closed files once more, for an answer that must not rest on an old text. True where one was another. */
  async rereadFiles(paths: readonly string[]): Promise<boolean> {
    if (paths.length === 0) return false;
    const textsBefore = paths.map((path) => this.#store.text(path));
    await this.#run('reading files again', async () => {
      for (const path of paths) await this.#readAgain(path);
    });
    return paths.some((path, index) => this.#store.text(path) !== textsBefore[index]);
  }

  dispose(): void {
    this.#cancellation.isCancelled = true;
  }

  #run(what: string, job: () => Promise<void>): Promise<void> {
    this.#jobs = this.#jobs.then(async () => {
      if (this.#cancellation.isCancelled) return;
      const before = this.#store.contentVersion;
      try {
        await job();
      } catch (error) {
        this.#events.failed(what, error);
      }
      if (this.#store.contentVersion !== before) this.#events.changed();
    });
    return this.#jobs;
  }

  async #load(targets: readonly LoadTarget[]): Promise<void> {
    const failed = await loadWorkspace(this.#host, this.#store, targets, this.#cancellation);
    for (const { path, because } of failed) {
      if (this.#folders.includes(path)) this.#events.unreadableFolder(path, because);
    }
  }

  async #loadSurroundings(path: string): Promise<void> {
    if (this.#folderOf(path) !== undefined || isUnsaved(path) || !this.#isOpen(path)) return;
    // Nobody watches files outside the workspace's folders, so those that are known are looked up again.
    for (const known of this.#store.paths()) if (this.#folderOf(known) === undefined) await this.#readAgain(known);
    if (await this.#isFolder(folderAndName(path).folder)) await this.#load([{ path, kind: 'file' }]);
  }

  #folderOf(path: string): string | undefined {
    return this.#folders.find((folder) => isInFolder(folder, path));
  }

  async #readAgain(path: string): Promise<void> {
    if (!this.#isOpen(path)) await readAgain(path, this.#host, this.#store, this.#isOpen);
  }

  /** A folder that was moved or deleted comes as one event. Anything else that we do not read is no folder either. */
  async #readFolderAgain(folder: string): Promise<void> {
    for (const path of this.#pathsIn(folder)) {
      // What could not be listed is tried again as a folder below; it has no text of its own.
      if (mayPlayPart(path)) await this.#readAgain(path);
      else if (!this.#isOpen(path)) this.#store.delete(path);
    }
    if (await this.#isFolder(folder)) await this.#load([{ path: folder, kind: 'folder' }]);
  }

  async #isFolder(path: string): Promise<boolean> {
    return this.#host.listFolder(path).then(
      () => true,
      () => false,
    );
  }

  #pathsIn(folder: string): readonly string[] {
    const unreadable = this.#store.unreadablePaths().map(({ path }) => path);
    return [...this.#store.pathsBelow(folder), ...unreadable.filter((path) => isInFolder(folder, path))];
  }
}
