/** Formatting as VS Code asks for it: by command, while saving, and while typing. */
import { strict as assert } from 'node:assert';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  ConfigurationTarget,
  commands,
  Position,
  Selection,
  type TextDocument,
  type TextEditor,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { openInEditor, policyLanguage } from './support/extension';
import { workspaceFolder } from './support/samples';
import { untilDeadline } from './support/untilDeadline';

const untidy = '<policies>\n<inbound><base/></inbound>\n<outbound>\n<base/>\n</outbound>\n</policies>\n';
const tidy =
  '<policies>\n  <inbound>\n    <base />\n  </inbound>\n  <outbound>\n    <base />\n  </outbound>\n</policies>\n';

/** Where the official extension keeps the policy that a user edits; saving it uploads it. */
const uploadedOnSave =
  'globalStorage/ms-azuretools.vscode-apimanagement/vscode-azureapim/0123456789/name-tempFile.policy.xml';

describe('formatting', () => {
  it('"Format Document" gives the text that the command line gives', async () => {
    const editor = await openPolicy('format/document.xml', untidy);
    await untilFormatted(editor, () => commands.executeCommand('editor.action.formatDocument'), tidy);
  });

  it('"Format Document" takes the indentation of the editor', async () => {
    const editor = await openPolicy('format/tabs.xml', untidy);
    editor.options = { insertSpaces: false, tabSize: 4 };
    const wanted = tidy.replaceAll('  ', '\t');
    await untilFormatted(editor, () => commands.executeCommand('editor.action.formatDocument'), wanted);
  });

  it('"Format Selection" formats the lines of the selection', async () => {
    const editor = await openPolicy('format/selection.xml', untidy);
    editor.selection = new Selection(3, 0, 4, 0);
    const wanted = untidy.replace('<outbound>\n<base/>', '<outbound>\n    <base />');
    await untilFormatted(editor, () => commands.executeCommand('editor.action.formatSelection'), wanted);
  });

  it('happens when a policy is saved, where VS Code is set to it', async () => {
    await withSetting('editor.formatOnSave', true, async () => {
      const { document } = await openPolicy('format/saved.xml', untidy);
      // The server starts with the first policy, and VS Code does not wait for it.
      await untilFormatterAnswers(document);
      await changeAndSave(document);
      assert.equal(await readFile(document.uri.fsPath, 'utf8'), `<!-- x -->\n${tidy}`);
    });
  });

  it('does not happen when saving uploads, but by our command', async () => {
    await withSetting('editor.formatOnSave', true, async () => {
      await untilFormatterAnswers((await openPolicy('format/ready.xml', untidy)).document);
      const editor = await openPolicy(uploadedOnSave, untidy);
      await changeAndSave(editor.document);
      assert.equal(await readFile(editor.document.uri.fsPath, 'utf8'), `<!-- x -->\n${untidy}`);

      // "Format Document" cannot be told from a save.
      await commands.executeCommand('editor.action.formatDocument');
      assert.equal(editor.document.getText(), `<!-- x -->\n${untidy}`);
      await commands.executeCommand('editor.action.selectAll');
      await commands.executeCommand('editor.action.formatSelection');
      assert.equal(editor.document.getText(), `<!-- x -->\n${untidy}`);

      await untilFormatted(editor, () => commands.executeCommand('apimPolicy.formatDocument'), `<!-- x -->\n${tidy}`);
      assert.ok(editor.document.isDirty, 'the command does not save');
      await editor.document.save();
      await commands.executeCommand('undo');
      assert.equal(editor.document.getText(), `<!-- x -->\n${untidy}`, 'one undo takes it back');
      await editor.document.save();
      assert.equal(await readFile(editor.document.uri.fsPath, 'utf8'), `<!-- x -->\n${untidy}`);
    });
  });

  it('puts an end tag below its start tag while it is typed', async () => {
    await withSetting('editor.formatOnType', true, async () => {
      const text = '<policies>\n   <inbound>\n      <base />\n         </inbound\n</policies>\n';
      await untilFormatterAnswers((await openPolicy('format/ready.xml', untidy)).document);
      const editor = await openPolicy('format/typed.xml', text);
      editor.selection = cursorAt(3, '         </inbound'.length);
      await commands.executeCommand('type', { text: '>' });
      await untilText(editor.document, text.replace('         </inbound', '   </inbound>'));
      assert.deepEqual(editor.selection.active, new Position(3, '   </inbound>'.length));
    });
  });

  it('leaves a new line and the cursor where they belong', async () => {
    await withSetting('editor.formatOnType', true, async () => {
      await untilFormatterAnswers((await openPolicy('format/ready.xml', untidy)).document);
      const editor = await openPolicy('format/lines.xml', tidy);
      // Behind a start tag, a statement and an end tag; the line begins below its neighbours, and the cursor at its end.
      for (const [line, column] of [
        [1, 4],
        [2, 4],
        [3, 2],
      ] as const) {
        const end = editor.document.lineAt(line).range.end;
        editor.selection = new Selection(end, end);
        await commands.executeCommand('type', { text: '\n' });
        await commands.executeCommand('type', { text: 'x' });
        await untilDeadline(
          `the line behind line ${line}`,
          () => editor.document.lineAt(line + 1).text,
          (seen) => seen === `${' '.repeat(column)}x`,
        );
        assert.deepEqual(editor.selection.active, new Position(line + 1, column + 1));
        await commands.executeCommand('editor.action.deleteLines');
      }
      // Between two tags VS Code makes two line ends.
      const between = '<policies>\n  <inbound></inbound>\n</policies>\n';
      const other = await openPolicy('format/between.xml', between);
      other.selection = cursorAt(1, '  <inbound>'.length);
      await commands.executeCommand('type', { text: '\n' });
      await commands.executeCommand('type', { text: 'x' });
      await untilText(other.document, between.replace('></', '>\n    x\n  </'));
    });
  });
});

