import assert from 'node:assert/strict';
import type {
  DocumentHighlight,
  DocumentSymbol,
  FoldingRange,
  LinkedEditingRanges,
  SelectionRange,
} from 'vscode-languageserver';
import { languageServers, uriOf } from './languageServerProcess';
import { mainCase, ordersPolicy, positionIn, rangeOf, temporaryServices } from './temporaryService';

describe('language server: structure of a document', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();

  async function openOrders() {
    const service = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'push', folders: [service.folder] });
    const path = service.path('apis/orders/policy.xml');
    server.open(path, ordersPolicy);
    return { server, textDocument: { uri: uriOf(path) }, service };
  }

  it('is an outline of sections and policies', async () => {
    const { server, textDocument } = await openOrders();
    const [root] = await server.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
    assert.equal(root?.name, 'policies');
    assert.deepEqual(
      root?.children?.map(({ name }) => name),
      ['inbound', 'backend', 'outbound', 'on-error'],
    );
    assert.deepEqual(root?.children?.[0]?.selectionRange, rangeOf(ordersPolicy, 'inbound'));
  });
  it('folds elements, each line once, and keeps the end tag in sight', async () => {
    const { server, textDocument } = await openOrders();
    const ranges = await server.request<FoldingRange[]>('textDocument/foldingRange', { textDocument });
    const lines = ordersPolicy.split('\n');
    const lineOf = (text: string) => lines.findIndex((line) => line.includes(text));
    assert.deepEqual(ranges[0], { startLine: 0, endLine: lineOf('</policies>') - 1 });
    assert.equal(new Set(ranges.map(({ startLine }) => startLine)).size, ranges.length);
    assert.ok(
      ranges.some(({ startLine, endLine }) => startLine === lineOf('<cors') && endLine === lineOf('</cors>') - 1),
    );
  });
  it('widens a selection step by step', async () => {
    const { server, textDocument } = await openOrders();
    const positions = [positionIn(ordersPolicy, '<base />')];
    const [range] = await server.request<SelectionRange[]>('textDocument/selectionRange', { textDocument, positions });
    assert.deepEqual(range?.parent?.range, rangeOf(ordersPolicy, '<base />'));
    assert.equal(range?.parent?.parent?.parent?.range.start.line, 1);
  });
  it('ties the names of a start tag and its end tag', async () => {
    const { server, textDocument } = await openOrders();
    const at = { textDocument, position: positionIn(ordersPolicy, '<inbound>') };
    const position = { ...at.position, character: at.position.character + 2 };
    const linked = await server.request<LinkedEditingRanges>('textDocument/linkedEditingRange', { ...at, position });
    assert.deepEqual(linked.ranges[0], rangeOf(ordersPolicy, 'inbound'));
    assert.equal(linked.ranges.length, 2);
    const highlights = await server.request<DocumentHighlight[]>('textDocument/documentHighlight', { ...at, position });
    assert.deepEqual(
      highlights.map(({ range }) => range),
      linked.ranges,
    );
  });
  it('is left to others for what is no policy', async () => {
    const { server, service } = await openOrders();
    const other = service.path('other.xml');
    server.open(other, '<project>\n<a>\n</a>\n</project>', 'xml');
    const textDocument = { uri: uriOf(other) };
    assert.deepEqual(await server.request('textDocument/documentSymbol', { textDocument }), []);
    assert.deepEqual(await server.request('textDocument/foldingRange', { textDocument }), []);
  });
});
