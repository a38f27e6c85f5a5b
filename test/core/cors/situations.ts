import assert from 'node:assert/strict';
import { readCorsCase, situationOfCase } from '../../../server/src/core/cors/corsCase';
import { decideCors } from '../../../server/src/core/cors/corsDecision';
import type { CorsDecision } from '../../../server/src/core/cors/corsOutcome';
import type { CorsSituation } from '../../../server/src/core/cors/corsSituation';
import type { SwitchSettings } from '../../../server/src/core/cors/switches';
import { computeEffectivePolicy } from '../../../server/src/core/effective/computeEffectivePolicy';
import type { PolicyScope } from '../../../server/src/core/workspace/policyScope';

/** A policy definition from the statements of its inbound and outbound sections. */
export function policy(inbound: string, outbound = '<base />', onError = '<base />'): string {
  return `<policies><inbound>${inbound}</inbound><backend><base /></backend><outbound>${outbound}</outbound><on-error>${onError}</on-error></policies>`;
}

/** A `<cors>` for these origins, with GET and any header unless something else is given. */
export function cors(
  origins: string,
  attributes = 'terminate-unmatched-request="true"',
  rest = '<allowed-methods><method>GET</method></allowed-methods><allowed-headers><header>*</header></allowed-headers>',
): string {
  const list = origins.split(' ').map((origin) => `<origin>${origin}</origin>`);
  return `<cors ${attributes}><allowed-origins>${list.join('')}</allowed-origins>${rest}</cors>`;
}

export const shop = 'https://shop.contoso.com';

/** A GET of the shop. */
export const get = { method: 'GET', origin: shop };

/** The shop's preflight for a GET with a header. */
export const preflight = {
  method: 'OPTIONS',
  origin: shop,
  accessControlRequestMethod: 'GET',
  accessControlRequestHeaders: 'x-a',
};

/** A situation in the form of a cors-test case. */
export interface Inline {
  readonly policies: Readonly<Record<string, unknown>>;
  readonly request: Readonly<Record<string, unknown>>;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly assume?: Partial<SwitchSettings>;
  /** Scopes whose documents are not in the workspace. */
  readonly unknownScopes?: readonly PolicyScope['kind'][];
}

export function situation(inline: Inline): CorsSituation {
  const { policies, request, context } = inline;
  const reading = readCorsCase({ id: 'case', policies, request, ...(context === undefined ? {} : { context }) }, 0);
  assert.deepEqual(reading.problems, []);
  assert.ok(reading.case);
  return hideScopes(situationOfCase(reading.case, inline.assume), inline.unknownScopes ?? []);
}

function hideScopes(complete: CorsSituation, kinds: readonly PolicyScope['kind'][]): CorsSituation {
  const { withoutProduct, withProduct, fragments } = complete;
  assert.ok(fragments);
  const hide = (policy: CorsSituation['withoutProduct']): CorsSituation['withoutProduct'] => {
    const links = policy.chain.links.map((link) => {
      const isHidden = kinds.some((kind) => kind === link.scope.kind);
      const because = `the ${link.scope.kind} policy is not in the workspace`;
      return isHidden ? { state: 'unknown' as const, scope: link.scope, because } : link;
    });
    return computeEffectivePolicy({ ...policy.chain, links }, fragments);
  };
  return { ...complete, withoutProduct: hide(withoutProduct), withProduct: withProduct && hide(withProduct) };
}

export function decide(inline: Inline): CorsDecision {
  return decideCors(situation(inline));
}

/** Outcome, scope and browser in one line: `answered-by-cors api allowed`. */
export function brief(result: Pick<CorsDecision, 'outcome' | 'by' | 'browser'>): string {
  return `${result.outcome} ${result.by ?? '-'} ${result.browser}`;
}

/** Every alternative: `terminateDefault=false: answered-by-cors api allowed`. */
export function briefAlternatives(decision: CorsDecision): readonly string[] {
  return decision.alternatives.map((alternative) => {
    const when = Object.entries(alternative.when).map(([name, value]) => `${name}=${value}`);
    return `${when.join(', ')}: ${brief(alternative)}`;
  });
}
