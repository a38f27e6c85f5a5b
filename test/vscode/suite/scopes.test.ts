/** The view "Policy Scopes", and choosing a scope by hand. What is drawn is the subject of a picture, not of this file. */
import { strict as assert } from 'node:assert';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commands, Uri, window } from 'vscode';
import { openInEditor } from './support/extension';
import { freshSample, openedSample } from './support/samples';
import { untilDeadline } from './support/untilDeadline';

const activePath = () => window.activeTextEditor?.document.uri.fsPath;

describe('policy scopes', () => {
  it('shows the line of the active file, and opens the file of a line', async () => {
    const { ordersPolicy } = openedSample();
    await openInEditor(ordersPolicy);
    await commands.executeCommand('apimPolicy.revealInScopes');
    // The line is selected now, so commands without a line are about it.
    await commands.executeCommand('apimPolicy.openScopeSpecification');
    await untilDeadline(
      'the specification of the selected line',
      activePath,
      (path) => path === join(ordersPolicy.fsPath, '..', 'specification.yaml'),
    );
    await commands.executeCommand('apimPolicy.openScopePolicy');
    await untilDeadline('the policy of the selected line', activePath, (path) => path === ordersPolicy.fsPath);
    await commands.executeCommand('apimPolicy.refreshScopes');
    await commands.executeCommand('apimPolicy.revealInScopes');
    await commands.executeCommand('apimPolicy.openScopeInformation');
    await untilDeadline(
      'the information file of the selected line, after a refresh',
      activePath,
      (path) => path === join(ordersPolicy.fsPath, '..', 'apiInformation.json'),
    );
  });

  it('writes the scope that was chosen into the project file, where it counts at once', async () => {
    const { folder } = await freshSample('chosen-scope');
    const draft = Uri.file(join(folder.fsPath, 'drafts', 'orders.xml'));
    await mkdir(join(folder.fsPath, 'drafts'));
    await writeFile(draft.fsPath, '<policies>\n  <inbound>\n    <base />\n  </inbound>\n</policies>\n');
    await openInEditor(draft);
    const projectFile = join(folder.fsPath, 'apim-policy.config.json');
    const before = JSON.parse(await readFile(projectFile, 'utf8'));

    const choice = { scope: 'product', product: 'partners' };
    await commands.executeCommand('apimPolicy.chooseScope', draft, choice, 'projectFile');
    assert.deepEqual(JSON.parse(await readFile(projectFile, 'utf8')), {
      ...before,
      scopes: [{ glob: 'drafts/orders.xml', ...choice }],
    });
    // The tree has a line for it now: of the product, and no longer of a file without a scope.
    await untilDeadline(
      'the policy of the line of the product',
      async () => {
        await window.showTextDocument(draft);
        await commands.executeCommand('apimPolicy.revealInScopes');
        await commands.executeCommand('apimPolicy.openScopePolicy');
        return activePath();
      },
      (path) => path === draft.fsPath,
    );
  });

  it('writes it into the policy, and takes it back with one undo', async () => {
    const { ordersPolicy } = await freshSample('commented-scope');
    const document = await openInEditor(ordersPolicy);
    const before = document.getText();
    const choice = { scope: 'api', api: 'orders' };
    await commands.executeCommand('apimPolicy.chooseScope', ordersPolicy, choice, 'comment');
    assert.equal(document.lineAt(0).text, '<!-- apim: scope=api api=orders -->');
    await commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });
});
