import { CancellationTokenSource } from 'vscode';
import { type CorsMapParams, type CorsMapReply, corsMapRequest } from '../../server/src/lsp/protocol';
import type { ExtensionMessage, PageMessage } from '../webview/messages';
import type { PolicyServer } from './policyServer';

type WantedMap = Extract<PageMessage, { readonly kind: 'map' }>['wanted'];

/** The map that a page shows: asked for again whenever files have changed, as long as the page wants it. */
export class CorsMapFeed {
  readonly #server: PolicyServer;
  readonly #send: (message: ExtensionMessage) => void;
  /** A file of the service to begin with. */
  readonly #uri: () => string | undefined;
  #wanted: WantedMap = null;
  /** Of the question that is being answered: a newer one makes it useless, and the server shall stop. */
  #asked: CancellationTokenSource | undefined;

  constructor(server: PolicyServer, send: (message: ExtensionMessage) => void, uri: () => string | undefined) {
    this.#server = server;
    this.#send = send;
    this.#uri = uri;
  }

  /** Null: none. */
  want(wanted: WantedMap): Promise<void> {
    this.#wanted = wanted;
    return this.refresh();
  }

  async refresh(): Promise<void> {
    this.#asked?.cancel();
    this.#asked?.dispose();
    this.#asked = undefined;
    const wanted = this.#wanted;
    if (wanted === null) return;
    const client = this.#server.runningClient;
    if (client === undefined) {
      this.#send({ kind: 'mapFailed', message: 'The policy language server is not running.' });
      return;
    }
    const asked = new CancellationTokenSource();
    this.#asked = asked;
    try {
      const params: CorsMapParams = { ...wanted, uri: this.#uri() ?? null };
      const reply = await client.sendRequest<CorsMapReply>(corsMapRequest, params, asked.token);
      if (this.#asked === asked) this.#send({ kind: 'mapped', reply });
    } catch (error) {
      if (this.#asked === asked) {
        this.#send({ kind: 'mapFailed', message: `The language server gave no answer: ${String(error)}` });
      }
    }
  }

  dispose(): void {
    this.#wanted = null;
    void this.refresh();
  }
}
