import { parsePolicyDocument } from '../syntax/parsePolicyDocument';
import type { PolicyDocument } from '../syntax/policyTree';
import { sniffPolicy } from '../syntax/sniffPolicy';
import { placeSigns } from './placeSigns';
import { createRecentCache } from './recentCache';
import { isFetchedCopy, mayHoldPolicy } from './workspaceHost';

interface StoredFile {
  readonly text: string;
  readonly version: number;
  readonly isPolicy: boolean;
  /** What a policy's text says of its place; empty for other files. */
  readonly placeSigns: string;
  /** Life: this text, whatever its version. Most files have none. */
  readings: Map<TextReader<unknown> | DocumentReader<unknown>, unknown> | undefined;
}

/** A tree takes ten times the memory of its text. More are kept only while one answer needs them. */
const keptTrees = 64;

/** Makes something of a text: the same for the same text and path. A function of a module, since it is known by identity. */
export type TextReader<T> = (text: string, path: string) => T;

/** The same for a tree: what it makes must not hold on to nodes, or the tree would live with it. */
export type DocumentReader<T> = (document: PolicyDocument) => T;

/**
 * The texts of a workspace and their trees: what hosts fill and everything else reads.
 *
 * Reading is synchronous and never touches a disk. `structureVersion` changes when files come or go, or when one
 * changes from which the model of the service is made; `contentVersion` with every change. A tree lives as long as its
 * text, or until `releaseTrees`: callers compare trees by identity, so that is for the time between two answers.
 */
export class DocumentStore {
  readonly #files = new Map<string, StoredFile>();
  readonly #unreadable = new Map<string, string>();
  /** Of the files' current texts and versions. */
  readonly #trees = createRecentCache<PolicyDocument>(keptTrees);
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
    const isPolicyByText = isPolicy ?? (mayHoldPolicy(path) && sniffPolicy(text) !== 'unrecognised');
    const isPolicyNow = isPolicyByText && !isFetchedCopy(path);
    const isSameText = before?.text === text;
    const signs =
      isSameText && before.isPolicy === isPolicyNow ? before.placeSigns : isPolicyNow ? placeSigns(text) : '';
    this.#files.set(path, {
      text,
      version,
      isPolicy: isPolicyNow,
      placeSigns: signs,
      readings: isSameText ? before.readings : undefined,
    });
    this.#trees.delete(path);
    this.#unreadable.delete(path);
    this.#contentVersion++;
    if (before === undefined) this.#sortedPaths = undefined;
    // Of a policy's text only that counts for the service around it; of every other file's, all.
    const isTextOnly = before?.isPolicy === isPolicyNow && (isPolicyNow ? before.placeSigns === signs : isSameText);
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
    this.#trees.delete(path);
    const wasUnreadable = this.#unreadable.delete(path);
    if (!hadText && !wasUnreadable) return;
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

  /** The files directly in a folder, sorted. Takes time for what is in it, not for what is below. */
  pathsIn(folder: string): readonly string[] {
    const prefix = folder.endsWith('/') ? folder : `${folder}/`;
    const paths = this.paths();
    const found: string[] = [];
    for (let index = lowerBound(paths, prefix); ; ) {
      const path = paths[index];
      if (path === undefined || !path.startsWith(prefix)) return found;
      const slash = path.indexOf('/', prefix.length);
      if (slash < 0) found.push(path);
      index = slash < 0 ? index + 1 : lowerBound(paths, `${path.slice(0, slash)}0`);
    }
  }

  unreadablePaths(): readonly { readonly path: string; readonly because: string }[] {
    return [...this.#unreadable]
      .map(([path, because]) => ({ path, because }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
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

  /**
   * The tree of the file's current text, whatever the file is; undefined where there is no text. One and the same
   * object until the text or its version changes, or trees are released.
   */
  document(path: string): PolicyDocument | undefined {
    const known = this.#trees.get(path);
    if (known !== undefined) return known;
    const file = this.#files.get(path);
    if (file === undefined) return undefined;
    const document = parsePolicyDocument(file.text, path, file.version);
    this.#trees.set(path, document);
    return document;
  }

  /** True for the one object that `document` returns now. */
  isCurrent(document: PolicyDocument): boolean {
    return this.#trees.get(document.path) === document;
  }

  /** Lets go of trees that nobody asked for lately; they are made again when somebody does. Only between answers. */
  releaseTrees(): void {
    this.#trees.rotate();
  }

  /** What the reader makes of the file's current text, made once per text; undefined where there is no text. */
  read<T>(path: string, reader: TextReader<T>): T | undefined {
    const file = this.#files.get(path);
    if (file === undefined) return undefined;
    file.readings ??= new Map();
    if (!file.readings.has(reader)) file.readings.set(reader, reader(file.text, path));
    return file.readings.get(reader) as T;
  }

  /**
   * What the reader makes of the file's tree, made once per text. The tree is not kept for it: a service has thousands of
   * files of which only little is asked.
   */
  readDocument<T>(path: string, reader: DocumentReader<T>): T | undefined {
    const file = this.#files.get(path);
    if (file === undefined) return undefined;
    file.readings ??= new Map();
    if (!file.readings.has(reader)) {
      file.readings.set(reader, reader(this.#trees.get(path) ?? parsePolicyDocument(file.text, path, file.version)));
    }
    return file.readings.get(reader) as T;
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
