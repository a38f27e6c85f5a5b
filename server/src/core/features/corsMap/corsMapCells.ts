import { requestsOfCall } from '../../cors/corsCall';
import { decidePrepared } from '../../cors/corsDecision';
import type { CorsDecision } from '../../cors/corsOutcome';
import type { CorsFacts, CorsRequest, CredentialsMode, KeyPlace } from '../../cors/corsSituation';
import { apiTypeOf, leavesCorsToBackend } from '../../cors/corsTarget';
import { type PreparedPolicies, preparePolicies } from '../../cors/evaluateRequest';
import { originClassifier } from '../../cors/originClasses';
import type { SwitchSettings } from '../../cors/switches';
import type { FragmentLookup } from '../../effective/computeEffectivePolicy';
import type { EffectivePolicy } from '../../effective/effectivePolicy';
import type { NamedValueLookup } from '../../effective/namedValues';
import { known } from '../../effective/resolved';
import { attributeText } from '../../syntax/treeQueries';
import type { ApiFacts, ProductFacts } from '../../workspace/service';
import type { CorsMapAnswer, CorsMapCall } from './corsMap';
import { answerOf, type ContextAnswer, mergeContexts } from './corsMapAnswer';
import type { MapColumn } from './corsMapOrigins';

/** The policies that the calls of one or more rows meet, and what else is the same for all of them. */
export interface ChainSituation {
  readonly policies: readonly EffectivePolicy[];
  readonly namedValues: NamedValueLookup;
  readonly fragments: FragmentLookup;
  readonly facts: ApiFacts | undefined;
  /** Those that hold the API. */
  readonly products: readonly ProductFacts[];
  readonly assume: Partial<SwitchSettings>;
}

/** Answers for the cells of rows that share a chain. Life: one map. */
export interface ChainCells {
  /** The headers that its policies check, which a page must send: "authorization". */
  readonly checkedHeaders: readonly string[];
  /** One for each column. The same list for the same call. */
  answers(call: CorsMapCall, hasOptionsOperation: boolean): readonly CorsMapAnswer[];
}

/** One product, or none, that a call may run in. */
interface ProductContext {
  /** For people: "a key of product starter". */
  readonly name: string;
  readonly policy: EffectivePolicy | undefined;
  readonly facts: ProductFacts | undefined;
}

/**
 * Decides about every combination of call, facts and origin once: rows with the same chain share their answers, and so do
 * origins that the chain's policies cannot tell apart.
 */
export function createChainCells(chain: ChainSituation, columns: readonly MapColumn[], terms: CellTerms): ChainCells {
  const rows = new Map<string, readonly CorsMapAnswer[]>();
  const ready = new Map<KeyPlace, readonly ReadyColumn[]>();
  const columnsFor = (key: KeyPlace): readonly ReadyColumn[] => {
    const known = ready.get(key) ?? readyColumns(chain, columns, contextsOf(chain, key, terms.product));
    ready.set(key, known);
    return known;
  };
  const answerAll = (call: CorsMapCall, hasOptionsOperation: boolean): readonly CorsMapAnswer[] => {
    const byClass = new Map<number, CorsMapAnswer>();
    return columnsFor(call.key).map(({ contexts, originClass, origin }) => {
      const known = byClass.get(originClass);
      if (known !== undefined) return known;
      const request = { ...call, credentials: terms.credentials, origin, hasOptionsOperation };
      const answer = answerFor(contexts, chain, request);
      byClass.set(originClass, answer);
      return answer;
    });
  };
  return {
    checkedHeaders: checkedHeaders(chain.policies),
    answers(call, hasOptionsOperation) {
      const key = [call.method, call.key, hasOptionsOperation, ...call.headers].join('\n');
      const answers = rows.get(key) ?? answerAll(call, hasOptionsOperation);
      rows.set(key, answers);
      return answers;
    },
  };
}

function answerFor(contexts: readonly Context[], chain: ChainSituation, call: CellCall): CorsMapAnswer {
  const answers = contexts.map((each) => ({ name: each.name, answer: decide(chain, each, call) }));
  return mergeContexts(answers as [ContextAnswer, ...ContextAnswer[]]);
}

/** What is the same for all cells of a map. */
export interface CellTerms {
  readonly credentials: CredentialsMode;
  /** Undefined: every product that holds the API, and none. */
  readonly product: string | undefined;
}

/** The call of one cell. */
interface CellCall extends CorsMapCall, Pick<CellTerms, 'credentials'> {
  readonly origin: string;
  readonly hasOptionsOperation: boolean;
}

/** A product context with its policies read, for any number of calls. */
interface Context extends ProductContext {
  readonly prepared: PreparedPolicies;
  readonly classOf: (origin: string) => string;
}

/** A column with the policies that its requests meet. */
interface ReadyColumn {
  readonly contexts: readonly Context[];
  readonly origin: string;
  /** Columns with equal numbers get equal answers. */
  readonly originClass: number;
}

