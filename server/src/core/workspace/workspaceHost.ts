import { baseName } from '../text/paths';

/** What a host rejects with where there is nothing at the path: not the same as something that cannot be read. */
export class NothingThereError extends Error {
  constructor() {
    super('it does not exist');
  }
}

/** What the core asks of a disk, an editor or a test. Every path is absolute with `/` (text/paths.ts). */
export interface WorkspaceHost {
  /** The files and folders directly in a folder. Rejects where it cannot be read, with NothingThereError where it does not exist. */
  listFolder(folder: string): Promise<readonly FolderEntry[]>;
  /** The whole text, a BOM included. Rejects with a reason for people where it cannot be read. */
  readText(path: string): Promise<string>;
  /** Enough of the text to tell what the file is (8 KB), so that a folder of other files costs little. */
  readBeginning(path: string): Promise<{ readonly text: string; readonly isWhole: boolean }>;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** A tick that long work asks now and then; the host that started the work decides when it is no longer wanted. */
export interface Cancellation {
  readonly isCancelled: boolean;
}

export const projectFileName = 'apim-policy.config.json';

/** The names of files of CORS tests, as a glob. */
export const corsTestFileGlob = '**/{*.cors-tests,cors-tests}.json';

/** True for the name of a file of CORS tests: `cors.cors-tests.json`, or `cors-tests.json` alone. */
export function isCorsTestFile(path: string): boolean {
  return /(^|\/|\.)cors-tests\.json$/.test(path);
}

/** Folders that never hold policies of the project itself (repository-layouts, section 2). */
const skippedFolders = new Set(['node_modules', '.git', 'bin', 'obj', '.terraform', 'dist', 'out', '.vs', '.venv']);

export function isSkippedFolder(name: string): boolean {
  return skippedFolders.has(name.toLowerCase());
}

/** Extensions under which real policy files were seen; their text decides (repository-layouts, section 2). */
const policyFileName = /\.(xml|cshtml|tpl|tftpl|xml\.example)$/i;
const specificationFile = /^(specification|openapi|swagger)\.(json|ya?ml)$/i;
const informationFile = /(Information|_information)\.json$/i;
const fragmentInformationFile = /fragment_?information\.json$/i;
const gitConfigurationFile = /(^|\/)api-management\/(apis|products)\/[^/]+\/configuration\.json$/i;
const policyManifestFile = /^policy_manifest\.ya?ml$/i;
const armTemplateFile = /\.template\.json$/i;
/** A C# project has hundreds of other files. */
const toolkitSourceFile = /(polic|fragment)[^/]*(?<!tests?)\.cs$/i;

/** True for a name under which a policy document may be stored. */
export function mayHoldPolicy(path: string): boolean {
  return policyFileName.test(path);
}

/** True for files that the model reads besides policies, as far as their names tell; for some the text decides. */
export function isServiceFile(path: string): boolean {
  const name = baseName(path);
  return (
    name === projectFileName ||
    name === 'apis.json' ||
    informationFile.test(name) ||
    specificationFile.test(name) ||
    policyManifestFile.test(name) ||
    gitConfigurationFile.test(path) ||
    isArmTemplate(path) ||
    mayHoldToolkitSource(path)
  );
}

/** True for the name of an information file that may hold a policy fragment's text as a string. */
export function mayHoldFragment(path: string): boolean {
  return fragmentInformationFile.test(path);
}

/** True for the name of an ARM template as the resource kit writes them. */
export function isArmTemplate(path: string): boolean {
  return armTemplateFile.test(path);
}

/** True for the name of a YAML file that may list a service for the resource kit’s creator: any, so the text decides. */
export function mayHoldCreatorConfiguration(path: string): boolean {
  return /\.ya?ml$/i.test(path) && !isServiceFile(path);
}

/** True for the name of a C# file from which the policy toolkit may generate policies. */
export function mayHoldToolkitSource(path: string): boolean {
  return toolkitSourceFile.test(path);
}

/**
 * The official APIM extension keeps, beside each file it edits, the copy it fetched. That copy is not the user's text:
 * no findings, no part of any chain (repository-layouts, section 7).
 */
export function isFetchedCopy(path: string): boolean {
  return (
    /[/\\]ms-azuretools\.vscode-apimanagement[/\\]vscode-azureapim[/\\][0-9a-f]{10}[/\\][^/\\]+\.policy\.(xml|cshtml)$/i.test(
      path,
    ) && !/-tempFile\.policy\.(xml|cshtml)$/i.test(path)
  );
}

/**
 * True in the folder where the official APIM extension keeps the policies that it edits. It uploads such a file when it is
 * saved, perhaps to a live gateway, so nothing may change one because it is being saved.
 */
export function isUploadedOnSave(path: string): boolean {
  return /[/\\]ms-azuretools\.vscode-apimanagement[/\\]vscode-azureapim[/\\]/i.test(path);
}
