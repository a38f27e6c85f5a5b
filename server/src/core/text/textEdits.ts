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

/** Deeper, nobody indents, and lines may be as long as the text. */
const deepestIndentation = 200;

/**
 * The blanks and tabs before an offset that is the first on its line; undefined where other text stands before it, or more
 * than anybody indents. Costs little on any line.
 */
export function ownIndentation(text: string, offset: number): string | undefined {
  let start = offset;
  while (start > 0 && offset - start <= deepestIndentation) {
    const code = text.charCodeAt(start - 1);
    if (code === 10 || code === 13) return text.slice(start, offset);
    if (code !== 32 && code !== 9) return undefined;
    start--;
  }
  return start === 0 ? text.slice(0, offset) : undefined;
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

/**
 * What to take away so that the spans go without a trace: whole lines where nothing else stands on them, else the blanks
 * beside a span, so that none are left at the end of a line and the line keeps its indentation. Spans with nothing but
 * blanks between them become one. In the order of the text, without overlaps, for spans without overlaps.
 */
export function removalSpans(text: string, spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((one, other) => one.start - other.start)) {
    const before = joined.at(-1);
    const isNext = before !== undefined && /^[ \t]*$/.test(text.slice(before.end, span.start));
    if (isNext) joined[joined.length - 1] = { start: before.start, end: span.end };
    else joined.push(span);
  }
  return joined.map((span) => withBlanks(text, wholeLines(text, span), span));
}

/** The span with the blanks on one of its sides, unless it is whole lines already. */
function withBlanks(text: string, lines: Span, span: Span): Span {
  if (lines !== span) return lines;
  const blankEnd = span.end + blanksAfter(text, span.end).length;
  const isBlankAfter = blankEnd > span.end && !isLineEnd(text, blankEnd);
  if (isBlankAfter || isFirstOnLine(text, span.start)) return { start: span.start, end: blankEnd };
  return { start: span.start - blanksBefore(text, span.start).length, end: blankEnd };
}

function isLineEnd(text: string, offset: number): boolean {
  return offset === text.length || text[offset] === '\n' || text[offset] === '\r';
}

/** The blanks and tabs directly before an offset. */
export function blanksBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  return text.slice(start, offset);
}

function blanksAfter(text: string, offset: number): string {
  let end = offset;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(offset, end);
}

/** True where the span lies in one line. */
export function isOneLine(text: string, { start, end }: Span): boolean {
  return !/[\r\n]/.test(text.slice(start, end));
}
