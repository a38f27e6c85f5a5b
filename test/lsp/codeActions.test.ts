import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CodeAction, ErrorCodes, LSPErrorCodes, type TextEdit } from 'vscode-languageserver';
import type { Finding } from '../../server/src/core';
import { fixableFindings } from '../../server/src/lsp/codeActions';
import { portalGlobal } from '../support/policies';
import { type LanguageServerProcess, languageServers, uriOf } from './languageServerProcess';
import {
  codes,
  mainCase,
  ordersPolicy,
  portalRule,
  rangeOf,
  type TemporaryService,
  temporaryServices,
} from './temporaryService';
import { documentEdits, editedFiles, textAfter } from './workspaceEdits';

describe('language server: quick fixes', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();
  const base = rangeOf(ordersPolicy, '<base />');
  const fixCount = 5;

  async function startWithOrders(): Promise<{
    service: TemporaryService;
    server: LanguageServerProcess;
    orders: string;
  }> {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy, 'apim-policy', 4);
    return { service, server, orders };
  }

  it('come with their whole edit, their diagnostic, and one preferred, best first', async () => {
    const { server, orders } = await startWithOrders();
    const actions = await server.codeActions(orders, base);
    assert.equal(actions.length, fixCount, actions.map(({ title }) => title).join('\n'));
    for (const action of actions) {
      assert.equal(action.kind, 'quickfix');
      assert.deepEqual(action.diagnostics, await server.pulledItems(orders));
      assert.ok(documentEdits(action).length > 0);
    }
    assert.deepEqual(
      actions.map(({ isPreferred }) => isPreferred),
      [true, false, false, false, false],
    );
  });

  it('come for every range that touches the finding, and for no other kind than asked for', async () => {
    const { server, orders } = await startWithOrders();
    const cursor = { start: base.start, end: base.start };
    assert.equal((await server.codeActions(orders, cursor)).length, fixCount);
    assert.equal((await server.codeActions(orders, cursor, { only: ['quickfix'] })).length, fixCount);
    assert.equal((await server.codeActions(orders, cursor, { only: [''] })).length, fixCount);
    assert.equal((await server.codeActions(orders, cursor, { only: ['refactor', 'source.fixAll'] })).length, 0);
    assert.equal((await server.codeActions(orders, rangeOf(ordersPolicy, '<outbound>'))).length, 0);
    const whole = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
    assert.equal((await server.codeActions(orders, whole)).length, fixCount);
  });

  it('name the version of open documents, and none for files that are not open', async () => {
    const { service, server, orders } = await startWithOrders();
    const versionsOf = (action: CodeAction | undefined): unknown =>
      documentEdits(action as CodeAction).map(({ textDocument: { uri, version } }) => [uri, version]);
    const [setTerminate, , move] = await server.codeActions(orders, base);
    assert.deepEqual(versionsOf(setTerminate), [[uriOf(service.path('policy.xml')), null]]);
    assert.deepEqual(versionsOf(move), [[uriOf(orders), 4]]);

    server.open(service.path('policy.xml'), portalGlobal(), 'apim-policy', 12);
    server.replaceText(orders, 5, `<!-- edited -->\n${ordersPolicy}`);
    const below = rangeOf(`<!-- edited -->\n${ordersPolicy}`, '<base />');
    const [again, , moveAgain] = await server.codeActions(orders, below);
    assert.deepEqual(versionsOf(again), [[uriOf(service.path('policy.xml')), 12]]);
    assert.deepEqual(versionsOf(moveAgain), [[uriOf(orders), 5]]);
  });

  // What was copied stands behind the own cors, as the title says; the portal's cors is not copied.
  const leftOut: Readonly<Record<string, readonly string[]>> = {
    Remove: ['base-removed', 'portal-cors-not-inherited'],
    Replace: ['portal-cors-not-inherited'],
  };
  for (let index = 0; index < fixCount; index++) {
    it(`number ${index + 1} ends the finding, and brings no other but what it leaves out`, async () => {
      const { server, orders, service } = await startWithOrders();
      const global = service.path('policy.xml');
      server.open(global, portalGlobal());
      const texts = new Map([
        [orders, ordersPolicy],
        [global, portalGlobal()],
      ]);
      const action = (await server.codeActions(orders, base))[index] as CodeAction;
      for (const { textDocument, edits } of documentEdits(action)) {
        const path = fileURLToPath(textDocument.uri);
        const text = textAfter(texts.get(path) as string, edits as TextEdit[]);
        texts.set(path, text);
        server.replaceText(path, (textDocument.version as number) + 1, text);
      }
      assert.ok(editedFiles(action).length > 0);
      const [verb = ''] = /^(Remove|Replace) <base \/>/.exec(action.title)?.slice(1) ?? [];
      assert.deepEqual(
        codes(await server.pulledItems(orders)),
        leftOut[verb] ?? [],
        `${action.title}\n${texts.get(orders)}`,
      );
    });
  }

  it('come as plain changes for a client that knows no versions', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({
      diagnostics: 'push',
      folders: [service.folder],
      capabilities: { workspace: {} },
    });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    const [setTerminate] = await server.codeActions(orders, base);
    assert.deepEqual(Object.keys(setTerminate?.edit ?? {}), ['changes']);
    assert.deepEqual(Object.keys(setTerminate?.edit?.changes ?? {}), [uriOf(service.path('policy.xml'))]);
  });

  it('are refused when the document has changed since they were asked for', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    // All at once: the server is still reading the workspace when the change arrives.
    server.open(orders, ordersPolicy);
    const asked = server.codeActions(orders, base);
    server.replaceText(orders, 2, `\n${ordersPolicy}`);
    await assert.rejects(asked, { code: LSPErrorCodes.ContentModified });
  });

  it('rest on what the disk holds now, when a file that is not open has changed unseen', async () => {
    const { server, orders, service } = await startWithOrders();
    await server.codeActions(orders, base);
    // No event tells of it: some clients watch nothing.
    const text = `<!-- a\n     new\n     head -->\n${portalGlobal()}`;
    service.write('policy.xml', text);
    const [setTerminate] = await server.codeActions(orders, base);
    const [change] = documentEdits(setTerminate as CodeAction);
    const after = textAfter(readFileSync(service.path('policy.xml'), 'utf8'), change?.edits as TextEdit[]);
    assert.equal(
      after,
      text.replace(
        '<cors allow-credentials="true"',
        '<cors allow-credentials="true" terminate-unmatched-request="false"',
      ),
    );
  });

  it('are cancelled when the client asks for it', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    const asked = server.codeActions(orders, base);
    // Requests are numbered from 0: initialize was the first.
    server.notify('$/cancelRequest', { id: 1 });
    await assert.rejects(asked, { code: LSPErrorCodes.RequestCancelled });
    assert.deepEqual(codes(await server.pulledItems(orders)), [portalRule], 'and the server goes on');
  });

  it('answer a request that makes no sense with an error, and go on', async () => {
    const { server, orders } = await startWithOrders();
    await assert.rejects(server.request('textDocument/codeAction', {}), { code: ErrorCodes.InternalError });
    assert.equal((await server.codeActions(orders, base)).length, fixCount);
    server.log.length = 0;
  });

  it('are computed of the findings at the range alone', () => {
    const computed: number[] = [];
    const findings = [10, 20, 30].map(
      (start): Finding => ({
        ruleId: portalRule,
        severity: 'warning',
        path: 'policy.xml',
        span: { start, end: start + 5 },
        message: '',
        related: [],
        get fixes() {
          computed.push(start);
          return start === 20 ? [{ id: 'a', title: 'A', edits: [] }] : [];
        },
      }),
    );
    const startsAt = (start: number, end: number): readonly number[] =>
      fixableFindings(findings, { start, end }).map(({ span }) => span.start);
    assert.deepEqual(startsAt(25, 29), [20]);
    assert.deepEqual(computed, [20]);
    assert.deepEqual(startsAt(12, 12), []);
    assert.deepEqual(computed, [20, 10]);
    assert.deepEqual(startsAt(26, 29), []);
    assert.deepEqual(computed, [20, 10]);
  });
});
