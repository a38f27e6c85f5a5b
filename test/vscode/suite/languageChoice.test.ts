import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationTarget, languages, Position, Uri, WorkspaceEdit, workspace } from 'vscode';
import { openInEditor, policyLanguage } from './support/extension';
import { workspaceFolder } from './support/samples';
import { untilDeadline } from './support/untilDeadline';

const policyText = '<policies>\n  <inbound>\n    <base />\n  </inbound>\n</policies>\n';
const languageOf = (uri: Uri) =>
  workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())?.languageId;

const untilDetected = (uri: Uri) =>
  untilDeadline(
    `detection of ${uri.toString()}`,
    () => languageOf(uri),
    (language) => language === policyLanguage,
  );

describe('language choice', () => {
  it('leaves a document alone to which the user gave another language', async () => {
    const uri = Uri.file(join(workspaceFolder(), 'chosen.xml'));
    await writeFile(uri.fsPath, policyText);
    const document = await openInEditor(uri);
    await untilDetected(uri);
    await languages.setTextDocumentLanguage(document, 'xml');
    const later = Uri.file(join(workspaceFolder(), 'later-again.xml'));
    await writeFile(later.fsPath, policyText);
    await openInEditor(later);
    await untilDetected(later);
    assert.equal(languageOf(uri), 'xml');
    const edit = new WorkspaceEdit();
    edit.insert(uri, new Position(0, 0), '<!-- x -->\n');
    await workspace.applyEdit(edit);
    await document.save();
    assert.equal(languageOf(uri), 'xml');
  });

  it('detects a policy that is written into an empty file, once it is saved', async () => {
    const uri = Uri.file(join(workspaceFolder(), 'written.xml'));
    await writeFile(uri.fsPath, '');
    const document = await openInEditor(uri);
    assert.equal(document.languageId, 'xml');
    const edit = new WorkspaceEdit();
    edit.insert(uri, new Position(0, 0), policyText);
    await workspace.applyEdit(edit);
    await document.save();
    await untilDetected(uri);
  });

  it('detects a policy that is pasted into a new document', async () => {
    const document = await workspace.openTextDocument({ language: 'plaintext', content: '' });
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, new Position(0, 0), policyText);
    await workspace.applyEdit(edit);
    await untilDetected(document.uri);
  });

  it('detects policies in .cshtml and template files, and leaves Razor pages alone', async () => {
    for (const [name, text, isPolicy] of [
      ['p.cshtml', policyText, true],
      ['page.cshtml', '@page\n<h1>x</h1>\n', false],
      ['p.tftpl', `<!-- \${env} -->\n${policyText}`, true],
    ] as const) {
      const uri = Uri.file(join(workspaceFolder(), name));
      await writeFile(uri.fsPath, text);
      await openInEditor(uri);
      if (isPolicy) await untilDetected(uri);
      else assert.notEqual(languageOf(uri), policyLanguage);
    }
  });

  it('does not touch languages where the setting says so', async () => {
    const settings = workspace.getConfiguration('apimPolicy');
    await settings.update('detectLanguage', false, ConfigurationTarget.Workspace);
    try {
      const uri = Uri.file(join(workspaceFolder(), 'switched-off.xml'));
      await writeFile(uri.fsPath, policyText);
      await openInEditor(uri);
      await settings.update('detectLanguage', undefined, ConfigurationTarget.Workspace);
      const later = Uri.file(join(workspaceFolder(), 'switched-on.xml'));
      await writeFile(later.fsPath, policyText);
      await openInEditor(later);
      await untilDetected(later);
      assert.equal(languageOf(uri), 'xml');
    } finally {
      await settings.update('detectLanguage', undefined, ConfigurationTarget.Workspace);
    }
  });
});
