import {
  commands,
  Disposable,
  type ExtensionContext,
  type Position,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode';
import {
  type CorsChoicesParams,
  effectivePoliciesChangedNotification,
  explainCorsCommand,
  policyLanguageId,
} from '../../server/src/lsp/protocol';
import { CorsExplorerPanel } from './corsExplorerPanel';
import { effectivePolicyParams } from './effectivePolicyUri';
import type { PolicyServer } from './policyServer';

/** VS Code keeps panels of this type over a reload. */
const viewType = 'apimPolicy.corsExplorer';

/** The command that opens the explorer of CORS requests, and what brings it back after a reload. There is one. */
export function registerCorsExplorer({ extensionUri }: ExtensionContext, server: PolicyServer): Disposable {
  let open: CorsExplorerPanel | undefined;
  const follow = (panel: WebviewPanel): CorsExplorerPanel => {
    const explorer = new CorsExplorerPanel(panel, extensionUri, server);
    open = explorer;
    panel.onDidDispose(() => {
      explorer.dispose();
      if (open === explorer) open = undefined;
    });
    return explorer;
  };
  const reveal = (): CorsExplorerPanel => {
    const explorer = open ?? follow(window.createWebviewPanel(viewType, 'CORS', ViewColumn.Beside));
    explorer.reveal();
    return explorer;
  };
  server.onNotification(effectivePoliciesChangedNotification, () => void open?.refresh());
  server.onStarted(() => void open?.refresh());
  return Disposable.from(
    commands.registerCommand(
      explainCorsCommand,
      async (resource?: unknown, position?: CorsChoicesParams['position']) => {
        const target = targetOf(resource, position);
        if (target === undefined) {
          void window.showInformationMessage('APIM Policy Lens: Open an API Management policy first.');
          return;
        }
        const explorer = reveal();
        explorer.showTab('explain');
        await explorer.show(target.uri, target.position);
      },
    ),
    commands.registerCommand(showCorsMapCommand, async () => {
      const isPolicy = window.activeTextEditor?.document.languageId === policyLanguageId;
      const target = isPolicy ? targetOf(undefined, undefined) : undefined;
      void server.start();
      const explorer = reveal();
      explorer.showTab('map');
      if (target !== undefined) await explorer.show(target.uri, target.position);
    }),
    window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel) {
        // The page brings its state with it when it is ready.
        follow(panel);
        void server.start();
      },
    }),
  );
}

interface Target {
  readonly uri: string;
  readonly position: CorsChoicesParams['position'];
}

/** What a lens, a link or a menu names; else the active editor. An effective policy stands for its document. */
function targetOf(resource: unknown, position: CorsChoicesParams['position']): Target | undefined {
  const editor = window.activeTextEditor;
  const named = resource instanceof Uri ? resource : typeof resource === 'string' ? Uri.parse(resource) : undefined;
  const uri = named ?? editor?.document.uri;
  if (uri === undefined) return undefined;
  const effective = effectivePolicyParams(uri);
  if (effective !== undefined) return { uri: effective.uri, position: undefined };
  const cursor = named === undefined ? toPosition(editor?.selection.active) : undefined;
  return { uri: uri.toString(), position: position ?? cursor };
}

function toPosition(position: Position | undefined): CorsChoicesParams['position'] {
  return position && { line: position.line, character: position.character };
}

const showCorsMapCommand = 'apimPolicy.showCorsMap';
