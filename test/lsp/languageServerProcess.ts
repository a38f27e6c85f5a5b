import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CancellationToken,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type {
  ClientCapabilities,
  CodeAction,
  CodeActionTriggerKind,
  Diagnostic,
  DocumentDiagnosticReport,
  FileChangeType,
  Hover,
  InitializeResult,
  LogMessageParams,
  Position,
  PublishDiagnosticsParams,
  Range,
  Registration,
  TextDocumentContentChangeEvent,
} from 'vscode-languageserver';

/** The bundle that users get. */
const serverFile = process.env['APIM_POLICY_TEST_LANGUAGE_SERVER'] ?? resolve('dist', 'server.node.js');

/** Far more than anything takes on a loaded machine; nobody waits that long in a green run. */
const deadlineMs = 15_000;

export interface ClientOptions {
  /** How the client gets diagnostics. A pulling client offers the refresh, too. */
  readonly diagnostics: 'pull' | 'push';
  /** The workspace's folders; none: a single file. */
  readonly folders?: readonly string[];
  /** Beside or instead of what a modern client says. */
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: object;
  /** What the client answers when the server asks. */
  readonly answers?: Readonly<Record<string, (params: { readonly uri: string }) => unknown>>;
}

/** A language server over stdio and a client that is not VS Code. Use `languageServers()` to get one in a test. */
export class LanguageServerProcess {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #connection: MessageConnection;
  readonly #published = new Map<string, PublishDiagnosticsParams[]>();
  readonly #seen: string[] = [];
  readonly #watchers = new Set<() => void>();
  readonly #exited: Promise<number | null>;
  readonly registrations: Registration[] = [];
  readonly log: LogMessageParams[] = [];
  /** What the user is shown. */
  readonly messages: string[] = [];
  /** Methods of notifications that a client without our own words does not know. */
  readonly notifications: string[] = [];
  refreshes = 0;
  initializeResult: InitializeResult = { capabilities: {} };

