import type { FragmentLookup } from '../effective/computeEffectivePolicy';
import type { EffectivePolicy, EffectiveStatement } from '../effective/effectivePolicy';
import type { NamedValueLookup } from '../effective/namedValues';
import type { PolicyScope } from '../workspace/policyScope';
import type { ProjectSettings } from '../workspace/projectSettings';
import { apiFactsOf, productsWith } from '../workspace/scopeChains';
import type { ApiFacts, Operation, ProductFacts } from '../workspace/service';
import type { PlacedDocument } from '../workspace/workspaceModel';
import {
  type ApiScope,
  type CalledOperation,
  candidates,
  findOperation,
  hasOptionsOperation,
  optionsOperationOf,
} from './calledOperation';
import type { CorsFacts, CorsPolicies, KeyPlace } from './corsSituation';
import type { SwitchSettings } from './switches';

/** Which request to a policy document's scope is meant. Ids are compared without regard to case. */
export interface CorsQuestion {
  readonly operation?: string | undefined;
  readonly product?: string | undefined;
  /** `none` where it is not given. */
  readonly key?: KeyPlace | undefined;
  /** The method of the call, not of its preflight; undefined: the operation's own, else GET (POST for GraphQL). */
  readonly method?: string | undefined;
}

/** What the repository tells about that request, so that nobody has to type it. */
export interface CorsTarget {
  /** Of the document whose policy the request runs: the operation's, where it has one of its own. */
  readonly scope: PolicyScope;
  readonly operation: CalledOperation | undefined;
  readonly method: string;
  readonly product: string | undefined;
  readonly policies: CorsPolicies;
  readonly facts: CorsFacts;
  readonly assume: Partial<SwitchSettings>;
  /** The team's own pages, from the project file. */
  readonly origins: readonly string[];
  readonly remarks: readonly CorsTargetRemark[];
}

/** What was taken for granted, or is worth knowing, as data: hosts have words of their own for it. */
export type CorsTargetRemark =
  /** The policy is broader than an API: the answer holds for an API without a policy of its own. */
  | { readonly kind: 'anyApi' }
  /** No operation is named: the answer holds for one without a policy of its own. `withPolicy` have one. */
  | { readonly kind: 'anyOperation'; readonly withPolicy: readonly string[] }
  | { readonly kind: 'otherMethod'; readonly operation: string; readonly method: string; readonly asked: string }
  /** Which of several OPTIONS operations takes the preflight is not known, and these policies are not looked at. */
  | { readonly kind: 'optionsPolicies'; readonly operations: readonly string[] }
  /** No specification can be read, so an OPTIONS operation may exist. */
  | { readonly kind: 'noSpecification' }
  /** The request has no key and runs in this open product. */
  | { readonly kind: 'openProduct'; readonly product: string }
  /** The API is in these products, and the answer is for none of them. */
  | { readonly kind: 'inProducts'; readonly products: readonly string[] };

/** Why there is no such request. */
export type CorsTargetProblem =
  | { readonly kind: 'noDefinition'; readonly document: 'fragment' | 'resolver' }
  | { readonly kind: 'noChain' }
  /** Requests go to APIs, not to products. `apis` are those in it. */
  | { readonly kind: 'isProduct'; readonly product: string | undefined; readonly apis: readonly string[] }
  | { readonly kind: 'operationOfNoApi'; readonly operation: string; readonly scope: PolicyScope }
  /** The document is the policy of another operation than the one that is asked about. */
  | { readonly kind: 'otherOperation'; readonly operation: string; readonly scope: PolicyScope }
  | {
      readonly kind: 'noSuchOperation';
      readonly operation: string;
      readonly api: string | undefined;
      readonly known: readonly string[];
    }
  | {
      readonly kind: 'noSuchProduct';
      readonly product: string;
      readonly scope: PolicyScope;
      readonly known: readonly string[];
    };

export type CorsTargetReading =
  | { readonly target: CorsTarget; readonly problem: undefined }
  | { readonly target: undefined; readonly problem: CorsTargetProblem };

/** Where policies and facts come from: the language service. */
export interface CorsTargetSources {
  placed(path: string): PlacedDocument | undefined;
  effectivePolicies(path: string): readonly EffectivePolicy[];
  namedValues(path: string): NamedValueLookup;
  fragments(path: string): FragmentLookup;
  settings(path: string): ProjectSettings;
}

