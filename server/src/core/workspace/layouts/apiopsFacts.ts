import { joinPath, relativeTo } from '../../text/paths';
import {
  type ApiFacts,
  type FragmentSource,
  idKey,
  type NamedValueFacts,
  type ProductFacts,
  type ServiceFacts,
} from '../service';
import { isRecord, parseJsonObject, readSpecification } from '../specification';
import { collectionOf, informationFile, splitRevision } from './apiopsNames';
import type { WorkspaceFiles } from './layout';

/** Everything that the information and specification files of one APIOps root tell (repository-layouts, section 3). */
export function readApiopsFacts(root: string, files: WorkspaceFiles): ServiceFacts {
  const apis = new Map<string, ApiFacts>();
  const products: ProductFacts[] = [];
  const namedValues: NamedValueFacts[] = [];
  const embeddedFragments = new Map<string, FragmentSource>();
  let hasServiceArtifacts = false;

  for (const { folder, collection, item, workspace } of artifactFolders(root, files)) {
    switch (collection) {
      case 'apis':
        apis.set(idKey(item, workspace), readApi(folder, root, files));
        continue;
      case 'products':
        products.push(readProduct(folder, item, workspace, files));
        break;
      case 'namedvalues':
        namedValues.push(readNamedValue(folder, item, files));
        break;
      case 'policyfragments': {
        const path = informationFile(folder, 'policyFragment', files);
        const isInJson = typeof propertiesOf(path, files)?.['value'] === 'string';
        // A policy.xml beside the information file wins (Azure/apiops-cli, pull request 293).
        if (path !== undefined && isInJson && !files.has(joinPath(folder, 'policy.xml'))) {
          embeddedFragments.set(idKey(item, workspace), { path, form: 'json' });
        }
        break;
      }
    }
    if (workspace === undefined) hasServiceArtifacts = true;
  }
  return { apis, products, namedValues, embeddedFragments, hasServiceArtifacts };
}

interface ArtifactFolder {
  readonly folder: string;
  readonly collection: string;
  readonly item: string;
  readonly workspace: string | undefined;
}

/** The folders of the root's artifacts, each once, those of workspaces too. */
function artifactFolders(root: string, files: WorkspaceFiles): readonly ArtifactFolder[] {
  const found = new Map<string, ArtifactFolder>();
  for (const path of files.pathsBelow(root)) {
    const segments = (relativeTo(root, path) as string).split('/');
    let workspace: string | undefined;
    let base = root;
    if (segments.length > 2 && collectionOf(segments[0] as string) === 'workspaces') {
      workspace = segments[1] as string;
      base = joinPath(root, `${segments[0]}/${segments[1]}`);
      segments.splice(0, 2);
    }
    const collection = segments.length > 2 ? collectionOf(segments[0] as string) : undefined;
    if (collection === undefined || collection === 'workspaces') continue;
    const folder = joinPath(base, `${segments[0]}/${segments[1]}`);
    if (!found.has(folder)) found.set(folder, { folder, collection, item: segments[1] as string, workspace });
  }
  return [...found.values()];
}

function propertiesOf(path: string | undefined, files: WorkspaceFiles): Readonly<Record<string, unknown>> | undefined {
  const information = parseJsonObject(path === undefined ? undefined : files.text(path));
  const properties = information?.['properties'];
  // The snake_case generation writes the properties at the top level.
  return isRecord(properties) ? properties : information;
}

function readApi(folder: string, root: string, files: WorkspaceFiles): ApiFacts {
  const properties = propertiesOf(informationFile(folder, 'api', files), files);
  return {
    displayName: stringOf(properties?.['displayName']),
    subscriptionRequired: booleanOf(properties?.['subscriptionRequired']),
    type: stringOf(properties?.['type'] ?? properties?.['apiType'])?.toLowerCase(),
    versioning: readVersioning(properties, root, files),
    operations: readOperations(folder, files),
  };
}

function readOperations(folder: string, files: WorkspaceFiles): ApiFacts['operations'] {
  for (const extension of ['yaml', 'yml', 'json']) {
    const path = joinPath(folder, `specification.${extension}`);
    const text = files.text(path);
    if (text !== undefined) return readSpecification(text, path);
  }
  return undefined;
}

function readVersioning(
  properties: Readonly<Record<string, unknown>> | undefined,
  root: string,
  files: WorkspaceFiles,
): ApiFacts['versioning'] {
  const id = stringOf(properties?.['apiVersionSetId'])?.split('/').pop();
  if (id === undefined) return undefined;
  for (const collection of ['version sets', 'versionSets', 'version_sets']) {
    const folder = joinPath(root, `${collection}/${id}`);
    const path = informationFile(folder, 'versionSet', files) ?? informationFile(folder, 'apiVersionSet', files);
    const scheme = stringOf(propertiesOf(path, files)?.['versioningScheme'])?.toLowerCase();
    if (scheme === 'segment') return 'path';
    if (scheme === 'query' || scheme === 'header') return scheme;
  }
  return undefined;
}

function readProduct(folder: string, id: string, workspace: string | undefined, files: WorkspaceFiles): ProductFacts {
  const properties = propertiesOf(informationFile(folder, 'product', files), files);
  return {
    id,
    workspace,
    apis: new Set([...apisOfListFile(folder, files), ...apisOfFolders(folder, files)]),
    subscriptionRequired: booleanOf(properties?.['subscriptionRequired']),
  };
}

/** `products/<p>/apis.json`: `[ { "name": "orders" } ]` (v4, v5, apiops-cli). */
function apisOfListFile(folder: string, files: WorkspaceFiles): readonly string[] {
  const text = files.text(joinPath(folder, 'apis.json'));
  // parseJsonObject reads objects; the list is wrapped so that one reader serves both.
  const list = parseJsonObject(text === undefined ? undefined : `{"apis":${text.replace(/^\uFEFF/, '')}}`)?.['apis'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry) => (isRecord(entry) && typeof entry['name'] === 'string' ? [apiKey(entry['name'])] : []));
}

/** `products/<p>/apis/<api>/productApiInformation.json` (v6, v7) and its snake_case twin: the folder's name is the API. */
function apisOfFolders(folder: string, files: WorkspaceFiles): readonly string[] {
  return files.pathsBelow(folder).flatMap((path) => {
    const segments = (relativeTo(folder, path) as string).split('/');
    if (segments.length !== 3 || collectionOf(segments[0] as string) !== 'apis') return [];
    const linked = stringOf(propertiesOf(path, files)?.['apiId'])?.split('/').pop();
    return [apiKey(linked ?? (segments[1] as string))];
  });
}

/** Membership belongs to the API, whatever its revision. */
function apiKey(name: string): string {
  return splitRevision(name).api.toLowerCase();
}

function readNamedValue(folder: string, item: string, files: WorkspaceFiles): NamedValueFacts {
  const properties = propertiesOf(informationFile(folder, 'namedValue', files), files);
  const isSecret = properties?.['secret'] === true || isRecord(properties?.['keyVault']);
  return {
    // `{{name}}` refers to the display name; the folder may be an opaque id.
    name: stringOf(properties?.['displayName']) ?? item,
    value: isSecret ? undefined : stringOf(properties?.['value']),
    isSecret,
  };
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function booleanOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
