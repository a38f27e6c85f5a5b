import { commands, type Disposable, type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  isUploadedOnSave,
  projectFileName,
  type ScopeAnswer,
  type ScopeSuggestion,
  type ScopeSuggestionsParams,
  type SetScopeAnswer,
  type SetScopeParams,
  scopeRequest,
  scopeSuggestionsRequest,
  setScopeRequest,
} from '../../server/src/lsp/protocol';
import type { PolicyServer } from './policyServer';

/**
 * The command of the status item and of the view's menu: says by hand what a policy file is for. It is about the active
 * editor's file, or the one that it is given; with a choice and a place beside it, for a key binding, nothing is asked.
 */
export function registerScopePicker(server: PolicyServer): Disposable {
  return commands.registerCommand(
    'apimPolicy.chooseScope',
    async (target?: unknown, choice?: Choice, where?: Place) => {
      // A key binding can name no Uri.
      const uri = typeof target === 'string' ? Uri.parse(target) : target instanceof Uri ? target : activeUri();
      const client = server.runningClient;
      if (uri === undefined || client === undefined) {
        const why = client === undefined ? 'The policy language server does not run.' : 'No editor is active.';
        void window.showWarningMessage(`${why} Open a policy document first.`);
        return;
      }
      if (choice !== undefined && where !== undefined) await writeChoice(client, uri, choice, where);
      else await chooseScope(client, uri);
    },
  );
}

function activeUri(): Uri | undefined {
  return window.activeTextEditor?.document.uri;
}

type Choice = SetScopeParams['choice'];
type Place = SetScopeParams['where'];

const kinds: readonly (QuickPickItem & { readonly scope: Choice['scope'] })[] = [
  { scope: 'global', label: '$(globe) Global', description: 'every API of the service' },
  { scope: 'workspace', label: '$(multiple-windows) Workspace', description: 'every API of one workspace' },
  { scope: 'product', label: '$(package) Product', description: 'calls with a subscription to one product' },
  { scope: 'api', label: '$(symbol-interface) API', description: 'every operation of one API' },
  { scope: 'operation', label: '$(symbol-method) Operation', description: 'one operation of one API' },
  { scope: 'fragment', label: '$(symbol-snippet) Policy fragment', description: 'included by other policies' },
];

/** Undefined at any step: Escape was pressed, and nothing is changed. */
async function chooseScope(client: BaseLanguageClient, uri: Uri): Promise<void> {
  // Told before four questions are asked, not behind them.
  if (!(await hasScope(client, uri))) {
    void window.showWarningMessage(
      'This document is no file that is analysed as a policy, so it has no scope to choose.',
    );
    return;
  }
  const name = nameOf(uri);
  const kind = await window.showQuickPick(kinds, {
    title: `What is ${name} the policy of?`,
    placeHolder: 'Choose the scope',
  });
  if (kind === undefined) return;
  const choice = await chooseIds(client, uri, kind.scope);
  if (choice === undefined) return;
  const where = await window.showQuickPick(placesFor(uri), {
    title: `Where to write down that ${name} is ${describeChoice(choice)}?`,
  });
  if (where !== undefined) await writeChoice(client, uri, choice, where.where);
}

/** With its folders: in most layouts every file is called policy.xml. */
function nameOf(uri: Uri): string {
  return workspace.asRelativePath(uri);
}

/** An address with a query names another version of a file, such as a debugger's; a document that was never saved may become anything. */
async function hasScope(client: BaseLanguageClient, uri: Uri): Promise<boolean> {
  if (uri.query !== '') return false;
  if (uri.scheme === 'untitled') return true;
  return (await client.sendRequest<ScopeAnswer | null>(scopeRequest, { uri: uri.toString() })) !== null;
}

function placesFor(uri: Uri): readonly (QuickPickItem & { readonly where: Place })[] {
  const goesWithIt = isUploadedOnSave(uri.path)
    ? 'The extension Azure API Management uploads it with the policy when you save.'
    : 'It goes with the file wherever it is copied.';
  return [
    {
      where: 'projectFile',
      label: `$(json) In ${projectFileName}`,
      detail: 'Under "scopes", for exactly this file. The policy stays as it is.',
    },
    {
      where: 'comment',
      label: '$(comment) In the policy itself',
      detail: `As a comment before its first element. ${goesWithIt}`,
    },
  ];
}

async function chooseIds(client: BaseLanguageClient, uri: Uri, scope: Choice['scope']): Promise<Choice | undefined> {
  if (scope === 'global') return { scope };
  const ask = (kind: ScopeSuggestionsParams['kind'], inside: { workspace?: string; api?: string } = {}) =>
    chooseId(client, { uri: uri.toString(), kind, ...inside });
  if (scope === 'workspace') {
    const workspaceId = await ask('workspace');
    return workspaceId === undefined ? undefined : { scope, workspace: workspaceId };
  }
  const around = await chooseWorkspace(client, uri);
  if (around === undefined) return undefined;
  const first = await ask(scope === 'operation' ? 'api' : scope, around);
  if (first === undefined) return undefined;
  if (scope !== 'operation') return { scope, ...around, [scope]: first };
  const operation = await ask('operation', { ...around, api: first });
  return operation === undefined ? undefined : { scope, ...around, api: first, operation };
}

