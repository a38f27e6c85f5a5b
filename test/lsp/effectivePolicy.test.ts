import assert from 'node:assert/strict';
import { type CodeLens, FileChangeType } from 'vscode-languageserver';
import {
  type EffectivePolicyAnswer,
  type EffectivePolicyParams,
  effectivePoliciesChangedNotification,
  effectivePolicyRequest,
  showEffectivePolicyCommand,
} from '../../server/src/lsp/protocol';
import { definition } from '../support/policies';
import { type LanguageServerProcess, languageServers, uriOf } from './languageServerProcess';
import { rangeOf, temporaryServices } from './temporaryService';

const orders = definition('    <base />\n    <set-header name="x" />');
const files = {
  'policy.xml': definition('    <trace source="global" />'),
  'apis/orders/policy.xml': orders,
  'products/starter/policy.xml': definition('    <base />\n    <quota calls="1" />'),
  'products/starter/apis.json': '[{ "name": "orders" }]',
};
const initializationOptions = { showsEffectivePolicies: true };

function effectivePolicy(
  server: LanguageServerProcess,
  path: string,
  { product = null, of = 'document' }: Partial<EffectivePolicyParams> = {},
): Promise<EffectivePolicyAnswer | null> {
  return server.request(effectivePolicyRequest, { uri: uriOf(path), product, of });
}

function codeLenses(server: LanguageServerProcess, path: string): Promise<readonly CodeLens[]> {
  return server.request('textDocument/codeLens', { textDocument: { uri: uriOf(path) } });
}

function told({ notifications }: LanguageServerProcess): number {
  return notifications.filter((method) => method === effectivePoliciesChangedNotification).length;
}

/** The statements of a text, without their attributes' spelling. */
function statements(answer: EffectivePolicyAnswer | null): readonly string[] {
  return (answer?.text.match(/<(trace|quota|set-header)[^>]*>/g) ?? []).map((tag) => tag.replace(' />', ''));
}

