import type { NamedValueLookup } from '../effective/namedValues';
import { describeScope, type PolicyScope } from '../workspace/policyScope';
import { evaluateActualRequest, evaluateOptionsOperation, evaluateSameOrigin } from './actualRequest';
import { allCors, type CorsFlow, readCorsFlow } from './corsFlow';
import { type CorsFacts, type CorsPolicies, type CorsRequest, isPreflight, originHeader } from './corsSituation';
import { corsSources } from './corsSources';
import { endRun } from './endings';
import type { ComputableSwitches, Ending, Evaluation } from './evaluation';
import { evaluateRefusal } from './invalidPolicy';
import { computeLikeBase } from './missingSections';
import { evaluatePreflight } from './preflight';
import { decideProductContext, type ProductContext } from './productContext';

/** The policies of a situation, read once, for any number of requests. */
export interface PreparedPolicies {
  readonly withoutProduct: PreparedPolicy;
  readonly withProduct: PreparedPolicy | undefined;
  readonly optionsOperation: Pick<PreparedPolicies, 'withoutProduct' | 'withProduct'> | undefined;
  readonly namedValues: NamedValueLookup;
}

interface PreparedPolicy {
  readonly flow: CorsFlow;
  /** With missing sections read like `<base />`; undefined where that makes no difference. */
  readonly likeBase: CorsFlow | undefined;
}

/** Prepares the policies of one or more situations. Each is read when a request first meets it. */
export function preparePolicies(policies: CorsPolicies): PreparedPolicies {
  const { namedValues, fragments } = policies;
  const prepare = (policy: CorsPolicies['withoutProduct']): PreparedPolicy => {
    const read = (each: CorsPolicies['withoutProduct']): CorsFlow => readCorsFlow(each, namedValues, fragments);
    const flow = once(() => read(policy));
    const likeBase = once(() => {
      const other = fragments === undefined ? undefined : computeLikeBase(policy, fragments);
      return other && read(other);
    });
    return {
      get flow() {
        return flow();
      },
      get likeBase() {
        return likeBase();
      },
    };
  };
  const prepareBoth = ({ withoutProduct, withProduct }: Pick<CorsPolicies, 'withoutProduct' | 'withProduct'>) => ({
    withoutProduct: prepare(withoutProduct),
    withProduct: withProduct === undefined ? undefined : prepare(withProduct),
  });
  const { optionsOperation } = policies;
  return {
    ...prepareBoth(policies),
    optionsOperation: optionsOperation && prepareBoth(optionsOperation),
    namedValues,
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** One run: from the product that the request runs in to what the browser makes of the answer. */
export function evaluateRequest(
  evaluation: Evaluation,
  policies: PreparedPolicies,
  request: CorsRequest,
  facts: CorsFacts,
): Ending {
  const product = decideProductContext(evaluation, request, facts, policies.withProduct !== undefined);
  const isForOperation = facts.optionsOperation === true && request.method.toUpperCase() === 'OPTIONS';
  const { withoutProduct, withProduct } = (isForOperation ? policies.optionsOperation : undefined) ?? policies;
  const policy = product.runsProductPolicy ? (withProduct ?? withoutProduct) : withoutProduct;
  const flow = chooseFlow(evaluation, policy);
  const refusal = evaluateRefusal(evaluation, flow, request);
  if (refusal !== undefined) return refusal;

  const { isRefusedForKey } = product;
  const actual = { request, facts, isRefusedForKey, namedValues: policies.namedValues };
  if (facts.apiType === 'websocket' && originHeader(request) !== undefined) return endSkipped(evaluation, request);
  if (request.method.toUpperCase() === 'OPTIONS') {
    if (facts.optionsOperation === true) return evaluateOptionsOperation(evaluation, flow, actual);
    const reason = unroutable(request, facts);
    if (reason !== undefined) return endNotFound(evaluation, request, reason);
    return evaluatePreflight(evaluation, flow, request, productOutOfReach(policies, product));
  }
  if (facts.unknownUrl === true) return endNotFound(evaluation, request, noSuchUrl);
  const origin = originHeader(request);
  if (origin === undefined || (origin === request.targetOrigin && isSafe(request)))
    return evaluateSameOrigin(evaluation, request);
  return evaluateActualRequest(evaluation, flow, actual);
}

function chooseFlow(evaluation: Evaluation, policy: PreparedPolicy): CorsFlow {
  if (policy.likeBase === undefined) return policy.flow;
  const reading = evaluation.consult('missingSection');
  for (const { scope, section } of policy.flow.policy.missingSections) {
    if (section === 'inbound') noteMissingSection(evaluation, policy.flow, scope, reading);
  }
  return reading === 'like-base' ? policy.likeBase : policy.flow;
}

function noteMissingSection(
  evaluation: Evaluation,
  { policy }: CorsFlow,
  scope: PolicyScope,
  reading: ComputableSwitches['missingSection'],
): void {
  const link = policy.chain.links.find((each) => each.scope === scope);
  const root = link?.state === 'present' ? link.document.root : undefined;
  const inherits = reading === 'like-base' ? 'is read as if it held <base />' : 'is read as inheriting nothing';
  evaluation.note({
    what: 'statement',
    scope,
    place:
      link?.state === 'present' && root !== undefined
        ? { document: link.document, span: root.startTagSpan }
        : undefined,
    result: 'no inbound section',
    because: `The policy of ${describeScope(scope)} has no inbound section, which ${inherits}: what the service does is not documented.`,
    source: corsSources.policies,
  });
}

/** Why the product's `cors`, where it has one, takes no part. */
function productOutOfReach(policies: PreparedPolicies, product: ProductContext): string | undefined {
  if (product.runsProductPolicy) return undefined;
  const items = policies.withProduct?.flow.sections.inbound ?? [];
  if (!allCors(items).some(({ scope }) => scope.kind === 'product')) return undefined;
  return 'the cors of the product takes no part, since the preflight shows no key that identifies the product';
}

function isSafe(request: CorsRequest): boolean {
  return ['GET', 'HEAD'].includes(request.method.toUpperCase());
}

const noSuchUrl = 'no API or operation has this URL';

/** Why an OPTIONS request finds no operation; undefined for a preflight that cors can answer. */
function unroutable(request: CorsRequest, facts: CorsFacts): string | undefined {
  if (facts.unknownUrl === true) return noSuchUrl;
  if (!isPreflight(request)) {
    const missing = originHeader(request) === undefined ? 'Origin' : 'Access-Control-Request-Method';
    return `an OPTIONS request without ${missing} is no preflight, and no operation has the method OPTIONS`;
  }
  if (facts.versioning !== 'header') return undefined;
  return 'the version travels in a header, which a preflight does not carry, so the gateway finds no API';
}

function endNotFound(evaluation: Evaluation, request: CorsRequest, reason: string): Ending {
  const because = `${reason}; the gateway answers 404.`;
  evaluation.note({
    what: 'routing',
    scope: undefined,
    place: undefined,
    result: 'no operation found',
    because,
    source: corsSources.errors,
  });
  return endRun(evaluation, request, { outcome: 'not-found-404', status: 404, because });
}

function endSkipped(evaluation: Evaluation, request: CorsRequest): Ending {
  const because = 'cors is skipped on the handshake of a WebSocket API, and browsers do not apply CORS to it.';
  evaluation.note({
    what: 'routing',
    scope: undefined,
    place: undefined,
    result: 'WebSocket API',
    because,
    source: corsSources.webSocket,
  });
  return endRun(evaluation, request, { outcome: 'cors-skipped', browser: 'not-applicable', because });
}
