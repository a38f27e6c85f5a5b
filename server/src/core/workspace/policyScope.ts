/**
 * Where a policy definition applies. Ids are the ARM names, as the repository writes them; the id of a product, an API
 * or an operation is left out where the file's place tells the kind of scope and not which one.
 */
export type PolicyScope =
  | { readonly kind: 'global' }
  | { readonly kind: 'workspace'; readonly workspace: string }
  | { readonly kind: 'product'; readonly product?: string; readonly workspace?: string }
  | { readonly kind: 'api'; readonly api?: string; readonly revision?: string; readonly workspace?: string }
  | {
      readonly kind: 'operation';
      readonly api?: string;
      readonly operation?: string;
      readonly revision?: string;
      readonly workspace?: string;
    }
  /** The file's place tells nothing. It may be any of the five, so its parents are unknown too. */
  | { readonly kind: 'unknown' };

/** `certain`: the layout or the user says so. `derived`: follows from other files. `guessed`: a name hints at it. */
export type ScopeConfidence = 'certain' | 'derived' | 'guessed';

/** The workspace that a scope lies in, or is; undefined for scopes of the service itself. */
export function workspaceOf(scope: PolicyScope): string | undefined {
  return 'workspace' in scope ? scope.workspace : undefined;
}

/** A scope with every id that belongs to it. */
export type IdentifiedScope =
  | Extract<PolicyScope, { kind: 'global' | 'workspace' }>
  | (Extract<PolicyScope, { kind: 'product' }> & { readonly product: string })
  | (Extract<PolicyScope, { kind: 'api' }> & { readonly api: string })
  | (Extract<PolicyScope, { kind: 'operation' }> & { readonly api: string; readonly operation: string });

/** False for the scope `unknown`, and where an id that belongs to the scope is not known. */
export function isIdentified(scope: PolicyScope): scope is IdentifiedScope {
  switch (scope.kind) {
    case 'global':
    case 'workspace':
      return true;
    case 'unknown':
      return false;
    case 'product':
      return scope.product !== undefined;
    case 'api':
      return scope.api !== undefined;
    case 'operation':
      return scope.api !== undefined && scope.operation !== undefined;
  }
}

/**
 * A key that is equal for equal scopes of one service. Ids are compared without regard to case, as ARM does. The key of
 * a scope without its ids is that of no other scope: `?` is in no id.
 */
export function scopeKey(scope: PolicyScope): string {
  const workspace = workspaceOf(scope);
  const inWorkspace = workspace === undefined ? '' : `workspaces/${workspace}/`;
  return (inWorkspace + keyInWorkspace(scope)).toLowerCase();
}

function keyInWorkspace(scope: PolicyScope): string {
  switch (scope.kind) {
    case 'global':
    case 'workspace':
    case 'unknown':
      return scope.kind;
    case 'product':
      return `products/${scope.product ?? '?'}`;
    case 'api':
      return `apis/${scope.api ?? '?'}${revisionSuffix(scope.revision)}`;
    case 'operation':
      return `apis/${scope.api ?? '?'}${revisionSuffix(scope.revision)}/operations/${scope.operation ?? '?'}`;
  }
}

function revisionSuffix(revision: string | undefined): string {
  return revision === undefined ? '' : `;rev=${revision}`;
}

/** "global scope", "product starter", "API orders", "operation get-order of API (id unknown)". */
export function describeScope(scope: PolicyScope): string {
  switch (scope.kind) {
    case 'global':
      return 'global scope';
    case 'workspace':
      return `workspace ${scope.workspace}`;
    case 'product':
      return `product ${describeId(scope.product)}`;
    case 'api':
      return `API ${describeId(scope.api)}${describeRevision(scope.revision)}`;
    case 'operation':
      return `operation ${describeId(scope.operation)} of API ${describeId(scope.api)}${describeRevision(scope.revision)}`;
    case 'unknown':
      return 'unknown scope';
  }
}

/** The id of an API, an operation, a product or a fragment for people. */
export function describeId(id: string | undefined): string {
  return id === undefined || id === '' ? '(id unknown)' : id;
}

function describeRevision(revision: string | undefined): string {
  return revision === undefined ? '' : ` (revision ${revision})`;
}

/** True where requests of `narrow` may run the policy of `broad`, as far as the two scopes alone tell. */
export function isNarrowerScope(narrow: PolicyScope, broad: PolicyScope): boolean {
  if (narrow.kind === 'global' || narrow.kind === 'unknown') return false;
  switch (broad.kind) {
    case 'global':
      return true;
    case 'workspace':
      return narrow.kind !== 'workspace' && sameId(narrow.workspace, broad.workspace);
    case 'product':
      return (narrow.kind === 'api' || narrow.kind === 'operation') && sameId(narrow.workspace, broad.workspace);
    case 'api':
      return (
        narrow.kind === 'operation' &&
        isIdentified(broad) &&
        sameId(narrow.api, broad.api) &&
        sameId(narrow.revision, broad.revision) &&
        sameId(narrow.workspace, broad.workspace)
      );
    default:
      return false;
  }
}

/** Ids are compared without regard to case, as ARM does; undefined equals undefined. */
export function sameId(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}
