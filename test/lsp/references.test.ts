import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import {
  type CompletionItem,
  type DefinitionLink,
  type DocumentLink,
  ErrorCodes,
  type Location,
  type SymbolInformation,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { createLineIndex } from '../../server/src/core';
import { readMarkers } from '../support/markers';
import { cursorAfter, namesService } from '../support/references';
import { languageServers, uriOf } from './languageServerProcess';
import { positionIn, temporaryServices } from './temporaryService';
import { textAfter } from './workspaceEdits';

const orders = 'apis/orders/policy.xml';
const renames = { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['rename' as const] } } };

describe('language server: names across files', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();

  /** Opens the file behind whose piece of text the cursor stands. */
  async function openAt(file: string, piece: string, capabilities = {}) {
    const service = services.create(namesService);
    const server = await servers.start({
      diagnostics: 'pull',
      folders: [service.folder],
      capabilities,
      initializationOptions: { wantsWorkspaceChanged: true },
    });
    const { text, cursors } = readMarkers(cursorAfter(namesService, file, piece)[file] ?? '');
    const path = service.path(file);
    server.open(path, text, 'apim-policy', 7);
    const position = createLineIndex(text).positionAt(cursors[0] ?? -1);
    return { server, service, params: { textDocument: { uri: uriOf(path) }, position } };
  }
  const inService = (folder: string, uri: string): string => fileURLToPath(uri).slice(folder.length + 1);

  it('go to the definition, as places or as links', async () => {
    const { server, service, params } = await openAt(orders, 'fragment-id="lo');
    const range = { start: { line: 0, character: 1 }, end: { line: 0, character: 9 } };
    const uri = uriOf(service.path('policy fragments/log/policy.xml'));
    assert.deepEqual(await server.request('textDocument/definition', params), [{ uri, range }]);

    const linked = await openAt(orders, '{{orders', { textDocument: { definition: { linkSupport: true } } });
    const [link, ...others] = await linked.server.request<DefinitionLink[]>('textDocument/definition', linked.params);
    assert.deepEqual(others, []);
    assert.equal(
      inService(linked.service.folder, link?.targetUri ?? ''),
      'named values/nv2/namedValueInformation.json',
    );
    assert.deepEqual(link?.originSelectionRange, {
      start: { line: 5, character: 38 },
      end: { line: 5, character: 48 },
    });
  });
  it('go from <base /> to the section of each product', async () => {
    const { server, service, params } = await openAt(orders, '<ba');
    const found = await server.request<Location[]>('textDocument/definition', params);
    assert.deepEqual(
      found.map(({ uri }) => inService(service.folder, uri)),
      ['policy.xml', 'products/gold/policy.xml', 'products/starter/policy.xml'],
    );
  });
  it('answer null where nothing has a name', async () => {
    const { server, params } = await openAt(orders, '<set-back');
    assert.equal(await server.request('textDocument/definition', params), null);
    const context = { includeDeclaration: true };
    assert.equal(await server.request('textDocument/references', { ...params, context }), null);
  });
  it('find references, with the declaration where it is wanted', async () => {
    const { server, service, params } = await openAt(orders, 'backend-id="or');
    const find = async (includeDeclaration: boolean) => {
      const found = await server.request<Location[]>('textDocument/references', {
        ...params,
        context: { includeDeclaration },
      });
      return found.map(({ uri }) => inService(service.folder, uri));
    };
    const uses = ['apis/billing/policy.xml', orders, 'backends/pool/backendInformation.json'];
    assert.deepEqual(await find(false), uses);
    assert.deepEqual(await find(true), ['backends/orders/backendInformation.json', ...uses]);
  });
  it('find what has changed on the disk and in the editor', async () => {
    const { server, service, params } = await openAt(orders, 'fragment-id="lo');
    const count = async () => {
      const context = { includeDeclaration: false };
      return (await server.request<Location[]>('textDocument/references', { ...params, context })).length;
    };
    assert.equal(await count(), 2);
    const changes = () => server.notifications.filter((method) => method === 'apimPolicy/workspaceChanged').length;
    await server.until('the workspace', () => changes() > 0 || undefined);
    const before = changes();
    server.watched([service.write('apis/new/policy.xml', namesService['policy.xml'] ?? ''), 1]);
    await server.until('the new file', () => changes() > before || undefined);
    assert.equal(await count(), 3);
    server.open(service.path('policy.xml'), '<policies />');
    assert.equal(await count(), 2);
  });
  it('say in a hover what the name stands for, and never a secret’s value', async () => {
    const { server, params, service } = await openAt(orders, '{{orders-k');
    const hover = await server.request<{ contents: { value: string } }>('textDocument/hover', params);
    const definition = uriOf(service.path('named values/nv2/namedValueInformation.json'));
    assert.equal(
      hover.contents.value,
      [
        '**Named value `orders-key`**',
        'The named value \\{\\{orders-key\\}\\} is a secret.',
        `Defined in [named values/nv2/namedValueInformation.json](${definition}#L1,35)`,
        'Used twice, in 2 files',
      ].join('\n\n'),
    );
  });
  it('link names to their files', async () => {
    const { server, params, service } = await openAt(orders, '<ba');
    const links = await server.request<DocumentLink[]>('textDocument/documentLink', params);
    assert.deepEqual(
      links.map(
        ({ target, tooltip }) =>
          `${tooltip}: ${inService(service.folder, (target ?? '').replace(/#.*/, ''))} ${/#.*/.exec(target ?? '')?.[0]}`,
      ),
      [
        'backend orders: backends/orders/backendInformation.json #L1,1',
        'named value orders-key: named values/nv2/namedValueInformation.json #L1,35',
        'policy fragment log: policy fragments/log/policy.xml #L1,2',
      ],
    );
  });
  it('are symbols of the workspace', async () => {
    const { server, service } = await openAt(orders, '<ba');
    const find = async (query: string) => {
      const found = await server.request<SymbolInformation[]>('workspace/symbol', { query });
      return found.map(({ name, location }) => `${name}: ${inService(service.folder, location.uri)}`);
    };
    assert.deepEqual(await find('orders'), [
      'API orders: apis/orders/policy.xml',
      'backend orders: backends/orders/backendInformation.json',
      'named value orders-key: named values/nv2/namedValueInformation.json',
      'named value orders-url: named values/nv1/namedValueInformation.json',
    ]);
    assert.deepEqual(await find('fraglog'), ['policy fragment log: policy fragments/log/policy.xml']);
    assert.equal((await find('')).length, 12);
  });
  it('complete, replacing the whole value', async () => {
    const { server, params } = await openAt(orders, 'fragment-id="lo');
    const items = await server.request<CompletionItem[]>('textDocument/completion', params);
    const range = { start: { line: 7, character: 35 }, end: { line: 7, character: 38 } };
    assert.deepEqual(items[0], {
      label: 'log',
      kind: 9,
      detail: 'policy fragment · policy fragments/log/policy.xml',
      sortText: '00000',
      textEdit: { range, newText: 'log' },
    });
  });

  describe('rename', () => {
    it('changes open and closed files, then moves the folder', async () => {
      const { server, service, params } = await openAt(orders, 'fragment-id="lo', renames);
      const edit = await server.request<WorkspaceEdit>('textDocument/rename', { ...params, newName: 'audit' });
      const [first, second, moved, ...others] = edit.documentChanges ?? [];
      assert.deepEqual(others, []);
      assert.deepEqual((first as TextDocumentEdit).textDocument, { uri: uriOf(service.path(orders)), version: 7 });
      assert.deepEqual((second as TextDocumentEdit).textDocument, {
        uri: uriOf(service.path('policy.xml')),
        version: null,
      });
      const text = namesService['policy.xml'] ?? '';
      assert.equal(textAfter(text, (second as TextDocumentEdit).edits as never), text.replace('"Log"', '"audit"'));
      const folder = (id: string) => uriOf(service.path(`policy fragments/${id}`));
      assert.deepEqual(moved, { kind: 'rename', oldUri: folder('log'), newUri: folder('audit') });
    });
    it('rests on what the disk holds now', async () => {
      const { server, service, params } = await openAt(orders, 'fragment-id="lo', renames);
      await server.request('textDocument/prepareRename', params);
      service.write('policy.xml', `\n\n${namesService['policy.xml']}`);
      const edit = await server.request<WorkspaceEdit>('textDocument/rename', { ...params, newName: 'audit' });
      const changes = edit.documentChanges as TextDocumentEdit[];
      assert.equal(changes[1]?.edits[0]?.range.start.line, 5);
    });
    it('of what has a folder is refused where the client moves no files, with what to do', async () => {
      const { server, params } = await openAt(orders, 'fragment-id="lo');
      await assert.rejects(server.request('textDocument/rename', { ...params, newName: 'audit' }), {
        code: ErrorCodes.InvalidParams,
        message:
          /this editor cannot rename folders.*Rename the folder to .*policy fragments\/audit, and write the new name/,
      });
    });
    it('of a named value needs no folder', async () => {
      const { server, params } = await openAt(orders, '{{orders-k');
      const edit = await server.request<WorkspaceEdit>('textDocument/rename', { ...params, newName: 'key' });
      assert.equal(edit.documentChanges?.length, 3);
    });
    it('shows the name alone', async () => {
      const { server, params } = await openAt(orders, '{{');
      const start = positionIn(namesService[orders] ?? '', '{{orders-key}}');
      assert.deepEqual(await server.request('textDocument/prepareRename', params), {
        range: {
          start: { line: start.line, character: start.character + 1 },
          end: { line: start.line, character: start.character + 11 },
        },
        placeholder: 'orders-key',
      });
    });
    it('says why a name cannot be', async () => {
      const { server, params } = await openAt(orders, 'fragment-id="lo', renames);
      await assert.rejects(server.request('textDocument/rename', { ...params, newName: 'stored' }), {
        code: ErrorCodes.InvalidParams,
        message: /^There is a policy fragment stored already/,
      });
    });
  });

  it('follow a folder that the client is about to rename', async () => {
    const { server, service } = await openAt(orders, 'fragment-id="lo', renames);
    const willRename = async (from: string, to: string): Promise<readonly string[] | null> => {
      const files = [{ oldUri: uriOf(service.path(from)), newUri: uriOf(service.path(to)) }];
      const edit = await server.request<WorkspaceEdit | null>('workspace/willRenameFiles', { files });
      const texts = edit?.documentChanges as readonly TextDocumentEdit[] | undefined;
      return (
        texts?.map(({ textDocument, edits }) => {
          const file = inService(service.folder, textDocument.uri);
          return `${file} (${textDocument.version}): ${/trace[\w-]*|orders-v2/.exec(textAfter(namesService[file] ?? '', edits as never))}`;
        }) ?? null
      );
    };
    assert.deepEqual(await willRename('policy fragments/log', 'policy fragments/trace-id'), [
      `${orders} (7): trace-id`,
      'policy.xml (null): trace-id',
    ]);
    assert.deepEqual(await willRename('backends/orders', 'backends/orders-v2'), [
      'apis/billing/policy.xml (null): orders-v2',
      `${orders} (7): orders-v2`,
      'backends/pool/backendInformation.json (null): orders-v2',
    ]);
    // Elsewhere, to a name that is taken or cannot be, of what nobody names by its folder, of what is no such folder.
    for (const [from, to] of [
      ['policy fragments/log', 'old/log'],
      ['policy fragments/log', 'policy fragments/stored'],
      ['policy fragments/log', 'policy fragments/a b'],
      ['named values/nv1', 'named values/nv3'],
      ['apis/orders', 'apis/orders-v2'],
      ['policy fragments', 'fragments'],
    ] as const) {
      assert.equal(await willRename(from, to), null, `${from} to ${to}`);
    }
  });

  describe('of a folder that our own rename moves', () => {
    const log = 'policy fragments/log';

    /** A rename of the fragment `log` was answered, and perhaps a client did what it says to the open document. */
    async function renamed(newName: string, isApplied: boolean) {
      const { server, service, params } = await openAt(orders, 'fragment-id="lo', renames);
      const edit = await server.request<WorkspaceEdit>('textDocument/rename', { ...params, newName });
      const [own] = edit.documentChanges as readonly TextDocumentEdit[];
      const text = textAfter(namesService[orders] ?? '', own?.edits as never);
      const path = service.path(orders);
      if (isApplied) server.replaceText(path, 8, text);
      const willRename = async (to: string): Promise<readonly string[] | null> => {
        const files = [{ oldUri: uriOf(service.path(log)), newUri: uriOf(service.path(to)) }];
        const answer = await server.request<WorkspaceEdit | null>('workspace/willRenameFiles', { files });
        const changes = answer?.documentChanges as readonly TextDocumentEdit[] | undefined;
        return changes?.map(({ textDocument }) => inService(service.folder, textDocument.uri)) ?? null;
      };
      return { server, path, willRename };
    }

    it('change nothing more: the rename brings its texts itself', async () => {
      const { willRename } = await renamed('trace-id', true);
      assert.equal(await willRename('policy fragments/trace-id'), null);
    });
    it('change nothing more where the case of the name alone is another', async () => {
      const { willRename } = await renamed('LOG', true);
      assert.equal(await willRename('policy fragments/LOG'), null);
    });
    it('change where another folder is what it becomes', async () => {
      const { willRename } = await renamed('trace-id', false);
      assert.deepEqual(await willRename('policy fragments/trace-other'), [orders, 'policy.xml']);
    });
    it('change nothing more where the client has yet to tell of the texts, as VS Code does', async () => {
      const { willRename } = await renamed('trace-id', false);
      assert.equal(await willRename('policy fragments/trace-id'), null);
      assert.deepEqual(await willRename('policy fragments/trace-id'), [orders, 'policy.xml']);
    });
    it('change where something else was typed after the rename was discarded', async () => {
      const { server, path, willRename } = await renamed('trace-id', false);
      server.replaceText(path, 8, `${namesService[orders]}<!-- later -->`);
      assert.deepEqual(await willRename('policy fragments/trace-id'), [orders, 'policy.xml']);
    });
    it('change where the document of the discarded rename is closed', async () => {
      const { server, path, willRename } = await renamed('trace-id', false);
      server.close(path);
      assert.deepEqual(await willRename('policy fragments/trace-id'), [orders, 'policy.xml']);
    });
  });
});
