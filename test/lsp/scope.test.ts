import assert from 'node:assert/strict';
import { type ScopeAnswer, scopeRequest, workspaceChangedNotification } from '../../server/src/lsp/protocol';
import { definition, serviceArtifact, shopCors } from '../support/policies';
import { type LanguageServerProcess, languageServers, uriOf } from './languageServerProcess';
import { codes, globalWithoutCors, mainCase, ordersPolicy, portalRule, temporaryServices } from './temporaryService';

describe('language server: scopes and workspaces', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();
  const scopeOf = (server: LanguageServerProcess, path: string): Promise<ScopeAnswer | null> =>
    server.request(scopeRequest, { uri: uriOf(path) });

  it('tells the scope of a document, how it is known, and its parents', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'push', folders: [service.folder] });
    assert.deepEqual(await scopeOf(server, service.path('apis/orders/policy.xml')), {
      title: 'API orders',
      kind: 'definition',
      isKnown: true,
      confidence: 'certain',
      why: 'APIOps layout',
      parents: [
        {
          product: null,
          scopes: [{ title: 'global scope', state: 'present', uri: uriOf(service.path('policy.xml')), because: null }],
        },
      ],
    });
    assert.equal(await scopeOf(server, service.path('named values/environment/namedValueInformation.json')), null);
  });

  it('knows the scope of what the extension’s debugger shows, and analyses nothing there', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const titles: Readonly<Record<string, string | null>> = {
      tenant: 'global scope',
      'products/starter': 'product starter',
      'apis/orders%3Brev%3D2': 'API orders (revision 2)',
      'apis/orders/operations/get': 'operation get of API orders',
      'apis%5Corders%5Coperations%5Cget': 'operation get of API orders',
      'apis/orders/operations': null,
      'node_modules/apis': null,
      '': null,
    };
    for (const [name, title] of Object.entries(titles)) {
      const uri = `debug:${name}?session%3D1%26ref%3D1001`;
      const scope = await server.request<ScopeAnswer | null>(scopeRequest, { uri });
      assert.equal(scope?.title ?? null, title, name);
      assert.deepEqual(scope?.parents ?? [], []);
    }
  });

  it('says that a scope is not known, and never takes its parents for absent', async () => {
    const service = services.create({ 'some/where/orders.xml': ordersPolicy });
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const path = service.path('some/where/orders.xml');
    server.open(path, ordersPolicy);
    const scope = await scopeOf(server, path);
    assert.equal(scope?.title, 'unknown scope');
    assert.equal(scope?.isKnown, false);
    assert.deepEqual(
      scope?.parents.flatMap(({ scopes }) => scopes.map(({ state }) => state)),
      ['unknown'],
    );
    assert.deepEqual(codes(await server.pulledItems(path)), ['global-policy-unknown']);
  });

  it('says what is only guessed or derived, and what is known beside the scope', async () => {
    const service = services.create({
      'src/EchoPolicy.cs':
        'using Microsoft.Azure.ApiManagement.PolicyToolkit.Authoring;\nclass EchoPolicy : IDocument { }',
      'target/EchoPolicy.xml': ordersPolicy,
      'policies/hr_get.xml': ordersPolicy,
      'policies/orders.xml': `<!-- apim: scope=api api=orders -->\n${ordersPolicy}`,
    });
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const answers = await Promise.all(
      ['target/EchoPolicy.xml', 'policies/hr_get.xml', 'policies/orders.xml'].map(async (path) => {
        const { title, isKnown, confidence, why } = (await scopeOf(server, service.path(path))) ?? {};
        return { title, isKnown, confidence, why };
      }),
    );
    assert.deepEqual(answers, [
      {
        title: 'unknown scope',
        isKnown: false,
        confidence: 'guessed',
        why: 'no known folder layout; name its scope in apim-policy.config.json; generated from EchoPolicy.cs, where changes belong',
      },
      {
        title: 'operation (id unknown) of API (id unknown)',
        isKnown: false,
        confidence: 'guessed',
        why: 'the HTTP method at the end of its name hints at it',
      },
      { title: 'API orders', isKnown: true, confidence: 'certain', why: 'comment in the file' },
    ]);
    const orders = service.path('policies/orders.xml');
    server.open(orders, `<!-- apim: scope=product product=starter -->\n${ordersPolicy}`);
    assert.equal((await scopeOf(server, orders))?.title, 'product starter', 'the comment of the open document counts');
  });

  it('reads the service around a single file that is opened without a folder', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull' });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    assert.deepEqual(codes(await server.pulledItems(orders)), [portalRule]);
  });

  it('reads the service around a file from outside the workspace', async () => {
    const opened = services.create({ 'readme.md': 'nothing here' });
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'push', folders: [opened.folder] });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    const { diagnostics } = await server.pushedUntil('the finding', orders, () => true);
    assert.deepEqual(codes(diagnostics), [portalRule], 'the first answer is already the right one');
  });

  it('analyses a document that was never saved', async () => {
    const server = await servers.start({ diagnostics: 'pull' });
    server.open('untitled:Untitled-1', definition(`    <base />\n${shopCors}`));
    assert.deepEqual(codes(await server.pulledItems('untitled:Untitled-1')), ['global-policy-unknown']);
    assert.equal((await scopeOf(server, 'untitled:Untitled-1'))?.title, 'unknown scope');
    server.close('untitled:Untitled-1');
    assert.equal(await scopeOf(server, 'untitled:Untitled-1'), null, 'closed, it is nowhere');
    assert.deepEqual(server.pushed('untitled:Untitled-1'), []);
  });

  it('reads the surroundings of such a file again when it is opened again, since nobody watches them', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull' });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    assert.deepEqual(codes(await server.pulledItems(orders)), [portalRule]);
    server.close(orders);
    service.write('policy.xml', globalWithoutCors);
    server.open(orders, ordersPolicy);
    assert.deepEqual(await server.pulledItems(orders), []);
  });

  it('takes folders that are added, and forgets those that are removed', async () => {
    const service = services.create(mainCase);
    const other = services.create({ ...serviceArtifact, 'apis/other/policy.xml': ordersPolicy });
    const server = await servers.start({ diagnostics: 'pull', folders: [other.folder] });
    const orders = service.path('apis/orders/policy.xml');
    const folderOf = ({ folder }: { readonly folder: string }) => ({ uri: uriOf(folder), name: folder });
    assert.equal(await scopeOf(server, orders), null);
    server.notify('workspace/didChangeWorkspaceFolders', { event: { added: [folderOf(service)], removed: [] } });
    assert.equal((await scopeOf(server, orders))?.title, 'API orders');
    server.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [folderOf(service)] } });
    assert.equal(await scopeOf(server, orders), null);
    assert.equal((await scopeOf(server, other.path('apis/other/policy.xml')))?.title, 'API other');
  });

  it('tells a client that wants to know when scopes may have changed, and no other', async () => {
    const service = services.create(mainCase);
    const initializationOptions = { wantsWorkspaceChanged: true };
    const told = await servers.start({ diagnostics: 'push', folders: [service.folder], initializationOptions });
    await told.until('the notification', () => told.notifications.includes(workspaceChangedNotification) || undefined);
    const untold = await servers.start({ diagnostics: 'push', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    untold.open(orders, ordersPolicy);
    await untold.pushedUntil('the finding', orders, ({ diagnostics }) => diagnostics.length > 0);
    assert.deepEqual(untold.notifications, []);
  });

  it('reads files that only the client reaches through the client', async () => {
    const root = 'memfs://server/repo (1)';
    const files = new Map(Object.entries(mainCase).map(([path, text]) => [`${root}/${path}`, text]));
    const pathOf = (uri: string): string => decodeURIComponent(uri);
    const server = await servers.start({
      diagnostics: 'pull',
      folders: [encodeURI(root)],
      initializationOptions: { answersFileRequests: true },
      answers: {
        'apimPolicy/listFolder': ({ uri }) => {
          const prefix = `${pathOf(uri)}/`;
          const below = [...files.keys()]
            .filter((path) => path.startsWith(prefix))
            .map((path) => path.slice(prefix.length));
          if (below.length === 0) throw new Error('there is no such folder');
          const names = [...new Set(below.map((path) => path.split('/')[0] as string))];
          return { entries: names.map((name) => ({ name, kind: below.includes(name) ? 'file' : 'folder' })) };
        },
        'apimPolicy/readText': ({ uri }) => ({ text: files.get(pathOf(uri)) }),
      },
    });
    const orders = encodeURI(`${root}/apis/orders/policy.xml`);
    server.open(orders, ordersPolicy);
    const [diagnostic] = await server.pulledItems(orders);
    assert.equal(diagnostic?.code, portalRule);
    assert.equal(pathOf(diagnostic?.relatedInformation?.[0]?.location.uri ?? ''), `${root}/policy.xml`);
  });
});
