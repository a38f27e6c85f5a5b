import type { EffectiveStatement, PolicyDocument, Span } from '../../core';

type PolicyElement = EffectiveStatement['element'];

/** One step of indentation as the document has it at its first section; four blanks where that is not told. */
export function indentationUnit({ root, text }: PolicyDocument): string {
  const section = root?.children.find(({ kind }) => kind === 'element');
  const found = section === undefined ? '' : blanksBefore(text, section.span.start);
  return found !== '' && found.length <= 8 ? found : '    ';
}

/** The blanks and tabs that end at the offset. */
function blanksBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  return text.slice(start, offset);
}

/**
 * The lines of an element, moved so that it begins at the indentation. Lines that begin inside an expression, a text, a
 * CDATA section or an attribute value stay as they are written: blanks may mean something there.
 */
export function reindent({ document, element }: EffectiveStatement, indentation: string): readonly string[] {
  const { span } = element;
  const fixed = fixedSpans(document, element);
  const before = blanksBefore(document.text, span.start);
  const lines: string[] = [];
  const lineEnd = /\r\n|\n|\r/g;
  let start = span.start;
  for (;;) {
    lineEnd.lastIndex = start;
    const match = lineEnd.exec(document.text);
    const end = match === null || match.index >= span.end ? span.end : match.index;
    const line = document.text.slice(start, end);
    const isFixed = fixed.some((each) => each.start < start && start < each.end);
    if (start === span.start) lines.push(indentation + line);
    else if (isFixed) lines.push(line);
    else lines.push(move(line, before, indentation));
    if (match === null || end === span.end) return lines;
    start = match.index + match[0].length;
  }
}

function move(line: string, before: string, indentation: string): string {
  if (line.trim() === '') return '';
  if (line.startsWith(before)) return indentation + line.slice(before.length);
  return indentation + line.trimStart();
}

function fixedSpans(document: PolicyDocument, element: PolicyElement): readonly Span[] {
  const spans: Span[] = [];
  const waiting: PolicyElement[] = [element];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    spans.push(...next.attributes.map(({ valueSpan }) => valueSpan));
    for (const child of next.children) {
      if (child.kind === 'element') waiting.push(child);
      else if (child.kind === 'cdata' || child.kind === 'skipped') spans.push(child.span);
      else if (child.kind === 'text' && document.text.slice(child.span.start, child.span.end).trim() !== '') {
        spans.push(contentOf(document, child.span));
      }
    }
  }
  return spans;
}

/** Without the blank lines at its end: the line of the end tag may move. */
function contentOf({ text }: PolicyDocument, span: Span): Span {
  return { start: span.start, end: span.start + text.slice(span.start, span.end).trimEnd().length };
}
