import assert from 'node:assert/strict';
import { type Hover, MarkupContent } from 'vscode-languageserver';
import { portalGlobal } from '../support/policies';
import { languageServers, uriOf } from './languageServerProcess';
import { mainCase, ordersPolicy, positionIn, rangeOf, temporaryServices } from './temporaryService';

describe('language server: hover', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();

  it('tells the effective CORS policy in Markdown, with links that open the statements', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'push', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    const hover = await server.hover(orders, positionIn(ordersPolicy, '<base />'));
    const { kind, value } = contentsOf(hover);
    assert.equal(kind, 'markdown');
    assert.match(value, /\*\*Effective CORS policy\*\* of API orders/);
    const { line, character } = rangeOf(portalGlobal(), '<cors').start;
    assert.ok(value.includes(`(${uriOf(service.path('policy.xml'))}#L${line + 1},${character + 1})`), value);
    assert.deepEqual(hover?.range, rangeOf(ordersPolicy, '<base />'));
  });

  it('writes addresses of open documents as the client does', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'push', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    // Some clients encode more than others; the round brackets would end a Markdown link.
    const own = `${uriOf(service.folder)}/%70olicy.xml`;
    server.open(own, portalGlobal());
    server.open(orders, ordersPolicy);
    const hover = await server.hover(orders, positionIn(ordersPolicy, '<base />'));
    const { value } = contentsOf(hover);
    assert.ok(value.includes(`(${own}#L`), value);
  });

  it('comes as plain text for a client that shows no Markdown', async () => {
    const service = services.create(mainCase);
    const capabilities = { textDocument: { hover: { contentFormat: ['plaintext' as const] } } };
    const server = await servers.start({ diagnostics: 'push', folders: [service.folder], capabilities });
    const orders = service.path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    const hover = await server.hover(orders, positionIn(ordersPolicy, '<base />'));
    const { kind, value } = contentsOf(hover);
    assert.equal(kind, 'plaintext');
    assert.match(value, /^Effective CORS policy of API orders$/m);
    assert.match(value, /methods \*/);
    assert.doesNotMatch(value, /`|\]\(|\*\*/);
  });

  it('is null where there is nothing to say, in documents that are no policies, and in none at all', async () => {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'push', folders: [service.folder] });
    const orders = service.path('apis/orders/policy.xml');
    const other = service.path('other.xml');
    server.open(orders, ordersPolicy);
    server.open(other, '<project />', 'xml');
    assert.equal(await server.hover(orders, positionIn(ordersPolicy, '<outbound>')), null);
    assert.equal(await server.hover(other, { line: 0, character: 2 }), null);
    assert.equal(await server.hover(service.path('nowhere.xml'), { line: 99, character: 99 }), null);
  });
});

function contentsOf(hover: Hover | null): MarkupContent {
  assert.ok(MarkupContent.is(hover?.contents), 'there is a hover');
  return hover.contents;
}
