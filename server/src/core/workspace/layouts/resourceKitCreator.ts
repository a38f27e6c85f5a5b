import { baseName, foldersAbove, joinPath } from '../../text/paths';
import { isRecord } from '../jsonText';
import type { PolicyScope } from '../policyScope';
import {
  type ApiFacts,
  idKey,
  type NamedValueFacts,
  noServiceFacts,
  type Placement,
  type ProductFacts,
  type ServiceFacts,
} from '../service';
import { mayHoldCreatorConfiguration } from '../workspaceHost';
import { readYaml } from '../yamlText';
import { booleanOf, factProblem, stringOf } from './factReading';
import type { LayoutRoot, PolicyLayout, WorkspaceFiles } from './layout';
import { apiKey, splitRevision } from './revisions';

/**
 * The DevOps resource kit's creator: a YAML file lists the service with the policies of each scope, whose files may have
 * any name (repository-layouts, section 4).
 */
export const resourceKitCreatorLayout: PolicyLayout = {
  id: 'resource-kit-creator',
  possibleRoots: (path) => nearestFolders(path, levelsToConfiguration),
  // For a single file its own folder and the one above it: further up lies whatever somebody has on the disk.
  rootsToLoad: (path) => nearestFolders(path, 2),
  openRoot(root, files) {
    const readings = files.pathsIn(root).flatMap((path) => {
      if (!mayHoldCreatorConfiguration(path)) return [];
      const reading = files.read(path, readCreatorConfiguration);
      return reading === undefined ? [] : [{ ...reading, path }];
    });
    return readings.length === 0 ? undefined : openByConfigurations(root, readings, files);
  },
  expectsPolicy: () => false,
  isServiceFolder: () => false,
};

/** True where the beginning of a YAML file shows that the creator reads it. */
export function isCreatorConfiguration(beginning: string): boolean {
  return /^apimServiceName\s*:/m.test(beginning);
}

/** The policies lie beside the configuration, or not far below it. */
const levelsToConfiguration = 5;

function nearestFolders(path: string, levels: number): readonly string[] {
  const folders: string[] = [];
  for (const folder of foldersAbove(path)) if (folders.push(folder) === levels) break;
  return folders;
}

/** What one configuration says. */
interface CreatorConfiguration {
  /** Files as they are written: a path, or an address of which the name at the end is known. */
  readonly policies: readonly { readonly file: string; readonly scope: PolicyScope }[];
  readonly facts: ServiceFacts;
}

type Properties = Readonly<Record<string, unknown>>;

/** Undefined for YAML of somebody else. Never throws. */
function readCreatorConfiguration(text: string, path: string): CreatorConfiguration | undefined {
  if (!isCreatorConfiguration(text)) return undefined;
  const { value, problem } = readYaml(text);
  if (problem !== undefined) {
    const problems = [factProblem(path, problem, 'so it is not known which policies the resource kit deploys')];
    return { policies: [], facts: { ...noServiceFacts, problems } };
  }
  const service = isRecord(value) ? value : {};
  const apis = recordsIn(service['apis']);
  const products = recordsIn(service['products']);
  return {
    policies: [
      ...policyOf(service, { kind: 'global' }),
      ...products.flatMap((product) => policyOf(product, { kind: 'product', product: productId(product) ?? '' })),
      ...apis.flatMap(policiesOfApi),
    ],
    facts: {
      ...noServiceFacts,
      apis: new Map(apis.flatMap(apiFacts)),
      products: productFacts(apis, products),
      namedValues: recordsIn(service['namedValues']).flatMap(namedValueFacts),
    },
  };
}

function policiesOfApi(api: Properties): CreatorConfiguration['policies'] {
  const id = apiId(api);
  if (id === undefined) return [];
  const operations = isRecord(api['operations']) ? Object.entries(api['operations']) : [];
  return [
    ...policyOf(api, { kind: 'api', ...splitRevision(id) }),
    ...operations.flatMap(([operation, settings]) =>
      isRecord(settings) ? policyOf(settings, { kind: 'operation', ...splitRevision(id), operation }) : [],
    ),
  ];
}

function policyOf({ policy }: Properties, scope: PolicyScope): CreatorConfiguration['policies'] {
  const file = stringOf(policy)?.trim();
  return file === undefined || file === '' ? [] : [{ file, scope }];
}

/** Only a revision that is not current has its number in the id. */
function apiId({ name, apiRevision, isCurrent }: Properties): string | undefined {
  const api = stringOf(name);
  const revision = textOf(apiRevision);
  return api === undefined || isCurrent !== false || revision === undefined ? api : `${api};rev=${revision}`;
}

/** YAML reads `2` as a number; of any other number nobody knows how it was written. */
function textOf(value: unknown): string | undefined {
  return Number.isSafeInteger(value) ? String(value) : stringOf(value);
}

