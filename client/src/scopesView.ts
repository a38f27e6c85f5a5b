import {
  commands,
  type Disposable,
  Disposable as Disposables,
  EventEmitter,
  languages,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
  workspace,
} from 'vscode';
import {
  type DocumentParams,
  policyLanguageId,
  type ScopeStatesParams,
  type ScopeTreeNode,
  type ScopeTreeParams,
  scopeStatesRequest,
  scopeTreePathRequest,
  scopeTreeRequest,
  workspaceChangedNotification,
} from '../../server/src/lsp/protocol';
import type { PolicyServer } from './policyServer';

const viewId = 'apimPolicy.scopes';

/** How many states are asked for at once: an answer of this size takes no longer than a keystroke may wait. */
const statesAtOnce = 50;

/** Typing changes findings many times a second, and saving several files comes as several events. */
const refreshDelayMs = 400;

/**
 * The view "Policy scopes" in the Explorer: the services of the workspace as a tree, with what each policy does. Lines
 * are asked for when they come into sight, so that a service of thousands of APIs opens at once.
 */
export function showScopesView(server: PolicyServer): Disposable {
  const tree = new ScopesTree(server);
  const view = window.createTreeView(viewId, { treeDataProvider: tree, showCollapseAll: true });
  server.onNotification(workspaceChangedNotification, () => tree.refresh());
  server.onStarted(() => tree.refresh());
  // VS Code tells of selections late, and of none for a moment while the tree is filled anew.
  let lastSelected: string | undefined;
  const lineOf = (id: unknown): ScopeTreeNode | undefined => tree.node(id) ?? tree.node(lastSelected);
  const open = (which: OpenedFile) => (id: unknown) => openFile(lineOf(id), which);
  return Disposables.from(
    view,
    tree,
    view.onDidChangeSelection(({ selection: [id] }) => {
      lastSelected = id ?? lastSelected;
    }),
    languages.onDidChangeDiagnostics(({ uris }) => tree.refreshFiles(uris)),
    workspace.onDidSaveTextDocument(({ languageId }) => {
      if (languageId === policyLanguageId) tree.refreshStates();
    }),
    commands.registerCommand('apimPolicy.openScopePolicy', open('policy')),
    commands.registerCommand('apimPolicy.openScopeSpecification', open('specification')),
    commands.registerCommand('apimPolicy.openScopeInformation', open('information')),
    commands.registerCommand('apimPolicy.chooseScopeOfLine', (id: unknown) => {
      const policy = lineOf(id)?.policy;
      return commands.executeCommand('apimPolicy.chooseScope', policy ? Uri.parse(policy) : undefined);
    }),
    commands.registerCommand('apimPolicy.refreshScopes', () => tree.refresh()),
    commands.registerCommand('apimPolicy.revealInScopes', async (uri: unknown) => {
      const shown = await reveal(tree, view, uri instanceof Uri ? uri : window.activeTextEditor?.document.uri);
      lastSelected = shown ?? lastSelected;
    }),
  );
}

type OpenedFile = 'policy' | 'specification' | 'information';

async function openFile(node: ScopeTreeNode | undefined, which: OpenedFile): Promise<void> {
  const names = { policy: 'policy', specification: 'specification', information: 'information file' };
  const uri = node?.[which];
  if (node === undefined) {
    void window.showInformationMessage('Select a line in the view Policy Scopes first.');
  } else if (uri === null || uri === undefined) {
    void window.showInformationMessage(`The workspace holds no ${names[which]} of ${node.label}.`);
  } else {
    await commands.executeCommand('vscode.open', Uri.parse(uri));
  }
}

/** Goes to the line of the file; undefined where there is none. */
async function reveal(tree: ScopesTree, view: TreeView<string>, uri: Uri | undefined): Promise<string | undefined> {
  const show = async () => {
    const id = uri && (await tree.findFile(uri));
    if (id !== undefined) await view.reveal(id, { select: true, focus: true });
    return id;
  };
  // VS Code refuses while the tree is being filled anew; then the file is there, on another line if its scope has changed.
  const id = await show().then(undefined, show).then(undefined, show);
  if (id === undefined) {
    const why = uri === undefined ? 'No file is open in the active editor.' : 'This file belongs to no policy scope.';
    void window.showInformationMessage(why);
  }
  return id;
}

