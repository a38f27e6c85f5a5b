import { joinPath, relativeTo } from '../../text/paths';
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
type ApiopsCollection = (typeof collectionNames)[number];

/** Which collection a folder's name stands for: `policy fragments`, `policyFragments` and `policy_fragments` are one. */
export function collectionOf(folderName: string): ApiopsCollection | undefined {
  const plain = folderName.toLowerCase().replace(/[ _-]/g, '');
  return collectionNames.find((name) => name === plain);
}

/** The path of an artifact's information file in either spelling, where there is one. */
export function informationFile(folder: string, noun: string, files: WorkspaceFiles): string | undefined {
  const camel = joinPath(folder, `${noun}Information.json`);
  if (files.has(camel)) return camel;
  const snake = joinPath(folder, `${noun.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_information.json`);
  return files.has(snake) ? snake : undefined;
}

/** The noun of an information file's name, plain: `versionSetInformation.json` → versionset. Undefined for other names. */
export function informationNoun(fileName: string): string | undefined {
  const noun = /^(.+)(?:Information|_information)\.json$/i.exec(fileName)?.[1];
  return noun?.toLowerCase().replace(/_/g, '');
}

/** A folder that holds one artifact: `<root>/apis/orders`, `<root>/workspaces/sales/apis/leads`. */
export interface ArtifactFolder {
  readonly folder: string;
  readonly collection: ApiopsCollection;
  readonly item: string;
  readonly workspace: string | undefined;
}

/** The folders of the root's artifacts, each once, those of workspaces too. */
export function artifactFolders(root: string, files: WorkspaceFiles): readonly ArtifactFolder[] {
  const found = new Map<string, ArtifactFolder>();
  for (const path of files.pathsBelow(root)) {
    const { workspace, segments } = splitWorkspace((relativeTo(root, path) as string).split('/'));
    const collection = segments.length > 2 ? collectionOf(segments[0] as string) : undefined;
    if (collection === undefined || collection === 'workspaces') continue;
    const folder = parentOf(path, segments.length - 2);
    if (!found.has(folder)) found.set(folder, { folder, collection, item: segments[1] as string, workspace });
  }
  return [...found.values()];
}

/** Takes `workspaces/<w>/` off the segments of a path below a root. */
export function splitWorkspace(segments: readonly string[]): {
  readonly workspace: string | undefined;
  readonly segments: readonly string[];
} {
  const isInside = segments.length > 2 && collectionOf(segments[0] as string) === 'workspaces';
  return isInside ? { workspace: segments[1], segments: segments.slice(2) } : { workspace: undefined, segments };
}

/** The path without its last segments. */
function parentOf(path: string, levels: number): string {
  let end = path.length;
  for (let level = 0; level < levels; level++) end = path.lastIndexOf('/', end - 1);
  return path.slice(0, end);
}
