import type { EffectivePolicy } from '../../effective/effectivePolicy';
import type { PolicyElement } from '../../syntax/policyTree';
import type { CorsConflict } from '../corsConflicts';
import type { EffectiveContext } from '../effectiveContext';

/**
 * The `<base />` elements of the document before its own `cors` through which a `cors` comes in, in order: one, but for
 * documents that write it twice. Undefined where one of them has no end in the text.
 */
export function basesBeforeOwn(
  { victim }: CorsConflict,
  context: EffectiveContext,
): readonly [PolicyElement, ...PolicyElement[]] | undefined {
  if (victim === undefined) return undefined;
  const bases = context.policies
    .flatMap((policy) => inheritingBases(policy, 'cors'))
    .filter(({ span }) => span.start < victim.entry.span.start);
  const [first, ...others] = [...new Set(bases)].sort((one, other) => one.span.start - other.span.start);
  if (first === undefined || [first, ...others].some(({ closing }) => closing === 'implied')) return undefined;
  return [first, ...others];
}

/** The `<base />` elements of the narrowest document through which anything, or a statement of this name, comes in. */
export function inheritingBases({ sections }: EffectivePolicy, name?: string): readonly PolicyElement[] {
  return sections.inbound.flatMap((item) => {
    const isWanted = name === undefined || (item.kind === 'statement' && item.name === name);
    return isWanted && item.via[0]?.kind === 'base' ? [item.via[0].element] : [];
  });
}