/** Collects policies and facts for a request to the scope of a placed document. */
export function readCorsTarget(
  placed: PlacedDocument,
  question: CorsQuestion,
  sources: CorsTargetSources,
): CorsTargetReading {
  if (placed.placement.kind !== 'definition') return refused({ kind: 'noDefinition', document: placed.placement.kind });
  const own = placed.placement.scope;
  if (own.kind === 'product') return refused(isProduct(own.product, placed));
  const api = own.kind === 'api' || own.kind === 'operation' ? own : undefined;
  const apiFacts = apiFactsOf(own, placed.service);
  const called = readOperation(question.operation, own, apiFacts, placed);
  if (called.problem !== undefined) return refused(called.problem);
  const { operation } = called;
  const method = question.method ?? operation?.facts?.method ?? defaultMethod(apiFacts);

  const path = operation?.policyPath ?? placed.path;
  const chains = sources.effectivePolicies(path);
  const withoutProduct = chains.find(({ chain }) => chain.product === undefined);
  if (withoutProduct === undefined) return refused({ kind: 'noChain' });
  const products = api === undefined ? [] : productsWith(api, placed.service);
  const product = chooseProduct(question, products);
  if (product.facts === undefined && question.product !== undefined) {
    const known = products.map(({ id }) => id);
    return refused({ kind: 'noSuchProduct', product: question.product, scope: own, known });
  }
  const withProduct = chains.find(({ chain }) => chain.product !== undefined && chain.product === product.facts?.id);
  const used = sources.placed(path) ?? placed;
  const options = optionsPolicies(api, apiFacts?.operations ?? [], operation, method, placed);
  const optionsPath = options.isOne ? options.policies[0]?.path : undefined;
  const chainsOfOptions = optionsPath === undefined ? [] : sources.effectivePolicies(optionsPath);
  const chainOf = (id: string | undefined) => chainsOfOptions.find(({ chain }) => chain.product === id);
  const ofOptions = chainOf(undefined);
  const settings = sources.settings(placed.path);
  const target: CorsTarget = {
    scope: used.placement.kind === 'definition' ? used.placement.scope : own,
    operation,
    method,
    product: product.facts?.id,
    policies: {
      withoutProduct,
      withProduct,
      ...(ofOptions === undefined
        ? {}
        : { optionsOperation: { withoutProduct: ofOptions, withProduct: withProduct && chainOf(product.facts?.id) } }),
      namedValues: sources.namedValues(placed.path),
      fragments: sources.fragments(placed.path),
    },
    facts: {
      ...factsFrom(apiFacts, operation, method, product.facts),
      // Nobody can tell from a policy what the backend sends. Where the gateway leaves CORS alone, that decides.
      backendAddsCors: [withoutProduct, withProduct].every(leavesCorsToBackend) ? 'unknown' : undefined,
    },
    assume: settings.assume as Partial<SwitchSettings>,
    origins: settings.origins,
    remarks: [
      ...operationRemarks(api, apiFacts, operation, method, placed),
      ...product.remarks,
      ...(apiFacts?.operations === undefined && api !== undefined ? [{ kind: 'noSpecification' } as const] : []),
    ],
  };
  return { target, problem: undefined };
}

function refused(problem: CorsTargetProblem): CorsTargetReading {
  return { target: undefined, problem };
}

function isProduct(product: string | undefined, { service }: PlacedDocument): CorsTargetProblem {
  const apis = service.facts.products.find(({ id }) => id === product)?.apis ?? new Set();
  return { kind: 'isProduct', product, apis: [...apis] };
}

/** A GraphQL API has one endpoint, and it takes POST (cors-semantics 7). */
export function defaultMethod(api: ApiFacts | undefined): string {
  return api?.type === 'graphql' ? 'POST' : 'GET';
}

function readOperation(
  id: string | undefined,
  scope: PolicyScope,
  facts: ApiFacts | undefined,
  placed: PlacedDocument,
): { readonly operation?: CalledOperation | undefined; readonly problem?: CorsTargetProblem } {
  if (scope.kind !== 'api' && scope.kind !== 'operation') {
    return id === undefined ? {} : { problem: { kind: 'operationOfNoApi', operation: id, scope } };
  }
  if (scope.kind === 'operation' && scope.operation !== undefined) {
    const own = scope.operation.toLowerCase();
    if (id !== undefined && id.toLowerCase() !== own) {
      return { problem: { kind: 'otherOperation', operation: id, scope } };
    }
    const known = facts?.operations?.find((operation) => operation.id.toLowerCase() === own);
    return { operation: { id: scope.operation, facts: known, policyPath: placed.path } };
  }
  if (id === undefined) return {};
  const operation = findOperation(id, scope, placed, facts?.operations);
  if (operation !== undefined) return { operation };
  const known = facts?.operations?.map((each) => each.id) ?? [];
  return { problem: { kind: 'noSuchOperation', operation: id, api: scope.api, known } };
}

