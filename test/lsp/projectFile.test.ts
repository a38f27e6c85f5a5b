import assert from 'node:assert/strict';
import { FileChangeType } from 'vscode-languageserver';
import { languageServers } from './languageServerProcess';
import { codes, mainCase, ordersPolicy, portalRule, rangeOf, temporaryServices } from './temporaryService';

describe('language server: project file', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();
  const broken = `{ "rules": { "${portalRule}": "information", "no-such-rule": "off" }, `;
  const rule = 'project-file-invalid';

  for (const mode of ['push', 'pull'] as const) {
    it(`has its findings pushed while it is not open, and never stops the rest (${mode})`, async () => {
      const service = services.create({ ...mainCase, 'apim-policy.config.json': broken });
      const server = await servers.start({ diagnostics: mode, folders: [service.folder] });
      const config = service.path('apim-policy.config.json');
      const { diagnostics } = await server.pushedUntil('findings', config, ({ diagnostics }) => diagnostics.length > 0);
      assert.deepEqual([...new Set(codes(diagnostics))], [rule]);
      assert.ok(diagnostics.some(({ message }) => String(message).includes('no-such-rule')));
      assert.ok(diagnostics.some(({ message }) => String(message).includes('not valid JSON')));

      const orders = service.path('apis/orders/policy.xml');
      server.open(orders, ordersPolicy);
      const found =
        mode === 'pull'
          ? await server.pulledItems(orders)
          : (await server.pushedUntil('the finding', orders, (last) => last.diagnostics.length > 0)).diagnostics;
      assert.deepEqual(
        found.map(({ code, severity }) => [code, severity]),
        [[portalRule, 3]],
      );

      service.write('apim-policy.config.json', '{}');
      server.watched([config, FileChangeType.Changed]);
      await server.pushedUntil('the findings to go', config, (last) => last.diagnostics.length === 0);
    });
  }

  it('has its findings pulled once a pulling client has it open, with its unsaved text', async () => {
    const service = services.create({ ...mainCase, 'apim-policy.config.json': broken });
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const config = service.path('apim-policy.config.json');
    await server.pushedUntil('findings', config, ({ diagnostics }) => diagnostics.length > 0);
    server.open(config, '{ "rulez": {} }', 'json');
    await server.pushedUntil('the pushed ones to go', config, ({ diagnostics }) => diagnostics.length === 0);
    const items = await server.pulledItems(config);
    assert.deepEqual(
      items.map(({ code, range }) => [code, range]),
      [[rule, rangeOf('{ "rulez": {} }', '"rulez"')]],
    );
    server.close(config);
    await server.pushedUntil('the pushed ones to come back', config, ({ diagnostics }) => diagnostics.length > 1);
  });
});
