import {
  type Cancellation,
  type DocumentStore,
  type KnownPart,
  type LoadTarget,
  loadWorkspace,
  type WorkspaceHost,
} from '../core';
import { folderAndName, isInFolder, isUnsaved } from './documentPaths';
import type { LateFolders } from './lateFolders';
import { foldersAmong, isSkipped, mayPlayPart, readStored, takeStored, vanishedBeside } from './storedFiles';

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
  readonly #lateFolders: LateFolders;
  readonly #events: SyncEvents;
  readonly #cancellation = { isCancelled: false };
  /** Of the loading of the folders as they were set last. */
  #folderLoad = { isCancelled: false };
  #folders: readonly string[] = [];
  #isLoaded = false;
  /** Documents from outside the folders whose surroundings are still to be read. */
  readonly #strangers = new Map<string, number>();
  #jobs: Promise<void> = Promise.resolve();

  constructor(
    host: WorkspaceHost,
    store: DocumentStore,
    isOpen: (path: string) => boolean,
    lateFolders: LateFolders,
    events: SyncEvents,
  ) {
    this.#host = host;
    this.#store = store;
    this.#isOpen = isOpen;
    this.#lateFolders = lateFolders;
    this.#events = events;
  }

  /** Resolves when everything that has been asked for so far is in the store. Never rejects. */
  settled(): Promise<void> {
    return this.#jobs;
  }

  /** The same, or the time is up. A timer keeps no process alive that has nothing else to do. */
  settledWithin(milliseconds: number): Promise<void> {
    return orTimeIsUp(this.#jobs, milliseconds);
  }

  /** What is asked for from now on begins when `ready` has settled, or the time is up. */
  waitFor(ready: Promise<unknown>, milliseconds: number): void {
    const settled = ready.then(
      () => {},
      () => {},
    );
    void this.#run('waiting for the client', () => orTimeIsUp(settled, milliseconds));
  }

  /** Of the client's workspace. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  /** True once the folders that the client opened with are in the store. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** True when the store holds what findings on the document rest on. Until then its own text is all that is known. */
  knows(path: string): boolean {
    return this.#isLoaded && !this.#strangers.has(path);
  }

  /** The workspace's folders are these now. Those that left are forgotten, but for open documents. */
  setFolders(folders: readonly string[], openPaths: () => readonly string[]): void {
    const left = this.#folders.filter((folder) => !folders.includes(folder));
    this.#lateFolders.forget(left);
    const load = { isCancelled: false };
    this.#folderLoad.isCancelled = true;
    this.#folderLoad = load;
    this.#folders = folders;
    void this.#run('loading the workspace', async () => {
      for (const path of left.flatMap((folder) => this.#pathsIn(folder))) {
        if (!this.#isOpen(path) && !folders.some((folder) => isInFolder(folder, path))) this.#store.delete(path);
      }
      // Another list of folders came meanwhile, and its job loads what this one would have.
      if (load.isCancelled) return;
      const targets = folders.map((path) => ({ path, kind: 'folder' as const }));
      await this.#events.showProgress(() => this.#load(targets, { loadedFolders: [] }, load));
      if (load.isCancelled) return;
      for (const path of openPaths()) await this.#loadSurroundings(path);
      // Answers rested on single texts so far. They are looked at again even where nothing came.
      if (!this.#isLoaded) this.#events.changed();
      this.#isLoaded = true;
    });
  }

  /** A document from outside the workspace's folders brings the service that it belongs to. */
  documentOpened(path: string): void {
    if (this.#folderOf(path) !== undefined) return;
    this.#strangers.set(path, (this.#strangers.get(path) ?? 0) + 1);
    void this.#run(`reading what surrounds ${path}`, async () => {
      try {
        await this.#loadSurroundings(path);
      } finally {
        const others = (this.#strangers.get(path) ?? 0) - 1;
        if (others > 0) this.#strangers.set(path, others);
        else this.#strangers.delete(path);
        this.#events.changed();
      }
    });
  }

  /** What is stored counts again; nothing of a document that was never saved. */
  documentClosed(path: string): void {
    void this.#run(`reading ${path}`, async () => {
      if (mayPlayPart(path) && !isUnsaved(path)) await this.#readAgain([path]);
      else if (!this.#isOpen(path)) this.#store.delete(path);
    });
  }

  /**
   * Files and folders that came, changed or went. What is there now is looked up, whatever the events were: all of it is
   * read before any of it counts, so that a checkout of hundreds of files is one change.
   */
  filesChanged(paths: readonly string[]): void {
    void this.#run('reading changed files', async () => {
      const structureBefore = this.#store.structureVersion;
      const changed = paths.filter((path) => this.#store.has(path) || !isSkipped(path, this.#folderOf(path)));
      // A folder that was moved or deleted comes as one event. Anything else that we do not read is no folder either.
      const places = changed.filter((path) => !mayPlayPart(path));
      const inPlaces = places.flatMap((folder) => this.#pathsIn(folder));
      // What could not be listed is tried again as a folder; it has no text of its own.
      const unreadableFolders = inPlaces.filter((path) => !mayPlayPart(path) && !this.#isOpen(path));
      const files = [...new Set([...changed, ...inPlaces])].filter(mayPlayPart);
      const folders = await foldersAmong([...places, ...unreadableFolders], this.#host, this.#folders);
      // Before anything in them is read: later changes are told.
      this.#lateFolders.forget(places.filter((path) => !folders.includes(path)));
      await this.#lateFolders.follow(folders);
      await this.#readAgain(files, () => {
        for (const path of unreadableFolders) this.#store.delete(path);
      });
      // A new file may belong to a service that reaches beyond the workspace's folders.
      const isOtherStructure = this.#store.structureVersion !== structureBefore;
      if (folders.length === 0 && !isOtherStructure) return;
      await this.#readAgain(await vanishedBeside(changed, this.#store, this.#host));
      const known = { loadedFolders: this.#folders, newPaths: files.filter((path) => this.#store.has(path)) };
      await this.#load(
        folders.map((path) => ({ path, kind: 'folder' })),
        known,
      );
    });
  }

  /** Reads closed files once more, for an answer that must not rest on an old text. True where one was another. */
  async rereadFiles(paths: readonly string[]): Promise<boolean> {
    if (paths.length === 0) return false;
    const textsBefore = paths.map((path) => this.#store.text(path));
    await this.#run('reading files again', () => this.#readAgain(paths));
    return paths.some((path, index) => this.#store.text(path) !== textsBefore[index]);
  }

  dispose(): void {
    this.#cancellation.isCancelled = true;
    this.#folderLoad.isCancelled = true;
    this.#lateFolders.dispose();
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

  async #load(
    targets: readonly LoadTarget[],
    known: KnownPart,
    cancellation: Cancellation = this.#cancellation,
  ): Promise<void> {
    const failed = await loadWorkspace(this.#host, this.#store, targets, cancellation, known);
    for (const { path, because } of failed) {
      if (this.#folders.includes(path)) this.#events.unreadableFolder(path, because);
    }
  }

  async #loadSurroundings(path: string): Promise<void> {
    if (this.#folderOf(path) !== undefined || isUnsaved(path) || !this.#isOpen(path)) return;
    // Nobody watches files outside the workspace's folders, so those that are known are looked up again.
    await this.#readAgain(this.#store.paths().filter((known) => this.#folderOf(known) === undefined));
    const [folder] = await foldersAmong([folderAndName(path).folder], this.#host, this.#folders);
    if (folder !== undefined) await this.#load([{ path, kind: 'file' }], { loadedFolders: this.#folders });
  }

  #folderOf(path: string): string | undefined {
    return this.#folders.find((folder) => isInFolder(folder, path));
  }

  /** `alsoChange` happens together with the rest. */
  async #readAgain(paths: readonly string[], alsoChange: () => void = () => {}): Promise<void> {
    const closed = paths.filter((path) => !this.#isOpen(path));
    const stored = await readStored(closed, this.#host, this.#folders);
    if (this.#cancellation.isCancelled) return;
    alsoChange();
    takeStored(stored, this.#store, this.#isOpen);
  }

  #pathsIn(folder: string): readonly string[] {
    const unreadable = this.#store.unreadablePaths().map(({ path }) => path);
    return [...this.#store.pathsBelow(folder), ...unreadable.filter((path) => isInFolder(folder, path))];
  }
}

async function orTimeIsUp(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeIsUp = new Promise<void>((done) => {
    timer = setTimeout(done, milliseconds);
  });
  await Promise.race([work, timeIsUp]);
  clearTimeout(timer);
}
