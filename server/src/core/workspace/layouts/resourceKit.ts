import { baseName, parentFolder, relativeTo } from '../../text/paths';
import type { PolicyScope, ScopeConfidence } from '../policyScope';
import type { Placement } from '../service';
import type { PolicyLayout, WorkspaceFiles } from './layout';
import { readTemplateFacts } from './resourceKitFacts';
import { lastLiteralOf, type TemplateReading, templatesBelow } from './resourceKitTemplates';
import { splitRevision } from './revisions';

/**
 * The DevOps resource kit's extractor: a flat folder `policies` beside ARM templates, the scope in the files' names
 * (repository-layouts, section 4).
 */
export const resourceKitLayout: PolicyLayout = {
  id: 'resource-kit',
  possibleRoots(path) {
    const folder = parentFolder(path);
    if (folder === undefined) return [];
    if (isPoliciesFolder(folder)) return [parentFolder(folder) ?? folder];
    return kindOf(path) === undefined ? [] : [folder];
  },
  rootsToLoad: (path) => (kindOf(path) === undefined ? [] : resourceKitLayout.possibleRoots(path)),
  openRoot(root, files) {
    const policies = policyFilesOf(root, files);
    if (policies.length === 0) return undefined;
    const templates = templatesBelow(root, files);
    const ids = knownIds(policies, templates);
    return { place: (path) => place(path, ids), readFacts: () => readTemplateFacts(templates) };
  },
  expectsPolicy: (path) => {
    const folder = kindOf(path) === undefined ? undefined : parentFolder(path);
    return folder !== undefined && isPoliciesFolder(folder);
  },
  isServiceFolder: (name) => name.toLowerCase() === 'policies',
};

type FileKind = 'global' | 'product' | 'api' | 'operation';

function kindOf(path: string): { readonly kind: FileKind; readonly id: string } | undefined {
  const match = /^(?:(globalService)|(.+)-(product|api|operation))Policy\.xml$/i.exec(baseName(path));
  if (match === null) return undefined;
  return { kind: (match[3]?.toLowerCase() ?? 'global') as FileKind, id: match[2] ?? '' };
}

function isPoliciesFolder(folder: string): boolean {
  return baseName(folder).toLowerCase() === 'policies';
}

/** Those directly in the root, and in its folder `policies`. */
function policyFilesOf(root: string, files: WorkspaceFiles): readonly string[] {
  return files.pathsBelow(root).filter((path) => {
    const [first = '', ...rest] = (relativeTo(root, path) as string).split('/');
    const isOwn = rest.length === 0 || (rest.length === 1 && first.toLowerCase() === 'policies');
    return isOwn && kindOf(path) !== undefined;
  });
}

interface KnownIds {
  /** Of APIs, with their revisions. Lower case to the id as it is written. */
  readonly apis: ReadonlyMap<string, string>;
  /** API and operation by the name of the file that a template links to, lower case. */
  readonly operations: ReadonlyMap<string, { readonly api: string; readonly operation: string }>;
}

function knownIds(policies: readonly string[], templates: readonly TemplateReading[]): KnownIds {
  const apis = new Map<string, string>();
  const operations = new Map<string, { readonly api: string; readonly operation: string }>();
  for (const path of policies) {
    const found = kindOf(path);
    if (found?.kind === 'api') apis.set(found.id.toLowerCase(), found.id);
  }
  for (const { type, ids, properties } of templates.flatMap(({ resources }) => resources)) {
    const [api, operation] = ids ?? [];
    if (api === undefined) continue;
    if (type === 'apis') apis.set(api.toLowerCase(), api);
    const file = type === 'apis/operations/policies' ? lastLiteralOf(properties['value'], /\.xml$/i) : undefined;
    if (file !== undefined && operation !== undefined) operations.set(file.toLowerCase(), { api, operation });
  }
  return { apis, operations };
}

function place(path: string, ids: KnownIds): Placement | undefined {
  const found = kindOf(path);
  if (found === undefined) return undefined;
  const definition = (scope: PolicyScope, confidence: ScopeConfidence, why: string): Placement => ({
    kind: 'definition',
    scope,
    confidence,
    why,
  });
  const byName = ['certain', 'resource kit, by its name'] as const;
  switch (found.kind) {
    case 'global':
      return definition({ kind: 'global' }, ...byName);
    case 'product':
      return definition({ kind: 'product', product: found.id }, ...byName);
    case 'api':
      return definition({ kind: 'api', ...splitRevision(found.id) }, ...byName);
    case 'operation': {
      const { api, operation, why } = splitOperation(baseName(path), found.id, ids);
      const scope: PolicyScope = { kind: 'operation', ...(api === undefined ? {} : splitRevision(api)) };
      return definition(operation === undefined ? scope : { ...scope, operation }, 'derived', `resource kit, ${why}`);
    }
  }
}

/** `orders-get-all` may be `get-all` of `orders` or `all` of `orders-get`: the name alone does not tell. */
function splitOperation(fileName: string, id: string, { apis, operations }: KnownIds) {
  const linked = operations.get(fileName.toLowerCase());
  if (linked !== undefined) return { ...linked, why: 'API and operation from the template that links to the file' };
  const [, revisionApi, ofRevision] = /^(.+;rev=\d+)-(.+)$/i.exec(id) ?? [];
  if (revisionApi !== undefined) return { api: revisionApi, operation: ofRevision, why: 'by its name' };
  const lower = id.toLowerCase();
  for (let dash = lower.lastIndexOf('-'); dash > 0; dash = lower.lastIndexOf('-', dash - 1)) {
    const api = apis.get(lower.slice(0, dash));
    if (api !== undefined) return { api, operation: id.slice(dash + 1), why: 'the longest known API id in its name' };
  }
  const only = /^([^-]+)-([^-]+)$/.exec(id);
  if (only !== null) return { api: only[1], operation: only[2], why: 'by its name, which can be read in one way only' };
  return { api: undefined, operation: undefined, why: 'by its name, which does not tell API and operation apart' };
}
