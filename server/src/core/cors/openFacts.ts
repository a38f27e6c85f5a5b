import type { DecisionAlternative } from './corsOutcome';
import { type CorsFacts, type CorsRequest, isCheckedByBrowser, isPreflight, originHeader } from './corsSituation';
import type { PreparedPolicies } from './evaluateRequest';
import type { Ending } from './evaluation';
import { matchesOrigin } from './origin';

/**
 * Outcomes that hang on facts which the files leave open, and which no switch stands for: an OPTIONS operation that may
 * exist, and a global `cors` that may be looked at before routing (azure-docs#71283, reported once). `run` tells how
 * the request ends under other facts.
 */
export function openFacts(
  policies: PreparedPolicies,
  request: CorsRequest,
  facts: CorsFacts,
  main: Ending,
  run: (facts: CorsFacts) => Ending,
): readonly DecisionAlternative[] {
  if (main.outcome === 'invalid-policy' || main.outcome === 'cors-skipped') return [];
  if (facts.unknownUrl === true) {
    if (!isPreflight(request) || !mayEndBeforeRouting(policies, request)) return [];
    return [
      {
        when: { 'global cors is looked at before routing': 'yes' },
        outcome: 'terminated-empty-200',
        by: 'global',
        browser: isCheckedByBrowser(request) ? 'blocked' : 'not-applicable',
        because:
          'A global cors that does not admit the origin was seen to answer an empty 200 without looking for an API.',
      },
    ];
  }
  if (facts.optionsOperation !== 'unknown' || request.method.toUpperCase() !== 'OPTIONS') return [];
  const { outcome, scope, browser, because } = run({ ...facts, optionsOperation: true });
  return [{ when: { 'OPTIONS operation': 'exists' }, outcome, by: scope?.kind, browser, because }];
}

/** A global `cors` that preflights look at, and that is not known to list the origin; or a global policy that nobody knows. */
function mayEndBeforeRouting(policies: PreparedPolicies, request: CorsRequest): boolean {
  const origin = originHeader(request) ?? '';
  const first = policies.withoutProduct.flow.sections.inbound.find(
    (item) => item.scope.kind === 'global' && (item.kind === 'unknown' || (item.kind === 'cors' && !item.isNested)),
  );
  if (first?.kind === 'unknown') return !first.isNested;
  if (first?.kind !== 'cors') return false;
  return first.cors.origins.every((allowed) => matchesOrigin(allowed, origin, { originScheme: 'any' }) !== 'yes');
}
