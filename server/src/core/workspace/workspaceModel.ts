import { sniffPolicy } from '../syntax/sniffPolicy';
import { foldersAbove, joinPath, parentFolder, relativeTo } from '../text/paths';
import type { DocumentStore } from './documentStore';
import type { PolicyLayout } from './layouts/layout';
import { policyLayouts } from './layouts/layouts';
import { scopeKey } from './policyScope';
import { type ProjectFile, readProjectFile } from './projectFile';
import { defaultSettings, type ProjectSettings } from './projectSettings';
import { compileScopeMapping } from './scopeMapping';
import { idKey, noServiceFacts, type Placement, type ServiceFacts } from './service';
import { isFetchedCopy, mayHoldPolicy, projectFileName } from './workspaceHost';

/** One APIM service as the workspace holds it. Several may stand side by side (environments); they never mix. */
export interface Service {
  readonly root: string;
  /** Undefined for files that only the project file or nothing places. */
  readonly layout: PolicyLayout | undefined;
  readonly facts: ServiceFacts;
  readonly settings: ProjectSettings;
  /** Paths by scopeKey. Where two files claim one scope, the first by path counts. */
  readonly definitions: ReadonlyMap<string, string>;
  /** Paths by idKey. */
  readonly fragments: ReadonlyMap<string, string>;
}

export interface PlacedDocument {
  readonly path: string;
  readonly placement: Placement;
  readonly service: Service;
}

/** What every policy file of the workspace is. Life: one structure version of the store. */
export interface WorkspaceModel {
  readonly structureVersion: number;
  /** Sorted by path. */
  readonly documents: ReadonlyMap<string, PlacedDocument>;
  readonly projectFiles: readonly ProjectFile[];
  /** The settings that hold for a path: those of the nearest project file above it. */
  settingsFor(path: string): ProjectSettings;
}

/** Places every policy document: the project file's word first, then the layouts in their order (repository-layouts 13). */
export function buildWorkspaceModel(store: DocumentStore, projectSchema: object): WorkspaceModel {
  const projectFiles = store
    .paths()
    .filter((path) => path.endsWith(`/${projectFileName}`))
    .map((path) => readProjectFile(path, store.text(path) ?? '', projectSchema));
  const settingsByFolder = new Map(
    projectFiles.map(({ settings }) => [parentFolder(settings.path as string) as string, settings]),
  );
  const settingsFor = (path: string): ProjectSettings => {
    for (const folder of foldersAbove(path)) {
      const settings = settingsByFolder.get(folder);
      if (settings !== undefined) return settings;
    }
    return defaultSettings;
  };

  const found = findPlacements(store, settingsFor);
  const services = buildServices(store, found, settingsFor);
  const documents = new Map<string, PlacedDocument>();
  for (const { path, placement, root } of found) {
    documents.set(path, { path, placement, service: services.get(root) as Service });
  }
  return { structureVersion: store.structureVersion, documents, projectFiles, settingsFor };
}

interface FoundPlacement {
  readonly path: string;
  readonly placement: Placement;
  readonly root: string;
}

const unknownPlacement: Placement = {
  kind: 'definition',
  scope: { kind: 'unknown' },
  confidence: 'guessed',
  why: 'no known folder layout; name its scope in apim-policy.config.json',
};

