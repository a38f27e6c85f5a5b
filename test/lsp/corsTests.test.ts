import assert from 'node:assert/strict';
import { createLineIndex } from '../../server/src/core';
import {
  type CorsTestCompletion,
  type CorsTestFile,
  type CorsTestRun,
  completeCorsTestRequest,
  corsTestsRequest,
  type RunCorsTestsParams,
  runCorsTestsRequest,
} from '../../server/src/lsp/protocol';
import { textWithCursor } from '../support/markers';
import { cors, definition } from '../support/policies';
import { type LanguageServerProcess, languageServers, uriOf } from './languageServerProcess';
import { mainCase, ordersPolicy, rangeOf, temporaryServices } from './temporaryService';

const request = { method: 'OPTIONS', origin: 'https://shop.contoso.com', accessControlRequestMethod: 'GET' };
const target = { file: 'apis/orders/policy.xml' };
const tests = [
  { id: 'shop', title: 'The shop may read', target, request, expected: { status: 200, browser: 'allowed' } },
  { id: 'stopped', target, request, expected: { outcome: 'terminated-empty-200', by: 'global' } },
  { id: 'computed', target, request },
  { id: 'gone', target: { file: 'apis/gone/policy.xml' }, request, expected: { browser: 'allowed' } },
  { id: 'product', target: { ...target, product: 'gold' }, request, expected: { browser: 'allowed' } },
  {
    id: 'inline',
    policies: { api: definition(cors({ origins: ['https://other.contoso.com'] })) },
    request,
    expected: { browser: 'allowed' },
  },
];
const text = JSON.stringify(tests, null, 2);
const withSetting = ordersPolicy.replace('<base />', '').replace('<cors>', '<cors >');

