import type { CorsConflict } from '../corsConflicts';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix } from '../rule';
import { addOrigins } from './addOrigins';
import { moveOwnBeforeBase } from './moveOwnBeforeBase';
import { removeBase } from './removeBase';
import { replaceBase } from './replaceBase';
import { setTerminateEdit, setTerminateFalse } from './setTerminateFalse';
import { triedFixes } from './triedFixes';

/** The repairs of "an inherited cors comes first", best first (cors-semantics 6.4). */
export function fixesForInheritedCors(conflict: CorsConflict, context: EffectiveContext): readonly Fix[] {
  return triedFixes(conflict, context, [
    setTerminateFalse(conflict, context),
    addOrigins(conflict, context),
    moveOwnBeforeBase(conflict, context),
    removeBase(conflict, context),
    replaceBase(conflict, context),
  ]);
}

/** The repairs of a `cors` that is never reached: the own one goes first, or lets the inherited one answer. */
export function fixesForShadowedCors(conflict: CorsConflict, context: EffectiveContext): readonly Fix[] {
  if (conflict.shape === 'ownAnsweredByOther') {
    return triedFixes(conflict, context, [moveOwnBeforeBase(conflict, context)]);
  }
  return triedFixes(conflict, context, [setOwnTerminate(conflict, context, 'false', ' on this cors')]);
}

/** Both answers to the question that an absent `terminate-unmatched-request` leaves open. */
export function fixesForOpenTerminate(conflict: CorsConflict, context: EffectiveContext): readonly Fix[] {
  return triedFixes(conflict, context, [
    setOwnTerminate(conflict, context, 'false', ': other cors policies in the chain get their turn'),
    setOwnTerminate(
      conflict,
      context,
      'true',
      ': unlisted origins are refused here, and cors-shadowed then tells what that stops',
    ),
  ]);
}

/** Not offered for a `cors` that comes from a fragment: other documents may include it too. */
function setOwnTerminate(
  { decider }: CorsConflict,
  context: EffectiveContext,
  value: 'true' | 'false',
  what: string,
): Fix | undefined {
  const { document, element } = decider.statement;
  if (document !== context.document) return undefined;
  return {
    id: `set-terminate-${value}`,
    title: `Set terminate-unmatched-request="${value}"${what}`,
    edits: [setTerminateEdit(document, element, value)],
  };
}
