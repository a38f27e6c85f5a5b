import { findAlternatives } from './alternatives';
import type { CorsDecision } from './corsOutcome';
import type { CorsFacts, CorsRequest, CorsSituation } from './corsSituation';
import { evaluateRequest, type PreparedPolicies, preparePolicies } from './evaluateRequest';
import { type ComputableSwitches, exploreEndings } from './evaluation';
import { type MergedEnding, mergeBranches } from './mergeBranches';
import { openFacts } from './openFacts';
import { completeSwitches, type SwitchSettings } from './switches';

/**
 * What becomes of one HTTP request, step by step, after the rules in cors-semantics.md.
 *
 * What the files do not tell is never taken as harmless: where outcome or browser depend on it, the answer is
 * `decided-at-runtime` with every outcome as an alternative. Where Microsoft's documents leave a question open, the
 * answer uses the recommended setting of the switch, says so, and lists what the other setting would change.
 */
export function decideCors(situation: CorsSituation): CorsDecision {
  return decidePrepared(preparePolicies(situation), situation.request, situation.facts, situation.assume);
}

/** As decideCors, for many requests to the same policies: prepare them once. */
export function decidePrepared(
  policies: PreparedPolicies,
  request: CorsRequest,
  facts: CorsFacts,
  assume: Partial<SwitchSettings> | undefined,
): CorsDecision {
  const settings = computable(completeSwitches(assume));
  const run = (switches: ComputableSwitches, known: CorsFacts): MergedEnding =>
    mergeBranches(exploreEndings(switches, (evaluation) => evaluateRequest(evaluation, policies, request, known)));
  const main = run(settings, facts);
  const { assumptions, alternatives } = findAlternatives(settings, main, (switches) => run(switches, facts));
  const { ending } = main;
  const open = openFacts(policies, request, facts, ending, (other) => run(settings, other).ending);
  return {
    outcome: ending.outcome,
    by: ending.scope?.kind,
    scope: ending.scope,
    via: ending.via,
    status: ending.status,
    headers: ending.headers,
    browser: ending.browser,
    browserBecause: ending.browserBecause,
    because: ending.because,
    deciding: ending.deciding,
    steps: main.steps,
    assumptions,
    alternatives: [...alternatives, ...open],
  };
}

/** `unknown` is computed as the worse reading: requests of other origins end. */
function computable(settings: SwitchSettings): ComputableSwitches {
  return { ...settings, terminateDefault: settings.terminateDefault === 'false' ? 'false' : 'true' };
}
