import { type EffectiveItem, type EffectivePolicy, isInherited } from '../../effective/effectivePolicy';
import { joinNames } from '../../text/wording';
import { describeScope } from '../../workspace/policyScope';
import type { EffectiveContext } from '../effectiveContext';
import type { TextEdit } from '../rule';

/** The same for the same statement before and after edits of another file, and for a fragment that is read twice. */
export function itemKey(item: EffectiveItem): string {
  return item.kind === 'unknown' ? `? ${item.because}` : `${item.document.path} ${item.element.span.start}`;
}

/** The keys of everything in the chain's inbound section. */
export function inboundKeys(policy: EffectivePolicy | undefined): ReadonlySet<string> {
  return new Set(policy?.sections.inbound.map(itemKey));
}

/**
 * Names every inherited statement but `cors` that some chain has before the edits and not after them, by the scope it
 * comes from: "rate-limit-by-key and 2 × set-header from global scope; quota from product starter". Empty where nothing
 * is lost. `copied`: keys of statements whose text the edits write elsewhere. The edits may change this document only.
 */
export function describeLost(
  context: EffectiveContext,
  edits: readonly TextEdit[],
  copied: ReadonlySet<string> = new Set(),
): string {
  const after = context.afterEdits(edits).policies;
  const lost = context.policies.flatMap((policy, index) => {
    const left = inboundKeys(after[index]);
    return policy.sections.inbound.filter(
      (item) => isInherited(item) && !left.has(itemKey(item)) && !copied.has(itemKey(item)),
    );
  });
  return describeItems(lost);
}

function describeItems(items: readonly EffectiveItem[]): string {
  const byScope = new Map<string, Map<string, Set<string>>>();
  const unreadable = new Set<string>();
  for (const item of items) {
    if (item.kind === 'unknown') {
      unreadable.add(`whatever cannot be read here (${item.because})`);
    } else if (item.name !== 'cors') {
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
