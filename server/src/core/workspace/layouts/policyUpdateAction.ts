import { foldersAbove, joinPath, relativeTo } from '../../text/paths';
import type { PolicyScope } from '../policyScope';
import { noServiceFacts, type Placement } from '../service';
import type { LayoutRoot, PolicyLayout, WorkspaceFiles } from './layout';
import { type PolicyManifest, readPolicyManifest } from './policyManifest';

/**
 * The GitHub Action Azure/apim-policy-update with its folders: `policies/<api>/api.xml` and
 * `policies/<api>/operations/<operation>.xml` (repository-layouts, section 6). It knows APIs and operations only.
 */
export const policyUpdateLayout: PolicyLayout = {
  id: 'policy-update',
  possibleRoots: conventionRoots,
  openRoot: (root, files) =>
    files.pathsBelow(root).some((path) => showsConvention(root, path) && files.isPolicy(path))
      ? { place: (path) => placeByConvention(root, path), readFacts: () => noServiceFacts }
      : undefined,
  expectsPolicy: (path) => conventionRoots(path).length > 0,
  isServiceFolder: (name) => name.toLowerCase() === 'policies',
};

/** The same action with a list of files, `policy_manifest.yaml`: what it names comes before the folders. */
export const policyManifestLayout: PolicyLayout = {
  id: 'policy-manifest',
  possibleRoots: manifestFolders,
  rootsToLoad: () => [],
  openRoot: openByManifest,
  expectsPolicy: () => false,
  isServiceFolder: () => false,
};

/** Folders of other layouts, which are no APIs. */
const noApi = '(?!(?:apis|products|operations|fragments|workspaces)/)';
const conventionPath = new RegExp(`^(?:(.*)/)?policies/${noApi}([^/]+)/(?:api|operations/([^/]+))\\.xml$`, 'i');

/** The manifest's paths begin at the folder in which the action runs: the repository, as a rule not far above. */
const levelsToManifest = 5;

function manifestFolders(path: string): readonly string[] {
  const folders: string[] = [];
  for (const folder of foldersAbove(path)) if (folders.push(folder) === levelsToManifest) break;
  return folders;
}

function conventionRoots(path: string): readonly string[] {
  const root = conventionPath.exec(path)?.[1];
  return root === undefined || root === '' ? [] : [root];
}

function openByManifest(root: string, files: WorkspaceFiles): LayoutRoot | undefined {
  const path = ['policy_manifest.yaml', 'policy_manifest.yml']
    .map((name) => joinPath(root, name))
    .find((candidate) => files.has(candidate));
  const manifest = path === undefined ? undefined : files.read(path, readPolicyManifest);
  if (path === undefined || manifest === undefined) return undefined;
  const scopes = scopesByPath(root, manifest, files);
  const problems = manifest.problem === undefined ? [] : [manifest.problem];
  return {
    place: (policy) => {
      const scope = scopes.get(policy);
      if (scope !== undefined) return placed(scope, 'policy_manifest.yaml');
      const byConvention = placeByConvention(root, policy);
      if (byConvention === undefined || manifest.problem !== undefined) return byConvention;
      return { ...byConvention, note: 'policy_manifest.yaml does not name it, so the action does not deploy it' };
    },
    readFacts: () => ({ ...noServiceFacts, problems }),
  };
}

/** Paths of a manifest in a folder of its own begin further up, at the folder from which they lead to a file. */
function scopesByPath(root: string, manifest: PolicyManifest, files: WorkspaceFiles): ReadonlyMap<string, PolicyScope> {
  const bases = [root, ...foldersAbove(root)].slice(0, levelsToManifest);
  return new Map(
    manifest.entries.flatMap(({ path, scope }) => {
      const base = bases.find((folder) => files.has(joinPath(folder, path)));
      return base === undefined ? [] : [[joinPath(base, path), scope] as const];
    }),
  );
}

/** `api.xml` is a name that tells; a folder called operations is in other layouts, too. */
function showsConvention(root: string, path: string): boolean {
  return /\/api\.xml$/i.test(path) && placeByConvention(root, path) !== undefined;
}

function placeByConvention(root: string, path: string): Placement | undefined {
  const match = conventionPath.exec(relativeTo(root, path) ?? '');
  if (match === null || match[1] !== undefined) return undefined;
  const [, , api = '', operation] = match;
  const scope: PolicyScope = operation === undefined ? { kind: 'api', api } : { kind: 'operation', api, operation };
  return placed(scope, 'folders of the action apim-policy-update');
}

function placed(scope: PolicyScope, why: string): Placement {
  return { kind: 'definition', scope, confidence: 'certain', why };
}
