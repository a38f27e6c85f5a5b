import { parsePolicyDocument } from '../syntax/parsePolicyDocument';
import type { PolicyAttribute, PolicyDocument, PolicyElement } from '../syntax/policyTree';
import { allElements, nodePathAt } from '../syntax/treeQueries';
import type { Span } from '../text/span';
import { isElementName } from './rename';

/** What to insert at the offset at which somebody has just typed `>` or `</`. */
export interface ClosingTag {
  readonly text: string;
  /** Where the cursor belongs: before the text, `<a>¦</a>`, or behind it, `</a>¦`. */
  readonly cursor: 'before' | 'behind';
}

/**
 * The end tag that is missing behind `<name …>` or `</`, where one of the two ends at the offset. Undefined elsewhere:
 * in expressions, comments, CDATA and attribute values, behind `/>`, and where the element has its end tag already.
 * Reads the text once or twice, so it is for a key that was typed, not for every change.
 */
export function closingTagAt(document: PolicyDocument, offset: number): ClosingTag | undefined {
  const { text } = document;
  if (text[offset - 1] === '>') return closingTagBehindStartTag(document, offset);
  if (text.slice(offset - 2, offset) !== '</' || /[\p{L}_:]/u.test(text[offset] ?? '')) return undefined;
  const name = openElementName(document, offset);
  if (name === undefined) return undefined;
  return { text: text[offset] === '>' ? name : `${name}>`, cursor: 'behind' };
}

/** `<set-header name="a">¦` */
function closingTagBehindStartTag(document: PolicyDocument, offset: number): ClosingTag | undefined {
  const element = nodePathAt(document, offset).elements.find(({ startTagSpan }) => startTagSpan.end === offset);
  if (element === undefined || element.closing === 'selfClosing' || !isSound(document, element)) return undefined;
  if (!isElementName(element.name)) return undefined;
  if (element.endTagSpan !== undefined && isOwnEndTag(document, element, element.endTagSpan)) return undefined;
  return { text: `</${element.name}>`, cursor: 'before' };
}

/** A `>` that only repair takes for the tag's end, `condition="@(a >¦`, was not meant as one. */
function isSound({ text }: PolicyDocument, { attributes }: PolicyElement): boolean {
  return attributes.every(
    ({ quote, valueSpan, expression }: PolicyAttribute) =>
      quote !== undefined && text[valueSpan.end] === quote && expression?.isTerminated !== false,
  );
}

/**
 * False where the end tag closed an outer element of the same name until the start tag was typed: without the start
 * tag, it still finds a partner.
 */
function isOwnEndTag(document: PolicyDocument, element: PolicyElement, endTag: Span): boolean {
  for (const { endTagSpan } of allElements(without(document, element.startTagSpan))) {
    if (endTagSpan?.start === endTag.start) return false;
  }
  return true;
}

/** `<inbound>…</¦` */
function openElementName(document: PolicyDocument, offset: number): string | undefined {
  const start = offset - 2;
  const end = document.text[offset] === '>' ? offset + 1 : offset;
  const before = without(document, { start, end });
  const { elements } = nodePathAt(before, start);
  const innermost = elements.findLast((element) => hasInContent(element, start));
  if (innermost === undefined || !isPlainText(before, innermost, start)) return undefined;
  // Where an outer element of the same name is open, the end tag that closes this one is the outer one's.
  const isOpen = elements.some(({ name, closing }) => name === innermost.name && closing === 'implied');
  return isOpen && isElementName(innermost.name) ? innermost.name : undefined;
}

function hasInContent({ closing, startTagSpan, endTagSpan }: PolicyElement, offset: number): boolean {
  const isBehindStart = closing !== 'selfClosing' && startTagSpan.end <= offset;
  return isBehindStart && (endTagSpan === undefined || offset <= endTagSpan.start);
}

/** False in an expression, a comment, CDATA, or the start tag of a child. */
function isPlainText(document: PolicyDocument, element: PolicyElement, offset: number): boolean {
  const isInside = ({ span }: { readonly span: Span }): boolean => span.start < offset && offset < span.end;
  if (document.expressions.some(isInside)) return false;
  return !element.children.some((child) => child.kind !== 'text' && isInside(child));
}

/** The same text with blanks in place of a stretch, read again. */
function without({ text, path, version }: PolicyDocument, { start, end }: Span): PolicyDocument {
  return parsePolicyDocument(text.slice(0, start) + ' '.repeat(end - start) + text.slice(end), path, version);
}
