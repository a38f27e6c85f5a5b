import { decideCors, decidePrepared } from '../../server/src/core/cors/corsDecision';
import type { CorsSituation } from '../../server/src/core/cors/corsSituation';
import { preparePolicies } from '../../server/src/core/cors/evaluateRequest';
import { cors, get, policy, preflight, situation } from '../core/cors/situations';

/** One decision on a chain of five scopes, each of which inherits and has a `cors`: meant to stay below 50 µs. */
export interface DecisionTime {
  readonly name: string;
  /** With the policies read once, as for the many requests of an explorer or a map. */
  readonly preparedUs: number;
  /** The policies read for this one decision. */
  readonly aloneUs: number;
}

const decisionsPerRound = 400;
const rounds = 60;

export function measureDecisions(now: () => number): readonly DecisionTime[] {
  return Object.entries(requests).map(([name, { request, context }]) => {
    const five = chainOfFive(request, context);
    const prepared = preparePolicies(five);
    return {
      name,
      preparedUs: fastest(now, () => decidePrepared(prepared, five.request, five.facts, undefined)),
      aloneUs: fastest(now, () => decideCors(five)),
    };
  });
}

const requests: Readonly<
  Record<string, { request: typeof preflight | typeof get; context?: Readonly<Record<string, unknown>> }>
> = {
  'a preflight that the last cors answers': { request: { ...preflight, origin: 'https://global.contoso.com' } },
  'a preflight of an unlisted origin': { request: { ...preflight, origin: 'https://evil.example' } },
  'a GET that the first cors admits': { request: { ...get, origin: 'https://operation.contoso.com' } },
  'a GET that a policy rejects': {
    request: { ...get, origin: 'https://global.contoso.com' },
    context: { failingPolicy: 'validate-jwt' },
  },
};

function chainOfFive(request: object, context: Readonly<Record<string, unknown>> = {}): CorsSituation {
  const scope = (name: string, attributes: string): string =>
    policy(`${cors(`https://${name}.contoso.com http://localhost:4200`, attributes)}<base /><validate-jwt />`);
  const goesOn = 'terminate-unmatched-request="false" allow-credentials="true"';
  return situation({
    policies: {
      operation: scope('operation', goesOn),
      api: scope('api', goesOn),
      product: scope('product', goesOn),
      workspace: scope('workspace', goesOn),
      global: scope('global', ''),
    },
    request: { ...request, subscriptionKeyIn: 'query' },
    context,
  });
}

/** Microseconds of one, in the fastest round. */
function fastest(now: () => number, decide: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = now();
    for (let count = 0; count < decisionsPerRound; count++) decide();
    best = Math.min(best, now() - start);
  }
  return (best * 1000) / decisionsPerRound;
}