  constructor() {
    this.#process = spawn(process.execPath, [serverFile, '--stdio']);
    this.#exited = new Promise((done) => this.#process.once('exit', done));
    this.#process.stderr.on('data', (data: Buffer) => this.#note(`stderr: ${data.toString()}`));
    this.#connection = createMessageConnection(
      new StreamMessageReader(this.#process.stdout),
      new StreamMessageWriter(this.#process.stdin),
    );
  }

  get pid(): number {
    return this.#process.pid ?? -1;
  }

  async initialize({
    diagnostics,
    folders,
    capabilities,
    initializationOptions,
    answers = {},
  }: ClientOptions): Promise<void> {
    this.#listen(answers);
    this.initializeResult = await this.request<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: folders?.[0] === undefined ? null : uriOf(folders[0]),
      workspaceFolders: folders?.map((folder) => ({ uri: uriOf(folder), name: folder })) ?? null,
      capabilities: { ...modernCapabilities(diagnostics), ...capabilities },
      initializationOptions,
    });
    this.notify('initialized', {});
  }

  #listen(answers: NonNullable<ClientOptions['answers']>): void {
    const connection = this.#connection;
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#published.set(params.uri, [...(this.#published.get(params.uri) ?? []), params]);
      const codes = params.diagnostics.map(({ code }) => code).join(', ');
      this.#note(`pushed ${params.uri} version ${params.version}: ${codes}`);
    });
    connection.onNotification('window/logMessage', (params: LogMessageParams) => {
      this.log.push(params);
      this.#note(`log: ${params.message}`);
    });
    connection.onNotification('window/showMessage', (params: LogMessageParams) => {
      this.messages.push(params.message);
      this.#note(`message: ${params.message}`);
    });
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      this.#note('refresh');
      return null;
    });
    connection.onRequest('client/registerCapability', (params: { readonly registrations: readonly Registration[] }) => {
      this.registrations.push(...params.registrations);
      this.#note(`registered ${params.registrations.map(({ method }) => method).join(', ')}`);
      return null;
    });
    for (const [method, answer] of Object.entries(answers)) connection.onRequest(method, answer);
    connection.onNotification((method) => {
      this.notifications.push(method);
      this.#note(`notification ${method}`);
    });
    connection.listen();
  }

  /** Something came from the server: whoever waits looks again. */
  #note(what: string): void {
    this.#seen.push(what);
    for (const look of this.#watchers) look();
  }

  notify(method: string, params: object): void {
    void this.#connection.sendNotification(method, params);
  }

  /** Rejects where the server says that it was cancelled. */
  request<Answer>(method: string, params: object, token?: CancellationToken): Promise<Answer> {
    const answer = this.#connection.sendRequest<Answer>(method, params, token ?? CancellationToken.None);
    return this.#within(`an answer to ${method}`, answer);
  }

  /** Looks again whenever the server has said something, until there is a result. */
  until<Result>(what: string, look: () => Result | undefined): Promise<Result> {
    let stop = (): void => {};
    const found = new Promise<Result>((done, fail) => {
      const lookOnce = (): void => {
        try {
          const result = look();
          if (result !== undefined) done(result);
        } catch (error) {
          fail(error);
        }
      };
      this.#watchers.add(lookOnce);
      stop = () => this.#watchers.delete(lookOnce);
      lookOnce();
    });
    return this.#within(what, found).finally(stop);
  }

  async #within<Result>(what: string, work: Promise<Result>): Promise<Result> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<never>((_done, fail) => {
      timer = setTimeout(() => {
        fail(new Error(`Waited ${deadlineMs / 1000} s for ${what}. Seen:\n${this.#seen.join('\n') || 'nothing'}`));
      }, deadlineMs);
    });
    try {
      return await Promise.race([work, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  open(path: string, text: string, languageId = 'apim-policy', version = 1): void {
    this.notify('textDocument/didOpen', { textDocument: { uri: uriOf(path), languageId, version, text } });
  }

  change(path: string, version: number, contentChanges: readonly TextDocumentContentChangeEvent[]): void {
    this.notify('textDocument/didChange', { textDocument: { uri: uriOf(path), version }, contentChanges });
  }

  replaceText(path: string, version: number, text: string): void {
    this.change(path, version, [{ text }]);
  }

  close(path: string): void {
    this.notify('textDocument/didClose', { textDocument: { uri: uriOf(path) } });
  }

  watched(...changes: readonly (readonly [path: string, type: FileChangeType])[]): void {
    this.notify('workspace/didChangeWatchedFiles', {
      changes: changes.map(([path, type]) => ({ uri: uriOf(path), type })),
    });
  }

  pull(path: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    const known = previousResultId === undefined ? {} : { previousResultId };
    return this.request('textDocument/diagnostic', { textDocument: { uri: uriOf(path) }, ...known });
  }

  async pulledItems(path: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(path);
    assert.equal(report.kind, 'full');
    return report.items;
  }

  /** Pulls, and pulls again whenever the server asks for it, until the diagnostics are as wanted. */
  async pulledUntil(
    what: string,
    path: string,
    accept: (items: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]> {
    for (;;) {
      const refreshesBefore = this.refreshes;
      const items = await this.pulledItems(path);
      if (accept(items)) return items;
      const now = items.map(({ code }) => code).join(', ');
      await this.until(
        `${what}: a refresh after ${now || 'nothing'}`,
        () => this.refreshes > refreshesBefore || undefined,
      );
    }
  }

  /** What was pushed for a file, in order. */
  pushed(path: string): readonly PublishDiagnosticsParams[] {
    return this.#published.get(uriOf(path)) ?? [];
  }

  /** Waits until what was pushed last for a file is as wanted. */
  pushedUntil(
    what: string,
    path: string,
    accept: (last: PublishDiagnosticsParams) => boolean,
  ): Promise<PublishDiagnosticsParams> {
    return this.until(what, () => {
      const last = this.pushed(path).at(-1);
      return last !== undefined && accept(last) ? last : undefined;
    });
  }

  hover(path: string, position: Position): Promise<Hover | null> {
    return this.request('textDocument/hover', { textDocument: { uri: uriOf(path) }, position });
  }

  codeActions(
    path: string,
    range: Range,
    context: { only?: string[]; diagnostics?: Diagnostic[]; triggerKind?: CodeActionTriggerKind } = {},
  ): Promise<readonly CodeAction[]> {
    return this.request('textDocument/codeAction', {
      textDocument: { uri: uriOf(path) },
      range,
      context: { diagnostics: [], ...context },
    });
  }

  /** Ends the server as a client does; fails on another exit code than 0, and where the server logged a defect. */
  async stop(): Promise<void> {
    await this.request('shutdown', {});
    this.notify('exit', {});
    assert.equal(await this.exitCode(), 0, 'exit code after shutdown and exit');
    const defects = this.log.filter(({ message }) => message.includes('APIM Policy Lens failed'));
    assert.deepEqual(defects, [], 'defects that the server logged');
  }

  exitCode(): Promise<number | null> {
    return this.#within('the end of the server', this.#exited);
  }

  /** Whatever state it is in. */
  kill(): void {
    this.#connection.dispose();
    this.#process.kill('SIGKILL');
  }
}

/** Starts servers for the tests of a block, and ends each after its test. */
export function languageServers(): { start(options: ClientOptions): Promise<LanguageServerProcess> } {
  let running: LanguageServerProcess[] = [];
  afterEach(async () => {
    const servers = running;
    running = [];
    try {
      for (const server of servers) await server.stop();
    } finally {
      for (const server of servers) server.kill();
    }
  });
  return {
    async start(options) {
      const server = new LanguageServerProcess();
      running.push(server);
      await server.initialize(options);
      return server;
    },
  };
}

export function uriOf(path: string): string {
  return /^[a-z][\w+.-]+:/i.test(path) ? path : pathToFileURL(path).href;
}

function modernCapabilities(diagnostics: 'pull' | 'push'): ClientCapabilities {
  return {
    textDocument: {
      synchronization: {},
      publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, versionSupport: true },
      hover: { contentFormat: ['markdown', 'plaintext'] },
      codeAction: {
        codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } },
        isPreferredSupport: true,
      },
      ...(diagnostics === 'pull' ? { diagnostic: {} } : {}),
    },
    workspace: {
      workspaceFolders: true,
      workspaceEdit: { documentChanges: true },
      didChangeWatchedFiles: { dynamicRegistration: true },
      ...(diagnostics === 'pull' ? { diagnostics: { refreshSupport: true } } : {}),
    },
  };
}
