import { isSkippedFolder, type WorkspaceHost } from '../core';
import { isInFolder, isOnDisk } from './documentPaths';

/** Tells of each name that comes, changes or goes directly in a folder. Undefined where the system allows it no more. */
export type WatchFolder = (folder: string, told: (name: string) => void) => FolderWatch | undefined;

export interface FolderWatch {
  close(): void;
}

/** The system shares its watches among all programs, and the editor needs its own. A repository that is copied in has fewer. */
const mostWatched = 2000;

/**
 * Watches folders that came, or got another name, while the server runs. A client's word on what happens in them cannot be
 * relied on: on Linux the watcher of VS Code (@parcel/watcher 2.5.1, InotifyBackend.cc) begins to watch a new folder when
 * it reads the event of it. A folder that is in there by then has no event and is never watched, and what lies in a folder
 * that was moved goes on under its old name.
 */
export class LateFolders {
  readonly #host: Pick<WorkspaceHost, 'listFolder'>;
  readonly #watchFolder: WatchFolder | undefined;
  readonly #changed: (path: string) => void;
  readonly #watches = new Map<string, FolderWatch>();
  #isDisposed = false;

  /** `watchFolder`: undefined where the client's word is enough. `changed` gets files and folders, whatever became of them. */
  constructor(
    host: Pick<WorkspaceHost, 'listFolder'>,
    watchFolder: WatchFolder | undefined,
    changed: (path: string) => void,
  ) {
    this.#host = host;
    this.#watchFolder = watchFolder;
    this.#changed = changed;
  }

  /** Watches the folders and all that lie in them. What changes after it resolves is told; what was there before is not. */
  async follow(folders: readonly string[]): Promise<void> {
    // Each once: a folder that was copied in comes with the events of all that are in it.
    const followed = new Set<string>();
    for (const folder of [...folders].sort()) {
      if (isOnDisk(folder)) await this.#followOne(folder, followed);
    }
  }

  /** Of what is there no more, or not as a folder. */
  forget(paths: readonly string[]): void {
    for (const [folder, watch] of this.#watches) {
      if (!paths.some((path) => isInFolder(path, folder))) continue;
      watch.close();
      this.#watches.delete(folder);
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const watch of this.#watches.values()) watch.close();
    this.#watches.clear();
  }

  async #followOne(folder: string, followed: Set<string>): Promise<void> {
    if (followed.has(folder) || !this.#watch(folder)) return;
    followed.add(folder);
    // Listed after the watch began: what comes meanwhile is in the list or told, and never in neither.
    const entries = await this.#host.listFolder(folder).catch(() => []);
    for (const { name, kind } of entries) {
      if (kind === 'folder' && !isSkippedFolder(name)) await this.#followOne(`${folder}/${name}`, followed);
    }
  }

  #watch(folder: string): boolean {
    const before = this.#watches.get(folder);
    if (this.#isDisposed) return false;
    if (before === undefined && this.#watches.size >= mostWatched) return false;
    // Another folder may have the name by now, so the watch is a new one.
    const watch = this.#watchFolder?.(folder, (name) => this.#changed(`${folder}/${name}`));
    before?.close();
    if (watch === undefined) this.#watches.delete(folder);
    else this.#watches.set(folder, watch);
    return watch !== undefined;
  }
}
