import { sniffPolicy } from '../syntax/sniffPolicy';
import { baseName, parentFolder, relativeTo } from '../text/paths';
import type { DocumentStore } from './documentStore';
import { guessPlace } from './guessPlace';
import type { LayoutRoot, PolicyLayout } from './layouts/layout';
import { policyLayouts } from './layouts/layouts';
import { findToolkitSources, type ToolkitSource } from './layouts/policyToolkit';
import { splitRevisionOf } from './layouts/revisions';
import type { ProjectSettings } from './projectSettings';
import { readScopeComment } from './scopeComment';
import { compileScopeMapping } from './scopeMapping';
import type { FactProblem, Placement } from './service';
import type { ServiceRoots } from './serviceRoots';
import { isFetchedCopy, mayHoldPolicy } from './workspaceHost';

/** A policy file with the root of the service that it belongs to. */
export interface PlacedPolicy {
  readonly path: string;
  readonly root: string;
  /** What places files there; undefined where the root is no layout's. */
  readonly layoutRoot: LayoutRoot | undefined;
  readonly placement: Placement;
  /** Who names its scope; undefined where layouts and hints tell it. */
  readonly namedBy: 'project' | 'comment' | undefined;
  /** Why the comment in it does not count. */
  readonly commentProblem: FactProblem | undefined;
}

/**
 * Places every policy file, in the order of the paths: the project file's word first, then a comment in the file, then
 * the layouts in their order, then hints (repository-layouts, section 13).
 */
export function placePolicies(
  store: DocumentStore,
  roots: ServiceRoots,
  settingsFor: (path: string) => ProjectSettings,
): readonly PlacedPolicy[] {
  const mapped = scopeMapper();
  const sourceOf = findToolkitSources(store);
  const place = (path: string, byLayout: LayoutPlace | undefined): PlacedPolicy | undefined => {
    // A text that is no policy is one where the layout wants a policy: it is broken, and its scope is not absent.
    if (!store.isPolicy(path) && !isPolicyWanted(path, byLayout)) return undefined;
    const settings = settingsFor(path);
    const byProject = mapped(path, settings);
    const comment = store.read(path, readScopeComment);
    const byUser = byProject ?? comment?.placement;
    const placement = byUser ?? byLayout?.placement;
    // A file in a service's folder belongs to that service; elsewhere the project file makes the service.
    const isInService = placement !== undefined && !(byLayout?.layout.isNamingOnly && settings.scopes.length > 0);
    const around = isInService ? byLayout : undefined;
    const source = sourceOf(path);
    const folderOfSettings = settings.path === undefined ? undefined : parentFolder(settings.path);
    return {
      path,
      root: around?.root ?? folderOfSettings ?? (parentFolder(path) as string),
      layoutRoot: around?.layoutRoot,
      placement: withSource(
        withRevision(placement ?? placeBySource(path, source, store) ?? guessPlace(path, store)),
        source,
      ),
      namedBy: byProject !== undefined ? 'project' : byUser !== undefined ? 'comment' : undefined,
      commentProblem: comment?.problem,
    };
  };
  const paths = store.paths().filter((path) => (mayHoldPolicy(path) || store.isPolicy(path)) && !isFetchedCopy(path));
  const places = folderPlaces(paths, roots);
  return paths.flatMap((path, index) => place(path, places[index]) ?? []);
}

function isPolicyWanted(path: string, place: LayoutPlace | undefined): boolean {
  if (place?.placement === undefined || place.placement.confidence === 'guessed') return false;
  return place.layout.expectsPolicy(path);
}

/** Whoever names an API may write its revision behind it, as the service does. */
function withRevision(placement: Placement): Placement {
  return placement.kind === 'definition' ? { ...placement, scope: splitRevisionOf(placement.scope) } : placement;
}

/** What the C# class of a generated definition says: the kind of scope, and not which one. */
function placeBySource(path: string, source: ToolkitSource | undefined, store: DocumentStore): Placement | undefined {
  const scope = source?.scope;
  if (scope === undefined || store.read(path, sniffPolicy) !== 'definition') return undefined;
  return { kind: 'definition', scope, confidence: 'derived', why: 'DocumentScope in its C# class' };
}

function withSource(placement: Placement, source: ToolkitSource | undefined): Placement {
  if (source === undefined) return placement;
  const generated = `generated from ${baseName(source.path)}, where changes belong`;
  return { ...placement, note: placement.note === undefined ? generated : `${placement.note}; ${generated}` };
}

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

/** The root of a layout that a file lies in, and its place there; no placement where the layout does not know the path. */
interface LayoutPlace {
  readonly layout: PolicyLayout;
  readonly root: string;
  readonly layoutRoot: LayoutRoot;
  readonly placement: Placement | undefined;
}

/**
 * Where the layouts put each of the files. Those that only go by names come last: in the root of a service, and where another layout
 * has at least a guess, a name that looks like a scope must not compete with the service's policies.
 */
function folderPlaces(paths: readonly string[], roots: ServiceRoots): readonly (LayoutPlace | undefined)[] {
  const places = paths.map((path) => placeByLayouts(path, serviceLayouts, roots));
  const serviceRoots = new Set(places.map((place) => place?.root));
  return places.map((place, index) => {
    if (place?.placement !== undefined) return place;
    const byName = placeByLayouts(paths[index] as string, namingLayouts, roots);
    return byName === undefined || serviceRoots.has(byName.root) ? place : byName;
  });
}

const serviceLayouts = policyLayouts.filter(({ isNamingOnly }) => isNamingOnly !== true);
const namingLayouts = policyLayouts.filter(({ isNamingOnly }) => isNamingOnly === true);

/** The first place that is more than a guess, else the first guess, else the first root around the file. */
function placeByLayouts(path: string, layouts: readonly PolicyLayout[], roots: ServiceRoots): LayoutPlace | undefined {
  let guess: LayoutPlace | undefined;
  let around: LayoutPlace | undefined;
  for (const layout of layouts) {
    for (const root of layout.possibleRoots(path)) {
      const layoutRoot = roots.open(layout, root);
      if (layoutRoot === undefined) continue;
      const place: LayoutPlace = { layout, root, layoutRoot, placement: layoutRoot.place(path) };
      if (place.placement === undefined) around ??= place;
      else if (place.placement.confidence === 'guessed') guess ??= place;
      else return place;
    }
  }
  return guess ?? around;
}
