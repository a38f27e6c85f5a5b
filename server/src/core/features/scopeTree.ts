import type { Finding } from '../rules/rule';
import { joinPath, relativeTo } from '../text/paths';
import type { DocumentStore } from '../workspace/documentStore';
import { findFragment } from '../workspace/fragments';
import type { IdentifiedScope } from '../workspace/policyScope';
import { apiFactsOf, missingLink } from '../workspace/scopeChains';
import { entriesBelow, listScopeEntries, type ScopeEntries, type ScopeEntry, whatOf } from '../workspace/scopeEntries';
import { describeReason } from '../workspace/service';
import type { PlacedDocument, WorkspaceModel } from '../workspace/workspaceModel';
import { type ScopeState, scopeStateOf } from './scopeState';
import { type ScopeSuggestion, type SuggestionQuery, suggestScopes } from './scopeSuggestions';

export type ScopeGroup = 'workspaces' | 'products' | 'apis' | 'fragments' | 'unsettled';

/** A line of the tree of scopes. Its id is the same as long as what it stands for has its name. */
export interface ScopeTreeNode {
  readonly id: string;
  /** Undefined for services, which stand at the top. */
  readonly parent: string | undefined;
  readonly kind:
    | 'service'
    | 'group'
    | 'global'
    | 'workspace'
    | 'product'
    | 'api'
    | 'operation'
    | 'fragment'
    | 'unsettled';
  /** The id as the repository writes it, the root's path, the file's path below the root. Empty for groups. */
  readonly name: string;
  /** What else it is called, or what is called: a display name, `GET /orders/{id}`. */
  readonly detail: string | undefined;
  readonly group: ScopeGroup | undefined;
  /** How many a group holds. */
  readonly count: number | undefined;
  readonly isExpandable: boolean;
  /** `none`: known not to exist. `unknown`: it may exist in the service. Undefined where no policy can be. */
  readonly policyState: 'own' | 'none' | 'unknown' | undefined;
  /** For people: why there is no policy, or why the file has no scope. */
  readonly because: string | undefined;
  readonly policy: string | undefined;
  readonly information: string | undefined;
  readonly specification: string | undefined;
}

/** The scopes of a workspace as a tree. Children are made when they are asked for: a service may have thousands. */
export interface ScopeTree {
  /** Of the whole tree for undefined; none for a node that is no longer there. */
  children(id: string | undefined): readonly ScopeTreeNode[];
  node(id: string): ScopeTreeNode | undefined;
  /** The node that stands for the file, with those around it, outermost first; empty for other files. */
  pathTo(path: string): readonly ScopeTreeNode[];
  /** What the node's own policy does; undefined where it has none. Reads its text and what its findings rest on. */
  state(id: string): ScopeState | undefined;
  /** Ids to choose from for a file: those of its service, or of all where it has none with a scope. */
  suggestions(path: string, query: SuggestionQuery): readonly ScopeSuggestion[];
}

