import assert from 'node:assert/strict';
import {
  CodeActionTriggerKind,
  ErrorCodes,
  LSPErrorCodes,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { languageServers, uriOf } from './languageServerProcess';
import { positionIn, rangeOf, temporaryServices } from './temporaryService';
import { documentEdits, textAfter } from './workspaceEdits';

const raw = `<policies>
  <inbound>
    <set-variable name="a" value="@(b("c") && d)" />
    <set-header name="e">
    </set-header>
    <set-body>@(f < 1)</set-body>
  </inbound>
</policies>`;
const escapedVariable = '@(b(&quot;c&quot;) &amp;&amp; d)';
const escaped = raw.replace('@(b("c") && d)', escapedVariable).replace('f < 1', 'f &lt; 1');

describe('language server: editing', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();

  async function openPolicy(text: string, diagnostics: 'pull' | 'push' = 'pull') {
    const service = services.create({ 'policy.xml': text });
    const server = await servers.start({ diagnostics, folders: [service.folder] });
    const path = service.path('policy.xml');
    server.open(path, text, 'apim-policy', 3);
    return { server, path, textDocument: { uri: uriOf(path) } };
  }

  describe('conversion', () => {
    const refactorings = { only: ['refactor'] };
    it('is offered for the expression at the range and for the document, with the whole edit and its version', async () => {
      const { server, path } = await openPolicy(raw);
      const actions = await server.codeActions(path, rangeOf(raw, 'd)"'), refactorings);
      const [one, all] = actions;
      assert.deepEqual(
        actions.map(({ title, kind }) => `${kind}: ${title}`),
        [
          'refactor.rewrite: Convert this expression to escaped XML',
          'refactor.rewrite: Convert all expressions of this document to escaped XML',
        ],
      );
      assert.ok(one && all);
      assert.deepEqual(documentEdits(all)[0]?.textDocument, { uri: uriOf(path), version: 3 });
      assert.equal(textAfter(raw, documentEdits(all)[0]?.edits as TextEdit[]), escaped);
      assert.equal(
        textAfter(raw, documentEdits(one)[0]?.edits as TextEdit[]),
        raw.replace('@(b("c") && d)', escapedVariable),
      );
    });
    it('goes back to raw C#', async () => {
      const { server, path } = await openPolicy(escaped);
      const actions = await server.codeActions(path, rangeOf(escaped, '<inbound>'), refactorings);
      assert.deepEqual(
        actions.map(({ title }) => title),
        ['Convert all expressions of this document to raw C#'],
      );
      assert.equal(textAfter(escaped, documentEdits(actions[0] as never)[0]?.edits as TextEdit[]), raw);
    });
    it('says in the title how many expressions stay as they are', async () => {
      const text = raw.replace('f < 1', 'f("&amp;amp;") < 1');
      const { server, path } = await openPolicy(text);
      const actions = await server.codeActions(path, rangeOf(text, '<inbound>'), refactorings);
      assert.deepEqual(
        actions.map(({ title }) => title),
        ['Convert all expressions of this document to escaped XML (1 stays as it is)'],
      );
    });
    it('puts up no light bulb away from expressions, unless refactorings are asked for', async () => {
      const { server, path } = await openPolicy(raw);
      assert.deepEqual(await server.codeActions(path, rangeOf(raw, '<inbound>')), []);
      assert.equal((await server.codeActions(path, rangeOf(raw, 'd)"'))).length, 2);
      assert.equal(
        (await server.codeActions(path, rangeOf(raw, '<inbound>'), { only: ['refactor.rewrite'] })).length,
        1,
      );
      assert.deepEqual(await server.codeActions(path, rangeOf(raw, 'd)"'), { only: ['refactor.extract'] }), []);
      assert.deepEqual(await server.codeActions(path, rangeOf(raw, 'd)"'), { only: ['quickfix'] }), []);
    });
    it('puts up none while the cursor moves', async () => {
      const { server, path } = await openPolicy(raw);
      const place = rangeOf(raw, 'd)"');
      const { Automatic, Invoked } = CodeActionTriggerKind;
      assert.deepEqual(await server.codeActions(path, place, { triggerKind: Automatic }), []);
      assert.equal((await server.codeActions(path, place, { triggerKind: Invoked })).length, 2);
    });
    it('is answered as one request for our client', async () => {
      const { server, textDocument } = await openPolicy(raw);
      const answer = await server.request<{ edit: WorkspaceEdit; changedCount: number; kept: unknown[] }>(
        'apimPolicy/convertFormat',
        { ...textDocument, to: 'xml' },
      );
      assert.deepEqual([answer.changedCount, answer.kept], [2, []]);
      assert.equal(
        textAfter(raw, documentEdits({ title: 'convert', edit: answer.edit })[0]?.edits as TextEdit[]),
        escaped,
      );
      assert.equal(await server.request('apimPolicy/convertFormat', { uri: 'file:///none.xml', to: 'xml' }), null);
    });
  });

  describe('rename', () => {
    it('changes both names of a tag pair, at the document’s version', async () => {
      const { server, path, textDocument } = await openPolicy(raw);
      const position = positionIn(raw, 'set-header>');
      assert.deepEqual(await server.request('textDocument/prepareRename', { textDocument, position }), {
        range: { start: { line: 4, character: 6 }, end: { line: 4, character: 16 } },
        placeholder: 'set-header',
      });
      const edit = await server.request<WorkspaceEdit>('textDocument/rename', { textDocument, position, newName: 'g' });
      assert.deepEqual(documentEdits({ title: 'rename', edit })[0]?.textDocument, { uri: uriOf(path), version: 3 });
      assert.equal(
        textAfter(raw, documentEdits({ title: 'rename', edit })[0]?.edits as TextEdit[]),
        raw.replaceAll('set-header', 'g'),
      );
    });
    it('refuses a name that cannot be, and says why', async () => {
      const { server, textDocument } = await openPolicy(raw);
      const params = { textDocument, position: positionIn(raw, 'set-header name'), newName: 'no good' };
      await assert.rejects(server.request('textDocument/rename', params), {
        code: ErrorCodes.InvalidParams,
        message: /"no good" cannot be the name of an element/,
      });
    });
    it('has nothing to rename elsewhere', async () => {
      const { server, textDocument } = await openPolicy(raw);
      for (const place of ['name="a"', 'd)"', 'set-variable']) {
        const position = positionIn(raw, place);
        await assert.rejects(server.request('textDocument/prepareRename', { textDocument, position }), {
          message:
            'Nothing here can be renamed. What can: the name of an element that has an end tag, fragments, named values, backends, loggers and policy variables.',
        });
        assert.equal(await server.request('textDocument/rename', { textDocument, position, newName: 'g' }), null);
      }
    });
  });

  describe('closing tag', () => {
    const typed = raw.replace('\n    </set-header>', '');
    const position = (text: string, before: string) => {
      const { line, character } = positionIn(text, before);
      return { line, character: character + before.length };
    };
    it('is what is missing behind the start tag', async () => {
      const { server, textDocument } = await openPolicy(typed);
      const params = { ...textDocument, version: 3, position: position(typed, '"e">') };
      assert.deepEqual(await server.request('apimPolicy/closingTag', params), {
        text: '</set-header>',
        cursor: 'before',
      });
    });
    it('is nothing where the element is closed', async () => {
      const { server, textDocument } = await openPolicy(raw);
      const params = { ...textDocument, version: 3, position: position(raw, '"e">') };
      assert.equal(await server.request('apimPolicy/closingTag', params), null);
    });
    it('is refused for another version of the document', async () => {
      const { server, textDocument } = await openPolicy(typed);
      const params = { ...textDocument, version: 2, position: position(typed, '"e">') };
      await assert.rejects(server.request('apimPolicy/closingTag', params), { code: LSPErrorCodes.ContentModified });
    });
  });
});
