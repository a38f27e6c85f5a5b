import type { PolicyDocument, PolicyElement } from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import { applyEdits, indentationAt, isFirstOnLine, lineEndNear, lineStart, wholeLines } from '../../text/textEdits';
import type { CorsConflict } from '../corsConflicts';
import type { Fix } from '../rule';
import { setTerminateEdit } from './setTerminateFalse';

/**
 * Puts the own `cors` before `<base />` and lets other origins, the portal's among them, fall through to the inherited
 * ones (cors-semantics 6.4, B). A comment directly above the `cors` moves with it.
 *
 * Not offered for a `cors` that comes from a fragment: other documents may include it too.
 */
export function moveOwnBeforeBase({ decider, victim }: CorsConflict, document: PolicyDocument): Fix | undefined {
  const base = decider.entry;
  if (victim === undefined || victim.statement.document !== document || victim.statement.via.length > 0)
    return undefined;
  const { element: cors } = victim.statement;
  if (cors.closing === 'implied' || cors.span.start < base.span.end) return undefined;

  const { text, path, version } = document;
  const block = { start: attachedCommentStart(document, cors), end: cors.span.end };
  const attribute = setTerminateEdit(document, cors, 'false');
  const moved = applyEdits(text.slice(block.start, block.end), [
    { newText: attribute.newText, span: shifted(attribute.span, -block.start) },
  ]);
  const removed = wholeLines(text, block);
  const isLines = removed !== block && isFirstOnLine(text, base.span.start);
  const at = isLines ? lineStart(text, base.span.start) : base.span.start;
  const newText = isLines ? indentationAt(text, block.start) + moved + lineEndNear(text, base.span.start) : moved;
  return {
    id: 'move-own-before-base',
    title: 'Move this cors before <base />, with terminate-unmatched-request="false"',
    edits: [
      { path, version, span: { start: at, end: at }, newText },
      { path, version, span: removed, newText: '' },
    ],
  };
}

function shifted(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}

/** The start of the comments that stand directly above an element, with no blank line in between. */
function attachedCommentStart({ text }: PolicyDocument, element: PolicyElement): number {
  const siblings = element.parent?.children ?? [];
  let start = element.span.start;
  for (let index = siblings.indexOf(element) - 1; index >= 0; index--) {
    const node = siblings[index];
    if (node === undefined) break;
    const written = text.slice(node.span.start, node.span.end);
    if (node.kind === 'text' && written.trim() === '') {
      if ((written.match(/\r\n|\n|\r/g) ?? []).length > 1) break;
      continue;
    }
    if (node.kind !== 'comment' || !isFirstOnLine(text, node.span.start)) break;
    start = node.span.start;
  }
  return start;
}