/** Elements are ids: they are the same after a reload, so that lines stay open and selected. */
class ScopesTree implements TreeDataProvider<string> {
  readonly #server: PolicyServer;
  readonly #changed = new EventEmitter<string[] | undefined>();
  readonly #nodes = new Map<string, ScopeTreeNode>();
  readonly #withoutState = new Set<string>();
  #isAskingStates = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: PolicyServer) {
    this.#server = server;
  }

  node(id: unknown): ScopeTreeNode | undefined {
    return typeof id === 'string' ? this.#nodes.get(id) : undefined;
  }

  /** Everything that is in sight is asked for again. What was known stays until then: VS Code may be on its way to it. */
  refresh(): void {
    this.#withoutState.clear();
    this.#changed.fire(undefined);
  }

  /** After something that changes findings and files, but no scope. */
  refreshStates(uris?: ReadonlySet<string>): void {
    for (const { id, policy } of this.#nodes.values()) {
      if (policy !== null && (uris === undefined || uris.has(policy))) this.#withoutState.add(id);
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#askStates(), refreshDelayMs);
  }

  refreshFiles(uris: readonly Uri[]): void {
    const changed = new Set(uris.map((uri) => uri.toString()));
    const isShown = [...this.#nodes.values()].some(({ policy }) => policy !== null && changed.has(policy));
    if (isShown) this.refreshStates(changed);
  }

  async getChildren(parent?: string): Promise<string[]> {
    // Whoever opens the view wants to see scopes, with a policy open or not.
    if (parent === undefined) await this.#server.start();
    const params: ScopeTreeParams = { parent: parent ?? null };
    const nodes = await this.#server.runningClient?.sendRequest<ScopeTreeNode[]>(scopeTreeRequest, params);
    // Only now is it known that there are none: without a server nobody has looked.
    if (parent === undefined) {
      await commands.executeCommand('setContext', 'apimPolicy.scopesAreKnown', nodes !== undefined);
    }
    for (const node of nodes ?? []) this.#keep(node);
    void this.#askStates();
    return (nodes ?? []).map(({ id }) => id);
  }

  getParent(id: string): string | undefined {
    return this.#nodes.get(id)?.parent ?? undefined;
  }

  getTreeItem(id: string): TreeItem {
    const node = this.#nodes.get(id);
    return node === undefined ? new TreeItem('') : treeItem(node);
  }

  /** The line that stands for a file. Those around it are kept, so that the view can go there. */
  async findFile(uri: Uri): Promise<string | undefined> {
    await this.#server.start();
    const params: DocumentParams = { uri: uri.toString() };
    const nodes = await this.#server.runningClient?.sendRequest<ScopeTreeNode[]>(scopeTreePathRequest, params);
    for (const node of nodes ?? []) this.#keep(node);
    return nodes?.at(-1)?.id;
  }

  #keep(node: ScopeTreeNode): void {
    this.#nodes.set(node.id, node);
    if (node.hasState) this.#withoutState.delete(node.id);
    else this.#withoutState.add(node.id);
  }

  /** One small request after the other, so that the server answers others in between. */
  async #askStates(): Promise<void> {
    if (this.#isAskingStates) return;
    this.#isAskingStates = true;
    try {
      while (this.#withoutState.size > 0) {
        const ids = [...this.#withoutState].slice(0, statesAtOnce);
        for (const id of ids) this.#withoutState.delete(id);
        const params: ScopeStatesParams = { ids };
        const nodes = await this.#server.runningClient?.sendRequest<ScopeTreeNode[]>(scopeStatesRequest, params);
        const changed = (nodes ?? []).filter((node) => isOther(node, this.#nodes.get(node.id)));
        for (const node of changed) this.#nodes.set(node.id, node);
        if (changed.length > 0) this.#changed.fire(changed.map(({ id }) => id));
      }
    } finally {
      this.#isAskingStates = false;
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed.dispose();
  }
}

/** False for a line that is gone: a refresh has come meanwhile. */
function isOther(node: ScopeTreeNode, shown: ScopeTreeNode | undefined): boolean {
  return shown !== undefined && JSON.stringify(node) !== JSON.stringify(shown);
}

const icons: Readonly<Record<ScopeTreeNode['kind'], string>> = {
  service: 'server',
  group: 'list-tree',
  global: 'globe',
  workspace: 'multiple-windows',
  product: 'package',
  api: 'symbol-interface',
  operation: 'symbol-method',
  fragment: 'symbol-snippet',
  unsettled: 'question',
};

/** What it means is in the words; the colour only helps to find it. */
const colours: Readonly<Partial<Record<NonNullable<ScopeTreeNode['worst']>, string>>> = {
  error: 'list.errorForeground',
  warning: 'list.warningForeground',
};

function treeItem(node: ScopeTreeNode): TreeItem {
  const item = new TreeItem(node.label, collapsibleState(node));
  const colour = node.worst === null ? undefined : colours[node.worst];
  const shown = node.policy ?? node.specification ?? node.information;
  item.id = node.id;
  item.description = node.description;
  item.tooltip = new MarkdownString(node.tooltip);
  item.accessibilityInformation = { label: node.spoken };
  item.iconPath = new ThemeIcon(icons[node.kind], colour === undefined ? undefined : new ThemeColor(colour));
  // As menus ask for it: which of the files there are.
  item.contextValue = [
    node.kind,
    ...(['policy', 'specification', 'information'] as const).filter((name) => node[name] !== null),
  ].join(' ');
  if (shown !== null) {
    item.command = { command: 'vscode.open', title: 'Open', arguments: [Uri.parse(shown)] };
  }
  return item;
}

function collapsibleState({ kind, isExpandable }: ScopeTreeNode): TreeItemCollapsibleState {
  if (!isExpandable) return TreeItemCollapsibleState.None;
  return kind === 'service' ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}