/** Life: that of the model. `findings` may be asked much later. */
export function createScopeTree(
  model: WorkspaceModel,
  store: DocumentStore,
  findings: (path: string) => readonly Finding[],
): ScopeTree {
  const services = listScopeEntries(model, store);
  // A folder in which no file has a scope is no service that anybody knows: its files stand together at the end.
  const isService = (entries: ScopeEntries): boolean => entries.all().some(({ policy }) => policy !== undefined);
  const roots = [...services].flatMap(([root, entries]) => (isService(entries) ? [root] : [])).sort();
  const strays = [...services.values()].flatMap((entries) => (isService(entries) ? [] : entries.unsettled));
  // Ids of API Management have no number sign.
  const idOf = (root: string, key: string): string => `${root}#${key}`;
  const placeOf = (id: string): { readonly entries: ScopeEntries | undefined; readonly key: string } => {
    const separator = id.lastIndexOf('#');
    return { entries: services.get(id.slice(0, separator)), key: id.slice(separator + 1) };
  };

  const serviceNode = (root: string): ScopeTreeNode => ({
    ...emptyNode,
    id: idOf(root, ''),
    parent: undefined,
    kind: 'service',
    name: root,
    isExpandable: true,
  });

  const groupNode = (
    { service: { root } }: ScopeEntries,
    group: ScopeGroup,
    around: string,
    count: number,
  ): ScopeTreeNode => ({
    ...emptyNode,
    id: idOf(root, `${around}:${group}`),
    parent: idOf(root, around === '' ? '' : `${around}workspace`),
    kind: 'group',
    group,
    count,
    isExpandable: true,
  });

  const entryNode = (entries: ScopeEntries, entry: ScopeEntry): ScopeTreeNode => {
    const { service } = entries;
    const { key, what, policy, information, specification } = entry;
    const files = { policy, information, specification };
    const id = idOf(service.root, key);
    const missing = what.kind === 'scope' && policy === undefined ? missingLink(what.scope, service, store) : undefined;
    return {
      ...emptyNode,
      ...files,
      id,
      parent: idOf(service.root, parentKey(entry)),
      kind: what.kind === 'scope' ? what.scope.kind : 'fragment',
      name: what.kind === 'scope' ? nameOf(what.scope) : what.fragmentId,
      detail: detailOf(entry, entries),
      isExpandable: isExpandable(entry, entries),
      policyState: missing === undefined ? 'own' : missing.state === 'absent' ? 'none' : 'unknown',
      because: missing?.because,
    };
  };

  const unsettledNode = ({ path, placement, service }: PlacedDocument): ScopeTreeNode => {
    const isStray = !roots.includes(service.root);
    const name = isStray ? path : (relativeTo(service.root, path) ?? path);
    const root = isStray ? '' : service.root;
    const isLoser = whatOf(placement) !== undefined;
    return {
      ...emptyNode,
      id: idOf(root, `:unsettled/${name}`),
      parent: idOf(root, ':unsettled'),
      kind: 'unsettled',
      name,
      policyState: 'own',
      because: isLoser ? 'another file holds the same scope' : describeReason(placement),
      policy: path,
    };
  };

  /** What stands directly in a service, or in one of its workspaces (`around` is `workspaces/<id>/` then). */
  const groupsIn = (entries: ScopeEntries, around: string): readonly ScopeTreeNode[] => {
    const groups = around === '' ? serviceGroups : workspaceGroups;
    return groups.flatMap((group) => {
      const count = countOf(entries, group, around);
      return count === 0 ? [] : [groupNode(entries, group, around, count)];
    });
  };

  const strayGroup: ScopeTreeNode = {
    ...emptyNode,
    id: idOf('', ':unsettled'),
    parent: undefined,
    kind: 'group',
    group: 'unsettled',
    count: strays.length,
    isExpandable: true,
  };

  const strayNode = (key: string): ScopeTreeNode | undefined => {
    if (key === ':unsettled') return strays.length === 0 ? undefined : strayGroup;
    const placed = strays.find(({ path }) => key === `:unsettled/${path}`);
    return placed && unsettledNode(placed);
  };

  const node = (id: string): ScopeTreeNode | undefined => {
    const { entries, key } = placeOf(id);
    if (entries === undefined) return strayNode(key);
    if (key === '') return serviceNode(entries.service.root);
    const [, around = '', group, file] = /^(.*?):(\w+)(?:\/(.*))?$/s.exec(key) ?? [];
    if (group === undefined) {
      const entry = entries.find(key);
      return entry && entryNode(entries, entry);
    }
    if (file !== undefined) {
      const path = joinPath(entries.service.root, file);
      const placed = entries.unsettled.find((candidate) => candidate.path === path);
      return placed && unsettledNode(placed);
    }
    const count = countOf(entries, group as ScopeGroup, around);
    return count === 0 ? undefined : groupNode(entries, group as ScopeGroup, around, count);
  };

  const children = (id: string | undefined): readonly ScopeTreeNode[] => {
    if (id === undefined) return [...roots.map(serviceNode), ...(strays.length === 0 ? [] : [strayGroup])];
    if (id === strayGroup.id) return strays.map(unsettledNode);
    const { entries, key } = placeOf(id);
    if (entries === undefined) return [];
    if (key === '') {
      const global = entries.find('global');
      return [...(global === undefined ? [] : [entryNode(entries, global)]), ...groupsIn(entries, '')];
    }
    const [, around = '', group] = /^(.*?):(\w+)$/s.exec(key) ?? [];
    if (group === 'unsettled') return entries.unsettled.map(unsettledNode);
    if (group !== undefined) {
      return membersOf(entries, group as ScopeGroup, around).map((entry) => entryNode(entries, entry));
    }
    const entry = entries.find(key);
    if (entry?.what.kind !== 'scope') return [];
    if (entry.what.scope.kind === 'workspace') return groupsIn(entries, key.slice(0, -'workspace'.length));
    return entries.operationsOf(entry).map((operation) => entryNode(entries, operation));
  };

  const nodeOf = (path: string): ScopeTreeNode | undefined => {
    const service = model.documents.get(path)?.service;
    const candidates = service === undefined ? [...services.values()] : [services.get(service.root)];
    for (const entries of candidates) {
      if (entries === undefined) continue;
      const placed = entries.unsettled.find((candidate) => candidate.path === path);
      if (placed !== undefined) return unsettledNode(placed);
      const entry = entries
        .all()
        .find(
          ({ policy, information, specification }) => path === policy || path === information || path === specification,
        );
      // The same as among its siblings: an operation with what its specification says of it.
      if (entry !== undefined) return entryNode(entries, entries.find(entry.key) ?? entry);
    }
    return undefined;
  };

  return {
    children,
    node,
    pathTo(path) {
      const found = nodeOf(path);
      const nodes: ScopeTreeNode[] = [];
      for (let next = found; next !== undefined; next = next.parent === undefined ? undefined : node(next.parent)) {
        nodes.unshift(next);
      }
      return nodes;
    },
    suggestions(path, query) {
      const own = services.get(model.documents.get(path)?.service.root ?? '');
      const asked = own === undefined || !isService(own) ? [...services.values()].filter(isService) : [own];
      return suggestScopes(query, asked, detailOf);
    },
    state(id) {
      const { entries } = placeOf(id);
      const found = node(id);
      if (found?.policy === undefined) return undefined;
      const document =
        found.kind === 'fragment' && entries !== undefined
          ? findFragment(found.name, workspaceOfKey(placeOf(id).key), entries.service, store)
          : store.document(found.policy);
      if (document === undefined) return undefined;
      const mayInherit = found.kind !== 'global' && found.kind !== 'fragment';
      return scopeStateOf(document, findings(found.policy), mayInherit);
    },
  };
}

