import type { PolicyDocument, PolicyElement, PolicyNode } from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import { indentationAt } from '../../text/textEdits';

/** An element's text with the target's indentation and line ends; lines inside C# or literal text keep their own. */
export function reindented(
  { document, element }: { readonly document: PolicyDocument; readonly element: PolicyElement },
  indent: string,
  lineEnd: string,
): string {
  const { text } = document;
  const ownIndent = indentationAt(text, element.span.start);
  const untouched = literalSpans(document, element);
  let result = '';
  let position = element.span.start;
  const breaks = /\r\n|\n|\r/g;
  breaks.lastIndex = position;
  for (let match = breaks.exec(text); match !== null && match.index < element.span.end; match = breaks.exec(text)) {
    const next = match.index + match[0].length;
    result += text.slice(position, match.index) + lineEnd;
    position = next;
    const isLiteral = untouched.some((span) => span.start < next && next < span.end);
    if (!isLiteral && text.startsWith(ownIndent, next)) {
      position = next + ownIndent.length;
      result += indent;
    }
  }
  return result + text.slice(position, element.span.end);
}

/** Where white space at the beginning of a line may be part of what is sent or run. */
function literalSpans(document: PolicyDocument, element: PolicyElement): readonly Span[] {
  const spans: Span[] = document.expressions
    .map(({ span }) => span)
    .filter(({ start, end }) => element.span.start <= start && end <= element.span.end);
  const waiting: PolicyNode[] = [...element.children];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === 'element') waiting.push(...node.children);
    else if (
      node.kind === 'cdata' ||
      (node.kind === 'text' && document.text.slice(node.span.start, node.span.end).trim() !== '')
    ) {
      spans.push(node.span);
    }
  }
  return spans;
}
