import type { Span } from './span';

/** The part of an edit that concerns one text. */
export interface SpanEdit {
  readonly span: Span;
  readonly newText: string;
}

/** Applies edits whose spans do not overlap; those at the same place keep their order. Throws where two overlap. */
export function applyEdits(text: string, edits: readonly SpanEdit[]): string {
  const ordered = edits
    .map((edit, index) => ({ ...edit, index }))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || a.index - b.index);
  let result = '';
  let end = 0;
  for (const { span, newText } of ordered) {
    if (span.start < end) throw new Error(`edits overlap at ${span.start}`);
    result += text.slice(end, span.start) + newText;
    end = span.end;
  }
  return result + text.slice(end);
}

/** The line end in use around an offset: that of its line, else the first of the text, else `\n`. */
export function lineEndNear(text: string, offset: number): string {
  const lineEnd = /\r\n|\n|\r/g;
  lineEnd.lastIndex = offset;
  return (lineEnd.exec(text) ?? /\r\n|\n|\r/.exec(text))?.[0] ?? '\n';
}

/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

/** The white space at the beginning of the line of an offset. */
export function indentationAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

/** True where nothing but white space stands before the offset on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}

/** The span with its whole lines, the last line's end included, where nothing else stands on them; else the span itself. */
export function wholeLines(text: string, span: Span): Span {
  if (!isFirstOnLine(text, span.start)) return span;
  const rest = /^[ \t]*(\r\n|\n|\r|$)/.exec(text.slice(span.end));
  if (rest === null) return span;
  return { start: lineStart(text, span.start), end: span.end + rest[0].length };
}

/** One step of indentation as the text uses it: how much deeper `inner` stands than `outer`; two blanks where that is not told. */
export function indentationStep(outer: string, inner: string): string {
  return inner.length > outer.length && inner.startsWith(outer) ? inner.slice(outer.length) : '  ';
}
