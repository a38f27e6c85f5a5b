import assert from 'node:assert/strict';
import type { CodeLens } from 'vscode-languageserver';
import {
  type CorsChoicesAnswer,
  type CorsRepairAnswer,
  corsChoicesRequest,
  corsRepairRequest,
  type ExplainCorsAnswer,
  explainCorsCommand,
  explainCorsRequest,
  type WriteCorsTestAnswer,
  writeCorsTestRequest,
} from '../../server/src/lsp/protocol';
import { type LanguageServerProcess, languageServers, uriOf } from './languageServerProcess';
import { mainCase, ordersPolicy, positionIn, rangeOf, temporaryServices } from './temporaryService';

const shop = 'https://shop.contoso.com';

async function hoverText(server: LanguageServerProcess, path: string): Promise<string> {
  const hover = await server.hover(path, positionIn(ordersPolicy, '<base />'));
  return JSON.stringify(hover?.contents);
}

describe('language server: CORS requests', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();

  async function start(initializationOptions = {}) {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder], initializationOptions });
    return { server, path: service.path('apis/orders/policy.xml'), global: service.path('policy.xml') };
  }

  it('are explained to any client, with addresses and ranges', async () => {
    const { server, path, global } = await start();
    const answer: ExplainCorsAnswer | null = await server.request(explainCorsRequest, {
      uri: uriOf(path),
      request: { origin: shop, method: 'PUT' },
    });
    const stations = answer?.explanation?.preflight?.stations ?? [];
    assert.deepEqual(
      stations.map(({ effect, place }) => [effect, place]),
      [
        [
          'ends',
          {
            uri: uriOf(global),
            range: rangeOf(mainCase['policy.xml'] ?? '', '<cors allow-credentials="true">'),
            file: 'policy.xml',
          },
        ],
        ['not-reached', { uri: uriOf(path), range: rangeOf(ordersPolicy, '<cors>'), file: 'apis/orders/policy.xml' }],
      ],
    );
    assert.equal(answer?.explanation?.browser, 'blocked');
  });

  it('follow what is typed and not saved', async () => {
    const { server, path, global } = await start();
    server.open(global, (mainCase['policy.xml'] ?? '').replace('contoso.developer.azure-api.net', 'shop.contoso.com'));
    const answer: ExplainCorsAnswer | null = await server.request(explainCorsRequest, {
      uri: uriOf(path),
      request: { origin: shop },
    });
    assert.equal(answer?.explanation?.browser, 'allowed');
  });

  it('come with choices', async () => {
    const { server, path, global } = await start();
    const choices: CorsChoicesAnswer | null = await server.request(corsChoicesRequest, {
      uri: uriOf(path),
      position: positionIn(ordersPolicy, '<cors>'),
    });
    assert.equal(choices?.initial.origin, shop);
    assert.deepEqual(choices?.documents.map(({ uri }) => uri).sort(), [uriOf(path), uriOf(global)].sort());
  });

  it('are repaired by an edit that carries the version of an open document, and by none once the texts have changed', async () => {
    const { server, path } = await start();
    server.open(path, ordersPolicy, 'apim-policy', 7);
    const uri = uriOf(path);
    const request = { origin: shop };
    const answer: ExplainCorsAnswer | null = await server.request(explainCorsRequest, { uri, request });
    const repair = answer?.explanation?.repairs.find(({ title }) => title.startsWith('Move this cors'));
    assert.ok(repair);
    assert.equal('edits' in repair, false);
    const made: CorsRepairAnswer | null = await server.request(corsRepairRequest, { uri, request, repair });
    assert.deepEqual(
      made?.edit.documentChanges?.map((change) => 'textDocument' in change && change.textDocument),
      [{ uri, version: 7 }],
    );
    server.replaceText(path, 8, ordersPolicy.replace('<base />', ''));
    assert.equal(await server.request(corsRepairRequest, { uri, request, repair }), null);
  });

  it('become tests: the edits are those of the text that was sent', async () => {
    const { server, path } = await start();
    const file = uriOf(path.replace('policy.xml', 'orders.cors-tests.json'));
    const params = { uri: uriOf(path), request: { origin: shop }, expect: 'as-now', file };
    const made: WriteCorsTestAnswer | null = await server.request(writeCorsTestRequest, { ...params, text: '[\n]\n' });
    assert.equal(made?.because, null);
    assert.deepEqual(made?.ids, ['orders-get-from-shop-contoso-com']);
    assert.deepEqual(
      made?.edits.map(({ range }) => range.start),
      [{ line: 1, character: 0 }],
    );
    const refused: WriteCorsTestAnswer | null = await server.request(writeCorsTestRequest, { ...params, text: '{}' });
    assert.match(refused?.because ?? '', /holds no JSON array/);
  });

  it('come with what is wrong with them, by field', async () => {
    const { server, path } = await start();
    const ask = async (request: object): Promise<readonly string[] | undefined> => {
      const answer: ExplainCorsAnswer | null = await server.request(explainCorsRequest, { uri: uriOf(path), request });
      return answer?.problems.map(({ field }) => field);
    };
    assert.deepEqual(await ask({}), ['origin']);
    assert.deepEqual(await ask({ origin: shop, product: 'gold' }), ['product']);
    assert.deepEqual(await ask({ origin: shop, method: 'G T', headers: [{ name: 'a:b' }] }), ['method', 'headers']);
  });

  it('have no answer for what is no policy', async () => {
    const { server, path } = await start();
    const uri = uriOf(path.replace('policy.xml', 'nothing.xml'));
    assert.equal(await server.request(explainCorsRequest, { uri, request: { origin: shop } }), null);
    assert.equal(await server.request(corsChoicesRequest, { uri }), null);
  });

  it('are offered above inbound and cors, and in the hover, to clients that know the command', async () => {
    const { server, path } = await start({ explainsCors: true });
    server.open(path, ordersPolicy);
    const lenses: readonly CodeLens[] = await server.request('textDocument/codeLens', {
      textDocument: { uri: uriOf(path) },
    });
    assert.deepEqual(
      lenses.map(({ range, command }) => [range, command?.command]),
      ['inbound', 'cors'].map((name) => [rangeOf(ordersPolicy, name), explainCorsCommand]),
    );
    assert.match(
      await hoverText(server, path),
      /\[Explain a CORS request\]\(command:apimPolicy\.explainCorsRequest\?%5B%22file/,
    );
    const plain = await start();
    plain.server.open(plain.path, ordersPolicy);
    assert.doesNotMatch(await hoverText(plain.server, plain.path), /command:/);
  });
});
