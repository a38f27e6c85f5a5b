import { optionsOperationOf } from '../../cors/calledOperation';
import type { KeyPlace } from '../../cors/corsSituation';
import { defaultMethod } from '../../cors/corsTarget';
import { isSameForCors } from '../../cors/sameForCors';
import type { SwitchSettings } from '../../cors/switches';
import { computeEffectivePolicy, type FragmentLookup } from '../../effective/computeEffectivePolicy';
import type { EffectivePolicy } from '../../effective/effectivePolicy';
import type { NamedValueLookup } from '../../effective/namedValues';
import type { PolicyDocument } from '../../syntax/policyTree';
import { joinNames } from '../../text/wording';
import type { DocumentStore } from '../../workspace/documentStore';
import { findFragment } from '../../workspace/fragments';
import { type PolicyScope, sameId } from '../../workspace/policyScope';
import type { ProjectSettings } from '../../workspace/projectSettings';
import { productsWith, scopeChainsOfApi } from '../../workspace/scopeChains';
import type { ScopeEntries } from '../../workspace/scopeEntries';
import type { ApiFacts, Operation, ProductFacts } from '../../workspace/service';
import type { Service } from '../../workspace/workspaceModel';
import type { CorsMap, CorsMapAnswer, CorsMapCall, CorsMapOptions, CorsMapRow } from './corsMap';
import { type CellTerms, type ChainCells, type ChainSituation, createChainCells } from './corsMapCells';
import { listOrigins, type MapColumn, type PolicyText } from './corsMapOrigins';
import { listRowGroups, type RowGroup, type RowOperation } from './corsMapRows';

/** What a map is made from: the workspace as the language service knows it. */
export interface CorsMapSource {
  readonly store: DocumentStore;
  entries(root: string): ScopeEntries | undefined;
  effectivePolicies(path: string): readonly EffectivePolicy[];
  namedValuesOf(service: Service, workspace: string | undefined): NamedValueLookup;
  fragmentsOf(service: Service, workspace: string | undefined): FragmentLookup;
  settings(path: string): ProjectSettings;
}

/**
 * Computes the map of one service, one policy a step, so that a host can let others run in between, and stop. Undefined
 * where the workspace has no such service. A step reads the store as it is then: a host that meets a change begins anew.
 */
export function* computingCorsMap(
  root: string,
  options: CorsMapOptions,
  source: CorsMapSource,
): Generator<void, CorsMap | undefined> {
  const entries = source.entries(root);
  if (entries === undefined) return undefined;
  const { service } = entries;
  const texts: PolicyText[] = [];
  if (options.origins === undefined) {
    for (const text of policyTexts(service, entries, source)) {
      texts.push(text);
      yield;
    }
  }
  const columns = listOrigins(options.origins, service.settings, texts);

  const draft = createDraft(columns.origins, {
    product: options.product,
    credentials: options.credentials ?? 'same-origin',
  });
  let outside = 0;
  for (const group of listRowGroups(entries)) {
    const products = group.scope === undefined ? [] : productsWith(group.scope, service);
    if (options.product !== undefined && !products.some(({ id }) => sameId(id, options.product))) outside++;
    else yield* addingGroup(draft, group, products, options, { service, source });
    yield;
  }
  return {
    root: service.root,
    global: entries.find('global')?.policy ?? null,
    terms: {
      product: options.product ?? null,
      method: options.method ?? null,
      headers: options.headers ?? [],
      credentials: options.credentials ?? 'same-origin',
      key: options.key ?? null,
    },
    origins: columns.origins.map(({ origin, kind, why }) => ({ origin, kind, why })),
    apis: draft.apis,
    rows: draft.rows,
    calls: draft.calls.list,
    cells: draft.cells.list,
    answers: draft.answers.list,
    notes: [...columns.notes, ...notesOf(draft, outside, options)],
  };
}

/** Every policy text of the service that may hold `cors`. Others are not even read. */
function* policyTexts(service: Service, entries: ScopeEntries, source: CorsMapSource): Generator<PolicyText> {
  const text = (document: PolicyDocument | undefined, workspace: string | undefined): readonly PolicyText[] =>
    document === undefined ? [] : [{ document, namedValues: source.namedValuesOf(service, workspace) }];
  for (const { what, policy } of entries.all()) {
    if (policy === undefined || !mayHoldCors(source.store.text(policy))) continue;
    if (what.kind === 'scope') {
      const workspace = 'workspace' in what.scope ? what.scope.workspace : undefined;
      yield* text(source.store.document(policy), workspace);
    } else {
      yield* text(findFragment(what.fragmentId, what.workspace, service, source.store), what.workspace);
    }
  }
  for (const { path, placement } of entries.unsettled) {
    if (placement.kind !== 'definition' || !mayHoldCors(source.store.text(path))) continue;
    yield* text(source.store.document(path), undefined);
  }
}

