import { joinPath, relativeTo } from '../../text/paths';
import { isRecord } from '../jsonText';
import {
  type ApiFacts,
  type EmbeddedFragment,
  type FactProblem,
  idKey,
  type NamedValueFacts,
  type Operation,
  type ProductFacts,
  type ResourceFacts,
  type ServiceFacts,
} from '../service';
import { readSpecification } from '../specification';
import { type ArtifactFolder, artifactFolders, collectionOf, informationFile, informationNoun } from './apiopsNames';
import { readProduct } from './apiopsProducts';
import {
  booleanOf,
  type FactReading,
  factProblem,
  readProperties,
  stringOf,
  versioningInside,
  versioningOf,
} from './factReading';
import type { WorkspaceFiles } from './layout';

/** Everything that the information and specification files of one APIOps root tell (repository-layouts, section 3). */
export function readApiopsFacts(root: string, files: WorkspaceFiles): ServiceFacts {
  const reading: FactReading = { root, files, problems: new Map() };
  const folders = artifactFolders(root, files);
  const versionSets = readVersionSets(folders, reading);
  const apis = new Map<string, ApiFacts>();
  const products: ProductFacts[] = [];
  const namedValues: NamedValueFacts[] = [];
  const resources: ResourceFacts[] = [];
  const embeddedFragments: EmbeddedFragment[] = [];

  for (const artifact of folders) {
    switch (artifact.collection) {
      case 'apis':
        apis.set(idKey(artifact.item, artifact.workspace), readApi(artifact, versionSets, reading));
        break;
      case 'products':
        products.push(readProduct(artifact, reading));
        break;
      case 'namedvalues':
        namedValues.push(readNamedValue(artifact, reading));
        break;
      case 'backends':
        resources.push(findResource('backend', artifact, files));
        break;
      case 'loggers':
        resources.push(findResource('logger', artifact, files));
        break;
      case 'policyfragments':
        embeddedFragments.push(...readEmbeddedFragment(artifact, reading));
        break;
    }
  }
  return {
    apis,
    products,
    namedValues,
    resources,
    embeddedFragments,
    hasServiceArtifacts: folders.some(({ collection, workspace }) => collection !== 'apis' && workspace === undefined),
    problems: [...reading.problems.values()],
    specificationProblems: () => folders.flatMap((artifact) => specificationProblem(artifact, files)),
  };
}

function readApi(artifact: ArtifactFolder, versionSets: VersionSets, reading: FactReading): ApiFacts {
  const { folder, item, workspace } = artifact;
  const information = informationFile(folder, 'api', reading.files);
  const properties = readProperties(information, `so what it says of API ${item} counts as unknown`, reading);
  // The original version of a set is reached without one, whatever the scheme.
  const isVersion = stringOf(properties?.['apiVersion']) !== '';
  const versionSet = isVersion ? stringOf(properties?.['apiVersionSetId'])?.split('/').pop() : undefined;
  const specification = specificationFile(artifact, reading.files);
  const described = readOperations(folder, reading);
  return {
    displayName: stringOf(properties?.['displayName']),
    subscriptionRequired: booleanOf(properties?.['subscriptionRequired']),
    type: stringOf(properties?.['type'] ?? properties?.['apiType'])?.toLowerCase(),
    versioning:
      versionSet === undefined
        ? versioningInside(properties?.['apiVersionSet'])
        : findVersioning(versionSet, workspace, versionSets),
    // Not spread, not copied: a service has hundreds of specifications, and an answer looks at one of them.
    get operations() {
      if (specification === undefined) return described.length > 0 ? complete(described) : undefined;
      const specified = reading.files.read(specification, readSpecification)?.operations;
      return specified && withDescribed(specified, described);
    },
  };
}

/**
 * `operations/<o>/operationInformation.json` (apiops-cli), which tells of operations where an API has no specification.
 * Undefined for one that cannot be read.
 */
function readOperations(folder: string, reading: FactReading): readonly (Operation | undefined)[] {
  return reading.files.pathsBelow(folder).flatMap((path): readonly (Operation | undefined)[] => {
    const [collection = '', id = '', name = '', ...deeper] = (relativeTo(folder, path) as string).split('/');
    const isInformation = informationNoun(name) === 'operation' && deeper.length === 0;
    if (!isInformation || collectionOf(collection) !== 'operations') return [];
    const properties = readProperties(path, `so what it says of operation ${id} counts as unknown`, reading);
    const method = stringOf(properties?.['method']);
    const urlTemplate = stringOf(properties?.['urlTemplate']);
    return [method && urlTemplate ? { id, method: method.toUpperCase(), urlTemplate } : undefined];
  });
}