/** Asked only where the service has workspaces. An empty answer: the service itself. */
async function chooseWorkspace(client: BaseLanguageClient, uri: Uri): Promise<{ workspace?: string } | undefined> {
  const known = await suggestions(client, { uri: uri.toString(), kind: 'workspace' });
  if (known.length === 0) return {};
  const none: QuickPickItem = { label: '$(server) The service itself', description: 'in no workspace' };
  const items = known.map(({ id }): QuickPickItem => ({ label: id }));
  const picked = await window.showQuickPick([none, ...items], { title: 'In which workspace?' });
  if (picked === undefined) return undefined;
  return picked === none ? {} : { workspace: picked.label };
}

const idNames: Readonly<Record<ScopeSuggestionsParams['kind'], string>> = {
  workspace: 'workspace',
  product: 'product',
  api: 'API',
  operation: 'operation',
  fragment: 'policy fragment',
};

/** From what the workspace knows, or as typed. */
async function chooseId(client: BaseLanguageClient, params: ScopeSuggestionsParams): Promise<string | undefined> {
  const known = (await suggestions(client, params)).map(
    ({ id, detail }): QuickPickItem => (detail === null ? { label: id } : { label: id, description: detail }),
  );
  const picker = window.createQuickPick();
  picker.title = `Which ${idNames[params.kind]}?`;
  picker.placeholder = known.length > 0 ? 'Choose an id, or type another' : 'Type the id, as API Management knows it';
  picker.matchOnDescription = true;
  picker.items = known;
  picker.onDidChangeValue((value) => {
    const typed = value.trim();
    const isNew = typed !== '' && !known.some(({ label }) => label === typed);
    picker.items = isNew ? [...known, { label: typed, description: 'as typed', alwaysShow: true }] : known;
  });
  return new Promise((done) => {
    picker.onDidAccept(() => {
      const [picked] = picker.selectedItems;
      if (picked === undefined) return;
      done(picked.label);
      picker.hide();
    });
    picker.onDidHide(() => {
      done(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

async function suggestions(
  client: BaseLanguageClient,
  params: ScopeSuggestionsParams,
): Promise<readonly ScopeSuggestion[]> {
  return client.sendRequest<ScopeSuggestion[]>(scopeSuggestionsRequest, params);
}

function describeChoice({ scope, workspace: around, product, api, operation, fragment }: Choice): string {
  const inside = around === undefined || scope === 'workspace' ? '' : ` in workspace ${around}`;
  switch (scope) {
    case 'global':
      return 'the global policy';
    case 'workspace':
      return `the policy of workspace ${around}`;
    case 'product':
      return `the policy of product ${product}${inside}`;
    case 'api':
      return `the policy of API ${api}${inside}`;
    case 'operation':
      return `the policy of operation ${operation} of API ${api}${inside}`;
    case 'fragment':
      return `the policy fragment ${fragment}${inside}`;
  }
}

async function writeChoice(client: BaseLanguageClient, uri: Uri, choice: Choice, where: Place): Promise<void> {
  // The server reads the project file from the disk: what was typed and not saved would be lost in an edit.
  for (const document of workspace.textDocuments) {
    if (document.isDirty && document.uri.path.endsWith(`/${projectFileName}`)) await document.save();
  }
  const params: SetScopeParams = { uri: uri.toString(), choice, where };
  const { edit, toSave, because } = await client.sendRequest<SetScopeAnswer>(setScopeRequest, params);
  if (edit === null) {
    void window.showWarningMessage(because ?? 'The scope cannot be written down.');
    return;
  }
  if (!(await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(edit)))) {
    const why = 'The file has changed meanwhile, or cannot be written to';
    void window.showWarningMessage(`${why}, so nothing was written. Choose the scope again.`);
    return;
  }
  for (const saved of toSave) {
    if (await (await workspace.openTextDocument(Uri.parse(saved))).save()) continue;
    void window.showWarningMessage(`${projectFileName} could not be saved. Save it, so that the scope counts.`);
    return;
  }
  const name = nameOf(uri);
  const written = `${name} is ${describeChoice(choice)} now.`;
  const [file] = toSave;
  if (where === 'comment' || file === undefined) {
    void window.showInformationMessage(written);
    return;
  }
  // Nobody waits for the message to be read.
  const open = `Open ${projectFileName}`;
  void window.showInformationMessage(written, open).then((picked) => {
    if (picked === open) void window.showTextDocument(Uri.parse(file));
  });
}
