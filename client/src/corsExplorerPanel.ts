import { commands, Range, Uri, type WebviewPanel, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type CorsChoicesAnswer,
  type CorsChoicesParams,
  type CorsRepairAnswer,
  type CorsRepairParams,
  type CorsRequestForm,
  corsChoicesRequest,
  corsRepairRequest,
  type ExplainCorsAnswer,
  type ExplainCorsParams,
  explainCorsRequest,
  type FilePlace,
  saveCorsTestCommand,
} from '../../server/src/lsp/protocol';
import type { ExtensionMessage, PageMessage } from '../webview/messages';
import { corsExplorerHtml } from './corsExplorerHtml';
import { CorsMapFeed } from './corsMapFeed';
import type { PolicyServer } from './policyServer';
import { columnBeside, showPlace } from './showPlace';

/** One panel: the document that it is about, the request, and its page. */
export class CorsExplorerPanel {
  readonly #panel: WebviewPanel;
  readonly #server: PolicyServer;
  #uri: string | undefined;
  #position: CorsChoicesParams['position'];
  /** Undefined until the first choices tell what to begin with. */
  #request: CorsRequestForm | undefined;
  readonly #map: CorsMapFeed;
  #isReady = false;
  /** The tab to show when the page is ready. */
  #tab: 'explain' | 'map' | undefined;
  /** The page shows another request, or none yet. */
  #isRequestNew = true;
  /** Of the last question: answers to older ones are not shown. */
  #asked = 0;

  constructor(panel: WebviewPanel, extensionUri: Uri, server: PolicyServer) {
    this.#panel = panel;
    this.#server = server;
    this.#map = new CorsMapFeed(
      server,
      (message) => this.#send(message),
      () => this.#uri,
    );
    const files = Uri.joinPath(extensionUri, 'dist');
    panel.webview.options = { enableScripts: true, localResourceRoots: [files] };
    panel.webview.onDidReceiveMessage((message: PageMessage) => void this.#take(message));
    panel.webview.html = corsExplorerHtml(panel.webview, files);
  }

  /** With the focus: the next key is for the form. It never covers the policy that it is asked from. */
  reveal(): void {
    const own = this.#panel.viewColumn;
    const isCovering = own !== undefined && window.activeTextEditor?.viewColumn === own;
    this.#panel.reveal(isCovering ? columnBeside(own) : undefined);
  }

  dispose(): void {
    this.#map.dispose();
  }

