import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { codes, ordersPolicy } from './temporaryService';

const workerFile = process.env['APIM_POLICY_TEST_LANGUAGE_SERVER_WORKER'] ?? resolve('dist', 'server.worker.js');

/** Gives a worker thread of Node what a web worker has, and nothing that only Node has. */
const browserGlobals = `
  const { parentPort, workerData } = require('node:worker_threads');
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  globalThis.addEventListener = () => {};
  globalThis.close = () => process.exit(0);
  parentPort.on('message', (data) => globalThis.onmessage({ data }));
  new Function('process', 'require', 'Buffer', 'setImmediate', workerData).call(globalThis);
`;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: {
    readonly capabilities?: object;
    readonly items?: readonly { readonly code?: unknown }[];
    readonly length?: number;
    readonly results?: readonly { readonly id: string; readonly verdict: string }[];
  };
}

describe('language server: in a web worker', function () {
  this.timeout(30_000);

  it('answers without a disk and ends when it is told to', async () => {
    const worker = new Worker(browserGlobals, { eval: true, workerData: readFileSync(workerFile, 'utf8') });
    const ended = new Promise<number>((done) => worker.once('exit', done));
    try {
      const answers = new Map<number, (message: Message) => void>();
      const failed = new Promise<never>((_done, fail) => worker.once('error', fail));
      worker.on('message', (message: Message) => {
        if (message.method === undefined) answers.get(message.id ?? -1)?.(message);
      });
      let lastId = 0;
      const request = (method: string, params: object): Promise<Message> => {
        const id = ++lastId;
        const answered = new Promise<Message>((done) => answers.set(id, done));
        worker.postMessage({ jsonrpc: '2.0', id, method, params });
        return Promise.race([answered, failed]);
      };
      const notify = (method: string, params: object): void => worker.postMessage({ jsonrpc: '2.0', method, params });

      const capabilities = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };
      const { result } = await request('initialize', {
        processId: null,
        rootUri: null,
        workspaceFolders: null,
        capabilities,
      });
      assert.ok(result?.capabilities);
      notify('initialized', {});
      const textDocument = { uri: 'memfs:/apis/orders/policy.xml', languageId: 'apim-policy', version: 1 };
      notify('textDocument/didOpen', { textDocument: { ...textDocument, text: ordersPolicy } });
      const report = await request('textDocument/diagnostic', { textDocument });
      assert.deepEqual(codes(report.result?.items ?? []), ['global-policy-unknown']);

      const tree = await request('apimPolicy/scopeTree', { parent: null });
      assert.equal(tree.result?.length, 1, 'services in the tree of scopes');

      const tests = [
        {
          id: 'shop',
          target: { file: '../apis/orders/policy.xml' },
          request: { method: 'GET', origin: 'https://shop.contoso.com' },
          expected: { browser: 'unknown' },
        },
      ];
      const params = { uri: 'memfs:/tests/cors-tests.json', text: JSON.stringify(tests), ids: null };
      const ran = await request('apimPolicy/runCorsTests', params);
      // Without the global policy nobody can know.
      assert.deepEqual(
        ran.result?.results?.map(({ id, verdict }) => [id, verdict]),
        [['shop', 'passed']],
      );

      await request('shutdown', {});
      notify('exit', {});
      assert.equal(await ended, 0);
    } finally {
      await worker.terminate();
    }
  });
});
