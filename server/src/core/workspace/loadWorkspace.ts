import { foldersAbove, joinPath, relativeTo } from '../text/paths';
import type { DocumentStore } from './documentStore';
import type { PolicyLayout } from './layouts/layout';
import { policyLayouts } from './layouts/layouts';
import { createLimiter } from './limiter';
import { playsPart } from './relevance';
import { type StagedFiles, stageFiles } from './stagedFiles';
import {
  type Cancellation,
  isServiceFile,
  isSkippedFolder,
  mayHoldCreatorConfiguration,
  mayHoldFragment,
  mayHoldPolicy,
  NothingThereError,
  projectFileName,
  type WorkspaceHost,
} from './workspaceHost';

export interface LoadTarget {
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

/** What of the workspace is known already, for hosts that load more and more of it. */
export interface KnownPart {
  /** Folders that the store holds with everything below them: they are not listed again. */
  readonly loadedFolders: readonly string[];
  /** The files around which services may have come into reach; every file of the store where that is not told. */
  readonly newPaths?: readonly string[];
}

/** A disk and an editor's bridge both answer faster when asked for many files at once, and neither is flooded. */
const questionsAtOnce = 32;

/** The service takes 256 KB at most. A larger file that begins like a policy is something else; one that is named or open is read. */
const maxPolicyLength = 2_000_000;

/**
 * Fills the store with what judging the targets takes: their policy files, the services that these belong to, and the
 * project files above them. A file that is named is taken whatever it holds.
 *
 * Resolves to the targets that could not be read, in their order, each with a clause for people. Other files that
 * cannot be read are noted in the store. Texts that the store already has are kept: an editor's text comes before the
 * disk's. The store gets everything at once, at the end, and comes to the same whichever answer of the host comes first.
 */
export async function loadWorkspace(
  host: WorkspaceHost,
  store: DocumentStore,
  targets: readonly LoadTarget[],
  cancellation: Cancellation,
  known: KnownPart = { loadedFolders: [] },
): Promise<readonly { readonly path: string; readonly because: string }[]> {
  const files = stageFiles(store);
  const loader = new Loader(host, files, cancellation);
  const failures = new Map<LoadTarget, string>();
  const load = async (target: LoadTarget): Promise<void> => {
    try {
      if (target.kind === 'folder') await loader.loadFolder(target.path);
      else await loader.loadNamedFile(target.path);
      await loader.loadProjectFilesAbove(target.path);
    } catch (error) {
      failures.set(target, reasonOf(error));
    }
  };
  // Named files first: in their folders they might pass for something that plays no part.
  for (const kind of ['file', 'folder']) await Promise.all(targets.filter((target) => target.kind === kind).map(load));
  await loader.loadSurroundingServices(known);
  files.commit();
  return targets.flatMap((target) => {
    const because = failures.get(target);
    return because === undefined ? [] : [{ path: target.path, because }];
  });
}

/** A clause for people from whatever a host rejected with. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

class Loader {
  readonly #host: WorkspaceHost;
  readonly #files: StagedFiles;
  readonly #cancellation: Cancellation;
  readonly #limit = createLimiter(questionsAtOnce);
  /** Folders that are read with everything below them, or are being read. */
  readonly #folders = new Map<string, Promise<void>>();
  readonly #foldersAbove = new Map<string, Promise<void>>();

  constructor(host: WorkspaceHost, files: StagedFiles, cancellation: Cancellation) {
    this.#host = host;
    this.#files = files;
    this.#cancellation = cancellation;
  }

  async loadNamedFile(path: string): Promise<void> {
    if (this.#files.has(path)) return;
    const text = await this.#ask(() => this.#host.readText(path));
    if (text !== undefined) this.#files.setText(path, text, true);
  }

  /** Reads a folder and those below it. Rejects only where the folder itself cannot be listed. */
  loadFolder(folder: string): Promise<void> {
    const loading = this.#folders.get(folder) ?? this.#loadEntries(folder, () => true);
    this.#folders.set(folder, loading);
    return loading;
  }

  async #loadEntries(folder: string, isWanted: (folderName: string) => boolean): Promise<void> {
    const entries = (await this.#ask(() => this.#host.listFolder(folder))) ?? [];
    await Promise.all(
      entries.map(({ name, kind }) => {
        const path = joinPath(folder, name);
        if (kind === 'file') return this.#loadFile(path);
        return isSkippedFolder(name) || !isWanted(name) ? undefined : this.#loadInnerFolder(path);
      }),
    );
  }

  async #loadInnerFolder(folder: string): Promise<void> {
    try {
      await this.loadFolder(folder);
    } catch (error) {
      this.#files.setUnreadable(folder, reasonOf(error));
    }
  }

