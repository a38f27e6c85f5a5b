import { joinPath } from '../text/paths';
import type { DocumentStore } from './documentStore';
import { isIdentified, type PolicyScope, sameId, scopeKey } from './policyScope';
import type { MissingScope, ScopeChain, ScopeLink } from './scopeChain';
import { type ApiFacts, idKey, type ProductFacts } from './service';
import type { PlacedDocument, Service } from './workspaceModel';

/**
 * The chains of a policy definition, narrowest scope first: one without a product and one per product that contains
 * the API, sorted by id. A product's own document has the one chain of that product. Fragments have none.
 */
export function scopeChainsOf(placed: PlacedDocument, store: DocumentStore): readonly ScopeChain[] {
  if (placed.placement.kind !== 'definition') return [];
  const { service, path } = placed;
  const own = placed.placement.scope;
  const document = store.document(path);
  if (document === undefined) return [];
  const present: ScopeLink = { state: 'present', scope: own, document };
  const chain = (product: ProductFacts | undefined): ScopeChain => ({
    product: product?.id,
    links: [present, ...parentsOf(own, product).map((scope) => linkFor(scope, service, store))],
  });
  if (own.kind === 'unknown') {
    return [{ product: undefined, links: [present, ...parentsOfUnknown(placed, store)] }];
  }

  if (own.kind === 'product') return [{ ...chain(undefined), product: own.product }];
  if (own.kind !== 'api' && own.kind !== 'operation') return [chain(undefined)];
  return [chain(undefined), ...productsWith(own, service).map(chain)];
}

/**
 * The chains of an API, whether or not it has a document here: one without a product and one per product that contains
 * it, sorted by id. What no document stands for is absent or unknown, as everywhere in a chain.
 */
export function scopeChainsOfApi(
  api: Extract<PolicyScope, { kind: 'api' }>,
  service: Service,
  store: DocumentStore,
): readonly ScopeChain[] {
  return [undefined, ...productsWith(api, service)].map((product) => ({
    product: product?.id,
    links: [api, ...parentsOf(api, product)].map((scope) => linkFor(scope, service, store)),
  }));
}

function parentsOfUnknown({ path, service }: PlacedDocument, store: DocumentStore): readonly ScopeLink[] {
  const because = 'the scope of this file is not known, so neither is what';
  const global: PolicyScope = { kind: 'global' };
  if (service.layoutRoot?.isBelowGlobal?.(path) !== true) {
    return [{ state: 'unknown', scope: global, because: `${because} it inherits` }];
  }
  const between: ScopeLink = {
    state: 'unknown',
    scope: { kind: 'unknown' },
    because: `${because} is between it and the global policy`,
  };
  return [between, linkFor(global, service, store)];
}

/** The scopes of every chain of a definition, its own among them, each once. */
export function scopesOfChains(own: PolicyScope, service: Service): readonly PolicyScope[] {
  const products = own.kind === 'api' || own.kind === 'operation' ? productsWith(own, service) : [];
  const scopes = [own, ...[undefined, ...products].flatMap((product) => parentsOf(own, product))];
  return [...new Map(scopes.map((scope) => [scopeKey(scope), scope])).values()];
}

/** The broader scopes of a chain, nearest first. */
function parentsOf(scope: PolicyScope, product: ProductFacts | undefined): readonly PolicyScope[] {
  if (scope.kind === 'global' || scope.kind === 'unknown') return [];
  if (scope.kind === 'workspace') return [{ kind: 'global' }];
  const inWorkspace = scope.workspace === undefined ? {} : { workspace: scope.workspace };
  const parents: PolicyScope[] = [];
  if (scope.kind === 'operation') {
    const revision = scope.revision === undefined ? {} : { revision: scope.revision };
    const api = scope.api === undefined ? {} : { api: scope.api };
    parents.push({ kind: 'api', ...api, ...revision, ...inWorkspace });
  }
  if (product !== undefined) parents.push({ kind: 'product', product: product.id, ...inWorkspace });
  if (scope.workspace !== undefined) parents.push({ kind: 'workspace', workspace: scope.workspace });
  parents.push({ kind: 'global' });
  return parents;
}

function linkFor(scope: PolicyScope, service: Service, store: DocumentStore): ScopeLink {
  const path = service.definitions.get(scopeKey(scope));
  const document = path === undefined ? undefined : store.document(path);
  if (document !== undefined) return { state: 'present', scope, document };
  return missingLink(scope, service, store);
}

/** Why the scope has no document, and whether it may have one in the service. */
export function missingLink(scope: PolicyScope, service: Service, store: DocumentStore): MissingScope {
  if (service.settings.absent.includes(scope.kind)) {
    return { state: 'absent', scope, because: 'the project file says that there is none' };
  }
  if (!isIdentified(scope)) return { state: 'unknown', scope, because: 'nothing tells which one it is' };
  const { layoutRoot, facts } = service;
  const notHere: MissingScope = {
    state: 'unknown',
    scope,
    because: `the ${scope.kind} policy is not in the workspace`,
  };
  if (layoutRoot === undefined) return notHere;
  const holdsScope = (path: string): boolean => {
    const placement = layoutRoot.place(path);
    return placement?.kind === 'definition' && scopeKey(placement.scope) === scopeKey(scope);
  };
  // Of a folder that cannot be listed nobody knows whether the policy is in it.
  const unreadable = store
    .unreadablePaths()
    .find(({ path }) => holdsScope(path) || holdsScope(joinPath(path, 'policy.xml')));
  if (unreadable !== undefined) {
    return { state: 'unknown', scope, because: `its file cannot be read: ${unreadable.because}`, isUnreadable: true };
  }
  return layoutRoot.missing === undefined ? notHere : { scope, ...layoutRoot.missing(scope, facts) };
}

/** The products that contain the API of the scope; none where its id is not known. A service's products do not contain the APIs of its workspaces. */
export function productsWith(
  scope: Extract<PolicyScope, { kind: 'api' | 'operation' }>,
  service: Service,
): readonly ProductFacts[] {
  if (scope.api === undefined) return [];
  return service.productsByApi.get(idKey(scope.api, scope.workspace)) ?? [];
}

/** What is known of the API of a scope; undefined where no file tells. */
export function apiFactsOf(scope: PolicyScope, service: Service): ApiFacts | undefined {
  if ((scope.kind !== 'api' && scope.kind !== 'operation') || scope.api === undefined) return undefined;
  const revision = scope.revision === undefined ? '' : `;rev=${scope.revision}`;
  return service.facts.apis.get(idKey(`${scope.api}${revision}`, scope.workspace));
}

/**
 * Whether calls to the API of a scope need a subscription key: an open product lets in those without, too (cors-semantics
 * 1.5). Undefined where the files do not tell.
 */
export function needsKey(scope: PolicyScope, service: Service): boolean | undefined {
  const required = apiFactsOf(scope, service)?.subscriptionRequired;
  if (required !== true || !('api' in scope) || scope.api === undefined) return required;
  const id = scope.api.toLowerCase();
  const mayBeOpen = service.facts.products.some(
    ({ apis, workspace, subscriptionRequired }) =>
      subscriptionRequired !== true && apis.has(id) && sameId(workspace, scope.workspace),
  );
  return mayBeOpen ? undefined : true;
}

/** What is known of the product of a product's scope; undefined where no file tells. */
export function productFactsOf(scope: PolicyScope, service: Service): ProductFacts | undefined {
  if (scope.kind !== 'product' || scope.product === undefined) return undefined;
  return service.facts.products.find(
    ({ id, workspace }) => sameId(id, scope.product) && sameId(workspace, scope.workspace),
  );
}
