import { entriesBelow, type ScopeEntries, type ScopeEntry } from '../workspace/scopeEntries';
import { idKey } from '../workspace/service';

/** An id that the workspace knows, to choose from. */
export interface ScopeSuggestion {
  readonly id: string;
  /** A display name, a method with its address. */
  readonly detail: string | undefined;
}

/** Which ids are asked for, and inside of what. */
export interface SuggestionQuery {
  readonly kind: 'workspace' | 'product' | 'api' | 'operation' | 'fragment';
  readonly workspace?: string | undefined;
  /** For operations. */
  readonly api?: string | undefined;
}

/** The ids that services know, each once, by name. Reads one specification for operations. */
export function suggestScopes(
  query: SuggestionQuery,
  services: readonly ScopeEntries[],
  detailOf: (entry: ScopeEntry, entries: ScopeEntries) => string | undefined,
): readonly ScopeSuggestion[] {
  const found = new Map<string, ScopeSuggestion>();
  for (const entries of services) {
    for (const entry of entriesFor(query, entries)) {
      const id = idOf(entry);
      if (!found.has(id.toLowerCase())) found.set(id.toLowerCase(), { id, detail: detailOf(entry, entries) });
    }
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, suggestion]) => suggestion);
}

function entriesFor({ kind, workspace, api }: SuggestionQuery, entries: ScopeEntries): readonly ScopeEntry[] {
  if (kind === 'operation') {
    const around = entries.find(idKey(`apis/${api ?? ''}`, workspace));
    return around === undefined ? [] : entries.operationsOf(around);
  }
  const collections = { workspace: 'workspaces/', product: 'products/', api: 'apis/', fragment: 'fragments/' };
  const prefix = kind === 'workspace' ? collections.workspace : idKey(collections[kind], workspace);
  return entriesBelow(prefix, entries.all()).filter(({ what }) =>
    what.kind === 'fragment' ? kind === 'fragment' : what.scope.kind === kind,
  );
}

function idOf({ what }: ScopeEntry): string {
  if (what.kind === 'fragment') return what.fragmentId;
  const { scope } = what;
  switch (scope.kind) {
    case 'global':
      return '';
    case 'workspace':
      return scope.workspace;
    case 'product':
      return scope.product;
    case 'api':
      return scope.revision === undefined ? scope.api : `${scope.api};rev=${scope.revision}`;
    case 'operation':
      return scope.operation;
  }
}
