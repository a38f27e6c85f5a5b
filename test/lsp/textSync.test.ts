import assert from 'node:assert/strict';
import { portalGlobal } from '../support/policies';
import { languageServers } from './languageServerProcess';
import {
  codes,
  globalWithoutCors,
  mainCase,
  ordersPolicy,
  portalRule,
  rangeOf,
  temporaryServices,
} from './temporaryService';

describe('language server: documents', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();

  for (const [name, lineEnd] of [
    ['\\n', '\n'],
    ['\\r\\n', '\r\n'],
    ['\\r', '\r'],
  ] as const) {
    it(`follows incremental edits in a text with ${name}`, async () => {
      const service = services.create(mainCase);
      const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
      const orders = service.path('apis/orders/policy.xml');
      const text = ordersPolicy.replace(/\n/g, lineEnd);
      const base = rangeOf(text, '<base />');
      server.open(orders, text);
      assert.deepEqual(
        (await server.pulledItems(orders)).map(({ range }) => range),
        [base],
      );

      const start = { line: 0, character: 0 };
      server.change(orders, 2, [
        { range: { start, end: start }, text: `<!-- ü 😀 -->${lineEnd}` },
        { range: { start: { line: 3, character: 4 }, end: { line: 3, character: 4 } }, text: '  ' },
      ]);
      const moved = { start: { line: 3, character: 6 }, end: { line: 3, character: 14 } };
      assert.deepEqual(
        (await server.pulledItems(orders)).map(({ range }) => range),
        [moved],
      );

      server.change(orders, 3, [{ range: moved, text: '' }]);
      assert.deepEqual(codes(await server.pulledItems(orders)), ['base-removed', 'portal-cors-not-inherited']);
    });
  }

  it('prefers the text of the editor to that of the disk, and returns to the disk when it is closed', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    const global = service.path('policy.xml');
    server.open(orders, ordersPolicy);
    server.open(global, globalWithoutCors);
    assert.deepEqual(await server.pulledItems(orders), []);
    server.close(global);
    await server.pulledUntil('the finding from the disk', orders, (items) => codes(items).join() === portalRule);
  });

  it('forgets a document that was never saved', async () => {
    const { 'policy.xml': _global, ...withoutGlobal } = mainCase;
    const service = services.create(withoutGlobal);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    assert.deepEqual(await server.pulledItems(orders), []);
    server.open(service.path('policy.xml'), portalGlobal());
    await server.pulledUntil('the finding', orders, (items) => codes(items).join() === portalRule);
    server.close(service.path('policy.xml'));
    await server.pulledUntil('the finding to go', orders, (items) => items.length === 0);
  });

  it('takes a byte order mark for no character of a file, as editors do', async () => {
    const service = services.create({ ...mainCase, 'policy.xml': `\uFEFF${portalGlobal().replace(/\n\s*/g, '')}` });
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    const [diagnostic] = await server.pulledItems(orders);
    const expected = rangeOf(portalGlobal().replace(/\n\s*/g, ''), '<cors allow-credentials="true">');
    assert.deepEqual(diagnostic?.relatedInformation?.[0]?.location.range, expected);
  });
});
