/** Names lead from file to file, and are renamed in all of them. */
import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CompletionList,
  commands,
  type DocumentLink,
  type Location,
  type LocationLink,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import { openInEditor } from './support/extension';
import { freshSample, openedSample, type SampleService } from './support/samples';
import { untilDeadline } from './support/untilDeadline';

const inclusion = '<include-fragment fragment-id="correlation-id" />';

describe('names across files', () => {
  it('lead from <base />, a fragment and a named value to their definitions', async () => {
    const sample = openedSample();
    const orders = await openInEditor(sample.ordersPolicy);
    const parents = await untilDeadline(
      'the parents',
      () => definitions(orders, '<base', sample),
      (found) => found.length > 0,
    );
    assert.deepEqual(parents, ['policy.xml', 'products/starter/policy.xml']);
    assert.deepEqual(await definitions(orders, '{{orders-backend', sample), [
      'named values/orders-backend-url/namedValueInformation.json',
    ]);
    const global = await openInEditor(sample.globalPolicy);
    assert.deepEqual(await definitions(global, 'fragment-id="corr', sample), [
      'policy fragments/correlation-id/policy.xml',
    ]);
  });
  it('are links', async () => {
    const global = await openInEditor(openedSample().globalPolicy);
    const links = await untilDeadline(
      'the link of the fragment',
      () => commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', global.uri, 100),
      (found) => found.some(({ target }) => target?.path.endsWith('/correlation-id/policy.xml')),
    );
    assert.ok(links.some(({ target }) => target?.path.endsWith('/calls-per-minute/namedValueInformation.json')));
  });
  it('are offered where they can stand', async () => {
    const global = await openInEditor(openedSample().globalPolicy);
    const position = global.positionAt(global.getText().indexOf('fragment-id="') + 'fragment-id="'.length);
    const list = await untilDeadline(
      'the fragment',
      () => commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', global.uri, position, '"'),
      ({ items }) => items.some(({ label }) => label === 'correlation-id'),
    );
    assert.equal(
      list.items.find(({ label }) => label === 'correlation-id')?.detail,
      'policy fragment · policy fragments/correlation-id/policy.xml',
    );
  });
  it('rename a fragment in every file, with its folder', async () => {
    const sample = await freshSample('renamed-fragment');
    const global = await openInEditor(sample.globalPolicy);
    const position = global.positionAt(global.getText().indexOf('correlation-id" />'));
    await untilDeadline(
      'both inclusions, and the definition, in files that were copied a moment ago',
      () => commands.executeCommand<Location[]>('vscode.executeReferenceProvider', global.uri, position),
      (found) => found.length === 3,
    );
    const edit = await commands.executeCommand<WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      global.uri,
      position,
      'trace-id',
    );
    assert.ok(await workspace.applyEdit(edit));
    // "Save all" passes over documents that no editor shows.
    const edited = workspace.textDocuments.filter(({ uri }) => uri.path.startsWith(`${sample.folder.path}/`));
    for (const document of edited) assert.ok(await document.save());
    const text = async (path: string): Promise<string> => readFile(join(sample.folder.fsPath, path), 'utf8');
    for (const path of ['policy.xml', 'apis/quotes-passthrough/policy.xml']) {
      assert.ok((await text(path)).includes(inclusion.replace('correlation-id', 'trace-id')), path);
    }
    assert.match(await text('policy fragments/trace-id/policy.xml'), /<fragment>/);
    assert.equal(existsSync(join(sample.folder.fsPath, 'policy fragments', 'correlation-id')), false);
    await untilDeadline(
      'the definition at its new place',
      () => definitions(global, 'fragment-id="trace', sample),
      ([found]) => found === 'policy fragments/trace-id/policy.xml',
    );
  });
  it('follow a folder that is renamed in the Explorer', async () => {
    const { folder, globalPolicy } = await freshSample('renamed-in-explorer');
    const global = await openInEditor(globalPolicy);
    const position = global.positionAt(global.getText().indexOf('correlation-id" />'));
    await untilDeadline(
      'both inclusions, and the definition',
      () => commands.executeCommand<Location[]>('vscode.executeReferenceProvider', global.uri, position),
      (found) => found.length === 3,
    );
    // What the Explorer does, but for the question whether the extension may change other files.
    const renaming = new WorkspaceEdit();
    const fragments = Uri.joinPath(folder, 'policy fragments');
    renaming.renameFile(Uri.joinPath(fragments, 'correlation-id'), Uri.joinPath(fragments, 'trace-id'));
    assert.ok(await workspace.applyEdit(renaming));
    const includes = (document: TextDocument): boolean =>
      document.getText().includes(inclusion.replace('correlation-id', 'trace-id'));
    await untilDeadline(
      'both inclusions with the new name',
      () => workspace.textDocuments.filter(({ uri }) => uri.path.startsWith(`${folder.path}/`)).filter(includes).length,
      (count) => count === 2,
    );
    assert.ok(existsSync(join(folder.fsPath, 'policy fragments', 'trace-id', 'policy.xml')));
    // A document is another object once its language is known; without a save, later tests would meet it.
    await untilDeadline(
      'both to be saved',
      async () => {
        for (const { uri } of workspace.textDocuments.filter(includes)) await workspace.save(uri);
        return workspace.textDocuments.filter((document) => document.isDirty && includes(document)).length;
      },
      (left) => left === 0,
    );
  });
});

/** Where VS Code goes from behind a piece of text, below the sample's folder. */
async function definitions(document: TextDocument, piece: string, sample: SampleService): Promise<readonly string[]> {
  const start = document.getText().indexOf(piece);
  assert.ok(start >= 0, `${piece} in ${document.uri.path}`);
  const found = await commands.executeCommand<(Location | LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    document.uri,
    document.positionAt(start + piece.length),
  );
  const uris = found.map((place) => ('targetUri' in place ? place.targetUri : place.uri));
  return uris.map((uri) => Uri.file(uri.path).path.slice(sample.folder.path.length + 1)).sort();
}
