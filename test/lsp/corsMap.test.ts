import assert from 'node:assert/strict';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver';
import { type CorsMapReply, corsMapRequest } from '../../server/src/lsp/protocol';
import { generatedService } from '../bench/generatedService';
import { portalGlobal } from '../support/policies';
import { type LanguageServerProcess, languageServers, uriOf } from './languageServerProcess';
import { mainCase, temporaryServices } from './temporaryService';

const shop = 'https://shop.contoso.com';

describe('language server: CORS map', function () {
  this.timeout(60_000);
  const servers = languageServers();
  const services = temporaryServices();

  const start = (folder: string): Promise<LanguageServerProcess> =>
    servers.start({ diagnostics: 'pull', folders: [folder] });

  /** The codes of each row, and its operation. */
  function codes({ data }: CorsMapReply): readonly string[] {
    assert.ok(data);
    const { map } = data;
    return map.rows.map(
      ({ operation, cells }) =>
        `${operation ?? '(all)'}: ${map.cells[cells]?.map((cell) => map.answers[cell]?.code).join(' ')}`,
    );
  }

  it('has the service of a file, with addresses and words', async () => {
    const service = services.create({
      ...mainCase,
      'products/starter/productInformation.json': '{}',
      'apis/orders/specification.json':
        '{ "openapi": "3.0.1", "paths": { "/orders": { "get": { "operationId": "list" } } } }',
    });
    const server = await start(service.folder);
    const uri = uriOf(service.path('apis/orders/policy.xml'));
    const reply: CorsMapReply = await server.request(corsMapRequest, { uri, options: { origins: [shop] } });
    const { data, products } = reply;
    assert.deepEqual(products, ['starter']);
    assert.equal(data?.map.apis[0]?.policy, uri);
    assert.equal(data?.map.global, uriOf(service.path('policy.xml')));
    assert.deepEqual(reply.services, [{ root: uriOf(service.folder), title: data?.title }]);
    assert.match(data?.terms ?? '', /^Each cell is one call by a page/);
    assert.equal(data?.codes['A'], 'allowed: the browser lets the page read the answer');
    assert.deepEqual(codes(reply), ['list: B? Bg']);
  });

  it('follows what is typed and not saved', async () => {
    const service = services.create(mainCase);
    const server = await start(service.folder);
    const ask = async () => codes(await server.request(corsMapRequest, { options: { origins: [shop] } }));
    const before = await ask();
    server.open(
      service.path('policy.xml'),
      portalGlobal().replace('contoso.developer.azure-api.net', 'shop.contoso.com'),
    );
    const after = await ask();
    assert.notDeepEqual(after, before);
    assert.match(after[0] ?? '', /: A/);
  });

  it('has each service of a workspace, and says where there is none', async () => {
    const inFolder = (folder: string) =>
      Object.fromEntries(Object.entries(mainCase).map(([path, text]) => [`${folder}/${path}`, text]));
    const service = services.create({ ...inFolder('dev'), ...inFolder('prod') });
    const server = await start(service.folder);
    const first: CorsMapReply = await server.request(corsMapRequest, {});
    assert.deepEqual(
      first.services.map(({ title }) => title),
      ['dev', 'prod'],
    );
    assert.equal(first.data?.title, 'dev');
    const root = first.services[1]?.root ?? null;
    const second: CorsMapReply = await server.request(corsMapRequest, { root });
    assert.equal(second.data?.map.root, root);
    const ofFile: CorsMapReply = await server.request(corsMapRequest, { uri: uriOf(service.path('prod/policy.xml')) });
    assert.equal(ofFile.data?.title, 'prod');

    const empty = await start(services.create({ 'readme.md': '' }).folder);
    assert.deepEqual(await empty.request(corsMapRequest, {}), { services: [], products: [], data: null });
  });

  it('lets other messages through, and stops when nobody wants it any more', async () => {
    const service = services.create(Object.fromEntries(generatedService(2_000)));
    const server = await start(service.folder);
    const path = service.path('apis/api-00000/policy.xml');
    await server.hover(path, { line: 2, character: 6 });
    let isAnswered = false;
    const map = server.request<CorsMapReply>(corsMapRequest, {}).then((reply) => {
      isAnswered = true;
      return reply;
    });
    await server.hover(path, { line: 2, character: 6 });
    assert.equal(isAnswered, false, 'the hover comes before the map');
    const rows = (await map).data?.map.rows.length ?? 0;
    assert.ok(rows > 1_000, `${rows} rows`);
    const source = new CancellationTokenSource();
    const cancelled = server.request(corsMapRequest, {}, source.token);
    await server.hover(path, { line: 2, character: 6 });
    source.cancel();
    await assert.rejects(cancelled, { code: LSPErrorCodes.RequestCancelled });
  });
});
