import type { PolicyDocument } from '../syntax/policyTree';
import { nodePathAt } from '../syntax/treeQueries';
import { type Span, spanContains, spanTouches } from '../text/span';

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
    for (const child of element.children) if (child.kind !== 'element') candidates.push(child.span);
  }
  if (attribute !== undefined) {
    candidates.push(attribute.span, attribute.nameSpan);
    if (attribute.quote !== undefined) {
      candidates.push({ start: attribute.valueSpan.start - 1, end: attribute.valueSpan.end + 1 });
    }
    candidates.push(attribute.valueSpan);
  }
  for (const { span, codeSpan } of document.expressions) candidates.push(span, codeSpan);
  return nested(candidates.filter((span) => spanTouches(span, offset)));
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
