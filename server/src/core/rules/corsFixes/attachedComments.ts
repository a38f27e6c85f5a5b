import type { PolicyDocument, PolicyElement, PolicyNode } from '../../syntax/policyTree';
import { isFirstOnLine } from '../../text/textEdits';

/** The start of the comments that stand directly above an element or before it on its line; a blank line ends them. */
export function attachedCommentStart(document: PolicyDocument, element: PolicyElement): number {
  return commentStart(document, element, 1);
}

/** The start of the comments that stand before an element on its line, where nothing else does; else the element's own. */
export function lineCommentStart(document: PolicyDocument, element: PolicyElement): number {
  return commentStart(document, element, 0);
}

function commentStart(document: PolicyDocument, element: PolicyElement, mostLineBreaks: 0 | 1): number {
  const siblings = siblingsOf(document, element);
  let start = element.span.start;
  for (let index = siblings.indexOf(element) - 1; index >= 0; index--) {
    const node = siblings[index] as PolicyNode;
    if (isBlank(document, node)) {
      if (lineBreaksIn(document, node) > mostLineBreaks) break;
    } else if (node.kind !== 'comment') {
      break;
    } else if (isFirstOnLine(document.text, node.span.start)) {
      start = node.span.start;
    }
  }
  return start;
}

/** The end of the comments behind an element on its line; the element's own end where something else follows there. */
export function trailingCommentEnd(document: PolicyDocument, element: PolicyElement): number {
  const siblings = siblingsOf(document, element);
  let end = element.span.end;
  for (const node of siblings.slice(siblings.indexOf(element) + 1)) {
    if (node.kind === 'comment') end = node.span.end;
    else if (!isBlank(document, node)) return element.span.end;
    else if (lineBreaksIn(document, node) > 0) break;
  }
  return end;
}

function siblingsOf(document: PolicyDocument, { parent }: PolicyElement): readonly PolicyNode[] {
  return parent?.children ?? document.nodes;
}

function isBlank({ text }: PolicyDocument, { kind, span }: PolicyNode): boolean {
  return kind === 'text' && text.slice(span.start, span.end).trim() === '';
}

function lineBreaksIn({ text }: PolicyDocument, { span }: PolicyNode): number {
  return (text.slice(span.start, span.end).match(/\r\n|\n|\r/g) ?? []).length;
}
