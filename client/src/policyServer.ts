import { type LogOutputChannel, window } from 'vscode';
import type { BaseLanguageClient, ErrorHandler } from 'vscode-languageclient';
import { createCrashHandler } from './crashPolicy';
import { answerFileRequests } from './fileRequests';

/** The server's life: at most one runs. After a crash the library starts it again, and says so when it gives up. */
export class PolicyServer {
  readonly #create: (errorHandler: ErrorHandler) => BaseLanguageClient;
  readonly #output: LogOutputChannel;
  readonly #onStarted = new Set<(client: BaseLanguageClient) => void>();
  readonly #listeners = new Map<string, (() => void)[]>();
  #client: BaseLanguageClient | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(create: (errorHandler: ErrorHandler) => BaseLanguageClient, output: LogOutputChannel) {
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

  /**
   * Called with every notification of a method that has no parameters; from the next start on for a method that nobody
   * listens to yet. A client alone knows one listener for each method.
   */
  onNotification(method: string, listener: () => void): void {
    this.#listeners.set(method, [...(this.#listeners.get(method) ?? []), listener]);
  }

  /** Does nothing where a server runs or is about to. */
  start(): Promise<void> {
    return this.#queue(async () => {
      if (this.#client !== undefined) return;
      const crashHandler = createCrashHandler();
      const client = this.#create(crashHandler);
      this.#client = client;
      crashHandler.follow(client);
      answerFileRequests(client);
      for (const method of this.#listeners.keys()) {
        client.onNotification(method, () => {
          for (const listener of this.#listeners.get(method) ?? []) listener();
        });
      }
      await client.start();
      for (const listener of this.#onStarted) listener(client);
    });
  }

  async restart(): Promise<void> {
    await this.#queue(() => this.#stop());
    await this.start();
  }

  /** Resolves when the server has ended. */
  dispose(): Promise<void> {
    return this.#queue(() => this.#stop());
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (!client?.needsStop()) return;
    // One that is starting, after a crash perhaps, cannot be stopped before it has started.
    await client.start();
    await client.dispose();
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
