import { skipSpace, skipSpaceBack } from '../syntax/characters';
import type { PolicyDocument, PolicyNode } from '../syntax/policyTree';
import { nodePathAt } from '../syntax/treeQueries';
import { type Span, spanContains, spanTouches } from '../text/span';
import { csharpSpansAt } from './csharpSpans';

/** The spans around an offset, innermost first, each larger than the one before: what "expand selection" walks through. */
export function selectionSpans(document: PolicyDocument, offset: number): readonly Span[] {
  const { elements, attribute } = nodePathAt(document, offset);
  const candidates: Span[] = [{ start: 0, end: document.text.length }];
  for (const element of elements) {
    candidates.push(element.span);
    const contentEnd = element.endTagSpan?.start ?? element.span.end;
    if (element.closing !== 'selfClosing') candidates.push({ start: element.startTagSpan.end, end: contentEnd });
    candidates.push(element.startTagSpan, element.nameSpan);
    if (element.endTagSpan !== undefined) candidates.push(element.endTagSpan);
  }
  for (const nodes of [document.nodes, ...elements.map(({ children }) => children)]) {
    for (const node of nodes) if (spanTouches(node.span, offset)) candidates.push(...spansOfOther(document.text, node));
  }
  if (attribute !== undefined) {
    candidates.push(attribute.span, attribute.nameSpan);
    if (attribute.quote !== undefined) {
      candidates.push({ start: attribute.valueSpan.start - 1, end: attribute.valueSpan.end + 1 });
    }
    candidates.push(attribute.valueSpan);
  }
  for (const { span, codeSpan } of document.expressions) {
    candidates.push(span, codeSpan);
    if (spanTouches(codeSpan, offset)) candidates.push(...csharpSpansAt(document.text, span, offset));
  }
  for (const { span } of document.namedValues) {
    candidates.push(span, { start: span.start + 2, end: span.end - 2 });
  }
  return nested(candidates.filter((span) => spanTouches(span, offset)));
}

const enclosings = { comment: ['<!--', '-->'], cdata: ['<![CDATA[', ']]>'] } as const;

/** Of text and comments: all of it, and what people mean by it, without the white space and the marks around it. */
function spansOfOther(text: string, { kind, span }: PolicyNode): readonly Span[] {
  if (kind === 'element') return [];
  const [opening, closing] = kind === 'comment' || kind === 'cdata' ? enclosings[kind] : ['', ''];
  const start = skipSpace(text, span.start + opening.length);
  const end = skipSpaceBack(text, span.end - closing.length, start);
  return start < end ? [span, { start, end }] : [span];
}

/** Smallest first, without repeats, and each inside the next. */
function nested(spans: readonly Span[]): readonly Span[] {
  const ordered = [...spans].sort((one, other) => one.end - one.start - (other.end - other.start));
  const result: Span[] = [];
  for (const span of ordered) {
    const last = result.at(-1);
    if (last === undefined || (spanContains(span, last) && span.end - span.start > last.end - last.start)) {
      result.push(span);
    }
  }
  return result;
}
