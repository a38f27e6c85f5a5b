import type { PolicyDocument, PolicyElement } from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import { applyEdits, blanksBefore, indentationAt, isFirstOnLine, lineEndNear, lineStart } from '../../text/textEdits';
import type { CorsConflict } from '../corsConflicts';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix, TextEdit } from '../rule';
import { attachedCommentStart, lineCommentStart, trailingCommentEnd } from './attachedComments';
import { documentEdit, insertion, removals } from './documentEdit';
import { basesBeforeOwn } from './inheritingBases';
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

  const block = { start: attachedCommentStart(document, cors), end: trailingCommentEnd(document, cors) };
  const moved = withTerminateFalse(document, cors, block);
  return {
    id: 'move-own-before-base',
    title: 'Move this cors before <base />, with terminate-unmatched-request="false"',
    edits: [insertBefore(document, base, block, moved), ...removals(document, [block])],
  };
}

/** The block's text with the attribute set in it. */
function withTerminateFalse(document: PolicyDocument, cors: PolicyElement, block: Span): string {
  const { span, newText } = setTerminateEdit(document, cors, 'false');
  const inBlock = { start: span.start - block.start, end: span.end - block.start };
  return applyEdits(document.text.slice(block.start, block.end), [{ span: inBlock, newText }]);
}

/** On lines of its own where the base or the block stands so; else on the line of the base. */
function insertBefore(document: PolicyDocument, base: PolicyElement, block: Span, moved: string): TextEdit {
  const { text } = document;
  const at = lineCommentStart(document, base);
  const indent = indentationAt(text, block.start);
  const lineEnd = lineEndNear(text, at);
  if (isFirstOnLine(text, at)) return insertion(document, lineStart(text, at), indent + moved + lineEnd);
  if (isFirstOnLine(text, block.start)) {
    const blanks = { start: at - blanksBefore(text, at).length, end: at };
    return documentEdit(document, blanks, lineEnd + indent + moved + lineEnd + indent);
  }
  return insertion(document, at, moved + blanksBefore(text, block.start));
}
