/** The effective policy as a document: beside the file, live, with the way back to where each line comes from. */
import { strict as assert } from 'node:assert';
import {
  type CodeLens,
  commands,
  type DocumentLink,
  type LocationLink,
  languages,
  type Position,
  Selection,
  TabInputTextDiff,
  type TextDocument,
  type Uri,
  ViewColumn,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { openInEditor, policyLanguage } from './support/extension';
import { freshSample, openedSample } from './support/samples';
import { untilDeadline } from './support/untilDeadline';

const scheme = 'apim-policy-effective';

/** The code lens with this title. The products of a new folder may be seen only after its policies. */
async function lensOf(uri: Uri, title: string): Promise<CodeLens> {
  const lenses = await untilDeadline(
    `the code lens "${title}"`,
    async () => (await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri)) ?? [],
    (seen) => seen.some(({ command }) => command?.title === title),
  );
  return lenses.find(({ command }) => command?.title === title) as CodeLens;
}

/** Opens the effective policy as a click on its lens does. */
async function openEffectivePolicy(uri: Uri, title: string): Promise<TextDocument> {
  const { command } = await lensOf(uri, title);
  await commands.executeCommand(command?.command ?? '', ...(command?.arguments ?? []));
  const editor = window.activeTextEditor;
  assert.equal(editor?.document.uri.scheme, scheme);
  return editor.document;
}

function positionOf(document: TextDocument, text: string): Position {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `no ${text} in:\n${document.getText()}`);
  return document.positionAt(offset);
}

async function originOf(document: TextDocument, position: Position): Promise<LocationLink | undefined> {
  const found = await commands.executeCommand<LocationLink[]>(
    'vscode.executeDefinitionProvider',
    document.uri,
    position,
  );
  return found[0];
}

describe('effective policy', () => {
  it('opens beside the file by its code lens, coloured as a policy and without findings', async () => {
    const { ordersPolicy } = openedSample();
    await openInEditor(ordersPolicy);
    const document = await openEffectivePolicy(ordersPolicy, 'in product starter');
    assert.equal(window.activeTextEditor?.viewColumn, ViewColumn.Two);
    assert.equal(document.languageId, policyLanguage);
    assert.match(document.uri.path, /\/apis\/orders\/API orders in starter \(effective\)\.policy\.xml$/);
    assert.match(document.getText(), /Effective policy of API orders, in product starter/);
    assert.match(document.getText(), /<quota calls="10000"/);
    assert.deepEqual(languages.getDiagnostics(document.uri), []);
    await openEffectivePolicy(ordersPolicy, 'in product starter');
    assert.equal(window.visibleTextEditors.filter((editor) => editor.document === document).length, 1);
  });

  it('follows edits of the global policy that are not saved', async () => {
    const { ordersPolicy, globalPolicy } = await freshSample('effective-live');
    await openInEditor(ordersPolicy);
    const document = await openEffectivePolicy(ordersPolicy, 'Effective policy without a product');
    assert.match(document.getText(), /<forward-request timeout="30" \/>/);
    const global = await workspace.openTextDocument(globalPolicy);
    const edit = new WorkspaceEdit();
    edit.insert(globalPolicy, positionOf(global, '<forward-request'), '<trace source="edited" />\n    ');
    await workspace.applyEdit(edit);
    await untilDeadline(
      'the edit in the effective policy',
      () => document.getText(),
      (text) => text.includes('<trace source="edited" />\n    <forward-request'),
    );
    assert.equal(global.isDirty, true);
    await commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('leads to the very place that a line comes from, and links the files by their names', async () => {
    const { ordersPolicy, globalPolicy } = openedSample();
    await openInEditor(ordersPolicy);
    const document = await openEffectivePolicy(ordersPolicy, 'Effective policy without a product');
    const origin = await originOf(document, positionOf(document, 'forward-request'));
    assert.equal(origin?.targetUri.fsPath, globalPolicy.fsPath);
    const global = await workspace.openTextDocument(globalPolicy);
    assert.deepEqual(origin?.targetRange.start, positionOf(global, 'forward-request'));

    const editor = window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new Selection(positionOf(document, 'forward-request'), positionOf(document, 'forward-request'));
    await commands.executeCommand('editor.action.revealDefinition');
    assert.equal(window.activeTextEditor?.document.uri.fsPath, globalPolicy.fsPath);
    assert.deepEqual(window.activeTextEditor?.selection.active, positionOf(global, 'forward-request'));

    const links = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', document.uri);
    const names = links.map(
      ({ range, target }) => `${document.getText(range)} ${target?.path.endsWith('/policy.xml')}`,
    );
    assert.ok(names.includes('policy.xml true') && names.includes('apis/orders/policy.xml true'), names.join('\n'));
  });

  it('compares a scope with its parent, and one product with another', async () => {
    const { ordersPolicy } = openedSample();
    const productPolicy = ordersPolicy.with({ path: ordersPolicy.path.replace('apis/orders', 'products/starter') });
    await openInEditor(productPolicy);
    await lensOf(productPolicy, 'Effective policy');
    await commands.executeCommand('apimPolicy.compareWithParentScope');
    const ofParent = await shownDiff();
    assert.match(ofParent.left, /Effective policy of global scope\n/);
    assert.match(ofParent.right, /Effective policy of product starter\n/);
    assert.ok(!ofParent.left.includes('<quota') && ofParent.right.includes('<quota'));

    await openInEditor(ordersPolicy);
    await commands.executeCommand('apimPolicy.compareProducts');
    const ofProducts = await shownDiff();
    assert.match(ofProducts.left, /API orders, without a product\n/);
    assert.match(ofProducts.right, /API orders, in product starter\n/);
  });
});

/** The texts of both sides of the diff editor in the active tab. */
async function shownDiff(): Promise<{ readonly left: string; readonly right: string }> {
  const input = await untilDeadline(
    'a diff editor',
    () => window.tabGroups.activeTabGroup.activeTab?.input,
    (shown) => shown instanceof TabInputTextDiff,
  );
  const { original, modified } = input as TabInputTextDiff;
  const textOf = async (uri: Uri) => (await workspace.openTextDocument(uri)).getText();
  return { left: await textOf(original), right: await textOf(modified) };
}