interface ProductChoice {
  readonly facts: ProductFacts | undefined;
  readonly remarks: readonly CorsTargetRemark[];
}

/** The product that is named, or the open one that a request without a key runs in (cors-semantics 1.5). */
function chooseProduct({ product, key }: CorsQuestion, products: readonly ProductFacts[]): ProductChoice {
  if (product !== undefined) {
    return { facts: products.find(({ id }) => id.toLowerCase() === product.toLowerCase()), remarks: [] };
  }
  const open = products.filter(({ subscriptionRequired }) => subscriptionRequired === false);
  const [onlyOpen] = open;
  if ((key ?? 'none') === 'none' && onlyOpen !== undefined && open.length === 1) {
    return { facts: onlyOpen, remarks: [{ kind: 'openProduct', product: onlyOpen.id }] };
  }
  const known = products.map(({ id }) => id);
  return { facts: undefined, remarks: known.length === 0 ? [] : [{ kind: 'inProducts', products: known }] };
}

function factsFrom(
  api: ApiFacts | undefined,
  operation: CalledOperation | undefined,
  method: string,
  product: ProductFacts | undefined,
): CorsFacts {
  return {
    optionsOperation: api === undefined ? undefined : hasOptionsOperation(api.operations, operation, method),
    versioning: api?.versioning,
    apiType: apiTypeOf(api),
    subscriptionRequired: api?.subscriptionRequired,
    // "If property is omitted when creating a new product it's value is assumed to be true" (REST reference, Product).
    openProduct: product === undefined ? undefined : product.subscriptionRequired === false,
  };
}

/** Undefined for types that CORS treats like `http`, and where no file tells. */
export function apiTypeOf(api: ApiFacts | undefined): CorsFacts['apiType'] {
  const types = ['http', 'websocket', 'graphql', 'mcp'] as const;
  return types.find((type) => type === api?.type);
}

/** No `cors` anywhere in the inbound section, and nothing there that may hold one: true where there is no policy, too. */
export function leavesCorsToBackend(policy: EffectivePolicy | undefined): boolean {
  return policy?.sections.inbound.every((item) => item.kind === 'statement' && !holdsCors(item.element)) ?? true;
}

function holdsCors(root: EffectiveStatement['element']): boolean {
  const waiting = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    if (element.name === 'cors' || element.name === 'include-fragment') return true;
    waiting.push(...element.children.filter((child) => child.kind === 'element'));
  }
  return false;
}

function operationRemarks(
  api: ApiScope | undefined,
  facts: ApiFacts | undefined,
  operation: CalledOperation | undefined,
  method: string,
  placed: PlacedDocument,
): readonly CorsTargetRemark[] {
  const operations = facts?.operations ?? [];
  if (api === undefined) return [{ kind: 'anyApi' }];
  const hasPolicy = ({ id }: { readonly id: string }): boolean =>
    findOperation(id, api, placed, operations)?.policyPath !== undefined;
  const remarks: CorsTargetRemark[] = [];
  if (operation === undefined) {
    remarks.push({ kind: 'anyOperation', withPolicy: operations.filter(hasPolicy).map(({ id }) => id) });
  } else if (operation.facts !== undefined && operation.facts.method !== method.toUpperCase()) {
    const { method: own } = operation.facts;
    remarks.push({ kind: 'otherMethod', operation: operation.id, method: own, asked: method });
  }
  const { policies } = optionsPolicies(api, operations, operation, method, placed);
  if (policies.length > 1) remarks.push({ kind: 'optionsPolicies', operations: policies.map(({ id }) => id) });
  return remarks;
}

/** The OPTIONS operations that may take the preflight, as far as they have a policy of their own. */
function optionsPolicies(
  api: ApiScope | undefined,
  operations: readonly Operation[],
  called: CalledOperation | undefined,
  method: string,
  placed: PlacedDocument,
): { readonly isOne: boolean; readonly policies: readonly { readonly id: string; readonly path: string }[] } {
  const found = candidates(operations, called, method).flatMap((each) => optionsOperationOf(each, operations) ?? []);
  const options = [...new Set(found)];
  const policies = options.flatMap(({ id }) => {
    const path = api && findOperation(id, api, placed, operations)?.policyPath;
    return path === undefined ? [] : [{ id, path }];
  });
  return { isOne: options.length === 1, policies };
}
