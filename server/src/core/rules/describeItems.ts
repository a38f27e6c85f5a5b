import type { EffectiveItem } from '../effective/effectivePolicy';
import { spanInFile } from '../syntax/policyTree';
import { joinNames } from '../text/wording';
import { describeScope } from '../workspace/policyScope';

/** The same for the same statement before and after edits of another file, and for a fragment that is read twice. */
export function itemKey(item: EffectiveItem): string {
  return item.kind === 'unknown'
    ? `? ${item.because}`
    : `${item.document.path} ${spanInFile(item.document, item.element.span).start}`;
}

/**
 * Names items by the scope that they come from, each once: "rate-limit-by-key and 2 × set-header from global scope; quota
 * from product starter; whatever cannot be read here (…)". Empty for none.
 */
export function describeItems(items: readonly EffectiveItem[]): string {
  const byScope = new Map<string, Map<string, Set<string>>>();
  const unreadable = new Set<string>();
  for (const item of items) {
    if (item.kind === 'unknown') {
      unreadable.add(`whatever cannot be read here (${item.because})`);
    } else {
      const names = byScope.get(describeScope(item.scope)) ?? new Map<string, Set<string>>();
      byScope.set(describeScope(item.scope), names);
      names.set(item.name, (names.get(item.name) ?? new Set()).add(itemKey(item)));
    }
  }
  const scopes = [...byScope].map(([scope, names]) => {
    const counted = [...names].map(([name, { size }]) => (size === 1 ? name : `${size} × ${name}`));
    return `${joinNames(counted)} from ${scope}`;
  });
  return [...scopes, ...unreadable].join('; ');
}
