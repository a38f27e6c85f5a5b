import type { PolicyDocument, PolicyElement } from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import { applyEdits } from '../../text/textEdits';
import type { CorsConflict } from '../corsConflicts';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix } from '../rule';
import { basesBeforeOwn } from './inheritingBases';
import { blockOf, moveBlockBefore } from './moveElement';
import { setTerminateEdit } from './setTerminateFalse';

/**
 * Puts the own `cors` before `<base />` and lets other origins, the portal's among them, fall through to the inherited
 * ones (cors-semantics 6.4, B). Comments directly above the `cors`, and behind it on its last line, move with it.
 *
 * Not offered for a `cors` that comes from a fragment: other documents may include it too.
 */
export function moveOwnBeforeBase(conflict: CorsConflict, context: EffectiveContext): Fix | undefined {
  const { document } = context;
  const { victim } = conflict;
  if (victim === undefined || victim.statement.document !== document || victim.statement.via.length > 0)
    return undefined;
  const { element: cors } = victim.statement;
  const [base] = basesBeforeOwn(conflict, context) ?? [];
  if (base === undefined || cors.closing === 'implied') return undefined;

  const block = blockOf(document, cors);
  const moved = withTerminateFalse(document, cors, block);
  return {
    id: 'move-own-before-base',
    title: 'Move this cors before <base />, with terminate-unmatched-request="false"',
    edits: moveBlockBefore(document, base, block, moved),
  };
}

/** The block's text with the attribute set in it. */
function withTerminateFalse(document: PolicyDocument, cors: PolicyElement, block: Span): string {
  const { span, newText } = setTerminateEdit(document, cors, 'false');
  const inBlock = { start: span.start - block.start, end: span.end - block.start };
  return applyEdits(document.text.slice(block.start, block.end), [{ span: inBlock, newText }]);
}
