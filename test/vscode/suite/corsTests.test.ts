/** CORS tests in VS Code: found, run on texts as they stand in editors, checked and completed by their schema. */
import { strict as assert } from 'node:assert';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type CompletionList, commands, languages, Position, Range, Uri, WorkspaceEdit, workspace } from 'vscode';
import { openInEditor } from './support/extension';
import { freshSample, openedSample } from './support/samples';
import { untilDeadline } from './support/untilDeadline';

interface Ran {
  readonly uri: string;
  readonly results: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly deciding: { uri: string } | null;
  }[];
}

/** The command of the palette, which gives back what the Test Explorer shows. */
async function run(file?: Uri): Promise<readonly Ran[]> {
  return commands.executeCommand<readonly Ran[]>('apimPolicy.runCorsTests', file);
}

async function verdictsOf(file: Uri): Promise<Record<string, string>> {
  const [ran] = await run(file);
  return Object.fromEntries((ran?.results ?? []).map(({ id, verdict }) => [id, verdict]));
}

function labelsOf({ items }: CompletionList): readonly string[] {
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

describe('CORS tests', () => {
  it('of the workspace are found and run', async () => {
    const { folder, globalPolicy } = openedSample();
    const file = Uri.file(join(folder.fsPath, 'cors.cors-tests.json'));
    const all = await run();
    const sample = all.find(({ uri }) => uri === file.toString());
    assert.deepEqual(
      sample?.results.map(({ id, verdict }) => `${id}: ${verdict}`),
      [
        'shop-may-change-orders: failed',
        'portal-may-try-orders: passed',
        'others-may-not-read-orders: passed',
        'back-office-may-remove-items: failed',
        'shop-may-ask-for-quotes: passed',
        'function-answers-quotes: computed',
      ],
    );
    assert.equal(sample?.results[0]?.deciding?.uri, globalPolicy.toString());
  });

  it('are found in files that come and go, whatever stands before the name', async () => {
    const { folder } = await freshSample('found-cors');
    const inline = { policies: { api: '<policies><inbound /></policies>' }, request: { method: 'GET' } };
    const files = ['cors-tests.json', 'a.b.cors-tests.json', 'node_modules/x/cors-tests.json', 'xcors-tests.json'];
    for (const file of files) {
      const path = join(folder.fsPath, 'found', file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, JSON.stringify([{ id: 'a', ...inline }]));
    }
    const found = async (): Promise<readonly string[]> =>
      (await run()).flatMap(({ uri }) => uri.split('/found-cors/found/')[1] ?? []).sort();
    const wanted = JSON.stringify(['a.b.cors-tests.json', 'cors-tests.json']);
    await untilDeadline('both files', found, (seen) => JSON.stringify(seen) === wanted);
    await rm(join(folder.fsPath, 'found', 'cors-tests.json'));
    await untilDeadline('one file', found, (seen) => JSON.stringify(seen) === '["a.b.cors-tests.json"]');
  });

  it('count policies and tests as they stand in editors', async () => {
    const { folder, globalPolicy } = await freshSample('unsaved-cors');
    const file = Uri.file(join(folder.fsPath, 'cors.cors-tests.json'));
    await untilDeadline(
      'the new sample to be read',
      () => verdictsOf(file),
      (seen) => seen['shop-may-change-orders'] === 'failed',
    );
    const document = await openInEditor(globalPolicy);
    const edit = new WorkspaceEdit();
    const at = document.positionAt(document.getText().indexOf('<cors allow') + '<cors'.length);
    edit.insert(globalPolicy, at, ' terminate-unmatched-request="false"');
    await workspace.applyEdit(edit);
    assert.equal(document.isDirty, true);
    await untilDeadline(
      'the case to pass with the unsaved policy',
      () => verdictsOf(file),
      (seen) => seen['shop-may-change-orders'] === 'passed',
    );

    const tests = await openInEditor(file);
    const changed = new WorkspaceEdit();
    const text = tests
      .getText()
      .replace('"browser": "allowed", "headersInclude"', '"browser": "blocked", "headersInclude"');
    changed.replace(file, new Range(new Position(0, 0), tests.positionAt(tests.getText().length)), text);
    await workspace.applyEdit(changed);
    assert.equal((await verdictsOf(file))['shop-may-change-orders'], 'failed');
    await commands.executeCommand('workbench.action.files.revert');
  });

  it('are checked and completed by their schema', async () => {
    const { folder } = await freshSample('cors-schema');
    const file = Uri.file(join(folder.fsPath, 'wrong.cors-tests.json'));
    const text =
      '[{ "id": "a", "policies": {}, "request": { "method": "GET", "orgin": "x" }, "expected": { "browser": "" } }]';
    await writeFile(file.fsPath, text);
    await openInEditor(file);
    const seen = await untilDeadline(
      'the warnings of the schema',
      () => languages.getDiagnostics(file).map(({ message }) => message),
      (messages) => messages.length >= 2,
    );
    assert.ok(
      seen.some((message) => message.includes('orgin')),
      seen.join('\n'),
    );
    const offset = text.indexOf('"" }') + 1;
    const list = await commands.executeCommand<CompletionList>(
      'vscode.executeCompletionItemProvider',
      file,
      new Position(0, offset),
    );
    const labels = labelsOf(list);
    assert.ok(
      labels.some((label) => label.includes('depends-on-backend')),
      labels.join(', '),
    );

    const sample = await openInEditor(Uri.file(join(folder.fsPath, 'cors.cors-tests.json')));
    const operation = sample.positionAt(sample.getText().indexOf('"update-order"') + 1);
    const operations = await untilDeadline(
      'operations of the API',
      async () =>
        labelsOf(await commands.executeCommand('vscode.executeCompletionItemProvider', sample.uri, operation)),
      (seen) => seen.includes('update-order'),
    );
    assert.ok(operations.includes('list-orders'), operations.join(', '));
  });
});
