import { describeScope, type PolicyScope, scopeKey } from '../../workspace/policyScope';
import { apiFactsOf } from '../../workspace/scopeChains';
import type { ScopeEntries, ScopeEntry } from '../../workspace/scopeEntries';
import type { ApiFacts, Operation } from '../../workspace/service';
import type { PlacedDocument } from '../../workspace/workspaceModel';

/** An API, or what stands for one, with the rows that its operations get. */
export interface RowGroup {
  /** Undefined for policy files that no API is known for: their own chains count then. */
  readonly scope: Extract<PolicyScope, { kind: 'api' }> | undefined;
  readonly title: string;
  readonly facts: ApiFacts | undefined;
  /** Its policy document; undefined where it has none here. */
  readonly policy: string | undefined;
  /** Those that a specification lists, and those that have a policy. */
  readonly operations: readonly RowOperation[];
  /** False: there may be more, without policies of their own, which get a row together. */
  readonly listsOperations: boolean;
}

export interface RowOperation {
  readonly id: string;
  /** Undefined where only a policy document tells that it exists. */
  readonly facts: Operation | undefined;
  readonly policy: string | undefined;
}

/**
 * The rows of a service: its APIs by key, then the policy files whose API is not known. A service with neither gets one
 * row for any API, which the global policy alone decides about. One group a step: a specification may take long to read.
 */
export function* listRowGroups(entries: ScopeEntries): Generator<RowGroup> {
  let isEmpty = true;
  for (const groups of [apiGroups(entries), factGroups(entries), fileGroups(entries)]) {
    for (const group of groups) {
      isEmpty = false;
      yield group;
    }
  }
  const global = entries.find('global')?.policy ?? entries.unsettled.find(isGlobal)?.path;
  if (isEmpty && global !== undefined) yield { ...anyApi, policy: global };
}

/** Whether `listRowGroups` lists anything. Reads nothing. */
export function hasRowGroups(entries: ScopeEntries): boolean {
  const isApi = ({ what, policy }: ScopeEntry): boolean =>
    what.kind === 'scope' && (what.scope.kind === 'api' || (what.scope.kind === 'global' && policy !== undefined));
  return (
    entries.service.facts.apis.size > 0 ||
    entries.all().some(isApi) ||
    entries.unsettled.some((placed) => isOfRequests(placed) || isGlobal(placed))
  );
}

const anyApi = {
  scope: undefined,
  title: 'any API without a policy of its own',
  facts: undefined,
  operations: [],
  listsOperations: false,
} as const;

function* apiGroups(entries: ScopeEntries): Generator<RowGroup> {
  for (const entry of entries.all()) {
    if (entry.what.kind !== 'scope' || entry.what.scope.kind !== 'api') continue;
    const { scope } = entry.what;
    const facts = apiFactsOf(scope, entries.service);
    const listed = new Map((facts?.operations ?? []).map((operation) => [operation.id.toLowerCase(), operation]));
    const operations = entries.operationsOf(entry).flatMap(({ what, policy }): RowOperation[] => {
      if (what.kind !== 'scope' || what.scope.kind !== 'operation') return [];
      const found = listed.get(what.scope.operation.toLowerCase());
      return [{ id: found?.id ?? what.scope.operation, facts: found, policy }];
    });
    yield {
      scope,
      title: titleOf(scope),
      facts,
      policy: entry.policy,
      operations: byAddress(operations),
      listsOperations: facts?.operations !== undefined,
    };
  }
}

/** APIs that information files alone tell of, such as those of a template. */
function* factGroups(entries: ScopeEntries): Generator<RowGroup> {
  const known = new Set(entries.all().map(({ key }) => key));
  for (const [key, facts] of entries.service.facts.apis) {
    const match = /^(?:workspaces\/([^/]+)\/)?([^/]+?)(?:;rev=([^/]+))?$/.exec(key);
    if (match === null) continue;
    const [, workspace, api = '', revision] = match;
    const inWorkspace = workspace === undefined ? {} : { workspace };
    const scope = { kind: 'api', api, ...(revision === undefined ? {} : { revision }), ...inWorkspace } as const;
    if (known.has(scopeKey(scope))) continue;
    const operations = (facts.operations ?? []).map((each) => ({ id: each.id, facts: each, policy: undefined }));
    const listsOperations = facts.operations !== undefined;
    yield {
      scope,
      title: titleOf(scope),
      facts,
      policy: undefined,
      operations: byAddress(operations),
      listsOperations,
    };
  }
}

/** Policies of APIs and operations whose ids are not known, and those that may be of any scope. */
function* fileGroups({ unsettled, service }: ScopeEntries): Generator<RowGroup> {
  for (const placed of unsettled) {
    const { path, placement } = placed;
    if (placement.kind !== 'definition' || !isOfRequests(placed)) continue;
    const { scope } = placement;
    // The second file of a scope does not count.
    if (service.definitions.has(scopeKey(scope))) continue;
    const title = scope.kind === 'unknown' ? 'API of this file' : describeScope(scope);
    yield { ...anyApi, title, policy: path };
  }
}

/** What a name alone hints at has no entry. */
function isGlobal({ placement }: PlacedDocument): boolean {
  return placement.kind === 'definition' && placement.scope.kind === 'global';
}

function isOfRequests({ placement }: PlacedDocument): boolean {
  return placement.kind === 'definition' && ['api', 'operation', 'unknown'].includes(placement.scope.kind);
}

/** As people look for them: by address, then by method. Those of which only a policy tells come last. */
function byAddress(operations: readonly RowOperation[]): readonly RowOperation[] {
  const key = ({ id, facts }: RowOperation): string =>
    facts === undefined ? `1 ${id}` : `0 ${facts.urlTemplate} ${facts.method} ${id}`;
  return operations
    .map((operation) => ({ operation, key: key(operation) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ operation }) => operation);
}

function titleOf({ api, revision, workspace }: Extract<PolicyScope, { kind: 'api' }>): string {
  const inWorkspace = workspace === undefined ? '' : `${workspace}/`;
  return `${inWorkspace}${api ?? '(id unknown)'}${revision === undefined ? '' : `;rev=${revision}`}`;
}
