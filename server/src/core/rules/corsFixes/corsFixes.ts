import { type CorsConflict, findCorsConflicts } from '../corsConflicts';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix } from '../rule';
import { addOrigins } from './addOrigins';
import { moveOwnBeforeBase } from './moveOwnBeforeBase';
import { removeBase } from './removeBase';
import { replaceBase } from './replaceBase';
import { setTerminateEdit, setTerminateFalse } from './setTerminateFalse';

/** The repairs of "an inherited cors comes first", best first (cors-semantics 6.4). */
export function fixesForInheritedCors(conflict: CorsConflict, context: EffectiveContext): readonly Fix[] {
  return triedFixes(conflict, context, [
    setTerminateFalse(conflict, context),
    addOrigins(conflict, context),
    moveOwnBeforeBase(conflict, context.document),
    removeBase(conflict, context),
    replaceBase(conflict, context),
  ]);
}

/** The repairs of a `cors` that is never reached: the own one goes first, or lets the inherited one answer. */
export function fixesForShadowedCors(conflict: CorsConflict, context: EffectiveContext): readonly Fix[] {
  if (conflict.shape === 'ownAnsweredByOther') {
    return triedFixes(conflict, context, [moveOwnBeforeBase(conflict, context.document)]);
  }
  const { document, element } = conflict.decider.statement;
  if (document !== context.document) return [];
  const title = 'Set terminate-unmatched-request="false" on this cors';
  return triedFixes(conflict, context, [
    { id: 'set-terminate-false', title, edits: [setTerminateEdit(document, element, 'false')] },
  ]);
}

/**
 * Each fix is tried on the texts before it is offered: one that leaves the finding is dropped, and one that uncovers
 * another cause says so in its title ("one cause, one finding" had kept that one back).
 */
function triedFixes(
  conflict: CorsConflict,
  context: EffectiveContext,
  fixes: readonly (Fix | undefined)[],
): readonly Fix[] {
  const before = context.corsConflicts().map(({ ruleId }) => ruleId);
  const countOf = (ruleIds: readonly string[]): number => ruleIds.filter((ruleId) => ruleId === conflict.ruleId).length;
  return fixes.flatMap((fix) => {
    if (fix === undefined) return [];
    const after = findCorsConflicts(context.afterEdits(fix.edits)).map(({ ruleId }) => ruleId);
    if (countOf(after) >= countOf(before)) return [];
    const uncovered = [...new Set(after)].filter((ruleId) => !before.includes(ruleId));
    return [uncovered.length === 0 ? fix : { ...fix, title: `${fix.title}; ${uncovered.join(' and ')} is left` }];
  });
}
