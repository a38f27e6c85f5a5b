import assert from 'node:assert/strict';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { rulePageUrl } from '../../server/src/core';
import { portalGlobal } from '../support/policies';
import { languageServers, uriOf } from './languageServerProcess';
import {
  codes,
  globalWithoutCors,
  mainCase,
  ordersPolicy,
  portalRule,
  rangeOf,
  temporaryServices,
} from './temporaryService';

describe('language server: diagnostics', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();

  /** The main case's finding in every part that LSP carries. */
  function assertPortalDiagnostic(diagnostic: Diagnostic | undefined, folder: string): void {
    assert.ok(diagnostic);
    const { message, relatedInformation = [], ...rest } = diagnostic;
    assert.deepEqual(rest, {
      range: rangeOf(ordersPolicy, '<base />'),
      severity: DiagnosticSeverity.Warning,
      code: portalRule,
      codeDescription: { href: rulePageUrl(portalRule) },
      source: 'apim-policy',
    });
    assert.match(String(message), /developer portal/);
    const startTags = relatedInformation.map(({ location }) => location);
    assert.deepEqual(startTags, [
      { uri: uriOf(`${folder}/policy.xml`), range: rangeOf(portalGlobal(), '<cors allow-credentials="true">') },
      { uri: uriOf(`${folder}/apis/orders/policy.xml`), range: rangeOf(ordersPolicy, '<cors>') },
    ]);
  }

  it('are pushed, with their version, related places and the page of the rule', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'push', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy, 'apim-policy', 7);
    const { diagnostics, version } = await server.pushedUntil(
      'the finding',
      orders,
      ({ diagnostics }) => diagnostics.length > 0,
    );
    assert.equal(version, 7);
    assert.deepEqual(codes(diagnostics), [portalRule]);
    assertPortalDiagnostic(diagnostics[0], service.folder);
  });

  it('are pulled, with related places and the page of the rule, and nothing is pushed beside them', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    const report = await server.pull(orders);
    assert.equal(report.kind, 'full');
    assert.deepEqual(codes(report.items), [portalRule]);
    assertPortalDiagnostic(report.items[0], service.folder);

    server.replaceText(orders, 2, ordersPolicy.replace('<base />', ''));
    await server.until('a refresh', () => server.refreshes > 0 || undefined);
    assert.deepEqual(server.pushed(orders), []);
  });

  it('are not sent again while they are the same', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    const first = await server.pull(orders);
    assert.ok(first.resultId);
    assert.deepEqual(await server.pull(orders, first.resultId), { kind: 'unchanged', resultId: first.resultId });

    // Another text with the same findings at the same places.
    server.replaceText(orders, 2, `${ordersPolicy}<!-- the end -->\n`);
    assert.deepEqual(await server.pull(orders, first.resultId), { kind: 'unchanged', resultId: first.resultId });

    server.replaceText(orders, 3, `\n${ordersPolicy}`);
    const moved = await server.pull(orders, first.resultId);
    assert.equal(moved.kind, 'full');
    assert.notEqual(moved.resultId, first.resultId);
  });

  it('have no related places for a client that does not show them', async () => {
    const service = services.create(mainCase);
    const capabilities = { textDocument: { publishDiagnostics: {} } };
    const server = await servers.start({ diagnostics: 'push', folders: [service.folder], capabilities });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    const { diagnostics } = await server.pushedUntil(
      'the finding',
      orders,
      ({ diagnostics }) => diagnostics.length > 0,
    );
    assert.equal(diagnostics[0]?.relatedInformation, undefined);
  });

  it('are taken back when the document is closed', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'push', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    await server.pushedUntil('the finding', orders, ({ diagnostics }) => diagnostics.length > 0);
    server.close(orders);
    await server.pushedUntil('the finding to go', orders, ({ diagnostics }) => diagnostics.length === 0);
  });

  it('come for policies that another editor opens as XML, and not for other XML', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    const project = service.path('project.xml');
    server.open(orders, ordersPolicy, 'xml');
    server.open(project, '<project><a></project>', 'xml');
    assert.deepEqual(codes(await server.pulledItems(orders)), [portalRule]);
    assert.deepEqual(await server.pulledItems(project), []);
    server.replaceText(orders, 2, ordersPolicy.replace('<policies>', '<policie>'));
    assert.notDeepEqual(await server.pulledItems(orders), [], 'a policy stays one while its root is being typed');
  });

  it('are never given on the copy that the official extension fetched, nor on other versions of a file', async () => {
    const cache = 'ms-azuretools.vscode-apimanagement/vscode-azureapim/0123456789';
    const service = services.create({
      ...mainCase,
      [`${cache}/contoso-orders.policy.xml`]: '<policies><inbound></policies>',
    });
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const fetched = service.path(`${cache}/contoso-orders.policy.xml`);
    const edited = service.path(`${cache}/contoso-orders-tempFile.policy.xml`);
    const inGit = `git:${service.path('apis/orders/policy.xml')}?%7B%22ref%22%3A%22HEAD%22%7D`;
    for (const path of [fetched, edited, inGit]) server.open(path, '<policies><inbound></policies>');
    assert.deepEqual(await server.pulledItems(fetched), []);
    assert.deepEqual(await server.pulledItems(inGit), []);
    assert.notDeepEqual(await server.pulledItems(edited), []);
  });

  for (const mode of ['push', 'pull'] as const) {
    it(`of an API change with the global policy that is being edited (${mode})`, async () => {
      const service = services.create(mainCase);
      const server = await servers.start({ diagnostics: mode, folders: [service.folder] });
      const orders = service.path('apis/orders/policy.xml');
      const global = service.path('policy.xml');
      server.open(orders, ordersPolicy);
      server.open(global, portalGlobal());
      const untilCodes = async (what: string, expected: readonly string[]): Promise<void> => {
        const isAsExpected = (items: readonly Diagnostic[]): boolean => codes(items).join() === expected.join();
        if (mode === 'pull') await server.pulledUntil(what, orders, isAsExpected);
        else await server.pushedUntil(what, orders, ({ diagnostics }) => isAsExpected(diagnostics));
      };
      await untilCodes('the finding', [portalRule]);
      server.replaceText(global, 2, globalWithoutCors);
      await untilCodes('the finding to go', []);
      server.replaceText(global, 3, portalGlobal());
      await untilCodes('the finding to come back', [portalRule]);
      if (mode === 'push') assert.ok(server.pushed(orders).every(({ version }) => version === 1));
    });
  }
});
