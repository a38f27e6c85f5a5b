import type { PolicyDocument, PolicyElement } from '../../syntax/policyTree';
import type { CorsConflict } from '../corsConflicts';
import type { CorsInChain } from '../corsInChains';
import { itemKey } from '../describeItems';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix, TextEdit } from '../rule';
import { describeReach } from './describeReach';
import { setAttributeEdit } from './setAttribute';

/**
 * Lets preflights of other origins fall through the inherited `cors` to the own one (cors-semantics 6.4, D).
 *
 * Every inherited `cors` that stands in the way in a chain of the conflict is changed; one alone would only move the
 * finding. On real requests, whether the later `cors` adds its headers is not documented (switch SW4).
 */
export function setTerminateFalse(conflict: CorsConflict, context: EffectiveContext): Fix | undefined {
  const blockers = inheritedBlockers(conflict, context).map(({ statement }) => statement);
  if (blockers.length === 0 || blockers.some(({ document }) => document.isEmbedded)) return undefined;
  const files = [...new Set(blockers.map(({ document }) => context.relativePath(document.path)))].join(', ');
  const target = blockers.length === 1 ? 'the inherited cors' : `the ${blockers.length} inherited cors policies`;
  return {
    id: 'set-terminate-false',
    title: `Set terminate-unmatched-request="false" on ${target}, for ${describeReach(blockers)} (${files})`,
    edits: blockers.map(({ document, element }) => setTerminateEdit(document, element, 'false')),
  };
}

/** The inherited `cors` statements before the own one that are not told to let other origins pass, each once. */
function inheritedBlockers(conflict: CorsConflict, context: EffectiveContext): readonly CorsInChain[] {
  const blockers = new Map<string, CorsInChain>();
  for (const policy of conflict.policies) {
    const inChain = context.corsInInbound(policy);
    const ownIndex = inChain.findIndex(({ isOwn }) => isOwn);
    for (const candidate of inChain.slice(0, Math.max(ownIndex, 0))) {
      const { terminateUnmatched: terminate } = candidate.cors;
      if (terminate?.known && !terminate.value) continue;
      blockers.set(itemKey(candidate.statement), candidate);
    }
  }
  return [...blockers.values()];
}

/** Writes the attribute, or replaces its value. */
export function setTerminateEdit(document: PolicyDocument, cors: PolicyElement, value: 'true' | 'false'): TextEdit {
  return setAttributeEdit(document, cors, 'terminate-unmatched-request', value);
}
