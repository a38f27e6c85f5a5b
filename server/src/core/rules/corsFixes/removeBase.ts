import type { CorsConflict } from '../corsConflicts';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix } from '../rule';
import { removals } from './documentEdit';
import { basesBeforeOwn, inheritingBases } from './inheritingBases';
import { describeLost } from './lostStatements';

/**
 * Removes `<base />` (cors-semantics 6.4, A). It always helps, and it is the dearest: every inherited statement of the
 * section goes, so the title names them all. The developer portal's console then needs its origin in the own `cors`.
 * A second `<base />` behind the own `cors` stays, and with it everything but the wrong order.
 */
export function removeBase(conflict: CorsConflict, context: EffectiveContext): Fix | undefined {
  const bases = basesBeforeOwn(conflict, context);
  if (bases === undefined) return undefined;
  const { document, policies } = context;
  const edits = removals(
    document,
    bases.map(({ span }) => span),
  );
  const lost = describeLost(context, edits);
  const isInheritedStill = policies.flatMap((policy) => inheritingBases(policy)).some((base) => !bases.includes(base));
  const nothingLost = isInheritedStill
    ? 'the one behind the cors still inherits the same'
    : 'nothing but the inherited cors is lost';
  const target = bases.length === 1 ? '<base />' : `the ${bases.length} <base /> before the cors`;
  return {
    id: 'remove-base',
    title: `Remove ${target}: ${lost === '' ? nothingLost : `also drops ${lost}`}`,
    edits,
  };
}
