import { joinNames } from '../text/wording';
import type { EffectiveContext } from './effectiveContext';
import type { TextEdit } from './rule';

/**
 * What edits of the context's document bring about, for a fix's title: "; base-inherits-portal-cors then shows here;
 * cors-shadowed then shows in apis/orders/operations/get/policy.xml", or nothing. Every rule about effective policies is
 * asked, here and in the documents that inherit from this one.
 */
export function describeUncovered(edits: readonly TextEdit[], context: EffectiveContext): string {
  const here = addedRules(context, edits);
  const below = context.narrower().flatMap((other) => {
    const ruleIds = addedRules(other, edits);
    return ruleIds.length === 0 ? [] : [{ path: context.relativePath(other.document.path), ruleIds }];
  });
  const parts = here.length === 0 ? [] : [`${joinNames(here)} then ${verb(here)} here`];
  const [first] = below;
  if (first !== undefined) {
    const ruleIds = [...new Set(below.flatMap((each) => each.ruleIds))];
    const where = below.length === 1 ? first.path : `${below.length} policies that inherit from this one`;
    parts.push(`${joinNames(ruleIds)} then ${verb(ruleIds)} in ${where}`);
  }
  return parts.map((part) => `; ${part}`).join('');
}

/** The rules that report more often after the edits than before, each once. */
export function addedRules(context: EffectiveContext, edits: readonly TextEdit[]): readonly string[] {
  const before = context.reportedRules(context);
  const after = context.reportedRules(context.afterEdits(edits));
  const count = (all: readonly string[], wanted: string): number => all.filter((ruleId) => ruleId === wanted).length;
  return [...new Set(after)].filter((ruleId) => count(after, ruleId) > count(before, ruleId));
}

function verb(names: readonly string[]): string {
  return names.length === 1 ? 'shows' : 'show';
}
