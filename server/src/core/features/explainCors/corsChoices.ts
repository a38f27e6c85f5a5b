import { findOperation } from '../../cors/calledOperation';
import type { CorsPolicy } from '../../cors/corsPolicy';
import type { KeyPlace } from '../../cors/corsSituation';
import type { CorsTargetSources } from '../../cors/corsTarget';
import { serialiseOrigin } from '../../cors/origin';
import { readCorsPolicy } from '../../cors/readCorsPolicy';
import { type EffectiveStatement, isInherited } from '../../effective/effectivePolicy';
import { namedValuesAt } from '../../effective/namedValues';
import { describeScope, type PolicyScope, sameId, scopeKey } from '../../workspace/policyScope';
import { apiFactsOf, productsWith } from '../../workspace/scopeChains';
import type { ApiFacts, ProductFacts } from '../../workspace/service';
import type { PlacedDocument, Service } from '../../workspace/workspaceModel';
import type { CorsRequestForm } from './corsRequestForm';

/** What a person may choose from to describe a call to a policy's scope. */
export interface CorsChoices {
  /** "API orders", "fragment cors-basic" */
  readonly title: string;
  /** Undefined where no request runs the document by itself; `documents` then lists those that use it. */
  readonly scope: PolicyScope['kind'] | undefined;
  readonly operations: readonly OperationChoice[];
  readonly products: readonly ProductChoice[];
  /** Best first. */
  readonly origins: readonly OriginChoice[];
  readonly methods: readonly string[];
  readonly headers: readonly HeaderChoice[];
  /** Policies whose requests can be explained instead: the other APIs of the service, or who uses this document. */
  readonly documents: readonly DocumentChoice[];
  /** What a person most likely asks about first. */
  readonly initial: CorsRequestForm;
}

export interface OperationChoice {
  readonly id: string;
  /** Undefined where no specification tells. */
  readonly method: string | undefined;
  readonly urlTemplate: string | undefined;
  readonly hasOwnPolicy: boolean;
}

export interface ProductChoice {
  readonly id: string;
  readonly subscriptionRequired: boolean | undefined;
}

export interface OriginChoice {
  readonly origin: string;
  /** "project file", "API orders", "a page on this computer" */
  readonly from: string;
}

export interface HeaderChoice {
  readonly name: string;
  readonly value: string | undefined;
  readonly from: string;
}

export interface DocumentChoice {
  readonly path: string;
  readonly title: string;
}

/** What choices are made from; a language service is one. */
export interface ChoiceSurroundings extends CorsTargetSources {
  /** The policy documents that include a fragment. */
  includersOf(fragmentId: string, service: Service): readonly string[];
}

/** `offset`: where the person was; on a `cors`, its first origin comes first. */
export function corsChoices(
  placed: PlacedDocument,
  offset: number | undefined,
  surroundings: ChoiceSurroundings,
): CorsChoices {
  const { placement, service } = placed;
  const scope = placement.kind === 'definition' ? placement.scope : undefined;
  const api = scope?.kind === 'api' || scope?.kind === 'operation' ? scope : undefined;
  const facts = scope && apiFactsOf(scope, service);
  const products = api === undefined ? [] : productsWith(api, service);
  const inChain = corsInChain(placed, surroundings);
  const here =
    offset === undefined
      ? undefined
      : inChain.find(({ path, span }) => path === placed.path && span.start <= offset && offset <= span.end);
  const origins = originChoices(here, inChain, placed, surroundings);
  const isExplained = scope !== undefined && scope.kind !== 'product';
  return {
    title: titleOf(placed),
    scope: isExplained ? scope.kind : undefined,
    operations: api === undefined ? [] : operationChoices(api, facts, placed),
    products: products.map(({ id, subscriptionRequired }) => ({ id, subscriptionRequired })),
    origins,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
    headers: headerChoices(inChain),
    documents: documentChoices(placed, surroundings),
    initial: {
      operation: scope?.kind === 'operation' ? scope.operation : undefined,
      origin: origins[0]?.origin ?? '',
      method: 'GET',
      key: initialKey(facts, products),
      headers: [],
      credentials: 'same-origin',
    },
  };
}

function titleOf({ placement }: PlacedDocument): string {
  if (placement.kind === 'definition') return describeScope(placement.scope);
  return placement.kind === 'fragment' ? `fragment ${placement.fragmentId}` : 'GraphQL resolver';
}

/** Without a key such an API answers nobody, which is hardly what is asked about. */
function initialKey(facts: ApiFacts | undefined, products: readonly ProductFacts[]): KeyPlace {
  const hasOpenProduct = products.some(({ subscriptionRequired }) => subscriptionRequired === false);
  return facts?.subscriptionRequired === true && !hasOpenProduct ? 'header' : 'none';
}

interface CorsOfChain {
  readonly cors: CorsPolicy;
  readonly path: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly title: string;
  readonly isOwn: boolean;
}

/** Every `cors` that requests to the document may meet, nested ones too, own ones first, each once. */
function corsInChain(placed: PlacedDocument, surroundings: CorsTargetSources): readonly CorsOfChain[] {
  const namedValues = surroundings.namedValues(placed.path);
  const found = new Map<string, CorsOfChain>();
  for (const { sections } of surroundings.effectivePolicies(placed.path)) {
    for (const item of sections.inbound) {
      if (item.kind !== 'statement') continue;
      for (const element of corsElements(item)) {
        const { document, scope } = item;
        const cors = readCorsPolicy(document, element, namedValuesAt(scope, namedValues));
        const key = `${document.path}:${element.span.start}`;
        const isOwn = !isInherited(item);
        found.set(key, { cors, path: document.path, span: element.span, title: describeScope(scope), isOwn });
      }
    }
  }
  return [...found.values()].sort((one, other) => Number(other.isOwn) - Number(one.isOwn));
}

