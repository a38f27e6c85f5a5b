import { baseName, relativeTo } from '../../text/paths';
import type { PolicyScope } from '../policyScope';
import type { Placement, ServiceFacts } from '../service';
import { readApiopsFacts } from './apiopsFacts';
import { collectionOf, splitWorkspace } from './apiopsNames';
import { confirmsRoot, isServiceFolder, possibleRoots } from './apiopsRoots';
import type { MissingPolicy, PolicyLayout } from './layout';
import { splitRevision } from './revisions';

/**
 * APIOps: a folder is an ARM resource, `policy.xml` in it is its policy (repository-layouts, section 3).
 *
 * Read from the sources of Azure/apiops v4 to v7 and Azure/apiops-cli; the spellings of the collection folders differ
 * between them, so all are accepted, without regard to case.
 */
export const apiopsLayout: PolicyLayout = {
  id: 'apiops',
  possibleRoots,
  openRoot: (root, files) =>
    confirmsRoot(root, files)
      ? { place: (path) => place(root, path), readFacts: () => readApiopsFacts(root, files), missing }
      : undefined,
  expectsPolicy: (path) => baseName(path).toLowerCase() === 'policy.xml',
  isServiceFolder,
};

function missing(scope: PolicyScope, facts: ServiceFacts): MissingPolicy {
  if (scope.kind === 'unknown') return { state: 'unknown', because: 'its scope is not known' };
  if (scope.kind !== 'global') {
    return { state: 'absent', because: 'the extractor writes every policy that exists, and here is none' };
  }
  return facts.hasServiceArtifacts
    ? { state: 'absent', because: 'the folder holds other artifacts of the service, but no global policy.xml' }
    : { state: 'unknown', because: 'the global policy is not in the workspace' };
}

function place(root: string, path: string): Placement | undefined {
  const relative = relativeTo(root, path);
  if (relative === undefined) return undefined;
  const { workspace, segments: inside } = splitWorkspace(relative.split('/'));
  const segments = inside.slice(0, -1);
  const fileName = inside.at(-1) as string;
  const isPolicyXml = fileName.toLowerCase() === 'policy.xml';
  if (!isPolicyXml && !(/\.xml$/i.test(fileName) && segments.length > 0)) return undefined;
  const certainty = isPolicyXml
    ? ({ confidence: 'certain', why: 'APIOps layout' } as const)
    : // v7 takes any *.xml beside the information file for a policy called by its file name; only `policy` is ever used.
      ({ confidence: 'guessed', why: 'in a folder of the APIOps layout, under another name than policy.xml' } as const);

  const inWorkspace = workspace === undefined ? {} : { workspace };
  if (segments.length === 0) {
    const scope: PolicyScope = workspace === undefined ? { kind: 'global' } : { kind: 'workspace', workspace };
    return { kind: 'definition', scope, ...certainty };
  }
  if (segments.length !== 2 && segments.length !== 4) return undefined;

  const [collection, item, innerCollection, innerItem] = segments as [string, string, string?, string?];
  switch (collectionOf(collection)) {
    case 'products':
      if (innerItem !== undefined) return undefined;
      return { kind: 'definition', scope: { kind: 'product', product: item, ...inWorkspace }, ...certainty };
    case 'policyfragments':
      if (innerItem !== undefined) return undefined;
      return { kind: 'fragment', fragmentId: item, ...inWorkspace, ...certainty };
    case 'apis': {
      const api = { ...splitRevision(item), ...inWorkspace };
      if (innerCollection === undefined || innerItem === undefined) {
        return { kind: 'definition', scope: { kind: 'api', ...api }, ...certainty };
      }
      const inner = collectionOf(innerCollection);
      if (inner === 'resolvers') return { kind: 'resolver', ...inWorkspace, ...certainty };
      if (inner !== 'operations') return undefined;
      return { kind: 'definition', scope: { kind: 'operation', ...api, operation: innerItem }, ...certainty };
    }
    default:
      return undefined;
  }
}
