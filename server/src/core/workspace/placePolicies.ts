import { sniffPolicy } from '../syntax/sniffPolicy';
import { parentFolder, relativeTo } from '../text/paths';
import type { DocumentStore } from './documentStore';
import { policyLayouts } from './layouts/layouts';
import type { ProjectSettings } from './projectSettings';
import { compileScopeMapping } from './scopeMapping';
import type { Placement } from './service';
import type { RootJudge } from './serviceRoots';
import { isFetchedCopy, mayHoldPolicy } from './workspaceHost';

/** A policy file with the root of the service that it belongs to. */
export interface PlacedPolicy {
  readonly path: string;
  readonly root: string;
  readonly placement: Placement;
  /** True where `scopes` of a project file names it. */
  readonly isMapped: boolean;
}

/** Places every policy file, in the order of the paths: the project file's word first, then the layouts in their order. */
export function placePolicies(
  store: DocumentStore,
  isRoot: RootJudge,
  settingsFor: (path: string) => ProjectSettings,
): readonly PlacedPolicy[] {
  const mapped = scopeMapper();
  return store
    .paths()
    .filter((path) => (mayHoldPolicy(path) || store.isPolicy(path)) && !isFetchedCopy(path))
    .flatMap((path): readonly PlacedPolicy[] => {
      const settings = settingsFor(path);
      const byLayout = placeByLayout(path, isRoot);
      // A text that is no policy is one where the layout wants a policy: it is broken, and its scope is not absent.
      if (!store.isPolicy(path) && byLayout?.placement?.confidence !== 'certain') return [];
      const byProject = mapped(path, settings);
      const folderOfSettings = settings.path === undefined ? undefined : parentFolder(settings.path);
      if (byProject !== undefined) {
        // A mapped file in a service's folder belongs to that service; elsewhere the project file makes the service.
        const root = byLayout?.root ?? (folderOfSettings as string);
        return [{ path, placement: byProject, root, isMapped: true }];
      }
      if (byLayout?.placement !== undefined) {
        return [{ path, placement: byLayout.placement, root: byLayout.root, isMapped: false }];
      }
      const isFragment = sniffPolicy(store.text(path) ?? '') === 'fragment';
      const root = folderOfSettings ?? (parentFolder(path) as string);
      return [{ path, placement: isFragment ? unknownFragment : unknownPlacement, root, isMapped: false }];
    });
}

const unknownPlacement: Placement = {
  kind: 'definition',
  scope: { kind: 'unknown' },
  confidence: 'guessed',
  why: 'no known folder layout; name its scope in apim-policy.config.json',
};

const unknownFragment: Placement = {
  kind: 'fragment',
  fragmentId: '',
  confidence: 'guessed',
  why: unknownPlacement.why,
};

/** Where `scopes` of the settings puts a path. Compiles the globs of each project file once. */
function scopeMapper(): (path: string, settings: ProjectSettings) => Placement | undefined {
  const compiled = new Map<ProjectSettings, readonly ((path: string) => Placement | undefined)[]>();
  return (path, settings) => {
    if (settings.path === undefined || settings.scopes.length === 0) return undefined;
    const mappings = compiled.get(settings) ?? settings.scopes.map(compileScopeMapping);
    compiled.set(settings, mappings);
    const relative = relativeTo(parentFolder(settings.path) as string, path) as string;
    for (const mapping of mappings) {
      const placement = mapping(relative);
      if (placement !== undefined) return placement;
    }
    return undefined;
  };
}

function placeByLayout(
  path: string,
  isRoot: RootJudge,
): { readonly root: string; readonly placement: Placement | undefined } | undefined {
  let inRoot: { root: string; placement: undefined } | undefined;
  for (const layout of policyLayouts) {
    for (const root of layout.possibleRoots(path)) {
      if (!isRoot(layout, root)) continue;
      const placement = layout.place(root, path);
      if (placement !== undefined) return { root, placement };
      inRoot ??= { root, placement: undefined };
    }
  }
  return inRoot;
}
