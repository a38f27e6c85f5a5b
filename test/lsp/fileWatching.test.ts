import assert from 'node:assert/strict';
import { renameSync, rmSync } from 'node:fs';
import { FileChangeType } from 'vscode-languageserver';
import { type InitializationOptions, type ScopeAnswer, scopeRequest } from '../../server/src/lsp/protocol';
import { portalGlobal } from '../support/policies';
import { type LanguageServerProcess, languageServers, uriOf } from './languageServerProcess';
import { codes, globalWithoutCors, mainCase, ordersPolicy, portalRule, temporaryServices } from './temporaryService';

describe('language server: files that change on the disk', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();
  const { Created, Changed, Deleted } = FileChangeType;

  async function start(initializationOptions: InitializationOptions = {}) {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder], initializationOptions });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    const untilCodes = (...expected: string[]) =>
      server.pulledUntil(
        `findings: ${expected.join(', ') || 'none'}`,
        orders,
        (items) => codes(items).join() === expected.join(),
      );
    await untilCodes(portalRule);
    return { service, server, orders, global: service.path('policy.xml'), untilCodes };
  }

  it('are read again at the next edit for a client that watches none', async () => {
    const service = services.create(mainCase);
    const capabilities = { workspace: { didChangeWatchedFiles: { dynamicRegistration: false } } };
    const server = await servers.start({ diagnostics: 'push', folders: [service.folder], capabilities });
    const orders = service.path('apis/orders/policy.xml');
    const pushed = (codesThen: string) =>
      server.pushedUntil(
        `findings: ${codesThen}`,
        orders,
        ({ diagnostics }) => codes(diagnostics).join() === codesThen,
      );
    server.open(orders, ordersPolicy);
    await pushed(portalRule);
    service.write('policy.xml', globalWithoutCors);
    server.replaceText(orders, 2, `${ordersPolicy}\n`);
    await pushed('');
  });

  it('do not count as absent when they hold no policy any more', async () => {
    const { service, server, global, untilCodes } = await start();
    service.write('policy.xml', '<!-- somebody is busy here -->');
    server.watched([global, Changed]);
    await untilCodes('global-policy-unknown');
  });

  it('are read again when they change, go and come', async () => {
    const { service, server, global, untilCodes } = await start();
    service.write('policy.xml', globalWithoutCors);
    server.watched([global, Changed]);
    await untilCodes();

    service.write('policy.xml', portalGlobal());
    server.watched([global, Changed]);
    await untilCodes(portalRule);

    rmSync(global);
    server.watched([global, Deleted]);
    await untilCodes();

    service.write('policy.xml', portalGlobal());
    server.watched([global, Created]);
    await untilCodes(portalRule);
  });

  it('do not replace the text of an open document', async () => {
    const { service, server, orders, untilCodes } = await start();
    service.write('apis/orders/policy.xml', globalWithoutCors);
    service.write('policy.xml', globalWithoutCors);
    server.watched([orders, Changed], [service.path('policy.xml'), Changed]);
    await untilCodes();
    service.write('policy.xml', portalGlobal());
    server.watched([service.path('policy.xml'), Changed]);
    await untilCodes(portalRule);
  });

  it('are looked up, whatever the events say', async () => {
    const { service, server, global, untilCodes } = await start();
    // As editors save: the old file goes, a new one comes, and the events arrive as one.
    service.write('policy.xml', globalWithoutCors);
    server.watched([global, Deleted], [global, Created], [service.path('apis/nowhere/policy.xml'), Changed]);
    await untilCodes();
  });

  it('may be the project file and others that the model reads', async () => {
    const { service, server, untilCodes } = await start();
    service.write('apim-policy.config.json', `{ "rules": { "${portalRule}": "off" } }`);
    server.watched([service.path('apim-policy.config.json'), Created]);
    await untilCodes();
  });

  it('may be whole folders that are moved away and back, told as one event', async () => {
    const { service, server, orders } = await start({ wantsWorkspaceChanged: true });
    const products = {
      'products/starter/productInformation.json': '{ "properties": { "subscriptionRequired": true } }',
      'products/starter/apis/orders/productApiInformation.json': '{}',
      'products/starter/policy.xml': ordersPolicy.replace('https://shop.contoso.com', 'https://starter.contoso.com'),
    };
    for (const [path, text] of Object.entries(products)) service.write(path, text);
    server.watched([service.path('products'), Created]);
    await untilProducts(server, orders, null, 'starter');

    renameSync(service.path('products'), service.path('elsewhere'));
    server.watched([service.path('products'), Deleted]);
    await untilProducts(server, orders, null);

    renameSync(service.path('elsewhere'), service.path('products'));
    server.watched([service.path('products'), Created]);
    await untilProducts(server, orders, null, 'starter');
  });

  it('are known to be gone where only what came in their place is told', async () => {
    // What comes and goes between two messages of a client is in neither, and the server may have seen it meanwhile.
    const { service, server, orders } = await start({ wantsWorkspaceChanged: true });
    service.write('products/starter/apis/orders/productApiInformation.json', '{}');
    service.write('products/starter/policy.xml', ordersPolicy);
    server.watched([service.path('products'), Created]);
    await untilProducts(server, orders, null, 'starter');
    renameSync(service.path('products/starter'), service.path('products/trial'));
    server.watched([service.path('products/trial'), Created]);
    await untilProducts(server, orders, null, 'trial');
  });

  it('are read once the client watches, since it tells of nothing that changes before', async () => {
    const service = services.create({ ...mainCase, 'products/starter/apis/orders/productApiInformation.json': '{}' });
    service.write('products/starter/policy.xml', ordersPolicy);
    const server = await servers.start({
      diagnostics: 'pull',
      folders: [service.folder],
      answers: {
        'client/registerCapability': async () => {
          // Time enough to read these few files.
          await new Promise((resolve) => setTimeout(resolve, 300));
          renameSync(service.path('products/starter'), service.path('products/trial'));
          return null;
        },
      },
    });
    const scope = await server.request<ScopeAnswer>(scopeRequest, {
      uri: uriOf(service.path('apis/orders/policy.xml')),
    });
    assert.deepEqual(
      scope.parents.map(({ product }) => product),
      [null, 'trial'],
    );
  });

  it('are seen in a folder that came meanwhile, though the client is blind there', async function () {
    // Only on Linux are clients' watchers known to be; see lateFolders.ts.
    if (process.platform !== 'linux') this.skip();
    const { service, server, orders } = await start({ wantsWorkspaceChanged: true });
    const writeProduct = (folder: string): void => {
      service.write(`${folder}/apis/orders/productApiInformation.json`, '{}');
      service.write(`${folder}/policy.xml`, ordersPolicy);
    };
    writeProduct('products/starter');
    server.watched([service.path('products'), Created]);
    await untilProducts(server, orders, null, 'starter');

    renameSync(service.path('products/starter'), service.path('products/trial'));
    await untilProducts(server, orders, null, 'trial');
    writeProduct('products/late');
    await untilProducts(server, orders, null, 'late', 'trial');
    rmSync(service.path('products/late/apis'), { recursive: true });
    await untilProducts(server, orders, null, 'trial');
    writeProduct('products/late');
    await untilProducts(server, orders, null, 'late', 'trial');

    // A folder that was moved: what is in it is told under the old name, or not at all.
    renameSync(service.path('products'), service.path('elsewhere'));
    server.watched([service.path('products'), Deleted], [service.path('elsewhere'), Created]);
    await untilProducts(server, orders, null);
    renameSync(service.path('elsewhere'), service.path('products'));
    server.watched([service.path('elsewhere'), Deleted], [service.path('products'), Created]);
    await untilProducts(server, orders, null, 'late', 'trial');
    renameSync(service.path('products/late/apis/orders'), service.path('products/late/apis/catalog'));
    await untilProducts(server, orders, null, 'trial');
  });

  it('may be another folder of the same name, told as one that changed', async () => {
    const { service, server, orders } = await start({ wantsWorkspaceChanged: true });
    service.write('products/starter/apis/orders/productApiInformation.json', '{}');
    service.write('products/starter/policy.xml', ordersPolicy);
    service.write('drafts/trial/apis/orders/productApiInformation.json', '{}');
    service.write('drafts/trial/policy.xml', ordersPolicy);
    server.watched([service.path('products'), Created]);
    await untilProducts(server, orders, null, 'starter');
    renameSync(service.path('products'), service.path('old'));
    renameSync(service.path('drafts'), service.path('products'));
    server.watched([service.path('products'), Changed]);
    await untilProducts(server, orders, null, 'trial');
  });

  it('lead nowhere when they are gone, whether or not that was told', async () => {
    const fragment = 'policy fragments/trace/policy.xml';
    const text = '<fragment>\n  <trace source="x" />\n</fragment>';
    // Without any fragment, none would be missed.
    const service = services.create({ ...mainCase, [fragment]: text, 'policy fragments/audit/policy.xml': text });
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    const including = ordersPolicy.replace('<base />', '<base /><include-fragment fragment-id="trace" />');
    server.open(orders, including);
    const before = including.slice(0, including.indexOf('"trace"') + 2).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length };
    const definition = () =>
      server.request('textDocument/definition', { textDocument: { uri: uriOf(orders) }, position });
    const range = { start: { line: 0, character: '<'.length }, end: { line: 0, character: '<fragment'.length } };
    assert.deepEqual(await definition(), [{ uri: uriOf(service.path(fragment)), range }]);
    rmSync(service.path(fragment));
    assert.equal(await definition(), null);
    await server.pulledUntil('the unresolved inclusion', orders, (items) =>
      codes(items).includes('unresolved-fragment'),
    );
  });

  it('are ignored in folders of builds and packages', async () => {
    const { service, server, orders, global, untilCodes } = await start();
    service.write('bin/apis/orders/policy.xml', ordersPolicy);
    service.write('node_modules/x/policy.xml', ordersPolicy);
    service.write('policy.xml', globalWithoutCors);
    server.watched(
      [service.path('bin'), Created],
      [service.path('bin/apis/orders/policy.xml'), Created],
      [service.path('node_modules/x/policy.xml'), Created],
      [global, Changed],
    );
    await untilCodes();
    assert.deepEqual(
      await server.request('apimPolicy/scope', { uri: `file://${service.path('bin/apis/orders/policy.xml')}` }),
      null,
    );
    assert.notEqual(await server.request('apimPolicy/scope', { uri: `file://${orders}` }), null);
  });
});

/** Asks for the products whose chains a policy has, again whenever the server tells of a change. */
async function untilProducts(
  server: LanguageServerProcess,
  path: string,
  ...expected: readonly (string | null)[]
): Promise<void> {
  for (;;) {
    const told = server.notifications.length;
    const scope = await server.request<ScopeAnswer>(scopeRequest, { uri: uriOf(path) });
    const products = scope.parents.map(({ product }) => product);
    if (products.join() === expected.join()) return;
    await server.until(`another word after ${products.join()}`, () => server.notifications.length > told || undefined);
  }
}