function mayHoldCors(text: string | undefined): boolean {
  return text?.includes('cors') ?? false;
}

/** A list without duplicates, of things that their text tells apart. */
interface Distinct<Value> {
  readonly list: Value[];
  place(value: Value): number;
}

function distinct<Value>(): Distinct<Value> {
  const list: Value[] = [];
  const places = new Map<string, number>();
  const byIdentity = new Map<Value, number>();
  return {
    list,
    place(value) {
      const same = byIdentity.get(value);
      if (same !== undefined) return same;
      const text = JSON.stringify(value);
      const place = places.get(text) ?? list.push(value) - 1;
      places.set(text, place);
      byIdentity.set(value, place);
      return place;
    },
  };
}

interface Draft {
  readonly columns: readonly MapColumn[];
  readonly apis: CorsMap['apis'][number][];
  readonly rows: CorsMapRow[];
  readonly calls: Distinct<CorsMapCall>;
  readonly cells: Distinct<readonly number[]>;
  readonly answers: Distinct<CorsMapAnswer>;
  /** The place of a row of cells. */
  cellsOf(answers: readonly CorsMapAnswer[]): number;
  readonly terms: CellTerms;
  /** APIs for which no file tells whether they require a key. */
  readonly withoutKeyFacts: string[];
}

function createDraft(columns: readonly MapColumn[], terms: CellTerms): Draft {
  const answers = distinct<CorsMapAnswer>();
  const cells = distinct<readonly number[]>();
  const places = new Map<readonly CorsMapAnswer[], number>();
  return {
    columns,
    terms,
    cellsOf(row) {
      const place = places.get(row) ?? cells.place(row.map((answer) => answers.place(answer)));
      places.set(row, place);
      return place;
    },
    apis: [],
    rows: [],
    calls: distinct(),
    cells,
    answers,
    withoutKeyFacts: [],
  };
}

interface Surroundings {
  readonly service: Service;
  readonly source: CorsMapSource;
}

/** A policy of an operation is a step. */
function* addingGroup(
  draft: Draft,
  group: RowGroup,
  products: readonly ProductFacts[],
  options: CorsMapOptions,
  around: Surroundings,
): Generator<void> {
  const { scope, facts } = group;
  const operations = group.operations.filter(({ facts: known }) => isWanted(known, options.method));
  if (operations.length === 0 && group.listsOperations && options.method !== undefined) return;
  const api = draft.apis.push({
    api: scope?.api ?? null,
    revision: scope?.revision ?? null,
    workspace: scope?.workspace ?? null,
    title: group.title,
    displayName: facts?.displayName ?? null,
    listsOperations: group.listsOperations,
    policy: group.policy ?? null,
  });
  if (facts?.subscriptionRequired === undefined && scope !== undefined) draft.withoutKeyFacts.push(group.title);

  const apiChain = chainOfApi(group, products, around);
  const ofApi = { group, chain: apiChain, cells: createChainCells(apiChain, draft.columns, draft.terms) };
  const optionsOperations = (facts?.operations ?? []).filter(({ method }) => method === 'OPTIONS');
  // One row for all that nothing lists.
  const rows: readonly (RowOperation | undefined)[] = group.listsOperations ? operations : [undefined, ...operations];
  for (const operation of rows) {
    const chain = operation?.policy === undefined ? ofApi.cells : cellsOf(operation.policy, ofApi, draft, around);
    const call = callOf(operation?.facts, facts, products, chain.checkedHeaders, options);
    const hasOptionsOperation =
      operation?.facts !== undefined && optionsOperationOf(operation.facts, optionsOperations) !== undefined;
    const notCalled = notCalledBecause(call.method);
    const answers =
      notCalled === undefined
        ? chain.answers(call, hasOptionsOperation)
        : draft.columns.map(() => ({ ...noCall, because: notCalled }));
    draft.rows.push({
      api: api - 1,
      operation: operation?.id ?? null,
      urlTemplate: operation?.facts?.urlTemplate ?? null,
      policy: operation?.policy ?? null,
      call: draft.calls.place(call),
      cells: draft.cellsOf(answers),
    });
    if (operation?.policy !== undefined) yield;
  }
}

const noCall = {
  verdict: 'not-applicable',
  code: '–',
  by: null,
  request: null,
  outcome: null,
  on: null,
} as const;

/** Why no page makes this call; undefined where pages do. */
function notCalledBecause(method: string): string | undefined {
  if (method === 'OPTIONS') return 'It takes the preflight requests to its address; no page calls it.';
  // Fetch, "forbidden method".
  return ['CONNECT', 'TRACE', 'TRACK'].includes(method) ? `Browsers do not let a page send ${method}.` : undefined;
}

/** An operation that only its policy tells of may have any method. */
function isWanted(operation: Operation | undefined, method: string | undefined): boolean {
  return method === undefined || operation === undefined || operation.method === method.toUpperCase();
}

