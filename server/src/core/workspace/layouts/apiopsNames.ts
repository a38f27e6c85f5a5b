import { joinPath } from '../../text/paths';
import type { WorkspaceFiles } from './layout';

/** The folders that collect artifacts, in a spelling that all generations of APIOps have in common. */
const collectionNames = [
  'apis',
  'operations',
  'resolvers',
  'products',
  'workspaces',
  'policyfragments',
  'namedvalues',
  'versionsets',
  'backends',
  'loggers',
  'gateways',
  'groups',
  'tags',
  'diagnostics',
  'subscriptions',
  'releases',
] as const;
export type ApiopsCollection = (typeof collectionNames)[number];

/** Which collection a folder's name stands for: `policy fragments`, `policyFragments` and `policy_fragments` are one. */
export function collectionOf(folderName: string): ApiopsCollection | undefined {
  const plain = folderName.toLowerCase().replace(/[ _-]/g, '');
  return collectionNames.find((name) => name === plain);
}

/** `orders;rev=2` → API orders, revision 2. The folder without `;rev=` is the current revision. */
export function splitRevision(folderName: string): { readonly api: string; readonly revision?: string } {
  const match = /^(.*);rev=(\d+)$/i.exec(folderName);
  return match === null ? { api: folderName } : { api: match[1] as string, revision: match[2] as string };
}

/** The path of an artifact's information file in either spelling, where there is one. */
export function informationFile(folder: string, noun: string, files: WorkspaceFiles): string | undefined {
  const camel = joinPath(folder, `${noun}Information.json`);
  if (files.has(camel)) return camel;
  const snake = joinPath(folder, `${noun.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_information.json`);
  return files.has(snake) ? snake : undefined;
}
