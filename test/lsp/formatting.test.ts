import assert from 'node:assert/strict';
import type { FormattingOptions, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { languageServers, uriOf } from './languageServerProcess';
import { positionIn, rangeOf, temporaryServices } from './temporaryService';

const text = `<policies>\r
<inbound>\r
<base/>\r
<value>@{
  return 1;
}</value></inbound>\r
<outbound>\r
<base/>\r
  </outbound>\r
</policies>`;

const tabs: FormattingOptions = { insertSpaces: false, tabSize: 8 };
const blanks: FormattingOptions = { insertSpaces: true, tabSize: 2 };

function apply(edits: readonly TextEdit[] | null, before = text): string {
  return TextDocument.applyEdits(TextDocument.create('file:///a.xml', 'xml', 1, before), [...(edits ?? [])]);
}

describe('language server: formatting', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();

  async function open() {
    const service = services.create({ 'policy.xml': text, 'apis/a/policy.xml': text });
    const server = await servers.start({ diagnostics: 'push', folders: [service.folder] });
    const path = service.path('policy.xml');
    server.open(path, text);
    return { server, service, path, textDocument: { uri: uriOf(path) } };
  }

  it('offers a document, a range, and the end of an end tag and of a line', async () => {
    const { server } = await open();
    const { capabilities } = server.initializeResult;
    assert.equal(capabilities.documentFormattingProvider, true);
    assert.equal(capabilities.documentRangeFormattingProvider, true);
    assert.deepEqual(capabilities.documentOnTypeFormattingProvider, {
      firstTriggerCharacter: '>',
      moreTriggerCharacter: ['\n'],
    });
  });
  it("uses the editor's indentation, and keeps every line end", async () => {
    const { server, textDocument } = await open();
    const params = { textDocument, options: tabs };
    assert.equal(
      apply(await server.request<TextEdit[]>('textDocument/formatting', params)),
      '<policies>\r\n\t<inbound>\r\n\t\t<base />\r\n\t\t<value>@{\n\t\t  return 1;\n\t\t}</value>\r\n\t</inbound>\r\n\t<outbound>\r\n\t\t<base />\r\n\t</outbound>\r\n</policies>',
    );
    const withBlanks = await server.request<TextEdit[]>('textDocument/formatting', { textDocument, options: blanks });
    assert.match(apply(withBlanks), /^ {2}<inbound>\r\n {4}<base \/>\r$/m);
    assert.ok(
      withBlanks.every(({ newText }) => newText.length < 8),
      'edits are small',
    );
  });
  it('formats the lines of a range', async () => {
    const { server, textDocument } = await open();
    const range = rangeOf(text, '<outbound>\r\n<base/>');
    const edits = await server.request<TextEdit[]>('textDocument/rangeFormatting', {
      textDocument,
      range,
      options: blanks,
    });
    assert.equal(apply(edits), text.replace('<outbound>\r\n<base/>', '  <outbound>\r\n    <base />'));
  });
  it('puts an end tag below its start tag when its > is typed', async () => {
    const { server, textDocument } = await open();
    const end = rangeOf(text, '  </outbound>').end;
    const params = { textDocument, position: end, ch: '>', options: blanks };
    assert.equal(
      apply(await server.request<TextEdit[]>('textDocument/onTypeFormatting', params)),
      text.replace('  </outbound>', '</outbound>'),
    );
    const position = { line: positionIn(text, '<base/>').line, character: 0 };
    assert.deepEqual(
      await server.request('textDocument/onTypeFormatting', { textDocument, position, ch: '\n', options: blanks }),
      [{ range: { start: position, end: position }, newText: '  ' }],
    );
  });
  it('formats the text that the client has, whatever the disk says', async () => {
    const { server, path, textDocument } = await open();
    const changed = '<policies>\n<inbound/>\n</policies>';
    server.replaceText(path, 2, changed);
    const edits = await server.request<TextEdit[]>('textDocument/formatting', { textDocument, options: blanks });
    assert.equal(apply(edits, changed), '<policies>\n  <inbound />\n</policies>');
  });
  it('has no edits for what is not open, is no policy, or is laid out already', async () => {
    const { server, service, path, textDocument } = await open();
    const format = (uri: string) =>
      server.request<TextEdit[]>('textDocument/formatting', { textDocument: { uri }, options: blanks });
    assert.deepEqual(await format(uriOf(service.path('apis/a/policy.xml'))), []);
    const other = service.write('other.xml', '<a>\n<b/></a>');
    server.open(other, '<a>\n<b/></a>', 'xml');
    assert.deepEqual(await format(uriOf(other)), []);
    server.replaceText(path, 2, '<policies>\n  <inbound />\n</policies>\n');
    assert.deepEqual(await format(textDocument.uri), []);
  });
});