function readyColumns(
  chain: ChainSituation,
  columns: readonly MapColumn[],
  products: readonly ProductContext[],
): readonly ReadyColumn[] {
  const prepared = new Map<string | undefined, readonly Context[]>();
  const classes = new Map<string, number>();
  return columns.map((column) => {
    const contexts = prepared.get(column.namedValue) ?? products.map((each) => prepare(chain, each, column));
    prepared.set(column.namedValue, contexts);
    const key = [column.namedValue, ...contexts.map(({ classOf }) => classOf(column.sent))].join(' ');
    const originClass = classes.get(key) ?? classes.size;
    classes.set(key, originClass);
    return { contexts, origin: column.sent, originClass };
  });
}

function prepare(chain: ChainSituation, context: ProductContext, { namedValue, sent }: MapColumn): Context {
  const [withoutProduct] = chain.policies;
  const namedValues: NamedValueLookup = (name, scope) => {
    const value = chain.namedValues(name, scope);
    return !value.known && name === namedValue ? known(sent) : value;
  };
  const prepared = preparePolicies({
    withoutProduct: withoutProduct as EffectivePolicy,
    withProduct: context.policy,
    namedValues,
    fragments: chain.fragments,
  });
  return { ...context, prepared, classOf: originClassifier(prepared) };
}

/** The products that a call may run in, as far as its key tells (cors-semantics 1.5). */
function contextsOf(
  { policies, products }: ChainSituation,
  key: KeyPlace,
  product: string | undefined,
): readonly ProductContext[] {
  const inProduct = (facts: ProductFacts): ProductContext => ({
    name: `a key of product ${facts.id}`,
    policy: policies.find(({ chain }) => chain.product === facts.id),
    facts,
  });
  const none: ProductContext = { name: 'a key of no product', policy: undefined, facts: undefined };
  if (product !== undefined) {
    return products.filter(({ id }) => id.toLowerCase() === product.toLowerCase()).map(inProduct);
  }
  if (key !== 'none') return [none, ...products.map(inProduct)];
  const open = products.filter(({ subscriptionRequired }) => subscriptionRequired === false);
  const [onlyOpen] = open;
  return [onlyOpen !== undefined && open.length === 1 ? inProduct(onlyOpen) : none];
}

function decide(chain: ChainSituation, context: Context, call: CellCall): CorsMapAnswer {
  const facts = factsOf(chain, context, call);
  const requests = requestsOfCall({ ...call, headers: call.headers.map(headerOf) }, facts);
  const decideRequest = (request: CorsRequest): CorsDecision =>
    decidePrepared(context.prepared, request, facts, chain.assume);
  return answerOf({
    preflight: requests.preflight && decideRequest(requests.preflight),
    actual: decideRequest(requests.actual),
  });
}

/** "content-type: application/json", or a name alone. */
function headerOf(written: string): { readonly name: string; readonly value?: string } {
  const [name = '', value] = written.split(/:\s*/, 2);
  return value === undefined ? { name } : { name, value };
}

function factsOf(
  { facts, policies }: ChainSituation,
  { policy, facts: product }: ProductContext,
  { hasOptionsOperation }: CellCall,
): CorsFacts {
  const leaves = leavesCorsToBackend(policies[0]) && leavesCorsToBackend(policy);
  return {
    optionsOperation: hasOptionsOperation,
    versioning: facts?.versioning,
    apiType: apiTypeOf(facts),
    subscriptionRequired: facts?.subscriptionRequired,
    openProduct: product === undefined ? undefined : product.subscriptionRequired === false,
    backendAddsCors: leaves ? 'unknown' : undefined,
  };
}

/**
 * What `validate-jwt`, `validate-azure-ad-token` and `check-header` of the inbound section look for. In branches they may
 * not run, so that nothing follows from them.
 */
function checkedHeaders(policies: readonly EffectivePolicy[]): readonly string[] {
  const names = new Set<string>();
  for (const policy of policies) {
    for (const item of policy.sections.inbound) {
      if (item.kind === 'unknown') continue;
      const name = checkedHeader(item.name, (attribute) => attributeText(item.element, attribute));
      if (name !== undefined && /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i.test(name)) names.add(name.toLowerCase());
    }
  }
  return [...names].sort();
}

function checkedHeader(policy: string, attribute: (name: string) => string | undefined): string | undefined {
  if (policy === 'check-header') return attribute('name');
  if (policy === 'validate-jwt') return attribute('header-name');
  if (policy !== 'validate-azure-ad-token') return undefined;
  // "header-name: … Default: Authorization" (validate-azure-ad-token reference).
  const isElsewhere = attribute('query-parameter-name') !== undefined || attribute('token-value') !== undefined;
  return attribute('header-name') ?? (isElsewhere ? undefined : 'Authorization');
}
