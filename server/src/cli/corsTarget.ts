import {
  type ApiFacts,
  apiFactsOf,
  type CorsFacts,
  type CorsPolicies,
  describeScope,
  type EffectivePolicy,
  type EffectiveStatement,
  joinNames,
  type KeyPlace,
  type PolicyScope,
  type ProductFacts,
  productsWith,
  type SwitchSettings,
} from '../core';
import {
  type ApiScope,
  type CalledOperation,
  candidates,
  findOperation,
  hasOptionsOperation,
  optionsOperationOf,
} from './calledOperation';
import { badUsage, cannotAnalyse } from './commandError';
import type { NamedDocument } from './document';
import { readProduct } from './products';

/** Which request to a policy document's scope is meant. */
export interface CorsQuestion {
  readonly operation: string | undefined;
  readonly product: string | undefined;
  readonly key: KeyPlace;
  /** The method of the call, not of its preflight; undefined: the operation's own, else GET. */
  readonly method: string | undefined;
}

/** What the repository tells about that request. */
export interface CorsTarget {
  readonly scope: PolicyScope;
  readonly operation: CalledOperation | undefined;
  readonly method: string;
  readonly product: string | undefined;
  readonly policies: CorsPolicies;
  readonly facts: CorsFacts;
  readonly assume: Partial<SwitchSettings>;
  /** The team's own pages, from the project file. */
  readonly origins: readonly string[];
  /** What was taken for granted: sentences for people. */
  readonly notes: readonly string[];
}

/** Collects policies and facts for a request. Throws for ids that do not exist and for documents that no request runs. */
export function readCorsTarget(named: NamedDocument, question: CorsQuestion): CorsTarget {
  const { session, placed } = named;
  if (placed.placement.kind !== 'definition') {
    throw badUsage(
      `CORS is decided for a policy definition, and this is a ${placed.placement.kind}. Name a policy that uses it.`,
    );
  }
  const own = placed.placement.scope;
  if (own.kind === 'product') throw productHasNoRequests(own.product, named);
  const api = own.kind === 'api' || own.kind === 'operation' ? own : undefined;
  const apiFacts = apiFactsOf(own, placed.service);
  const operation = readOperation(question.operation, api, apiFacts, named);
  const method = question.method ?? operation?.facts?.method ?? 'GET';

  const path = operation?.policyPath ?? placed.path;
  const chains = session.service.effectivePolicies(path);
  const withoutProduct = chains.find(({ chain }) => chain.product === undefined);
  if (withoutProduct === undefined) throw cannotAnalyse('the document has no chain of scopes.');
  const products = api === undefined ? [] : productsWith(api, placed.service);
  const product = readProduct(question, products, chains, named);
  const placedUsed = session.service.placed(path) ?? placed;
  return {
    scope: placedUsed.placement.kind === 'definition' ? placedUsed.placement.scope : own,
    operation,
    method,
    product: product.facts?.id,
    policies: {
      withoutProduct,
      withProduct: product.policy,
      namedValues: session.service.namedValues(placed.path),
      fragments: session.service.fragments(placed.path),
    },
    facts: {
      ...factsFrom(apiFacts, operation, method, product.facts),
      // Nobody can tell from a policy what the backend sends. Where the gateway leaves CORS alone, that decides.
      backendAddsCors: [withoutProduct, product.policy].every(leavesCorsToBackend) ? 'unknown' : undefined,
    },
    assume: session.service.settings(placed.path).assume as Partial<SwitchSettings>,
    origins: session.service.settings(placed.path).origins,
    notes: [
      ...operationNotes(api, apiFacts, operation, method, named),
      ...product.notes,
      ...(apiFacts?.operations === undefined && api !== undefined
        ? ['The API has no specification here that can be read, so an operation with the method OPTIONS may exist.']
        : []),
    ],
  };
}

/** No `cors` anywhere in the inbound section, and nothing there that may hold one. */
function leavesCorsToBackend(policy: EffectivePolicy | undefined): boolean {
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

function productHasNoRequests(product: string | undefined, { placed }: NamedDocument): Error {
  const apis = placed.service.facts.products.find(({ id }) => id === product)?.apis ?? new Set();
  const which = apis.size === 0 ? '' : ` It holds ${joinNames([...apis])}.`;
  return badUsage(
    `requests go to APIs, and this is the policy of a product. Name an API's policy, and --product ${product ?? '<id>'}.${which}`,
  );
}

function readOperation(
  id: string | undefined,
  api: ApiScope | undefined,
  facts: ApiFacts | undefined,
  { placed }: NamedDocument,
): CalledOperation | undefined {
  const scope = placed.placement.kind === 'definition' ? placed.placement.scope : undefined;
  if (api === undefined) {
    if (id === undefined) return undefined;
    throw badUsage(
      `--operation ${id}: only APIs have operations, and this is the policy of ${scope ? describeScope(scope) : 'nothing known'}.`,
    );
  }
  if (scope?.kind === 'operation' && scope.operation !== undefined) {
    const own = scope.operation.toLowerCase();
    if (id !== undefined && id.toLowerCase() !== own) {
      throw badUsage(`this is the policy of ${describeScope(scope)}; name the API's file for --operation ${id}.`);
    }
    const known = facts?.operations?.find((operation) => operation.id.toLowerCase() === own);
    return { id: scope.operation, facts: known, policyPath: placed.path };
  }
  return id === undefined ? undefined : findOperation(id, api, placed, facts?.operations);
}

function factsFrom(
  api: ApiFacts | undefined,
  operation: CalledOperation | undefined,
  method: string,
  product: ProductFacts | undefined,
): CorsFacts {
  const types = ['http', 'websocket', 'graphql', 'mcp'] as const;
  return {
    optionsOperation: api === undefined ? undefined : hasOptionsOperation(api.operations, operation, method),
    versioning: api?.versioning,
    apiType: types.find((type) => type === api?.type),
    subscriptionRequired: api?.subscriptionRequired,
    openProduct: product?.subscriptionRequired === undefined ? undefined : !product.subscriptionRequired,
  };
}

function operationNotes(
  api: ApiScope | undefined,
  facts: ApiFacts | undefined,
  operation: CalledOperation | undefined,
  method: string,
  { placed }: NamedDocument,
): readonly string[] {
  const operations = facts?.operations ?? [];
  if (api === undefined) return ['This is no API: the answer holds for an API without a policy of its own.'];
  const notes: string[] = [];
  if (operation === undefined) {
    notes.push('The answer holds for an operation without a policy of its own; --operation names one.');
    const own = operations.filter(({ id }) => findOperation(id, api, placed, operations).policyPath !== undefined);
    if (own.length > 0) notes.push(`Operations with a policy of their own: ${joinNames(own.map(({ id }) => id))}.`);
  } else if (operation.facts !== undefined && operation.facts.method !== method.toUpperCase()) {
    notes.push(
      `Operation ${operation.id} has the method ${operation.facts.method}, so a call with ${method} goes to another operation.`,
    );
  }
  const options = candidates(operations, operation, method).flatMap(
    (each) => optionsOperationOf(each, operations) ?? [],
  );
  const withPolicy = [...new Set(options)].filter(
    ({ id }) => findOperation(id, api, placed, operations).policyPath !== undefined,
  );
  if (withPolicy.length > 0) {
    notes.push(
      `The OPTIONS operation ${joinNames(withPolicy.map(({ id }) => id))} has a policy of its own, which is not looked at.`,
    );
  }
  return notes;
}
