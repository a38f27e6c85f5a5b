import { commands, type ExtensionContext, type LogOutputChannel, type TextDocument, window, workspace } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { type InitializationOptions, policyLanguageId, projectFileName } from '../../server/src/lsp/protocol';
import { answerFileRequests } from './fileRequests';
import { detectPolicyLanguage } from './policyLanguage';
import { showScopeStatus } from './scopeStatus';

/** Makes a client with its server; each host of VS Code knows how. Each call makes a new server. */
export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** The settings of the client's trace are `<id>.trace.server`. */
const clientId = 'apimPolicy';
const clientName = 'APIM Policy Lens';

/**
 * Everything that the extension does in VS Code. The server starts with the first policy or project file: this extension
 * is activated by every XML file, and most are none.
 */
export function startExtension(context: ExtensionContext, createClient: CreateClient): void {
  const output = window.createOutputChannel(clientName, { log: true });
  const server = new PolicyServer(() => createClient(clientId, clientName, clientOptions(output)), output);
  const startFor = ({ languageId, uri }: TextDocument): void => {
    if (languageId === policyLanguageId || uri.path.endsWith(`/${projectFileName}`)) void server.start();
  };
  context.subscriptions.push(
    output,
    server,
    workspace.onDidOpenTextDocument(startFor),
    detectPolicyLanguage(output),
    showScopeStatus(server),
    commands.registerCommand('apimPolicy.restartServer', () => server.restart()),
    commands.registerCommand('apimPolicy.showOutput', () => output.show()),
  );
  workspace.textDocuments.forEach(startFor);
}

function clientOptions(outputChannel: LogOutputChannel): LanguageClientOptions {
  const initializationOptions: InitializationOptions = { answersFileRequests: true, wantsWorkspaceChanged: true };
  return {
    documentSelector: [{ language: policyLanguageId }],
    initializationOptions,
    outputChannel,
    diagnosticPullOptions: { onChange: true },
  };
}

/** The server's life: at most one runs. After a crash the library starts it again, and says so when it gives up. */
export class PolicyServer {
  readonly #create: () => BaseLanguageClient;
  readonly #output: LogOutputChannel;
  readonly #onStarted = new Set<(client: BaseLanguageClient) => void>();
  #client: BaseLanguageClient | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(create: () => BaseLanguageClient, output: LogOutputChannel) {
    this.#create = create;
    this.#output = output;
  }

  /** Undefined while no server runs. */
  get runningClient(): BaseLanguageClient | undefined {
    return this.#client?.isRunning() ? this.#client : undefined;
  }

  /** Called with every client that has started. */
  onStarted(listener: (client: BaseLanguageClient) => void): void {
    this.#onStarted.add(listener);
  }

  /** Does nothing where a server runs or is about to. */
  start(): Promise<void> {
    return this.#queue(async () => {
      if (this.#client !== undefined) return;
      const client = this.#create();
      this.#client = client;
      answerFileRequests(client);
      await client.start();
      for (const listener of this.#onStarted) listener(client);
    });
  }

  async restart(): Promise<void> {
    await this.#queue(() => this.#stop());
    await this.start();
  }

  /** VS Code waits for what it returns. */
  dispose(): Promise<void> {
    return this.#queue(() => this.#stop());
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client?.needsStop()) await client.dispose();
  }

  /** One after the other: a restart during a start must not leave two servers. */
  #queue(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work).catch((error) => {
      this.#output.error('The policy language server', error);
      void window.showErrorMessage(`APIM Policy Lens: the language server does not start or stop. ${String(error)}`);
    });
    return this.#work;
  }
}
