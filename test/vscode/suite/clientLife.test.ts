import assert from 'node:assert/strict';
import { commands, WorkspaceEdit, workspace } from 'vscode';
import { findingOf, noFindingOf, openInEditor, portalCorsRule } from './support/extension';
import { freshSample, openedSample } from './support/samples';
import { serverProcesses } from './support/serverProcesses';
import { untilDeadline } from './support/untilDeadline';

describe('language server', () => {
  it('brings a server that crashed back, with its findings', async () => {
    const { ordersPolicy, globalPolicy } = await freshSample('crash');
    await openInEditor(ordersPolicy);
    await findingOf(ordersPolicy, portalCorsRule);
    const before = serverProcesses();
    assert.equal(before.length, 1);
    process.kill(before[0] as number, 'SIGKILL');
    await untilDeadline('another server', serverProcesses, (now) => now.length === 1 && now[0] !== before[0]);
    await findingOf(ordersPolicy, portalCorsRule);
    const document = await workspace.openTextDocument(globalPolicy);
    const edit = new WorkspaceEdit();
    edit.insert(
      globalPolicy,
      document.positionAt(document.getText().indexOf('<cors') + 5),
      ' terminate-unmatched-request="false"',
    );
    await workspace.applyEdit(edit);
    await noFindingOf(ordersPolicy, portalCorsRule);
  });

  it('runs one server after a restart by the user', async () => {
    const { ordersPolicy } = openedSample();
    await openInEditor(ordersPolicy);
    const before = serverProcesses();
    await Promise.all([
      commands.executeCommand('apimPolicy.restartServer'),
      commands.executeCommand('apimPolicy.restartServer'),
    ]);
    await untilDeadline('one new server', serverProcesses, (now) => now.length === 1 && now[0] !== before[0]);
    await findingOf(ordersPolicy, portalCorsRule);
  });
});