function corsElements({ element }: EffectiveStatement): readonly EffectiveStatement['element'][] {
  const waiting = [element];
  const found: EffectiveStatement['element'][] = [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.name === 'cors') found.push(next);
    waiting.push(...next.children.filter((child) => child.kind === 'element'));
  }
  return found;
}

/** Pages on the computer of whoever writes them, by the tools that serve them. */
const localOrigins: readonly OriginChoice[] = [
  { origin: 'http://localhost:3000', from: 'a page on your computer' },
  { origin: 'http://localhost:4200', from: 'a page on your computer (Angular)' },
  { origin: 'http://localhost:5173', from: 'a page on your computer (Vite)' },
];

function originChoices(
  here: CorsOfChain | undefined,
  inChain: readonly CorsOfChain[],
  placed: PlacedDocument,
  surroundings: CorsTargetSources,
): readonly OriginChoice[] {
  const { origins, portalOrigins } = surroundings.settings(placed.path);
  const listed = (from: CorsOfChain): readonly OriginChoice[] =>
    from.cors.origins.flatMap(({ value }) => (value.known ? { origin: value.value, from: from.title } : []));
  const choices = [
    ...(here === undefined ? [] : listed(here)),
    ...origins.map((origin) => ({ origin, from: 'project file' })),
    ...inChain.flatMap(listed),
    ...portalOrigins.map((origin) => ({ origin, from: 'project file: developer portal' })),
    ...localOrigins,
    { origin: 'https://other.example.com', from: 'a site that nobody listed' },
    { origin: 'null', from: 'a file, or a sandboxed frame' },
  ];
  const known = new Map<string, OriginChoice>();
  for (const { origin, from } of choices) {
    const serialised = serialiseOrigin(origin);
    if (serialised !== undefined && !known.has(serialised)) known.set(serialised, { origin: serialised, from });
  }
  return [...known.values()];
}

/** What pages send most, and what the policies speak of. */
const usualHeaders: readonly HeaderChoice[] = [
  { name: 'content-type', value: 'application/json', from: 'a JSON body' },
  { name: 'authorization', value: undefined, from: 'a token' },
  { name: 'ocp-apim-subscription-key', value: undefined, from: 'a subscription key' },
  { name: 'x-ms-api-devportal', value: undefined, from: 'sent by the developer portal' },
  { name: 'x-requested-with', value: 'XMLHttpRequest', from: 'sent by some libraries' },
  { name: 'if-match', value: undefined, from: 'optimistic concurrency' },
];

function headerChoices(inChain: readonly CorsOfChain[]): readonly HeaderChoice[] {
  const listed = inChain.flatMap(({ cors, title }) =>
    (cors.headers?.entries ?? []).flatMap(({ value }) =>
      value.known && value.value !== '*' && value.value !== ''
        ? [{ name: value.value.toLowerCase(), value: undefined, from: `allowed by ${title}` }]
        : [],
    ),
  );
  const known = new Map<string, HeaderChoice>();
  for (const choice of [...usualHeaders, ...listed]) if (!known.has(choice.name)) known.set(choice.name, choice);
  return [...known.values()];
}

function operationChoices(
  api: Extract<PolicyScope, { kind: 'api' | 'operation' }>,
  facts: ApiFacts | undefined,
  placed: PlacedDocument,
): readonly OperationChoice[] {
  const hasOwnPolicy = (id: string): boolean =>
    findOperation(id, api, placed, facts?.operations)?.policyPath !== undefined;
  const specified = (facts?.operations ?? []).map(({ id, method, urlTemplate }) => ({
    id,
    method,
    urlTemplate,
    hasOwnPolicy: hasOwnPolicy(id),
  }));
  if (api.kind === 'operation') return specified.filter(({ id }) => sameId(id, api.operation));
  // Operations that have a policy and stand in no specification.
  const prefix = `${scopeKey({ ...api, kind: 'operation', operation: '' })}`;
  const known = new Set(specified.map(({ id }) => id.toLowerCase()));
  const others = [...placed.service.definitions.keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .filter((id) => !known.has(id));
  return [...specified, ...others.map((id) => ({ id, method: undefined, urlTemplate: undefined, hasOwnPolicy: true }))];
}

/** The service's APIs and its global policy; for a product and a fragment, the policies that requests run with it. */
function documentChoices(placed: PlacedDocument, surroundings: ChoiceSurroundings): readonly DocumentChoice[] {
  const { placement, service } = placed;
  if (placement.kind === 'fragment') {
    const users = surroundings.includersOf(placement.fragmentId, service);
    return users.flatMap((path) => choiceOf(surroundings.placed(path)) ?? []);
  }
  const own = placement.kind === 'definition' ? placement.scope : undefined;
  const product = own?.kind === 'product' ? own : undefined;
  const inProduct = product && service.facts.products.find(({ id }) => sameId(id, product.product))?.apis;
  return [...service.definitions.values()]
    .flatMap((path) => surroundings.placed(path) ?? [])
    .filter(({ placement: other, path }) => {
      if (other.kind !== 'definition') return false;
      const { scope } = other;
      if (product !== undefined) return scope.kind === 'api' && inProduct?.has(scope.api?.toLowerCase() ?? '') === true;
      return scope.kind === 'api' || scope.kind === 'global' || path === placed.path;
    })
    .flatMap((other) => choiceOf(other) ?? [])
    .sort((one, other) => (one.title < other.title ? -1 : 1));
}

function choiceOf(placed: PlacedDocument | undefined): DocumentChoice | undefined {
  if (placed?.placement.kind !== 'definition' || placed.placement.scope.kind === 'product') return undefined;
  return { path: placed.path, title: describeScope(placed.placement.scope) };
}
