import assert from 'node:assert/strict';
import { definition } from '../support/policies';
import { languageServers } from './languageServerProcess';
import { codes, mainCase, ordersPolicy, portalRule, temporaryServices } from './temporaryService';

describe('language server: bad input', function () {
  this.timeout(60_000);
  const servers = languageServers();
  const services = temporaryServices();
  const manyHeaders =
    '    <set-header name="X"><value>@(context.Request.Url.Path + "<x>")</value></set-header>\n'.repeat(11_000);

  const texts: Readonly<Record<string, { readonly text: string; readonly expected: readonly string[] }>> = {
    empty: { text: '', expected: ['not-a-policy'] },
    'comments only': { text: '<!-- later -->\n<!-- much later -->', expected: ['not-a-policy'] },
    binary: { text: '\u0000\u0001PNG\r\n\u001a\n\ufffd\u0000', expected: ['not-a-policy'] },
    'another root': { text: '<project><a/></project>', expected: ['not-a-policy'] },
    'two roots': { text: `${definition('<base />')}<policies />`, expected: ['syntax-several-roots'] },
    'an unclosed tag': { text: '<policies><inbound><base /></policies>', expected: ['syntax-unclosed-element'] },
    '1 MB': { text: definition(manyHeaders), expected: [] },
  };

  for (const mode of ['pull', 'push'] as const) {
    it(`leaves the server well, and says what is wrong (${mode})`, async () => {
      const service = services.create(mainCase);
      const server = await servers.start({ diagnostics: mode, folders: [service.folder] });
      for (const [name, { text, expected }] of Object.entries(texts)) {
        const path = service.path(`apis/${name.replace(/ /g, '-')}/policy.xml`);
        server.open(path, text);
        const diagnostics =
          mode === 'pull'
            ? await server.pulledItems(path)
            : (await server.pushedUntil(`findings of ${name}`, path, () => true)).diagnostics;
        const found = codes(diagnostics).filter((code) => /^syntax-|^not-a-policy$/.test(String(code)));
        assert.deepEqual(found, expected, name);
        await server.hover(path, { line: 1, character: 3 });
        await server.codeActions(path, { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } });
        server.close(path);
      }
      const orders = service.path('apis/orders/policy.xml');
      server.open(orders, ordersPolicy);
      if (mode === 'pull') assert.deepEqual(codes(await server.pulledItems(orders)), [portalRule]);
      else
        await server.pushedUntil('the finding', orders, ({ diagnostics }) => codes(diagnostics).join() === portalRule);
    });
  }

  it('may be addresses that name nothing, positions outside, and edits of what is not open', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    for (const uri of ['', ':', 'file:', 'a:b:c', 'file:///%E0%A4%A', 'untitled:', 'http://[bad']) {
      server.notify('textDocument/didOpen', {
        textDocument: { uri, languageId: 'apim-policy', version: 1, text: '<policies' },
      });
      await server.request('textDocument/diagnostic', { textDocument: { uri } });
      await server.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 0 } });
      server.notify('textDocument/didClose', { textDocument: { uri } });
    }
    server.replaceText(service.path('policy.xml'), 3, 'not open');
    assert.equal(await server.hover(orders, { line: 1e9, character: 1e9 }), null);
    assert.deepEqual(codes(await server.pulledItems(orders)), [portalRule]);
  });

  it('may be a workspace folder that is not there: one message, and the rest works', async () => {
    const service = services.create(mainCase);
    const missing = `${service.folder}-missing`;
    const server = await servers.start({ diagnostics: 'pull', folders: [missing, service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    assert.deepEqual(codes(await server.pulledItems(orders)), [portalRule]);
    assert.deepEqual(server.messages, [`APIM Policy Lens cannot read the folder ${missing}: it does not exist.`]);
  });
});