  showTab(tab: 'explain' | 'map'): void {
    this.#tab = tab;
    if (this.#isReady) this.#send({ kind: 'showTab', tab });
  }

  /** Explains requests to another document, or anew to the same. Without a request, it begins with a likely one. */
  async show(uri: string, position: CorsChoicesParams['position'], request?: CorsRequestForm): Promise<void> {
    if (uri !== this.#uri || position !== undefined) this.#request = undefined;
    this.#request = request ?? this.#request;
    this.#isRequestNew = true;
    this.#uri = uri;
    this.#position = position;
    await this.refresh();
  }

  /** Asks for everything again; what the user has entered stays. */
  async refresh(): Promise<void> {
    const uri = this.#uri;
    if (!this.#isReady) return;
    void this.#map.refresh();
    if (uri === undefined) return this.#nothing('No request is chosen', noRequest, false);
    const asked = ++this.#asked;
    const client = this.#server.runningClient;
    if (client === undefined) return this.#nothing('The policy language server is not running', startsWithPolicy, true);
    try {
      const params: CorsChoicesParams = { uri, position: this.#position };
      const choices = await client.sendRequest<CorsChoicesAnswer | null>(corsChoicesRequest, params);
      if (uri !== this.#uri) return;
      if (choices === null) {
        const file = workspace.asRelativePath(Uri.parse(uri));
        return this.#nothing(`${file} is not analysed as an API Management policy`, noPolicy, false);
      }
      this.#panel.title = `CORS: ${choices.title}`;
      this.#request ??= choices.initial;
      this.#send({ kind: 'choices', uri, choices, request: this.#isRequestNew ? this.#request : null });
      this.#isRequestNew = false;
      // What is being asked meanwhile is newer.
      if (asked === this.#asked) await this.#explain(client, uri, asked);
    } catch (error) {
      if (asked === this.#asked) this.#failed(error);
    }
  }

  async #explain(client: BaseLanguageClient, uri: string, asked: number): Promise<void> {
    const request = this.#request;
    if (request === undefined) return;
    const params: ExplainCorsParams = { uri, request };
    const answer = await client.sendRequest<ExplainCorsAnswer | null>(explainCorsRequest, params);
    if (asked === this.#asked && answer !== null) this.#send({ kind: 'explained', request, answer });
  }

  /** The texts tell the explorer of the change, as of any other. */
  async #repair(repair: CorsRepairParams['repair']): Promise<void> {
    const client = this.#server.runningClient;
    const request = this.#request;
    if (client === undefined || this.#uri === undefined || request === undefined) return this.refresh();
    const params: CorsRepairParams = { uri: this.#uri, request, repair };
    const answer = await client.sendRequest<CorsRepairAnswer | null>(corsRepairRequest, params);
    const edit = answer && (await client.protocol2CodeConverter.asWorkspaceEdit(answer.edit));
    if (edit === null || !(await workspace.applyEdit(edit))) {
      void window.showWarningMessage(
        'The files have changed meanwhile, so nothing was written. Look at the repairs again.',
      );
      return this.refresh();
    }
    // What was changed can be seen, and undone where it is seen.
    const [changed] = edit.entries();
    const [uri, edits] = changed ?? [];
    const range = edits?.[0]?.range;
    if (uri !== undefined && range !== undefined)
      await showPlace(uri, new Range(range.start, range.start), this.#panel.viewColumn);
  }

  async #take(message: PageMessage): Promise<void> {
    switch (message.kind) {
      case 'ready':
        this.#isReady = true;
        this.#isRequestNew = true;
        if (this.#uri === undefined && message.state !== null && message.state.uri !== '') {
          this.#uri = message.state.uri;
          this.#request = message.state.request;
        }
        if (this.#tab !== undefined) this.showTab(this.#tab);
        return this.refresh();
      case 'map':
        return this.#map.want(message.wanted);
      case 'explain': {
        this.#request = message.request;
        const client = this.#server.runningClient;
        if (client === undefined || this.#uri === undefined) return this.refresh();
        return this.#explain(client, this.#uri, ++this.#asked).catch((error) => this.#failed(error));
      }
      case 'choose':
        return this.show(message.uri, undefined, message.request);
      case 'repair':
        return this.#repair(message.repair);
      case 'saveTest':
        return void commands.executeCommand(saveCorsTestCommand, this.#uri, this.#request);
      case 'open':
        return showPlace(Uri.parse(message.place.uri), rangeOf(message.place.range), this.#panel.viewColumn);
      case 'restartServer':
        return this.#server.restart();
    }
  }

  #failed(error: unknown): void {
    const isUnknownRequest = (error as { readonly code?: unknown } | null)?.code === methodNotFound;
    if (isUnknownRequest) this.#nothing('The language server is older than this view', olderServer, true);
    else this.#nothing('The language server gave no answer', String(error), true);
  }

  #nothing(title: string, message: string, canRestart: boolean): void {
    this.#send({ kind: 'nothing', title, message, canRestart });
  }

  #send(message: ExtensionMessage): void {
    void this.#panel.webview.postMessage(message);
  }
}

const noRequest =
  'Choose a cell of the map, or “Explain a CORS request” above the inbound section of a policy that is open.';
/** JSON-RPC's code for a request that the other side does not know. */
const methodNotFound = -32601;
const olderServer = 'It does not know how to explain a CORS request. Restart it, or reload the window after an update.';
const startsWithPolicy = 'It starts with the first policy that is opened. If it has stopped, start it again.';
const noPolicy =
  'Open a policy document: an XML file whose first element is policies, or a policy fragment, and choose “Explain a CORS request” above its inbound section.';

function rangeOf({ start, end }: FilePlace['range']): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