  /** The nearest project file counts for each path, so all of those above are read. */
  async loadProjectFilesAbove(path: string): Promise<void> {
    await Promise.all(
      [...foldersAbove(path)].map((folder) => {
        const loading = this.#foldersAbove.get(folder) ?? this.#loadProjectFile(folder);
        this.#foldersAbove.set(folder, loading);
        return loading;
      }),
    );
  }

  /** Services reach beyond the targets: a parent policy, a product or a fragment may be in a folder beside them. */
  async loadSurroundingServices({ loadedFolders, newPaths }: KnownPart): Promise<void> {
    const roots = new Map<string, Set<PolicyLayout>>();
    const isLoaded = (folder: string) => loadedFolders.some((loaded) => relativeTo(loaded, folder) !== undefined);
    for (const path of newPaths ?? this.#files.paths()) {
      const isBeside = isServiceFile(path) || mayHoldCreatorConfiguration(path);
      if (isBeside && !mayHoldFragment(path)) continue;
      for (const layout of policyLayouts) {
        for (const root of (layout.rootsToLoad ?? layout.possibleRoots)(path)) {
          const layouts = roots.get(root);
          if (layouts === undefined) roots.set(root, new Set([layout]));
          else layouts.add(layout);
        }
      }
    }
    // One after the other, outer ones first: what they bring need not be listed again for the inner ones.
    for (const [root, layouts] of roots) {
      const isServiceFolder = (name: string): boolean => [...layouts].some((layout) => layout.isServiceFolder(name));
      if (!this.#folders.has(root) && !isLoaded(root))
        await this.#tryFolder(root, () => this.#loadEntries(root, isServiceFolder));
    }
    await this.#loadMappedFolders(isLoaded);
  }

  /** `scopes` of a project file may name files anywhere below it. */
  async #loadMappedFolders(isLoaded: (folder: string) => boolean): Promise<void> {
    const projectFiles = this.#files.paths().filter((path) => path.endsWith(`/${projectFileName}`));
    for (const path of projectFiles) {
      if (!this.#files.text(path)?.includes('"scopes"')) continue;
      const [folder] = foldersAbove(path);
      if (folder !== undefined && !isLoaded(folder)) await this.#tryFolder(folder, () => this.loadFolder(folder));
    }
  }

  async #tryFolder(folder: string, load: () => Promise<void>): Promise<void> {
    try {
      await load();
    } catch (error) {
      // A document that was never saved may stand in a folder that does not exist yet.
      if (!(error instanceof NothingThereError)) this.#files.setUnreadable(folder, reasonOf(error));
    }
  }

  async #loadProjectFile(folder: string): Promise<void> {
    const path = joinPath(folder, projectFileName);
    if (this.#files.has(path)) return;
    const entries = await this.#ask(() => this.#host.listFolder(folder)).catch(() => undefined);
    // A folder above that may not be listed holds no project file that this user could have meant.
    if (entries?.some(({ name, kind }) => kind === 'file' && name === projectFileName)) await this.#loadFile(path);
  }

  async #loadFile(path: string): Promise<void> {
    if (this.#files.has(path)) return;
    const { text, because } = await this.#readRelevant(path).then(
      (read) => ({ text: read, because: undefined }),
      (error: unknown) => ({ text: undefined, because: reasonOf(error) }),
    );
    if (because !== undefined) this.#files.setUnreadable(path, because);
    if (text !== undefined) this.#files.setText(path, text);
  }

  /** Undefined for files that play no part. */
  async #readRelevant(path: string): Promise<string | undefined> {
    if (!isServiceFile(path) && !mayHoldPolicy(path) && !mayHoldCreatorConfiguration(path)) return undefined;
    if (isServiceFile(path) && playsPart(path, '')) return this.#readText(path);
    const beginning = await this.#ask(() => this.#host.readBeginning(path));
    if (beginning === undefined) return undefined;
    if (!playsPart(path, beginning.text)) return undefined;
    return beginning.isWhole ? beginning.text : this.#readText(path);
  }

  async #readText(path: string): Promise<string | undefined> {
    const text = await this.#ask(() => this.#host.readText(path));
    const isTooLarge = (text?.length ?? 0) > maxPolicyLength && !isServiceFile(path);
    if (isTooLarge) throw new Error('it has more than two million characters, which no policy has');
    return text;
  }

  /** One question to the host when it is its turn; undefined where the answer is no longer wanted by then. */
  #ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    return this.#limit(async () => (this.#cancellation.isCancelled ? undefined : question()));
  }
}
