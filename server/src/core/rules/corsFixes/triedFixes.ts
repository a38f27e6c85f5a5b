import { joinNames } from '../../text/wording';
import { type CorsConflict, findCorsConflicts } from '../corsConflicts';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix } from '../rule';

/**
 * Each fix is tried on the texts before it is offered: one that leaves the finding is dropped, and one that uncovers
 * another cause says so in its title ("one cause, one finding" had kept that one back), here and in the documents that
 * inherit from this one. Edits of other documents are not tried on everything that inherits from those: there may be
 * hundreds, and each finding has such fixes; their titles say for whom they are (describeReach).
 */
export function triedFixes(
  conflict: CorsConflict,
  context: EffectiveContext,
  fixes: readonly (Fix | undefined)[],
): readonly Fix[] {
  const countOf = (conflicts: readonly CorsConflict[]): number =>
    conflicts.filter(({ ruleId }) => ruleId === conflict.ruleId).length;
  return fixes.flatMap((fix) => {
    if (fix === undefined) return [];
    const after = findCorsConflicts(context.afterEdits(fix.edits));
    if (countOf(after) >= countOf(context.corsConflicts())) return [];
    const uncovered = addedRules(context.corsConflicts(), after).filter((ruleId) => !fix.title.includes(ruleId));
    const here = uncovered.length === 0 ? '' : `; ${joinNames(uncovered)} ${isOrAre(uncovered)} left`;
    return [{ ...fix, title: fix.title + here + uncoveredBelow(fix, context) }];
  });
}

/** "; cors-shadowed then shows in apis/orders/operations/get/policy.xml", or nothing. Conflicts alone are looked for there. */
export function uncoveredBelow(fix: Fix, context: EffectiveContext): string {
  if (!fix.edits.some(({ path }) => path === context.document.path)) return '';
  const paths: string[] = [];
  const ruleIds = new Set<string>();
  for (const other of context.narrower()) {
    const added = addedRules(other.corsConflicts(), findCorsConflicts(other.afterEdits(fix.edits)));
    if (added.length > 0) paths.push(context.relativePath(other.document.path));
    for (const ruleId of added) ruleIds.add(ruleId);
  }
  const [path] = paths;
  if (path === undefined) return '';
  const where = paths.length === 1 ? path : `${paths.length} policies that inherit from this one`;
  return `; ${joinNames([...ruleIds])} then ${ruleIds.size === 1 ? 'shows' : 'show'} in ${where}`;
}

/** The rules that have more conflicts after than before. */
function addedRules(before: readonly CorsConflict[], after: readonly CorsConflict[]): readonly string[] {
  const count = (conflicts: readonly CorsConflict[], wanted: string): number =>
    conflicts.filter(({ ruleId }) => ruleId === wanted).length;
  return [...new Set(after.map(({ ruleId }) => ruleId))].filter(
    (ruleId) => count(after, ruleId) > count(before, ruleId),
  );
}

function isOrAre(names: readonly string[]): string {
  return names.length === 1 ? 'is' : 'are';
}