describe('language server: effective policies', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();

  async function start() {
    const service = services.create(files);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder], initializationOptions });
    return { service, server, path: service.path('apis/orders/policy.xml'), global: service.path('policy.xml') };
  }

  it('come as a document for each product, and as what the scope inherits from', async () => {
    const { server, path } = await start();
    assert.deepEqual(statements(await effectivePolicy(server, path)), [
      '<trace source="global"',
      '<set-header name="x"',
    ]);
    assert.deepEqual(statements(await effectivePolicy(server, path, { product: 'starter' })), [
      '<trace source="global"',
      '<quota calls="1"',
      '<set-header name="x"',
    ]);
    assert.deepEqual(statements(await effectivePolicy(server, path, { product: 'starter', of: 'parent' })), [
      '<trace source="global"',
      '<quota calls="1"',
    ]);
  });

  it('lead to a fragment inside a JSON file, which has its findings without being opened', async () => {
    const { service, server, path } = await start();
    const text = JSON.stringify({ properties: { value: '<fragment>\n\t<trace source="log" />\n</fragment>' } });
    const information = service.path('policyFragments/log/policyFragmentInformation.json');
    service.write('policyFragments/log/policyFragmentInformation.json', text);
    server.watched([information, FileChangeType.Created]);
    const unused = await server.pushedUntil('a finding', information, ({ diagnostics }) => diagnostics.length > 0);
    assert.deepEqual(
      unused.diagnostics.map(({ code, range }) => [code, range]),
      [['unused-fragment', rangeOf(text, 'fragment')]],
    );
    service.write('apis/orders/policy.xml', definition('    <include-fragment fragment-id="log" />'));
    server.watched([path, FileChangeType.Changed]);
    await server.pushedUntil('the finding to go', information, ({ diagnostics }) => diagnostics.length === 0);
    const answer = await effectivePolicy(server, path);
    const shown = rangeOf(answer?.text ?? '', '<trace source="log" />');
    const origin = answer?.origins.find((each) => each.range.start.line === shown.start.line);
    assert.deepEqual(origin, {
      kind: 'place',
      range: shown,
      uri: uriOf(information),
      source: rangeOf(text, String.raw`<trace source=\"log\" />`),
    });
    service.write('policyFragments/log/policyFragmentInformation.json', text.replace('<trace', '<base /><trace'));
    server.watched([information, FileChangeType.Changed]);
    await server.pushedUntil('a finding', information, ({ diagnostics }) => diagnostics.length === 1);
  });

  it('say where each line comes from', async () => {
    const { server, path, global } = await start();
    const answer = await effectivePolicy(server, path);
    const statement = '<trace source="global" />';
    const range = rangeOf(answer?.text ?? '', statement);
    const origin = answer?.origins.find((each) => each.range.start.line === range.start.line);
    assert.deepEqual(origin, {
      kind: 'statement',
      range,
      uri: uriOf(global),
      source: rangeOf(files['policy.xml'], statement),
    });
  });

  it('are nothing where a document has none', async () => {
    const { server, path, global, service } = await start();
    assert.equal(await effectivePolicy(server, path, { product: 'gold' }), null);
    assert.equal(await effectivePolicy(server, global, { of: 'parent' }), null);
    assert.equal(await effectivePolicy(server, service.path('gone.xml')), null);
    assert.equal(await effectivePolicy(server, 'apim-policy-effective:/a.policy.xml?%7B%7D'), null);
  });

  it('follow edits that are not saved, and the client is told of each', async () => {
    const { server, path, global } = await start();
    await effectivePolicy(server, path);
    server.open(global, files['policy.xml']);
    await server.until('the first notification', () => told(server) > 0 || undefined);
    const before = told(server);
    server.replaceText(global, 2, files['policy.xml'].replace('"global"', '"edited"'));
    await server.until('a notification of the edit', () => told(server) > before || undefined);
    assert.equal(statements(await effectivePolicy(server, path))[0], '<trace source="edited"');
  });

  it('follow files that change on the disk', async () => {
    const { server, path, global, service } = await start();
    await effectivePolicy(server, path);
    await server.until('the first notification', () => told(server) > 0 || undefined);
    const before = told(server);
    service.write('policy.xml', files['policy.xml'].replace('"global"', '"written"'));
    server.watched([global, FileChangeType.Changed]);
    await server.until('a notification after the text is read', () => told(server) > before || undefined);
    assert.equal(statements(await effectivePolicy(server, path))[0], '<trace source="written"');
  });

  it('have a lens each above the policy, whose command the client knows', async () => {
    const { server, path, global, service } = await start();
    server.open(path, orders);
    server.open(global, files['policy.xml']);
    const lens = (title: string, product: string | null, file = path) => ({
      range: rangeOf(orders, 'policies'),
      command: { title, command: showEffectivePolicyCommand, arguments: [uriOf(file), product] },
    });
    assert.deepEqual(await codeLenses(server, path), [
      lens('Effective policy without a product', null),
      lens('in product starter', 'starter'),
    ]);
    assert.deepEqual(await codeLenses(server, global), [lens('Effective policy', null, global)]);
    assert.deepEqual(await codeLenses(server, service.path('products/starter/policy.xml')), [
      lens('Effective policy', 'starter', service.path('products/starter/policy.xml')),
    ]);
    assert.deepEqual(await codeLenses(server, service.path('products/starter/apis.json')), []);
  });

  it('are left to the editor once they are open: no findings, no lens, and folding by indentation', async () => {
    const { server, path } = await start();
    const shown = 'apim-policy-effective:/API%20orders%20%28effective%29.policy.xml?%7B%22uri%22%3A%22x%22%7D';
    server.open(shown, (await effectivePolicy(server, path))?.text ?? '');
    assert.deepEqual(await server.pulledItems(shown), []);
    assert.deepEqual(await codeLenses(server, shown), []);
    assert.equal(await server.request('textDocument/foldingRange', { textDocument: { uri: shown } }), null);
  });

  it('have one lens that asks, where there are many', async () => {
    const many = Array.from({ length: 5 }, (_, index) => [`products/p${index}/apis.json`, '[{ "name": "orders" }]']);
    const service = services.create({ 'apis/orders/policy.xml': orders, ...Object.fromEntries(many) });
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder], initializationOptions });
    const lenses = await codeLenses(server, service.path('apis/orders/policy.xml'));
    assert.deepEqual(
      lenses.map(({ command }) => [command?.title, command?.arguments?.length]),
      [['Effective policy: 5 products', 1]],
    );
  });

  it('bring neither lenses nor notifications to a client that does not show them', async () => {
    const service = services.create(files);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const path = service.path('apis/orders/policy.xml');
    server.open(path, orders);
    assert.equal(server.initializeResult.capabilities.codeLensProvider, undefined);
    server.replaceText(path, 2, `${orders}\n`);
    await server.pulledItems(path);
    assert.deepEqual(statements(await effectivePolicy(server, path)), [
      '<trace source="global"',
      '<set-header name="x"',
    ]);
    assert.ok(!server.notifications.includes(effectivePoliciesChangedNotification));
  });
});
