/** Which files become policy documents when they are opened, and which are left alone. */
import { strict as assert } from 'node:assert';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { languages, Uri, workspace } from 'vscode';
import { openInEditor, policyLanguage } from './support/extension';
import { openedSample, workspaceFolder } from './support/samples';
import { untilDeadline } from './support/untilDeadline';

const policyText = '<policies>\n  <inbound>\n    <base />\n  </inbound>\n</policies>\n';

/** Language ids change after the opening, by closing and opening the document anew, so they are looked up by address. */
function languageOf(uri: Uri): string | undefined {
  return workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())?.languageId;
}

async function untilPolicyLanguage(uri: Uri): Promise<void> {
  await untilDeadline(
    `${uri.fsPath} to get the language ${policyLanguage}`,
    () => languageOf(uri),
    (language) => language === policyLanguage,
  );
}

async function writeInWorkspace(name: string, text: string): Promise<Uri> {
  const folder = join(workspaceFolder(), 'language-detection');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), text);
  return Uri.file(join(folder, name));
}

describe('language detection', () => {
  it('contributes the language', async () => {
    assert.ok((await languages.getLanguages()).includes(policyLanguage));
  });

  it('makes a policy.xml a policy document', async () => {
    const { ordersPolicy } = openedSample();
    await openInEditor(ordersPolicy);
    await untilPolicyLanguage(ordersPolicy);
  });

  it('makes an .xml file with any name a policy document when its first element says so', async () => {
    const uri = await writeInWorkspace('anything.xml', policyText);
    await openInEditor(uri);
    await untilPolicyLanguage(uri);
  });

  it('leaves other XML and other languages alone', async () => {
    const notPolicy = await writeInWorkspace('project.xml', '<project>\n  <policies />\n</project>\n');
    const json = await writeInWorkspace('data.json', '{ "policies": "<policies />" }\n');
    await openInEditor(notPolicy);
    await openInEditor(json);
    // Files are looked at in the order of their opening: once this one has been, the two before it have been too.
    const later = await writeInWorkspace('later.xml', policyText);
    await openInEditor(later);
    await untilPolicyLanguage(later);
    assert.equal(languageOf(notPolicy), 'xml');
    assert.equal(languageOf(json), 'json');
  });
});
