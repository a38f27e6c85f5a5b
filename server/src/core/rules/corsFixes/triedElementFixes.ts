import { parsePolicyDocument } from '../../syntax/parsePolicyDocument';
import { applyEdits } from '../../text/textEdits';
import { joinNames } from '../../text/wording';
import type { CorsElement } from '../corsElement';
import type { Fix } from '../rule';
import { uncoveredBelow } from './triedFixes';

/**
 * Fixes of what stands inside one `cors`, tried on the text before they are offered: one that leaves its finding is
 * dropped, and one that brings another finding about names its rule. A fix of an API's or operation's `cors` is tried where
 * other policies inherit it, too; one of a broader scope or a fragment says for whom it is, since that may be thousands.
 */
export function triedElementFixes(
  ruleId: string,
  context: CorsElement,
  fixes: readonly (Fix | undefined)[],
): readonly Fix[] {
  const reach = reachOf(context);
  const told = fixes.map((fix) => fix && { ...fix, title: fix.title + reach });
  const { effective } = context;
  return triedHere(ruleId, context, told).map((fix) =>
    effective === undefined || reach !== '' ? fix : { ...fix, title: fix.title + uncoveredBelow(fix, effective) },
  );
}

/** As `describeReach`, of a `cors` that the document holds itself; empty where trying the fix tells. */
function reachOf({ document, effective }: CorsElement): string {
  if (document.kind === 'fragment') return ', for every policy that includes its fragment';
  const isBroad = effective !== undefined && ['global', 'workspace', 'product'].includes(effective.scope.kind);
  return isBroad ? ', for every API that inherits it' : '';
}

/** As `triedElementFixes`, for edits that change no answer to any request: no other document can be concerned. */
export function triedHere(
  ruleId: string,
  { document, effective, reportedOn }: CorsElement,
  fixes: readonly (Fix | undefined)[],
): readonly Fix[] {
  if (document.isEmbedded) return [];
  const before = effective?.reportedRules(effective) ?? reportedOn(document);
  return fixes.flatMap((fix) => {
    if (fix === undefined || fix.edits.length === 0) return [];
    const after =
      effective === undefined
        ? reportedOn(parsePolicyDocument(applyEdits(document.text, fix.edits), document.path, -1))
        : effective.reportedRules(effective.afterEdits(fix.edits));
    if (countOf(after, ruleId) >= countOf(before, ruleId)) return [];
    return [{ ...fix, title: fix.title + uncoveredHere(before, after) }];
  });
}

function uncoveredHere(before: readonly string[], after: readonly string[]): string {
  const added = [...new Set(after)].filter((ruleId) => countOf(after, ruleId) > countOf(before, ruleId));
  return added.length === 0 ? '' : `; ${joinNames(added)} then ${added.length === 1 ? 'shows' : 'show'} here`;
}

function countOf(ruleIds: readonly string[], wanted: string): number {
  return ruleIds.filter((ruleId) => ruleId === wanted).length;
}
