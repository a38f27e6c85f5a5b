import { commands, type Disposable, type QuickPickItem, Range, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import {
  type CorsRequestForm,
  saveCorsTestCommand,
  type WriteCorsTestAnswer,
  type WriteCorsTestParams,
  writeCorsTestRequest,
} from '../../server/src/lsp/protocol';
import type { PolicyServer } from './policyServer';

/** Files of CORS tests end so. */
const ending = '.cors-tests.json';

/** The command that writes an explained request down as a test, in a file that the user chooses. */
export function registerSaveCorsTest(server: PolicyServer): Disposable {
  return commands.registerCommand(saveCorsTestCommand, async (uri?: string, request?: CorsRequestForm) => {
    const client = server.runningClient;
    if (client === undefined || uri === undefined || request === undefined) {
      void window.showInformationMessage(
        'APIM Policy Lens: Explain a CORS request first; then it can be saved as a test.',
      );
      return;
    }
    const expect = await chooseExpectation();
    const file = expect && (await chooseFile(Uri.parse(uri)));
    if (expect === undefined || file === undefined) return;
    const document = file.isNew ? undefined : await workspace.openTextDocument(file.uri);
    const params: WriteCorsTestParams = {
      uri,
      request,
      expect,
      file: file.uri.toString(),
      text: document?.getText() ?? null,
    };
    const answer = await client.sendRequest<WriteCorsTestAnswer | null>(writeCorsTestRequest, params);
    if (answer === null || answer.because !== null) {
      const name = workspace.asRelativePath(file.uri);
      const why = answer === null ? 'The document is no policy.' : `${name}: ${answer.because}`;
      void offerToOpen(
        window.showWarningMessage(`The test was not saved. ${why}`, ...(file.isNew ? [] : [open])),
        file.uri,
      );
      return;
    }
    const edit = new WorkspaceEdit();
    if (file.isNew) edit.createFile(file.uri);
    for (const { range, newText } of answer.edits) {
      const { start, end } = range;
      edit.replace(file.uri, new Range(start.line, start.character, end.line, end.character), newText);
    }
    // A text that was changed while the answer was made must not be edited at other places.
    const isStale = document !== undefined && document.getText() !== params.text;
    if (isStale || !(await workspace.applyEdit(edit))) {
      void window.showWarningMessage('The file has changed meanwhile, so the test was not saved. Save it again.');
      return;
    }
    await (await workspace.openTextDocument(file.uri)).save();
    void tell(file.uri, answer.ids);
  });
}

type Expectation = WriteCorsTestParams['expect'];

async function chooseExpectation(): Promise<Expectation | undefined> {
  const items: readonly (QuickPickItem & { readonly expect: Expectation })[] = [
    {
      expect: 'as-now',
      label: 'As it comes out now',
      detail: 'The test fails when a later change makes another scope decide, or another verdict.',
    },
    {
      expect: 'allowed',
      label: 'That the browser allows it',
      detail: 'For a call that is blocked today: the test fails until the policies are repaired.',
    },
  ];
  return (await window.showQuickPick(items, { title: 'What should the test expect?' }))?.expect;
}

interface TestFile {
  readonly uri: Uri;
  readonly isNew: boolean;
}

async function chooseFile(policy: Uri): Promise<TestFile | undefined> {
  const known = await workspace.findFiles(`**/*${ending}`, '**/node_modules/**', 200);
  const newFile: QuickPickItem & { readonly uri?: Uri } = { label: '$(new-file) New test file…' };
  const files = known
    .map((uri) => ({ label: `$(json) ${workspace.asRelativePath(uri)}`, uri }))
    .sort((one, other) => (one.label < other.label ? -1 : 1));
  const picked =
    files.length === 0 ? newFile : await window.showQuickPick([...files, newFile], { title: 'In which file?' });
  if (picked === undefined) return undefined;
  if (picked.uri !== undefined) return { uri: picked.uri, isNew: false };
  const folder = workspace.getWorkspaceFolder(policy)?.uri ?? Uri.joinPath(policy, '..');
  const chosen = await window.showSaveDialog({
    title: 'New file of CORS tests',
    defaultUri: Uri.joinPath(folder, `apis${ending}`),
    filters: { 'CORS tests': ['json'] },
  });
  if (chosen === undefined) return undefined;
  const uri = chosen.with({ path: chosen.path.replace(/(\.cors-tests)?(\.json)?$/, ending) });
  return { uri, isNew: !(await exists(uri)) };
}

/** The cases of a file that is there are kept, whatever a dialog says of overwriting. */
async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

const open = 'Open';

function tell(file: Uri, ids: readonly string[]): Promise<void> {
  const what = ids.length === 1 ? `the test ${ids[0]}` : `${ids.length} tests, one for each request,`;
  const message = `Saved ${what} in ${workspace.asRelativePath(file)}.`;
  return offerToOpen(window.showInformationMessage(message, open), file);
}

async function offerToOpen(picked: Thenable<string | undefined>, file: Uri): Promise<void> {
  if ((await picked) === open) await window.showTextDocument(file);
}
