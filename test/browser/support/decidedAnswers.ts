import assert from 'node:assert/strict';
import { type CallExplanation, explainCall } from '../../../server/src/core/cors/corsCall';
import { type CorsCase, readCorsCase, situationOfCase } from '../../../server/src/core/cors/corsCase';
import { decideCors } from '../../../server/src/core/cors/corsDecision';
import type { CorsDecision } from '../../../server/src/core/cors/corsOutcome';
import type { CorsRequest } from '../../../server/src/core/cors/corsSituation';
import type { TruthCase } from '../cases/truthCase';
import type { GatewayAnswer, ReceivedRequest } from './gateway';
import type { PageCall, PagePlace } from './realBrowser';

/** What a backend sends beside its body. */
export const backendHeaders = { 'Content-Type': 'text/plain', 'X-Order': '1', 'X-Page': '2' };

/** What we say of the page's call. */
export function explanationOf(truth: TruthCase, call: PageCall): CallExplanation {
  const corsCase = corsCaseOf(truth);
  const { withoutProduct, namedValues, fragments } = situationOfCase(corsCase, undefined);
  const origin = originOf(truth.page ?? 'https://shop.contoso.com');
  return explainCall({
    withoutProduct,
    namedValues,
    fragments,
    facts: corsCase.context,
    assume: truth.assume,
    call: {
      method: call.method,
      origin: call.url.startsWith(`${origin}/`) ? undefined : origin,
      headers: Object.entries(call.headers).map(([name, value]) => ({ name, value })),
      credentials: call.credentials,
      key: keyOf(call),
      url: call.url,
    },
  });
}

/** What our engine decides about the very request that arrived, as an answer. */
export function decidedAnswer(truth: TruthCase, call: PageCall, received: ReceivedRequest): GatewayAnswer {
  const request: CorsRequest = {
    method: received.method,
    origin: received.headers['origin'],
    accessControlRequestMethod: received.headers['access-control-request-method'],
    accessControlRequestHeaders: received.headers['access-control-request-headers'],
    credentials: call.credentials,
    subscriptionKeyIn: keyOf(call),
  };
  const decision = decideCors({ ...situationOfCase(corsCaseOf(truth), truth.assume), request });
  const isFromBackend = reachesBackend(decision);
  const status = decision.status ?? (isFromBackend ? 200 : assert.fail(`no status for ${decision.outcome}`));
  return { status, headers: { ...(isFromBackend ? backendHeaders : {}), ...decision.headers } };
}

function reachesBackend({ outcome }: CorsDecision): boolean {
  return outcome.startsWith('passes-') || outcome === 'not-cross-origin';
}

function corsCaseOf({ policies, context = {} }: TruthCase): CorsCase {
  const reading = readCorsCase({ id: 'case', policies, context, request: { method: 'GET' } }, 0);
  assert.deepEqual(reading.problems, []);
  return reading.case ?? assert.fail('not read');
}

/** As the page's requests say it. */
function originOf(page: PagePlace): string {
  return page === 'sandboxed iframe' || page === 'data: page' ? 'null' : page;
}

function keyOf({ headers }: PageCall): 'header' | 'none' {
  return Object.keys(headers).includes('ocp-apim-subscription-key') ? 'header' : 'none';
}
