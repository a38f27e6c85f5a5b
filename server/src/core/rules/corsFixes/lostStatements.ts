import { type EffectivePolicy, isInherited } from '../../effective/effectivePolicy';
import { describeItems, itemKey } from '../describeItems';
import type { EffectiveContext } from '../effectiveContext';
import type { TextEdit } from '../rule';

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
  return describeItems(lost.filter((item) => item.kind === 'unknown' || item.name !== 'cors'));
}
