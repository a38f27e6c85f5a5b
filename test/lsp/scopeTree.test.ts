import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FileChangeType, type WorkspaceEdit } from 'vscode-languageserver';
import {
  type ScopeSuggestion,
  type ScopeTreeNode,
  type SetScopeAnswer,
  type SetScopeParams,
  scopeStatesRequest,
  scopeSuggestionsRequest,
  scopeTreePathRequest,
  scopeTreeRequest,
  setScopeRequest,
} from '../../server/src/lsp/protocol';
import { definition } from '../support/policies';
import { type LanguageServerProcess, languageServers, uriOf } from './languageServerProcess';
import { mainCase, ordersPolicy, temporaryServices } from './temporaryService';

const createsFiles = {
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] } },
};

describe('language server: tree of scopes', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();
  const children = (server: LanguageServerProcess, parent: string | null) =>
    server.request<ScopeTreeNode[]>(scopeTreeRequest, { parent });

  it('is told level by level, in words for eyes and ears', async () => {
    const service = services.create({ ...mainCase, 'apis/orders/apiInformation.json': '{}' });
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const [top, ...others] = await children(server, null);
    assert.deepEqual(others, []);
    assert.equal(top?.label, service.folder.split('/').at(-1));
    const [global, apis] = await children(server, top?.id ?? '');
    assert.deepEqual([global?.label, global?.description], ['Global', 'own policy']);
    assert.deepEqual([apis?.label, apis?.description, apis?.isExpandable], ['APIs', '1', true]);
    const [orders] = await children(server, apis?.id ?? '');
    assert.deepEqual(orders, {
      id: `${service.folder}#apis/orders`,
      parent: `${service.folder}#:apis`,
      kind: 'api',
      label: 'orders',
      description: '1 warning · own policy',
      tooltip: '**orders**\n\nOpens policy.xml.',
      spoken: 'API orders, 1 warning, own policy',
      isExpandable: false,
      hasState: true,
      worst: 'warning',
      policy: uriOf(service.path('apis/orders/policy.xml')),
      specification: null,
      information: uriOf(service.path('apis/orders/apiInformation.json')),
    });
  });

  it('brings long lists at once and their states when they are asked for', async () => {
    const files: Record<string, string> = { ...mainCase };
    for (let api = 0; api < 150; api++) files[`apis/api-${api}/policy.xml`] = ordersPolicy;
    const service = services.create(files);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const apis = await children(server, `${service.folder}#:apis`);
    assert.equal(apis.length, 151);
    const without = apis.filter(({ hasState }) => !hasState);
    assert.equal(without.length, 51);
    assert.deepEqual([...new Set(without.map(({ description }) => description))], ['']);
    const ids = [...without.map(({ id }) => id), 'nowhere#apis/gone'];
    const states = await server.request<ScopeTreeNode[]>(scopeStatesRequest, { ids });
    assert.equal(states.length, 51);
    assert.deepEqual([...new Set(states.map(({ description }) => description))], ['1 warning · own policy']);
  });

  it('follows the text of an open document, and leads to it', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy.replace('<base />', ''));
    const way = await server.request<ScopeTreeNode[]>(scopeTreePathRequest, { uri: uriOf(orders) });
    assert.deepEqual(
      way.slice(1).map(({ label, description }) => `${label}: ${description}`),
      ['APIs: 1', 'orders: 2 findings, worst: note · drops base in inbound'],
    );
    const elsewhere = { uri: uriOf(service.path('nowhere.xml')) };
    assert.deepEqual(await server.request(scopeTreePathRequest, elsewhere), []);
  });
});

