/** Editing one file changes what is said about another one that is open. */
import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { commands, Range, WorkspaceEdit, workspace } from 'vscode';
import { findingOf, noFindingOf, openInEditor, portalCorsRule } from './support/extension';
import { freshSample } from './support/samples';

describe('cross-file update', () => {
  it("removes and brings back the API policy's warning while the global policy is edited and not saved", async () => {
    const { ordersPolicy, globalPolicy } = await freshSample('cross-file');
    await openInEditor(ordersPolicy);
    await findingOf(ordersPolicy, portalCorsRule);

    const document = await openInEditor(globalPolicy);
    const text = document.getText();
    const cors = /<cors[\s\S]*?<\/cors>/.exec(text);
    assert.ok(cors, 'the global policy has a cors');
    const edit = new WorkspaceEdit();
    edit.delete(
      globalPolicy,
      new Range(document.positionAt(cors.index), document.positionAt(cors.index + cors[0].length)),
    );
    assert.equal(await workspace.applyEdit(edit), true);
    await noFindingOf(ordersPolicy, portalCorsRule);

    assert.equal(document.isDirty, true, 'the global policy is not saved');
    assert.equal(await readFile(globalPolicy.fsPath, 'utf8'), text, 'the file on disk is as it was');

    await commands.executeCommand('undo');
    assert.equal(document.getText(), text);
    await findingOf(ordersPolicy, portalCorsRule);
  });
});
