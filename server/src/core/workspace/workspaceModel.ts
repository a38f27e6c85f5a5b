import { foldersAbove, parentFolder } from '../text/paths';
import { buildServices } from './buildServices';
import type { DocumentStore } from './documentStore';
import type { LayoutRoot } from './layouts/layout';
import { placePolicies } from './placePolicies';
import { type ProjectFile, readProjectFile } from './projectFile';
import { defaultSettings, type ProjectSettings } from './projectSettings';
import { type FactProblem, type Placement, type ProductFacts, type ServiceFacts, sortedByPath } from './service';
import { createServiceRoots } from './serviceRoots';
import { projectFileName } from './workspaceHost';

/** One APIM service as the workspace holds it. Several may stand side by side (environments); they never mix. */
export interface Service {
  readonly root: string;
  /** Undefined for files that only the project file or nothing places. */
  readonly layoutRoot: LayoutRoot | undefined;
  readonly facts: ServiceFacts;
  /** The products that contain an API, sorted by id, by its idKey without revision. */
  readonly productsByApi: ReadonlyMap<string, readonly ProductFacts[]>;
  /**
   * Those of the nearest project file at the root or above it: named values, products and absent scopes belong to the
   * service. What a project file further down says of rules and of CORS counts for its files alone (`settingsFor`).
   */
  readonly settings: ProjectSettings;
  /** Paths by scopeKey. Of several files, one that the project file names counts, else the first by path; never a guess. */
  readonly definitions: ReadonlyMap<string, string>;
  /** Those of the definitions that are operations' policies, by the scopeKey of their API. */
  readonly operationPolicies: ReadonlyMap<string, readonly string[]>;
  /** Paths by idKey, chosen in the same way. A `.json` holds the text as a string. */
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
  /**
   * Files that say something of a service and do not count: information that cannot be read, and the second of two
   * files for one scope or fragment. Sorted by path. Files that the host could not read are not among them.
   */
  readonly factProblems: readonly FactProblem[];
  /** Specifications that cannot be read, sorted by path. The first call reads them all: tens of milliseconds for each in YAML. */
  specificationProblems(): readonly FactProblem[];
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

  const roots = createServiceRoots(store);
  const policies = placePolicies(store, roots, settingsFor);
  const { services, problems } = buildServices(policies, roots, settingsFor);
  const documents = new Map<string, PlacedDocument>();
  for (const { path, placement, root } of policies) {
    documents.set(path, { path, placement, service: services.get(root) as Service });
  }
  return {
    structureVersion: store.structureVersion,
    documents,
    projectFiles,
    settingsFor,
    factProblems: problems,
    specificationProblems: () =>
      sortedByPath([...services.values()].flatMap(({ facts }) => facts.specificationProblems())),
  };
}