function chainOfFile(
  path: string,
  group: Pick<RowGroup, 'facts' | 'scope'>,
  products: readonly ProductFacts[],
  { service, source }: Surroundings,
): ChainSituation {
  const workspace = group.scope?.workspace;
  return {
    policies: source.effectivePolicies(path),
    namedValues: source.namedValuesOf(service, workspace),
    fragments: source.fragmentsOf(service, workspace),
    facts: group.facts,
    products,
    assume: source.settings(path).assume as Partial<SwitchSettings>,
  };
}

function chainOfApi(group: RowGroup, products: readonly ProductFacts[], around: Surroundings): ChainSituation {
  if (group.policy !== undefined) return chainOfFile(group.policy, group, products, around);
  const { service, source } = around;
  const scope = group.scope as Extract<PolicyScope, { kind: 'api' }>;
  const fragments = source.fragmentsOf(service, scope.workspace);
  return {
    policies: scopeChainsOfApi(scope, service, source.store).map((chain) => computeEffectivePolicy(chain, fragments)),
    namedValues: source.namedValuesOf(service, scope.workspace),
    fragments,
    facts: group.facts,
    products,
    assume: service.settings.assume as Partial<SwitchSettings>,
  };
}

/** An operation's policy that adds nothing to what CORS decides on shares the answers of its API. */
function cellsOf(path: string, ofApi: ApiCells, { columns, terms }: Draft, around: Surroundings): ChainCells {
  const { group, chain: apiChain, cells } = ofApi;
  const chain = chainOfFile(path, group, apiChain.products, around);
  const isSame = chain.assume === apiChain.assume && isSameForCors(chain.policies, apiChain.policies);
  return isSame ? cells : createChainCells(chain, columns, terms);
}

interface ApiCells {
  readonly group: RowGroup;
  readonly chain: ChainSituation;
  readonly cells: ChainCells;
}

const methodsWithBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** What a page does for an operation: its own method, JSON where there is a body, and what its policies check. */
function callOf(
  operation: Operation | undefined,
  api: ApiFacts | undefined,
  products: readonly ProductFacts[],
  checkedHeaders: readonly string[],
  options: CorsMapOptions,
): CorsMapCall {
  const method = operation?.method ?? options.method?.toUpperCase() ?? defaultMethod(api);
  const body = methodsWithBody.has(method) ? ['content-type: application/json'] : [];
  const given = options.headers ?? [];
  const isGiven = (name: string): boolean => given.some((header) => sameId(header.split(':')[0]?.trim(), name));
  const own = [...body, ...checkedHeaders.filter((name) => name !== 'content-type')];
  const headers = [...own.filter((header) => !isGiven(header.split(':')[0] ?? '')), ...given];
  return {
    method,
    headers: headers.filter((name) => !isKeyHeader(name)),
    key: options.key ?? keyOf(api, products, options),
  };
}

/** The call's key stands for itself. */
function isKeyHeader(name: string): boolean {
  return name.toLowerCase() === 'ocp-apim-subscription-key';
}

function keyOf(api: ApiFacts | undefined, products: readonly ProductFacts[], { product }: CorsMapOptions): KeyPlace {
  const open = products.filter(({ subscriptionRequired }) => subscriptionRequired === false);
  if (product !== undefined) return open.some(({ id }) => sameId(id, product)) ? 'none' : 'header';
  // Without a key, requests run in the open product, where there is one (cors-semantics 1.5).
  return api?.subscriptionRequired === true && open.length === 0 ? 'header' : 'none';
}

function notesOf(
  { apis, withoutKeyFacts, answers }: Draft,
  outside: number,
  options: CorsMapOptions,
): readonly string[] {
  const notes: string[] = [];
  const unlisted = apis.filter(({ listsOperations, api }) => !listsOperations && api !== null);
  if (unlisted.length > 0) {
    notes.push(
      `No specification here lists the operations of ${few(unlisted.map(({ title }) => title))}: one row stands for all without a policy of their own, and none is taken to have the method OPTIONS.`,
    );
  }
  if (options.key === undefined && withoutKeyFacts.length > 0) {
    notes.push(
      `No file tells whether ${few(withoutKeyFacts)} ${withoutKeyFacts.length === 1 ? 'requires' : 'require'} a subscription key: the calls carry none.`,
    );
  }
  if (outside > 0) {
    notes.push(
      `${outside} ${outside === 1 ? 'API is' : 'APIs are'} not known to be in product ${options.product} and not shown.`,
    );
  }
  if (answers.list.some(({ outcome }) => outcome === 'passes-with-cors-headers')) {
    notes.push('Backends are taken to send no CORS headers of their own where a cors policy answers.');
  }
  return notes;
}

/** "orders, stock and 12 more" */
function few(names: readonly string[]): string {
  if (names.length <= 4) return joinNames(names);
  return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
