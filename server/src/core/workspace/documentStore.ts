import { parsePolicyDocument } from '../syntax/parsePolicyDocument';
import type { PolicyDocument } from '../syntax/policyTree';
import { sniffPolicy } from '../syntax/sniffPolicy';
import { isFetchedCopy, mayHoldPolicy } from './workspaceHost';

interface StoredFile {
  readonly text: string;
  readonly version: number;
  readonly isPolicy: boolean;
  /** Life: this version of this text. */
  document: PolicyDocument | undefined;
}

/** How many trees are kept beside the texts: a tree takes many times its text's memory. */
const keptTrees = 400;

/**
 * The texts of a workspace and their trees: what hosts fill and everything else reads.
 *
 * Reading is synchronous and never touches a disk. `structureVersion` changes when files come or go, or when one
 * changes from which the model of the service is made; `contentVersion` with every change.
 */
export class DocumentStore {
  readonly #files = new Map<string, StoredFile>();
  readonly #unreadable = new Map<string, string>();
  readonly #treesInUse = new Set<string>();
  #sortedPaths: readonly string[] | undefined;
  #structureVersion = 0;
  #contentVersion = 0;

  get structureVersion(): number {
    return this.#structureVersion;
  }

  get contentVersion(): number {
    return this.#contentVersion;
  }

  /** Takes the text of a file. `isPolicy` settles what the text's beginning would; an editor's language id is such a word. */
  setText(path: string, text: string, version: number, isPolicy?: boolean): void {
    const before = this.#files.get(path);
    if (before?.text === text && before.version === version) return;
    const isPolicyNow = isPolicy ?? (mayHoldPolicy(path) && sniffPolicy(text) !== 'unrecognised');
    this.#files.set(path, { text, version, isPolicy: isPolicyNow && !isFetchedCopy(path), document: undefined });
    this.#unreadable.delete(path);
    this.#treesInUse.delete(path);
    this.#contentVersion++;
    if (before === undefined) this.#sortedPaths = undefined;
    // A policy's text says nothing about the service around it; every other file does.
    const isTextOnly = before?.isPolicy === true && isPolicyNow;
    if (!isTextOnly) this.#structureVersion++;
  }

  /** The file exists, but its text cannot be had; `because` is a clause for people. */
  setUnreadable(path: string, because: string): void {
    this.delete(path);
    this.#unreadable.set(path, because);
    this.#structureVersion++;
    this.#contentVersion++;
  }

  delete(path: string): void {
    const hadText = this.#files.delete(path);
    const wasUnreadable = this.#unreadable.delete(path);
    if (!hadText && !wasUnreadable) return;
    this.#treesInUse.delete(path);
    this.#sortedPaths = undefined;
    this.#structureVersion++;
    this.#contentVersion++;
  }

  /** Every file with a text, sorted by code units, so that results never depend on who read first. */
  paths(): readonly string[] {
    this.#sortedPaths ??= [...this.#files.keys()].sort();
    return this.#sortedPaths;
  }

  /** The files in a folder and in the folders below it, sorted. */
  pathsBelow(folder: string): readonly string[] {
    const prefix = folder.endsWith('/') ? folder : `${folder}/`;
    const paths = this.paths();
    const first = lowerBound(paths, prefix);
    // '0' follows '/': everything below the folder sorts before it.
    return paths.slice(first, lowerBound(paths, `${prefix.slice(0, -1)}0`));
  }

  unreadablePaths(): readonly { readonly path: string; readonly because: string }[] {
    return [...this.#unreadable]
      .map(([path, because]) => ({ path, because }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  unreadableBecause(path: string): string | undefined {
    return this.#unreadable.get(path);
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  text(path: string): string | undefined {
    return this.#files.get(path)?.text;
  }

  /** True where the text was recognised as a policy document, whatever the file's name. */
  isPolicy(path: string): boolean {
    return this.#files.get(path)?.isPolicy ?? false;
  }

  /** The tree of the file's current text, whatever the file is; undefined where there is no text. */
  document(path: string): PolicyDocument | undefined {
    const file = this.#files.get(path);
    if (file === undefined) return undefined;
    this.#treesInUse.delete(path);
    this.#treesInUse.add(path);
    file.document ??= parsePolicyDocument(file.text, path, file.version);
    this.#dropOldTrees();
    return file.document;
  }

  #dropOldTrees(): void {
    for (const path of this.#treesInUse) {
      if (this.#treesInUse.size <= keptTrees) return;
      this.#treesInUse.delete(path);
      const file = this.#files.get(path);
      if (file !== undefined) file.document = undefined;
    }
  }
}

function lowerBound(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