describe('language server: CORS tests', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();

  async function start(files: Readonly<Record<string, string>> = { 'tests/orders.cors-tests.json': text }) {
    const service = services.create({ ...mainCase, ...files });
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    return { service, server, file: service.path('tests/orders.cors-tests.json') };
  }

  function run(server: LanguageServerProcess, file: string, params: Partial<RunCorsTestsParams> = {}) {
    return server.request<CorsTestRun>(runCorsTestsRequest, { uri: uriOf(file), text: null, ids: null, ...params });
  }

  function verdicts({ results }: CorsTestRun): readonly string[] {
    return results.map(({ id, verdict }) => `${id}: ${verdict}`);
  }

  it('are listed with their places, and what is wrong with the file', async () => {
    const { server, file } = await start();
    const stored = await server.request<CorsTestFile>(corsTestsRequest, { uri: uriOf(file), text: null });
    assert.deepEqual(
      stored.cases.map(({ id, title }) => [id, title]),
      tests.map(({ id, title }) => [id, title ?? null]),
    );
    assert.deepEqual(stored.problems, []);
    const unsaved = '[{ "id": "a" }, { "id": "b", "policies": {}, "request": { "method": "GET" } }]';
    const edited = await server.request<CorsTestFile>(corsTestsRequest, { uri: uriOf(file), text: unsaved });
    assert.deepEqual(edited, {
      cases: [
        {
          id: 'b',
          title: null,
          range: rangeOf(unsaved, '{ "id": "b", "policies": {}, "request": { "method": "GET" } }'),
        },
      ],
      problems: [
        { range: rangeOf(unsaved, '{ "id": "a" }'), message: 'Case a: request is missing.' },
        { range: rangeOf(unsaved, '{ "id": "a" }'), message: 'Case a: needs either policies or a target.' },
      ],
    });
  });

  it('run, and tell what differs, why, and which line decides', async () => {
    const { server, file, service } = await start();
    const answer = await run(server, file);
    assert.deepEqual(verdicts(answer), [
      'shop: failed',
      'stopped: passed',
      'computed: computed',
      'gone: error',
      'product: error',
      'inline: failed',
    ]);
    const [shop, , computed, gone, product] = answer.results;
    assert.equal(shop?.message, 'browser: expected allowed, got blocked');
    assert.deepEqual(shop?.range, rangeOf(text, '"browser": "allowed"'));
    assert.deepEqual(shop?.comparison, {
      expected: '{\n  "status": 200,\n  "browser": "allowed"\n}',
      actual: '{\n  "status": 200,\n  "browser": "blocked"\n}',
    });
    const global = mainCase['policy.xml'] ?? '';
    assert.equal(shop?.deciding?.uri, uriOf(service.path('policy.xml')));
    assert.deepEqual(shop?.deciding?.range.start, rangeOf(global, '<cors').start);
    assert.match(
      shop?.because.join('\n') ?? '',
      /^Because: The cors at global scope, .*\nBrowser: blocked\. .*\nDecided in policy\.xml:3:5: <cors /,
    );
    assert.deepEqual(
      [computed?.message, computed?.comparison],
      ['It expects nothing. Computed: terminated-empty-200.', null],
    );
    assert.equal(
      gone?.message,
      'There is no policy apis/gone/policy.xml. It is looked for beside the file of tests, and in the folders of the workspace.',
    );
    assert.equal(
      product?.message,
      'API orders is not known to be in product gold, nor in any other. Add it to "products" in apim-policy.config.json.',
    );
  });

  it('name the line inside a policy that a case carries with it', async () => {
    const { server, file } = await start();
    const [inline] = (await run(server, file, { ids: ['inline'] })).results;
    assert.equal(inline?.deciding?.uri, uriOf(file));
    assert.deepEqual(inline?.deciding?.range, rangeOf(text, '<cors>'));
  });

  it('run on policies and tests as they stand in editors', async () => {
    const { server, file, service } = await start();
    const path = service.path('apis/orders/policy.xml');
    server.open(path, ordersPolicy.replace('<base />', ''));
    assert.deepEqual(verdicts(await run(server, file, { ids: ['shop', 'stopped'] })), [
      'shop: passed',
      'stopped: failed',
    ]);
    const unsaved = JSON.stringify([
      { ...tests[0], expected: { by: 'api' } },
      { ...tests[1], expected: { by: 'api' } },
    ]);
    assert.deepEqual(verdicts(await run(server, file, { text: unsaved })), ['shop: passed', 'stopped: passed']);
  });

  it('find targets beside their file first, then in the folders of the workspace', async () => {
    const beside = [{ id: 'a', target: { file: './policy.xml' }, request, expected: { by: 'api' } }];
    const above = [{ id: 'a', target: { file: '../../policy.xml' }, request, expected: { by: 'global' } }];
    const { server, service } = await start({
      'apis/orders/own.cors-tests.json': JSON.stringify(beside),
      'apis/orders/up.cors-tests.json': JSON.stringify(above),
      'apis/orders/policy.xml': withSetting,
    });
    assert.deepEqual(verdicts(await run(server, service.path('apis/orders/own.cors-tests.json'))), ['a: passed']);
    assert.deepEqual(verdicts(await run(server, service.path('apis/orders/up.cors-tests.json'))), ['a: passed']);
  });

  it('complete with files, operations, products and origins of the workspace', async () => {
    const { server, service } = await start({
      'apim-policy.config.json': '{ "cors": { "origins": ["https://shop.contoso.com"] } }',
      'apis/orders/specification.json':
        '{ "openapi": "3.0.0", "paths": { "/": { "get": { "operationId": "list-orders" } } } }',
      'products/starter/policy.xml': definition('<base />'),
      'products/starter/apis.json': '[{ "name": "orders" }]',
      'policy fragments/x/policy.xml': '<fragment />',
    });
    const complete = async (marked: string, file = 'cors.cors-tests.json'): Promise<readonly string[]> => {
      const { text: written, offset } = textWithCursor(marked);
      const position = createLineIndex(written).positionAt(offset);
      const items = await server.request<readonly CorsTestCompletion[]>(completeCorsTestRequest, {
        uri: uriOf(service.path(file)),
        text: written,
        position,
      });
      return items.map(({ newText, detail, range: { start, end } }) => {
        const replaced = written.slice(start.character, end.character);
        return `${replaced} → ${newText} (${detail})`;
      });
    };
    const files = ['"" → "apis/orders/policy.xml" (API orders)', '"" → "policy.xml" (global scope)'];
    assert.deepEqual(await complete('[{ "target": { "file": "¦" } }]'), files);
    // In a folder of their own, tests name policies from the workspace's folder.
    assert.deepEqual(await complete('[{ "target": { "file": "¦" } }]', 'tests/cors-tests.json'), files);
    assert.deepEqual(await complete('[{ "target": { "file": "¦" } }]', 'apis/orders/cors-tests.json'), [
      '"" → "policy.xml" (API orders)',
    ]);
    const target = '"file": "apis/orders/policy.xml"';
    assert.deepEqual(await complete(`[7, { "target": { ${target}, "operation": ¦ } }]`), [' → "list-orders" (GET /)']);
    assert.deepEqual(await complete(`[{ "target": { ${target}, "product": "st¦" } }]`), ['"st" → "starter" (product)']);
    assert.deepEqual(await complete('[{ "request": { "origin": "h¦ttps" } }]'), [
      '"https" → "https://shop.contoso.com" (cors.origins in the project file)',
    ]);
    for (const elsewhere of [
      '[{ "target": { "fi¦le": "" } }]',
      '[{ "target": "¦" }]',
      '[{ "request": { "method": "¦" } }]',
      '[{ "target": { "file": "none.xml", "operation": "¦" } }]',
      '¦',
      `${'['.repeat(100_000)}¦`,
    ]) {
      assert.deepEqual(await complete(elsewhere), [], elsewhere.slice(0, 50));
    }
  });

  it('are refused with a reason where the file cannot be read', async () => {
    const { server, service } = await start();
    await assert.rejects(
      run(server, service.path('none.cors-tests.json')),
      /Cannot read .*none\.cors-tests\.json: it does not exist\./,
    );
  });
});
