import type { PolicyDocument, PolicyElement } from '../syntax/policyTree';
import type { Span } from '../text/span';
import { blanksBefore } from '../text/textEdits';

/** One line of a text that was moved: what was put before it, and the stretch of the source that it repeats. */
export interface MovedLine {
  readonly indentation: string;
  /** In the document's text; empty for a line that has nothing but white space. */
  readonly source: Span;
}

/** One step of indentation as the document has it at its first section; four blanks where that is not told. */
export function indentationUnit({ root, text }: PolicyDocument): string {
  const section = root?.children.find(({ kind }) => kind === 'element');
  const found = section === undefined ? '' : blanksBefore(text, section.span.start);
  return found !== '' && found.length <= 8 ? found : '    ';
}

/**
 * The lines of an element, moved so that it begins at the indentation and goes on in steps of `unit`. Lines that begin inside an expression, a text, a
 * CDATA section or an attribute value stay as they are written: blanks may mean something there.
 */
export function reindent(
  document: PolicyDocument,
  element: PolicyElement,
  indentation: string,
  unit: string,
): readonly MovedLine[] {
  const { text } = document;
  const { span } = element;
  const fixed = fixedSpans(document, element);
  const before = blanksBefore(text, span.start);
  const ownUnit = indentationUnit(document);
  const lines: MovedLine[] = [];
  const lineEnd = /\r\n|\n|\r/g;
  let nextFixed = 0;
  let start = span.start;
  for (;;) {
    lineEnd.lastIndex = start;
    const match = lineEnd.exec(text);
    const end = match === null || match.index >= span.end ? span.end : match.index;
    while ((fixed[nextFixed]?.end ?? start + 1) <= start) nextFixed++;
    const isFixed = (fixed[nextFixed]?.start ?? start) < start;
    if (start === span.start) lines.push({ indentation, source: { start, end } });
    else if (isFixed) lines.push({ indentation: '', source: { start, end } });
    else lines.push(move(text, { start, end }, { before, ownUnit, indentation, unit }));
    if (match === null || end === span.end) return lines;
    start = match.index + match[0].length;
  }
}

/** Where an element's lines begin in the source and in the result, and by which steps they go on in each. */
interface Move {
  readonly before: string;
  readonly ownUnit: string;
  readonly indentation: string;
  readonly unit: string;
}

function move(text: string, { start, end }: Span, { before, ownUnit, indentation, unit }: Move): MovedLine {
  const line = text.slice(start, end);
  const content = line.trimStart();
  if (content === '') return { indentation: '', source: { start: end, end } };
  const source = { start: end - content.length, end };
  if (!line.startsWith(before)) return { indentation, source };
  let inner = line.slice(before.length, line.length - content.length);
  let steps = 0;
  for (; inner.startsWith(ownUnit); steps++) inner = inner.slice(ownUnit.length);
  return { indentation: indentation + unit.repeat(steps) + inner, source };
}

/** In the order of the text; none lies in another. */
function fixedSpans(document: PolicyDocument, element: PolicyElement): readonly Span[] {
  const spans: Span[] = [];
  const waiting: PolicyElement[] = [element];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { valueSpan } of next.attributes) spans.push(valueSpan);
    for (const child of next.children) {
      if (child.kind === 'element') waiting.push(child);
      else if (child.kind === 'cdata' || child.kind === 'skipped') spans.push(child.span);
      else if (child.kind === 'text' && document.text.slice(child.span.start, child.span.end).trim() !== '') {
        spans.push(contentOf(document, child.span));
      }
    }
  }
  return spans.sort((one, other) => one.start - other.start);
}

/** Without the blank lines at its end: the line of the end tag may move. */
function contentOf({ text }: PolicyDocument, span: Span): Span {
  return { start: span.start, end: span.start + text.slice(span.start, span.end).trimEnd().length };
}
