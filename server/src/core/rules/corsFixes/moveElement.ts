import type { PolicyDocument, PolicyElement } from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import { blanksBefore, indentationAt, isFirstOnLine, lineEndNear, lineStart } from '../../text/textEdits';
import type { TextEdit } from '../rule';
import { attachedCommentStart, lineCommentStart, trailingCommentEnd } from './attachedComments';
import { documentEdit, insertion, removals } from './documentEdit';

/** The element with the comments directly above it and those behind it on its last line: what moves with it. */
export function blockOf(document: PolicyDocument, element: PolicyElement): Span {
  return { start: attachedCommentStart(document, element), end: trailingCommentEnd(document, element) };
}

/**
 * Puts a block before an element that stands earlier in the document, with this text, and takes it from its old place.
 * On lines of its own where the element or the block stands so; else on the line of the element.
 */
export function moveBlockBefore(
  document: PolicyDocument,
  target: PolicyElement,
  block: Span,
  moved: string = document.text.slice(block.start, block.end),
): readonly TextEdit[] {
  return [insertBlockBefore(document, target, block, moved), ...removals(document, [block])];
}

/** Puts a block's text before an element that stands earlier, as `moveBlockBefore` does; the block stays where it is. */
export function insertBlockBefore(
  document: PolicyDocument,
  target: PolicyElement,
  block: Span,
  moved: string = document.text.slice(block.start, block.end),
): TextEdit {
  const { text } = document;
  const at = lineCommentStart(document, target);
  const indent = indentationAt(text, block.start);
  const lineEnd = lineEndNear(text, at);
  if (isFirstOnLine(text, at)) return insertion(document, lineStart(text, at), indent + moved + lineEnd);
  if (isFirstOnLine(text, block.start)) {
    const blanks = { start: at - blanksBefore(text, at).length, end: at };
    return documentEdit(document, blanks, lineEnd + indent + moved + lineEnd + indent);
  }
  return insertion(document, at, moved + blanksBefore(text, block.start));
}