/** Undefined where one is not known, since any may be the one that counts. */
function complete(operations: readonly (Operation | undefined)[]): readonly Operation[] | undefined {
  const known = operations.flatMap((operation) => operation ?? []);
  return known.length === operations.length ? known : undefined;
}

function withDescribed(
  specified: readonly Operation[],
  described: readonly (Operation | undefined)[],
): readonly Operation[] {
  if (described.length === 0) return specified;
  const ids = new Set(specified.map(({ id }) => id.toLowerCase()));
  const others = described.flatMap((operation) => operation ?? []).filter(({ id }) => !ids.has(id.toLowerCase()));
  return [...specified, ...others];
}

function specificationFile({ folder }: ArtifactFolder, files: WorkspaceFiles): string | undefined {
  return ['yaml', 'yml', 'json']
    .map((extension) => joinPath(folder, `specification.${extension}`))
    .find((path) => files.has(path));
}

function specificationProblem(artifact: ArtifactFolder, files: WorkspaceFiles): readonly FactProblem[] {
  const path = artifact.collection === 'apis' ? specificationFile(artifact, files) : undefined;
  const problem = path === undefined ? undefined : files.read(path, readSpecification)?.problem;
  if (path === undefined || problem === undefined) return [];
  return [factProblem(path, problem, `so the operations of API ${artifact.item} are unknown`)];
}

/** By idKey. */
type VersionSets = ReadonlyMap<string, ApiFacts['versioning']>;

function readVersionSets(folders: readonly ArtifactFolder[], reading: FactReading): VersionSets {
  const schemes = folders.flatMap(({ collection, folder, item, workspace }) => {
    if (collection !== 'versionsets') return [];
    const path =
      informationFile(folder, 'versionSet', reading.files) ?? informationFile(folder, 'apiVersionSet', reading.files);
    const properties = readProperties(path, `so what it says of version set ${item} counts as unknown`, reading);
    return [[idKey(item, workspace), versioningOf(properties?.['versioningScheme'])] as const];
  });
  return new Map(schemes);
}

/** A workspace's APIs have version sets of the workspace; those of the service stand in where it has no such folder. */
function findVersioning(id: string, workspace: string | undefined, versionSets: VersionSets): ApiFacts['versioning'] {
  const own = idKey(id, workspace);
  return versionSets.get(versionSets.has(own) ? own : idKey(id, undefined));
}

function readNamedValue({ folder, item, workspace }: ArtifactFolder, reading: FactReading): NamedValueFacts {
  const information = informationFile(folder, 'namedValue', reading.files);
  const properties = readProperties(information, `so what it says of named value ${item} counts as unknown`, reading);
  const isSecret = properties?.['secret'] === true || isRecord(properties?.['keyVault']);
  return {
    // `{{name}}` refers to the display name; the folder may be an opaque id.
    name: stringOf(properties?.['displayName']) ?? item,
    workspace,
    value: isSecret ? undefined : stringOf(properties?.['value']),
    isSecret,
    path: information,
  };
}

/** What its information file says is read when somebody asks. */
function findResource(
  kind: ResourceFacts['kind'],
  { folder, item, workspace }: ArtifactFolder,
  files: WorkspaceFiles,
): ResourceFacts {
  return { kind, id: item, workspace, path: informationFile(folder, kind, files) };
}

function readEmbeddedFragment(
  { folder, item, workspace }: ArtifactFolder,
  reading: FactReading,
): readonly EmbeddedFragment[] {
  const path = informationFile(folder, 'policyFragment', reading.files);
  const properties = readProperties(path, `so what it says of policy fragment ${item} counts as unknown`, reading);
  // A policy.xml beside the information file wins (Azure/apiops-cli, pull request 293).
  if (path === undefined || typeof properties?.['value'] !== 'string') return [];
  return reading.files.has(joinPath(folder, 'policy.xml')) ? [] : [{ fragmentId: item, workspace, path }];
}
