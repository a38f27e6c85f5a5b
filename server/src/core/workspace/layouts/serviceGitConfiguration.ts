import { baseName, parentFolder, relativeTo } from '../../text/paths';
import { isRecord } from '../jsonText';
import { type ApiFacts, idKey, noServiceFacts, type Operation, type ProductFacts, type ServiceFacts } from '../service';
import { booleanOf, type FactReading, readProperties, stringOf, versioningInside } from './factReading';
import type { WorkspaceFiles } from './layout';

/** What the `configuration.json` files of a service's own Git repository tell. */
export interface GitConfiguration {
  /** By the name of the API's folder. */
  readonly apis: ReadonlyMap<string, { readonly api: string; readonly revision?: string }>;
  /** Ids of operations by `<name of the API's folder>/<name of the policy's file>`. */
  readonly operations: ReadonlyMap<string, string>;
  /** Ids by the name of the product's folder. */
  readonly products: ReadonlyMap<string, string>;
  readonly facts: ServiceFacts;
}

type Properties = Readonly<Record<string, unknown>>;

/**
 * Reads the configurations of APIs and products. Named values and policy fragments are not in such a repository
 * (MicrosoftDocs/azure-docs, issue 104471).
 */
export function readGitConfiguration(root: string, files: WorkspaceFiles): GitConfiguration {
  const reading: FactReading = { root, files, problems: new Map() };
  const apis = new Map<string, { readonly api: string; readonly revision?: string }>();
  const operations = new Map<string, string>();
  const facts = new Map<string, ApiFacts>();
  const products = new Map<string, string>();
  const memberships: { readonly id: string; readonly properties: Properties }[] = [];
  for (const path of files.pathsBelow(root)) {
    const [collection = '', name = '', file, ...rest] = (relativeTo(root, path) as string).split('/');
    if (file?.toLowerCase() !== 'configuration.json' || rest.length > 0) continue;
    const properties = readProperties(path, `so what it says of ${name} counts as unknown`, reading);
    const id = lastSegment(properties?.['id']);
    if (properties === undefined || id === undefined) continue;
    if (collection.toLowerCase() === 'apis') {
      const api = apiOf(id, properties);
      apis.set(name, api);
      const revision = api.revision === undefined ? '' : `;rev=${api.revision}`;
      facts.set(idKey(`${api.api}${revision}`, undefined), apiFacts(properties));
      for (const [policy, operation] of policiesOfOperations(properties))
        operations.set(`${name}/${policy}`, operation);
    } else if (collection.toLowerCase() === 'products') {
      products.set(name, id);
      memberships.push({ id, properties });
    }
  }
  const productFacts = memberships.map(({ id, properties }): ProductFacts => {
    const names = listOf(properties['$refs-apis']).map((path) => baseName(parentFolder(`/${String(path)}`) ?? ''));
    return {
      id,
      workspace: undefined,
      apis: new Set(names.flatMap((name) => apis.get(name)?.api.toLowerCase() ?? [])),
      subscriptionRequired: booleanOf(properties['subscriptionRequired']),
    };
  });
  return {
    apis,
    operations,
    products,
    facts: {
      ...noServiceFacts,
      apis: facts,
      products: productFacts,
      hasServiceArtifacts: products.size > 0,
      problems: [...reading.problems.values()],
    },
  };
}

/** Only the revision that is current carries the API's own name. */
function apiOf(
  id: string,
  { apiRevision, isCurrent }: Properties,
): { readonly api: string; readonly revision?: string } {
  const [api = id] = id.split(';rev=');
  return isCurrent === true || typeof apiRevision !== 'string' ? { api } : { api, revision: apiRevision };
}

function apiFacts(properties: Properties): ApiFacts {
  return {
    displayName: stringOf(properties['name']),
    subscriptionRequired: booleanOf(properties['subscriptionRequired']),
    type: stringOf(properties['type'])?.toLowerCase(),
    versioning: versioningInside(properties['apiVersionSet']),
    operations: operationsOf(properties)?.flatMap((operation): readonly Operation[] => {
      const id = lastSegment(operation['id']);
      const method = stringOf(operation['method']);
      const urlTemplate = stringOf(operation['urlTemplate']);
      return id === undefined || method === undefined || urlTemplate === undefined
        ? []
        : [{ id, method: method.toUpperCase(), urlTemplate }];
    }),
  };
}

/** The names of operations' policy files, each with the operation's id. */
function policiesOfOperations(properties: Properties): readonly (readonly [policy: string, operation: string])[] {
  return (operationsOf(properties) ?? []).flatMap((operation) => {
    const policy = lastSegment(operation['$ref-policy'])?.replace(/\.xml$/i, '');
    const id = lastSegment(operation['id']);
    return policy === undefined || id === undefined ? [] : [[policy, id] as const];
  });
}

function operationsOf({ operations }: Properties): readonly Properties[] | undefined {
  return Array.isArray(operations) ? operations.filter(isRecord) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `/apis/echo-api` → echo-api */
function lastSegment(value: unknown): string | undefined {
  const last = stringOf(value)?.split('/').pop();
  return last === '' ? undefined : last;
}
