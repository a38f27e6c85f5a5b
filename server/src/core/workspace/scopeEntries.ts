import { baseName, joinPath, parentFolder } from '../text/paths';
import type { DocumentStore } from './documentStore';
import { type IdentifiedScope, isIdentified, scopeKey, workspaceOf } from './policyScope';
import { apiFactsOf } from './scopeChains';
import { idKey, type Operation, type Placement } from './service';
import { isServiceFile } from './workspaceHost';
import type { PlacedDocument, Service, WorkspaceModel } from './workspaceModel';

/** A scope of a service, or one of its fragments, with the files that are about it. */
export interface ScopeEntry {
  /** The scope's, or the fragment's behind `fragments/`: unique in the service and the same after a reload. */
  readonly key: string;
  readonly what:
    | { readonly kind: 'scope'; readonly scope: IdentifiedScope }
    | { readonly kind: 'fragment'; readonly fragmentId: string; readonly workspace: string | undefined };
  /** The file that counts for the scope. A fragment's may be a `.json`. */
  readonly policy: string | undefined;
  readonly information: string | undefined;
  /** An API's, and its operations'. */
  readonly specification: string | undefined;
  /** What the specification says of an operation; undefined where it says nothing, or nobody has asked for `operationsOf`. */
  readonly operation: Operation | undefined;
}

/** Every scope of a service that any file speaks of. Specifications are read only for `operationsOf`. */
export interface ScopeEntries {
  readonly service: Service;
  find(key: string): ScopeEntry | undefined;
  /** Global scope first, which is there always; everything else by key. Without operations that only a specification has. */
  all(): readonly ScopeEntry[];
  /** The operations of an API: those with a policy, and those of the specification. */
  operationsOf(api: ScopeEntry): readonly ScopeEntry[];
  /** Policy files of the service that stand for no scope: unknown ones, guesses, and those that lost theirs to another file. */
  readonly unsettled: readonly PlacedDocument[];
}

/** Lists the scopes of every service of the model, by root. */
export function listScopeEntries(model: WorkspaceModel, store: DocumentStore): ReadonlyMap<string, ScopeEntries> {
  const byService = new Map<Service, PlacedDocument[]>();
  for (const placed of model.documents.values()) {
    const known = byService.get(placed.service);
    if (known === undefined) byService.set(placed.service, [placed]);
    else known.push(placed);
  }
  return new Map([...byService].map(([service, documents]) => [service.root, entriesOf(service, documents, store)]));
}

type Draft = { -readonly [Field in keyof ScopeEntry]: ScopeEntry[Field] };