/** A new policy in an editor that indents by two blanks. */
async function openPolicy(name: string, text: string): Promise<TextEditor> {
  const uri = Uri.file(join(workspaceFolder(), name));
  await mkdir(dirname(uri.fsPath), { recursive: true });
  await writeFile(uri.fsPath, text);
  const document = await openInEditor(uri);
  await untilDeadline(
    `the language of ${name}`,
    () => document.languageId,
    (language) => language === policyLanguage,
  );
  const editor = window.activeTextEditor;
  assert.equal(editor?.document.uri.toString(), uri.toString());
  editor.options = { insertSpaces: true, tabSize: 2 };
  return editor;
}

/** Asks again until the formatter, which starts with the first policy, has answered. */
async function untilFormatted(editor: TextEditor, ask: () => Thenable<unknown>, wanted: string): Promise<void> {
  await untilDeadline(
    'the formatted text',
    async () => {
      await ask();
      return editor.document.getText();
    },
    (text) => text === wanted,
  );
}

async function untilFormatterAnswers({ uri }: TextDocument): Promise<void> {
  await untilDeadline(
    'a formatter',
    () =>
      commands.executeCommand<unknown[] | undefined>('vscode.executeFormatDocumentProvider', uri, {
        insertSpaces: true,
        tabSize: 7,
      }),
    (edits) => (edits?.length ?? 0) > 0,
  );
}

async function untilText(document: TextDocument, wanted: string): Promise<void> {
  await untilDeadline(
    'the text',
    () => document.getText(),
    (text) => text === wanted,
  );
}

async function changeAndSave(document: TextDocument): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, new Position(0, 0), '<!-- x -->\n');
  await workspace.applyEdit(edit);
  assert.equal(await document.save(), true);
}

async function withSetting(name: string, value: boolean, work: () => Promise<void>): Promise<void> {
  const settings = workspace.getConfiguration();
  await settings.update(name, value, ConfigurationTarget.Workspace);
  try {
    await work();
  } finally {
    await settings.update(name, undefined, ConfigurationTarget.Workspace);
  }
}

function cursorAt(line: number, character: number): Selection {
  return new Selection(line, character, line, character);
}
