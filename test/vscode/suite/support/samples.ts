/** Copies of the samples to work on: the tests save, and the repository must stay as it is. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { Uri, workspace } from 'vscode';

/** The files of case (a): an API's own `cors` behind the developer portal's, which comes in through `<base />`. */
export interface SampleService {
  readonly folder: Uri;
  readonly globalPolicy: Uri;
  readonly ordersPolicy: Uri;
}

/** The copy of contoso-apim that was in the workspace when VS Code opened it. Tests must not change it on disk. */
export function openedSample(): SampleService {
  return sampleAt(join(workspaceFolder(), 'contoso-apim'));
}

/** A new copy of contoso-apim in the workspace, for a test that changes files. */
export async function freshSample(name: string): Promise<SampleService> {
  const folder = join(workspaceFolder(), name);
  await cp(join(samplesFolder(), 'contoso-apim'), folder, { recursive: true, errorOnExist: true, force: false });
  return sampleAt(folder);
}

function sampleAt(folder: string): SampleService {
  return {
    folder: Uri.file(folder),
    globalPolicy: Uri.file(join(folder, 'policy.xml')),
    ordersPolicy: Uri.file(join(folder, 'apis', 'orders', 'policy.xml')),
  };
}

/** The folder that VS Code has open. */
export function workspaceFolder(): string {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('VS Code opened no folder');
  return folder.uri.fsPath;
}

function samplesFolder(): string {
  const folder = process.env['APIM_POLICY_TEST_SAMPLES'];
  if (!folder) throw new Error('APIM_POLICY_TEST_SAMPLES does not name the samples to copy');
  return folder;
}