function productId({ name, displayName }: Properties): string | undefined {
  return stringOf(name) ?? stringOf(displayName);
}

function apiFacts(api: Properties): readonly (readonly [string, ApiFacts])[] {
  const id = apiId(api);
  if (id === undefined) return [];
  const facts: ApiFacts = {
    displayName: stringOf(api['displayName']),
    subscriptionRequired: booleanOf(api['subscriptionRequired']),
    type: stringOf(api['type'])?.toLowerCase(),
    versioning: undefined,
    operations: undefined,
  };
  return [[idKey(id, undefined), facts]];
}

/** `products: starter, unlimited` of an API names those that contain it; some may be listed nowhere else. */
function productFacts(apis: readonly Properties[], products: readonly Properties[]): readonly ProductFacts[] {
  const members = new Map<string, { readonly id: string; readonly apis: Set<string>; readonly settings: Properties }>();
  const member = (id: string, settings: Properties) => {
    const known = members.get(id.toLowerCase()) ?? { id, apis: new Set<string>(), settings };
    members.set(id.toLowerCase(), known);
    return known;
  };
  for (const product of products) {
    const id = productId(product);
    if (id !== undefined) member(id, product);
  }
  for (const api of apis) {
    const id = apiId(api);
    const names = stringOf(api['products'])?.split(',') ?? [];
    for (const name of names.map((each) => each.trim())) {
      if (id !== undefined && name !== '') member(name, {}).apis.add(apiKey(id));
    }
  }
  return [...members.values()].map(({ id, apis: contained, settings }) => ({
    id,
    workspace: undefined,
    apis: contained,
    subscriptionRequired: booleanOf(settings['subscriptionRequired']),
  }));
}

function namedValueFacts(settings: Properties): readonly NamedValueFacts[] {
  const name = stringOf(settings['displayName']) ?? stringOf(settings['name']);
  if (name === undefined) return [];
  const isSecret = settings['secret'] === true || isRecord(settings['keyVault']);
  const value = isSecret ? undefined : textOf(settings['value']);
  return [{ name, workspace: undefined, value, isSecret, path: undefined }];
}

function recordsIn(value: unknown): readonly Properties[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function openByConfigurations(
  root: string,
  configurations: readonly (CreatorConfiguration & { readonly path: string })[],
  files: WorkspaceFiles,
): LayoutRoot {
  const places = new Map<string, Placement>();
  const find = policyFinder(root, files);
  for (const { path, policies } of configurations) {
    for (const { file, scope } of policies) {
      const found = find(file);
      if (found === undefined || places.has(found.path)) continue;
      const why = `resource kit, ${baseName(path)}${found.isByName ? ', by the file’s name' : ''}`;
      places.set(found.path, { kind: 'definition', scope, confidence: found.isByName ? 'derived' : 'certain', why });
    }
  }
  const merge = <Field extends 'products' | 'namedValues' | 'problems'>(field: Field) =>
    configurations.flatMap(({ facts }) => facts[field] as readonly ServiceFacts[Field][number][]);
  return {
    place: (path) => places.get(path),
    readFacts: () => ({
      ...noServiceFacts,
      apis: new Map(configurations.flatMap(({ facts }) => [...facts.apis])),
      products: merge('products'),
      namedValues: merge('namedValues'),
      problems: merge('problems'),
    }),
  };
}

interface FoundFile {
  readonly path: string;
  readonly isByName: boolean;
}

/**
 * A relative path begins at the configuration, or where the tool was run: at one of the folders above it. Of a path on
 * somebody's disk and of an address, the name at the end is what can be found again, where no two files have it.
 */
function policyFinder(root: string, files: WorkspaceFiles): (written: string) => FoundFile | undefined {
  const bases = [root, ...foldersAbove(root)].slice(0, levelsToConfiguration);
  let byName: Map<string, readonly string[]> | undefined;
  const pathsCalled = (name: string): readonly string[] => {
    if (byName === undefined) {
      byName = new Map();
      for (const path of files.pathsBelow(root)) {
        byName.set(baseName(path), [...(byName.get(baseName(path)) ?? []), path].slice(0, 2));
      }
    }
    return byName.get(name) ?? [];
  };
  return (written) => {
    const file = written.replaceAll('\\', '/');
    if (/^([a-z][\w+.-]*:|\/)/i.test(file)) {
      const [path, another] = pathsCalled(baseName(file.replace(/[?#].*$/, '')));
      return path === undefined || another !== undefined ? undefined : { path, isByName: true };
    }
    const relative = file.replace(/^(\.\/)+/, '');
    const path = bases.map((base) => joinPath(base, relative)).find((candidate) => files.has(candidate));
    return path === undefined ? undefined : { path, isByName: false };
  };
}