function findPlacements(store: DocumentStore, settingsFor: (path: string) => ProjectSettings): FoundPlacement[] {
  const confirmed = new Map<string, boolean>();
  const isRoot = (layout: PolicyLayout, root: string): boolean => {
    const key = `${layout.id}:${root}`;
    const isConfirmed = confirmed.get(key) ?? layout.confirmsRoot(root, store);
    confirmed.set(key, isConfirmed);
    return isConfirmed;
  };
  const compiled = new Map<ProjectSettings, readonly ((path: string) => Placement | undefined)[]>();
  const mapped = (path: string, settings: ProjectSettings): Placement | undefined => {
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

  return store
    .paths()
    .filter((path) => (mayHoldPolicy(path) || store.isPolicy(path)) && !isFetchedCopy(path))
    .flatMap((path) => {
      const settings = settingsFor(path);
      const byLayout = placeByLayout(path, isRoot);
      // A text that is no policy is one where the layout wants a policy: it is broken, and its scope is not absent.
      if (!store.isPolicy(path) && byLayout?.placement?.confidence !== 'certain') return [];
      const byProject = mapped(path, settings);
      const folderOfSettings = settings.path === undefined ? undefined : parentFolder(settings.path);
      const ownFolder = parentFolder(path) as string;
      if (byProject !== undefined) {
        // A mapped file in a service's folder belongs to that service; elsewhere the project file makes the service.
        return { path, placement: byProject, root: byLayout?.root ?? (folderOfSettings as string) };
      }
      if (byLayout?.placement !== undefined) return { path, placement: byLayout.placement, root: byLayout.root };
      const isFragment = sniffPolicy(store.text(path) ?? '') === 'fragment';
      const placement: Placement = isFragment
        ? { kind: 'fragment', fragmentId: '', confidence: 'guessed', why: unknownPlacement.why }
        : unknownPlacement;
      return { path, placement, root: folderOfSettings ?? ownFolder };
    });
}

function placeByLayout(
  path: string,
  isRoot: (layout: PolicyLayout, root: string) => boolean,
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

function buildServices(
  store: DocumentStore,
  found: readonly FoundPlacement[],
  settingsFor: (path: string) => ProjectSettings,
): ReadonlyMap<string, Service> {
  const services = new Map<string, Service & { definitions: Map<string, string>; fragments: Map<string, string> }>();
  for (const { path, placement, root } of found) {
    let service = services.get(root);
    if (service === undefined) {
      const layout = policyLayouts.find((candidate) => candidate.confirmsRoot(root, store));
      const settings = settingsFor(joinPath(root, 'policy.xml'));
      const facts = layout?.readFacts(root, store) ?? noServiceFacts;
      service = {
        root,
        layout,
        settings,
        facts: withSettings(facts, settings),
        definitions: new Map(),
        fragments: new Map(),
      };
      for (const [key, source] of service.facts.embeddedFragments) service.fragments.set(key, source.path);
      services.set(root, service);
    }
    if (placement.kind === 'definition' && placement.scope.kind !== 'unknown' && placement.confidence !== 'guessed') {
      const key = scopeKey(placement.scope);
      if (!service.definitions.has(key)) service.definitions.set(key, path);
    }
    if (placement.kind === 'fragment' && placement.fragmentId !== '') {
      service.fragments.set(idKey(placement.fragmentId, placement.workspace), path);
    }
  }
  return services;
}

/** What the project file adds to what the files say. */
function withSettings(facts: ServiceFacts, settings: ProjectSettings): ServiceFacts {
  const written = settings.products.map((product) => ({
    id: product.id,
    workspace: undefined,
    apis: new Set(product.apis.map((api) => api.toLowerCase())),
    subscriptionRequired: product.subscriptionRequired,
  }));
  const namedValues = Object.entries(settings.namedValues).map(([name, value]) => ({ name, value, isSecret: false }));
  const isWritten = (id: string) => written.some((product) => product.id.toLowerCase() === id.toLowerCase());
  return {
    ...facts,
    products: [
      ...facts.products.filter(({ id, workspace }) => workspace !== undefined || !isWritten(id)),
      ...written.map((product) => {
        const known = facts.products.find(
          ({ id, workspace }) => workspace === undefined && id.toLowerCase() === product.id.toLowerCase(),
        );
        return known === undefined
          ? product
          : {
              ...known,
              apis: new Set([...known.apis, ...product.apis]),
              subscriptionRequired: product.subscriptionRequired ?? known.subscriptionRequired,
            };
      }),
    ],
    // The project file's values stand first: the first of a name counts.
    namedValues: [...namedValues, ...facts.namedValues],
  };
}
