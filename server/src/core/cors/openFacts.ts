import { allCors } from './corsFlow';
import type { CorsOutcome, DecisionAlternative } from './corsOutcome';
import { type CorsFacts, type CorsRequest, isCheckedByBrowser, isPreflight, originHeader } from './corsSituation';
import type { PreparedPolicies } from './evaluateRequest';
import { matchesOrigin } from './origin';

/**
 * Outcomes that hang on facts which the files leave open, and which no switch stands for: an OPTIONS operation that may
 * exist, and a global `cors` that may be looked at before routing (azure-docs#71283, reported once).
 */
export function openFacts(
  policies: PreparedPolicies,
  request: CorsRequest,
  facts: CorsFacts,
  outcome: CorsOutcome,
): readonly DecisionAlternative[] {
  if (!isPreflight(request) || outcome === 'invalid-policy') return [];
  const isChecked = isCheckedByBrowser(request);
  if (facts.unknownUrl === true && mayEndBeforeRouting(policies, request)) {
    return [
      {
        when: { 'global cors is looked at before routing': 'yes' },
        outcome: 'terminated-empty-200',
        by: 'global',
        browser: isChecked ? 'blocked' : 'not-applicable',
        because:
          'A global cors that does not admit the origin was seen to answer an empty 200 without looking for an API.',
      },
    ];
  }
  if (facts.optionsOperation !== 'unknown') return [];
  return [
    {
      when: { 'OPTIONS operation': 'exists' },
      outcome: 'goes-to-backend-options',
      by: undefined,
      browser: isChecked ? 'depends-on-backend' : 'not-applicable',
      because: 'An operation with the method OPTIONS switches the cors logic off for preflights.',
    },
  ];
}

function mayEndBeforeRouting(policies: PreparedPolicies, request: CorsRequest): boolean {
  const origin = originHeader(request) ?? '';
  const [first] = allCors(policies.withoutProduct.flow.sections.inbound).filter(({ scope }) => scope.kind === 'global');
  if (first === undefined) return false;
  return first.cors.origins.every((allowed) => matchesOrigin(allowed, origin, { originScheme: 'any' }) === 'no');
}