const emptyNode = {
  name: '',
  detail: undefined,
  group: undefined,
  count: undefined,
  isExpandable: false,
  policyState: undefined,
  because: undefined,
  policy: undefined,
  information: undefined,
  specification: undefined,
} as const;

const serviceGroups: readonly ScopeGroup[] = ['workspaces', 'products', 'apis', 'fragments', 'unsettled'];
const workspaceGroups: readonly ScopeGroup[] = ['products', 'apis', 'fragments'];

/** What a group holds; files without a scope are no entries. */
function membersOf(entries: ScopeEntries, group: ScopeGroup, around: string): readonly ScopeEntry[] {
  const isMember = ({ what }: ScopeEntry): boolean =>
    group === 'workspaces'
      ? what.kind === 'scope' && what.scope.kind === 'workspace'
      : what.kind === 'fragment' || what.scope.kind !== 'operation';
  return entriesBelow(`${around}${group}/`, entries.all()).filter(isMember);
}

function countOf(entries: ScopeEntries, group: ScopeGroup, around: string): number {
  return group === 'unsettled' ? entries.unsettled.length : membersOf(entries, group, around).length;
}

function parentKey({ key, what }: ScopeEntry): string {
  if (what.kind === 'scope' && what.scope.kind === 'global') return '';
  if (what.kind === 'scope' && what.scope.kind === 'workspace') return ':workspaces';
  if (what.kind === 'scope' && what.scope.kind === 'operation') return key.slice(0, key.lastIndexOf('/operations/'));
  const around = /^workspaces\/[^/]*\//.exec(key)?.[0] ?? '';
  if (what.kind === 'fragment') return `${around}:fragments`;
  return what.scope.kind === 'product' ? `${around}:products` : `${around}:apis`;
}

function workspaceOfKey(key: string): string | undefined {
  return /^workspaces\/([^/]*)\//.exec(key)?.[1];
}

function nameOf(scope: IdentifiedScope): string {
  switch (scope.kind) {
    case 'global':
      return 'global';
    case 'workspace':
      return scope.workspace;
    case 'product':
      return scope.product;
    case 'operation':
      return scope.operation;
    case 'api':
      return scope.revision === undefined ? scope.api : `${scope.api};rev=${scope.revision}`;
  }
}

/** An API's display name; an operation's method and address. */
function detailOf({ what, operation }: ScopeEntry, { service }: ScopeEntries): string | undefined {
  if (what.kind === 'scope' && what.scope.kind === 'api') return apiFactsOf(what.scope, service)?.displayName;
  return operation && `${operation.method} ${operation.urlTemplate}`;
}

function isExpandable({ key, what, specification }: ScopeEntry, entries: ScopeEntries): boolean {
  if (what.kind !== 'scope') return false;
  if (what.scope.kind === 'workspace') return true;
  if (what.scope.kind !== 'api') return false;
  return specification !== undefined || entriesBelow(`${key}/operations/`, entries.all()).length > 0;
}