function entriesOf(service: Service, documents: readonly PlacedDocument[], store: DocumentStore): ScopeEntries {
  const drafts = new Map<string, Draft>();
  const entry = (what: ScopeEntry['what']): Draft => {
    const key = keyOf(what);
    const known = drafts.get(key);
    if (known !== undefined) return known;
    const made = {
      key,
      what,
      policy: undefined,
      information: undefined,
      specification: undefined,
      operation: undefined,
    };
    drafts.set(key, made);
    for (const outer of whatIsAround(what)) entry(outer);
    return made;
  };
  entry({ kind: 'scope', scope: { kind: 'global' } });
  const unsettled = documents.filter((placed) => {
    const what = whatOf(placed.placement);
    if (what === undefined || holderOf(what, service) !== placed.path) return true;
    entry(what).policy = placed.path;
    return false;
  });
  for (const { fragmentId, workspace, path } of service.facts.embeddedFragments) {
    const what = { kind: 'fragment', fragmentId, workspace } as const;
    if (holderOf(what, service) === path) entry(what).policy = path;
  }
  for (const { id, workspace } of service.facts.products) {
    const inWorkspace = workspace === undefined ? {} : { workspace };
    entry({ kind: 'scope', scope: { kind: 'product', product: id, ...inWorkspace } });
  }
  addServiceFiles(service, store, entry);

  const settled = [...drafts.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  const operations = new Map<string, ReadonlyMap<string, ScopeEntry>>();
  const operationsByKey = (api: ScopeEntry): ReadonlyMap<string, ScopeEntry> => {
    const known = operations.get(api.key) ?? listOperations(api, settled, service);
    operations.set(api.key, known);
    return known;
  };
  return {
    service,
    unsettled,
    all: () => settled,
    operationsOf: (api) => [...operationsByKey(api).values()],
    find(key) {
      const separator = key.indexOf('/operations/');
      const api = separator < 0 ? undefined : drafts.get(key.slice(0, separator));
      return api === undefined ? drafts.get(key) : operationsByKey(api).get(key);
    },
  };
}

/** The file that counts. */
function holderOf(what: ScopeEntry['what'], { definitions, fragments }: Service): string | undefined {
  return what.kind === 'scope' ? definitions.get(keyOf(what)) : fragments.get(idKey(what.fragmentId, what.workspace));
}

/**
 * A file beside the place where the layout would look for a scope's policy is about that scope. So scopes without a
 * policy are known, too, whatever the layout.
 */
function addServiceFiles(
  { root, layoutRoot }: Service,
  store: DocumentStore,
  entry: (what: ScopeEntry['what']) => Draft,
): void {
  if (layoutRoot === undefined) return;
  for (const path of store.pathsBelow(root)) {
    if (!isServiceFile(path)) continue;
    const placement = layoutRoot.place(joinPath(parentFolder(path) as string, 'policy.xml'));
    const what = placement?.confidence === 'certain' ? whatOf(placement) : undefined;
    if (what === undefined || (what.kind === 'scope' && what.scope.kind === 'global')) continue;
    if (isSpecification(path)) entry(what).specification ??= path;
    else if (/information\.json$/i.test(path)) entry(what).information ??= path;
  }
}

function isSpecification(path: string): boolean {
  return /^(specification|openapi|swagger)\./i.test(baseName(path));
}

/** By key, in its order. */
function listOperations(
  api: ScopeEntry,
  all: readonly ScopeEntry[],
  service: Service,
): ReadonlyMap<string, ScopeEntry> {
  if (api.what.kind !== 'scope' || api.what.scope.kind !== 'api') return new Map();
  const { scope } = api.what;
  const { specification } = api;
  const found = new Map<string, ScopeEntry>();
  for (const entry of entriesBelow(`${api.key}/operations/`, all)) found.set(entry.key, { ...entry, specification });
  for (const operation of apiFactsOf(scope, service)?.operations ?? []) {
    const what = { kind: 'scope', scope: { ...scope, kind: 'operation', operation: operation.id } } as const;
    const key = keyOf(what);
    const known = found.get(key);
    // Of two with one id the first counts.
    if (known?.operation !== undefined) continue;
    const alone = { key, what, policy: undefined, information: undefined, specification };
    found.set(key, { ...(known ?? alone), operation });
  }
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Those whose key begins so, of a list that is sorted by key. */
export function entriesBelow(prefix: string, sorted: readonly ScopeEntry[]): readonly ScopeEntry[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as ScopeEntry).key < prefix) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (sorted[end]?.key.startsWith(prefix)) end++;
  return sorted.slice(low, end);
}

/** Undefined for what has no scope of its own, for what is only guessed, and where it is not known which one it is. */
export function whatOf(placement: Placement): ScopeEntry['what'] | undefined {
  if (placement.confidence === 'guessed') return undefined;
  if (placement.kind === 'fragment') {
    if (placement.fragmentId === '') return undefined;
    return { kind: 'fragment', fragmentId: placement.fragmentId, workspace: placement.workspace };
  }
  if (placement.kind !== 'definition' || !isIdentified(placement.scope)) return undefined;
  return { kind: 'scope', scope: placement.scope };
}

function keyOf(what: ScopeEntry['what']): string {
  if (what.kind === 'scope') return scopeKey(what.scope);
  const inWorkspace = what.workspace === undefined ? '' : `workspaces/${what.workspace}/`;
  return `${inWorkspace}fragments/${what.fragmentId}`.toLowerCase();
}

/** The scopes that must be there where this is, so that it can be found below them. */
function whatIsAround(what: ScopeEntry['what']): readonly ScopeEntry['what'][] {
  const scope = what.kind === 'scope' ? what.scope : undefined;
  const workspace = what.kind === 'scope' ? workspaceOf(what.scope) : what.workspace;
  const around: ScopeEntry['what'][] = [];
  if (workspace !== undefined && scope?.kind !== 'workspace') {
    around.push({ kind: 'scope', scope: { kind: 'workspace', workspace } });
  }
  if (scope?.kind === 'operation') {
    const { operation, ...api } = scope;
    around.push({ kind: 'scope', scope: { ...api, kind: 'api' } });
  }
  return around;
}