describe('language server: choosing a scope', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();

  const strayText = definition('    <base />');
  const setScope = (server: LanguageServerProcess, path: string, where: SetScopeParams['where']) => {
    const params: SetScopeParams = { uri: uriOf(path), choice: { scope: 'api', api: 'orders' }, where };
    return server.request<SetScopeAnswer>(setScopeRequest, params);
  };

  /** As a client applies it to files that it has not open. */
  function write({ documentChanges = [] }: WorkspaceEdit): void {
    for (const change of documentChanges) {
      if ('kind' in change) {
        if (change.kind === 'create') writeFileSync(fileURLToPath(change.uri), '');
        continue;
      }
      const file = fileURLToPath(change.textDocument.uri);
      const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
      const lines = before.split('\n');
      const offset = ({ line, character }: { line: number; character: number }): number =>
        lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0) + character;
      let text = before;
      for (const edit of [...change.edits].reverse()) {
        if (!('newText' in edit)) throw new Error('no plain edit');
        text = text.slice(0, offset(edit.range.start)) + edit.newText + text.slice(offset(edit.range.end));
      }
      writeFileSync(file, text);
    }
  }

  it('writes it into a new project file, which counts once it is on the disk', async () => {
    const service = services.create({ ...mainCase, 'drafts/draft.xml': strayText });
    const server = await servers.start({
      diagnostics: 'pull',
      folders: [service.folder],
      capabilities: createsFiles,
      initializationOptions: { wantsWorkspaceChanged: true },
    });
    const draft = service.path('drafts/draft.xml');
    const projectFile = service.path('apim-policy.config.json');
    const suggested = await server.request<ScopeSuggestion[]>(scopeSuggestionsRequest, {
      uri: uriOf(draft),
      kind: 'api',
    });
    assert.deepEqual(suggested, [{ id: 'orders', detail: null }]);

    const { edit, toSave, because } = await setScope(server, draft, 'projectFile');
    assert.equal(because, null);
    assert.deepEqual(toSave, [uriOf(projectFile)]);
    write(edit ?? {});
    assert.deepEqual(JSON.parse(readFileSync(projectFile, 'utf8')), {
      scopes: [{ glob: 'drafts/draft.xml', scope: 'api', api: 'orders' }],
    });
    server.watched([projectFile, FileChangeType.Created]);
    const title = async () =>
      (await server.request<{ readonly title: string } | null>('apimPolicy/scope', { uri: uriOf(draft) }))?.title;
    for (let told = server.notifications.length; (await title()) !== 'API orders'; told = server.notifications.length) {
      await server.until('the scope', () => server.notifications.length > told || undefined);
    }
  });

  it('writes it as a comment of the open document, with its version, and takes back what the project file said', async () => {
    const projectFile = '{ "scopes": [{ "glob": "drafts/draft.xml", "scope": "global" }] }';
    const service = services.create({ ...mainCase, 'apim-policy.config.json': projectFile });
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder], capabilities: createsFiles });
    const draft = service.path('drafts/draft.xml');
    server.open(draft, strayText, 'apim-policy', 4);
    const { edit, toSave } = await setScope(server, draft, 'comment');
    assert.deepEqual(toSave, [uriOf(service.path('apim-policy.config.json'))]);
    const start = { line: 0, character: 0 };
    assert.deepEqual(edit?.documentChanges?.at(-1), {
      textDocument: { uri: uriOf(draft), version: 4 },
      edits: [{ range: { start, end: start }, newText: '<!-- apim: scope=api api=orders -->\n' }],
    });
    const [settings] = edit?.documentChanges ?? [];
    write({ documentChanges: settings === undefined ? [] : [settings] });
    assert.deepEqual(JSON.parse(readFileSync(service.path('apim-policy.config.json'), 'utf8')), { scopes: [] });
  });

  it('says why it cannot be written so', async () => {
    const projectFile = '{ "scopes": [{ "glob": "drafts/*.xml", "scope": "global" }] }';
    const service = services.create({ 'apim-policy.config.json': projectFile, 'drafts/draft.xml': strayText });
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const { edit, because } = await setScope(server, service.path('drafts/draft.xml'), 'comment');
    assert.equal(edit, null);
    assert.match(because ?? '', /names this file already \("drafts\/\*\.xml"\)/);
    const settings = await setScope(server, service.path('apim-policy.config.json'), 'projectFile');
    assert.match(settings.because ?? '', /not analysed as a policy/);
    assert.match((await setScope(server, 'untitled:Untitled-1', 'projectFile')).because ?? '', /Save it first/);
  });
});
