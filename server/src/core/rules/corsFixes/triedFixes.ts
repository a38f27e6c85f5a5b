import { joinNames } from '../../text/wording';
import type { CorsConflict } from '../corsConflicts';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix } from '../rule';
import { addedRules } from '../uncoveredRules';

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
    const after = context.afterEdits(fix.edits);
    if (countOf(after.corsConflicts()) >= countOf(context.corsConflicts())) return [];
    const uncovered = newRules(context, fix).filter((ruleId) => !fix.title.includes(ruleId));
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
    const added = newRules(other, fix);
    if (added.length > 0) paths.push(context.relativePath(other.document.path));
    for (const ruleId of added) ruleIds.add(ruleId);
  }
  const [path] = paths;
  if (path === undefined) return '';
  const where = paths.length === 1 ? path : `${paths.length} policies that inherit from this one`;
  return `; ${joinNames([...ruleIds])} then ${ruleIds.size === 1 ? 'shows' : 'show'} in ${where}`;
}

/** Information that a fix which takes `<base />` away brings along; its title names what is lost instead (9.2). */
const toldInOtherWords: ReadonlySet<string> = new Set(['base-removed', 'portal-cors-not-inherited']);

function newRules(context: EffectiveContext, fix: Fix): readonly string[] {
  return addedRules(context, fix.edits).filter((ruleId) => !toldInOtherWords.has(ruleId));
}

function isOrAre(names: readonly string[]): string {
  return names.length === 1 ? 'is' : 'are';
}
