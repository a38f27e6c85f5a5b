import type { EffectiveItem, EffectivePolicy } from '../../effective/effectivePolicy';
import type { PolicyElement } from '../../syntax/policyTree';
import { describeScope } from '../../workspace/policyScope';
import type { EffectiveContext } from '../effectiveContext';

/** What comes into the inbound section through one `<base />` of the document, in one chain. */
export function inheritedThrough(base: PolicyElement, policy: EffectivePolicy): readonly EffectiveItem[] {
  return policy.sections.inbound.filter((item) => item.via[0]?.kind === 'base' && item.via[0].element === base);
}

/**
 * Names every inherited statement but the `cors` that goes when `<base />` goes, by the scope it comes from:
 * "rate-limit-by-key and 2 × set-header from global scope; quota from product starter". Empty where nothing is lost.
 */
export function describeLost(base: PolicyElement, { policies }: Pick<EffectiveContext, 'policies'>): string {
  const byScope = new Map<string, Map<string, Set<PolicyElement>>>();
  const unreadable = new Set<string>();
  for (const item of policies.flatMap((policy) => inheritedThrough(base, policy))) {
    if (item.kind === 'unknown') {
      unreadable.add(`whatever cannot be read here (${item.because})`);
    } else if (item.name !== 'cors') {
      const names = byScope.get(describeScope(item.scope)) ?? new Map<string, Set<PolicyElement>>();
      byScope.set(describeScope(item.scope), names);
      names.set(item.name, (names.get(item.name) ?? new Set()).add(item.element));
    }
  }
  const scopes = [...byScope].map(([scope, names]) => {
    const counted = [...names].map(([name, { size }]) => (size === 1 ? name : `${size} × ${name}`));
    return `${joinWithAnd(counted)} from ${scope}`;
  });
  return [...scopes, ...unreadable].join('; ');
}

function joinWithAnd(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
