import {
  Disposable,
  type TestController,
  type TestItem,
  type TextDocument,
  type Uri,
  Range as VsRange,
  workspace,
} from 'vscode';
import {
  type CorsTestFile,
  type CorsTestsParams,
  corsTestFileGlob,
  corsTestsRequest,
  isCorsTestFile,
  isSkippedFolder,
} from '../../server/src/lsp/protocol';
import type { PolicyServer } from './policyServer';

/** Typing changes a file many times a second. */
const readDelayMs = 300;

/**
 * The files of CORS tests in the workspace as test items, and their cases below them. Files are found when VS Code asks for
 * tests; a file is read when it is opened, expanded or run.
 */
export class CorsTestFiles {
  readonly #controller: TestController;
  readonly #server: PolicyServer;
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #disposables: Disposable;
  #discovery: Promise<void> | undefined;

  constructor(controller: TestController, server: PolicyServer) {
    this.#controller = controller;
    this.#server = server;
    const watcher = workspace.createFileSystemWatcher(corsTestFileGlob);
    this.#disposables = Disposable.from(
      watcher,
      watcher.onDidCreate((uri) => {
        if (!isSkipped(uri)) this.fileItem(uri);
      }),
      watcher.onDidChange((uri) => this.#readSoon(uri)),
      watcher.onDidDelete((uri) => this.#controller.items.delete(uri.toString())),
      workspace.onDidOpenTextDocument((document) => this.#follow(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#follow(document)),
    );
    workspace.textDocuments.forEach((document) => {
      this.#follow(document);
    });
  }

  /** Looks for files once; VS Code tells of most that come later. */
  discover(): Promise<void> {
    return this.#discovery ?? this.lookAgain();
  }

  /** Looks for files now. VS Code's watchers do not tell of each file in a folder that comes as a whole. */
  lookAgain(): Promise<void> {
    this.#discovery = this.#find();
    return this.#discovery;
  }

  /** Looks again, and reads every file that is found. */
  async refresh(): Promise<void> {
    await this.lookAgain();
    await Promise.all(this.all().map((file) => this.read(file)));
  }

  /** The items of files, in the order of their names. */
  all(): readonly TestItem[] {
    return [...this.#controller.items].map(([, item]) => item).sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** Asks the server what is in the file now, as it stands in an editor. */
  async read(file: TestItem): Promise<void> {
    if (file.uri === undefined) return;
    try {
      await this.#server.start();
      const params: CorsTestsParams = { uri: file.uri.toString(), text: unsavedText(file.uri) };
      const content = await this.#server.runningClient?.sendRequest<CorsTestFile>(corsTestsRequest, params);
      if (content !== undefined) this.take(file, content);
    } catch (error) {
      file.error = String(error);
    }
  }

  /** Shows what the server said about the file. Items that stay keep what is known of them. */
  take(file: TestItem, { cases, problems }: CorsTestFile): void {
    const items = cases.map(({ id, title, range }, index) => {
      const item = file.children.get(id) ?? this.#controller.createTestItem(id, id, file.uri);
      // Screen readers say the description in place of the label.
      if (title !== null) item.description = title;
      item.range = toRange(range);
      item.sortText = String(index).padStart(6, '0');
      return item;
    });
    file.children.replace(items);
    file.canResolveChildren = true;
    const lines = problems.map(({ range, message }) => `Line ${range.start.line + 1}: ${message}`);
    file.error = lines.length === 0 ? undefined : lines.join('\n\n');
  }

  /** The item of a file; made where it is not there yet. */
  fileItem(uri: Uri): TestItem {
    return this.#controller.items.get(uri.toString()) ?? this.#add(uri);
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#disposables.dispose();
  }

  async #find(): Promise<void> {
    const found = (await workspace.findFiles(corsTestFileGlob)).filter((uri) => !isSkipped(uri));
    for (const uri of found) this.fileItem(uri);
    const known = new Set([...found, ...workspace.textDocuments.map(({ uri }) => uri)].map((uri) => uri.toString()));
    // A file system without a search finds nothing at all.
    if (found.length === 0) return;
    for (const { id } of this.all()) if (!known.has(id)) this.#controller.items.delete(id);
  }

  #add(uri: Uri): TestItem {
    const item = this.#controller.createTestItem(uri.toString(), workspace.asRelativePath(uri), uri);
    item.canResolveChildren = true;
    this.#controller.items.add(item);
    return item;
  }

  #follow({ uri }: TextDocument): void {
    // Comparisons and earlier versions are no files of their own.
    if (isCorsTestFile(uri.path) && uri.query === '' && workspace.getWorkspaceFolder(uri) && !isSkipped(uri)) {
      this.fileItem(uri);
      this.#readSoon(uri);
    }
  }

  #readSoon(uri: Uri): void {
    const key = uri.toString();
    clearTimeout(this.#waiting.get(key));
    const read = (): void => {
      this.#waiting.delete(key);
      const item = this.#controller.items.get(key);
      if (item !== undefined) void this.read(item);
    };
    this.#waiting.set(key, setTimeout(read, readDelayMs));
  }
}

/** The text of a file where an editor holds another one than is stored. */
export function unsavedText(uri: Uri): string | null {
  const key = uri.toString();
  const document = workspace.textDocuments.find((each) => each.uri.toString() === key && each.isDirty);
  return document?.getText() ?? null;
}

export function toRange({ start, end }: CorsTestFile['problems'][number]['range']): VsRange {
  return new VsRange(start.line, start.character, end.line, end.character);
}

/** In a folder that is no part of the project, such as that of a package. */
function isSkipped(uri: Uri): boolean {
  return workspace.asRelativePath(uri, false).split('/').some(isSkippedFolder);
}
