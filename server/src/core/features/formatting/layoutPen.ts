import type { PolicyElement } from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import type { SpanEdit } from '../../text/textEdits';
import { isWhiteSpace } from './elementContent';
import type { LineTable } from './lineTable';
import { columnsOf, moveLines } from './moveLines';

/** An edit of white space. Lines of a block move together or not at all, so each names the line that the block hangs on. */
export interface LayoutEdit extends SpanEdit {
  readonly anchorLine: number;
}

/** The indentation for a line, and the line that it moves together with, where that is another one. */
export interface WantedLine {
  readonly indentation: string;
  readonly anchorLine?: number;
}

/** A line with the indentation that it gets. */
export interface MovedLine {
  readonly indentation: string;
  /** The line that it moves together with; itself as a rule. */
  readonly anchorLine: number;
}

/** Writes edits of white space, in the order of the text, and knows how far the current line has moved. */
export interface LayoutPen {
  readonly edits: readonly LayoutEdit[];
  /** Undefined where that attribute, or the tag, does not begin as authors who align attributes write it. */
  columnOfFirstAttribute(element: PolicyElement): number | undefined;
  /** The column of what begins its line; undefined for what does not. */
  columnInIndentation(offset: number): number | undefined;
  /** What has become of the line of the offset. */
  lineNow(offset: number): MovedLine;
  /** White space that stays on its line. */
  inLine(gap: Span, wanted: string): void;
  /** White space before an attribute or the end of a tag: `inLineText`, or an indentation where it has a line break. */
  tagGap(gap: Span, line: WantedLine, inLineText: string): void;
  /** White space between nodes. `newLine`: what comes behind it begins a line. */
  gap(gap: Span, indentation: string, want: 'newLine' | 'keepLine'): void;
  /** White space before the first node of a document, or behind the last one. */
  documentEdge(gap: Span): void;
  /** The lines that begin inside the block move as far as the line that it begins on. */
  block(span: Span, fixed: readonly Span[]): void;
}

export function createLayoutPen(text: string, lines: LineTable): LayoutPen {
  const edits: LayoutEdit[] = [];
  /** The last line whose indentation was decided; every other line that is met has the one that it had. */
  let current: MovedLine & { readonly line: number } = { line: -1, indentation: '', anchorLine: -1 };

  const write = (span: Span, newText: string, anchorLine: number): void => {
    if (text.slice(span.start, span.end) !== newText) edits.push({ span, newText, anchorLine });
  };
  const settle = (line: number, indentation: string, anchorLine = line): void => {
    current = { line, indentation, anchorLine };
  };
  const hasLineBreak = ({ start, end }: Span): boolean => lines.lineAt(start) !== lines.lineAt(end);
  /** Takes the blanks from the ends of its lines, and indents the last one. */
  const indentLines = ({ start, end }: Span, indentation: string, anchorLine?: number): void => {
    const last = lines.lineAt(end);
    for (let line = lines.lineAt(start); line < last; line++) {
      write({ start: Math.max(start, lines.startOf(line)), end: lines.contentEndOf(line) }, '', line);
    }
    write({ start: lines.startOf(last), end }, indentation, anchorLine ?? last);
    settle(last, indentation, anchorLine);
  };
  const inLine = (gap: Span, wanted: string): void => {
    if (gap.start <= gap.end && !hasLineBreak(gap) && isWhiteSpace(text, gap)) {
      write(gap, wanted, lines.lineAt(gap.start));
    }
  };

  const lineNow = (offset: number): MovedLine => {
    const line = lines.lineAt(offset);
    if (current.line !== line) settle(line, lines.indentationOf(line));
    return current;
  };
  const columnInIndentation = (offset: number): number | undefined => {
    const line = lines.lineAt(offset);
    const indentation = lines.indentationOf(line);
    return lines.startOf(line) + indentation.length === offset ? columnsOf(indentation) : undefined;
  };

  return {
    edits,
    columnInIndentation,
    lineNow,
    columnOfFirstAttribute({ span, nameSpan, attributes: [first] }) {
      const column = columnInIndentation(span.start);
      if (column === undefined || first === undefined || hasLineBreak({ start: nameSpan.end, end: first.span.start })) {
        return undefined;
      }
      return column + first.span.start - span.start;
    },
    inLine,
    tagGap(gap, { indentation, anchorLine }, inLineText) {
      if (!hasLineBreak(gap)) inLine(gap, inLineText);
      else if (isWhiteSpace(text, gap)) indentLines(gap, indentation, anchorLine);
    },
    gap(gap, indentation, want) {
      if (hasLineBreak(gap)) {
        indentLines(gap, indentation);
      } else if (want === 'newLine') {
        const line = lines.lineAt(gap.start);
        write(gap, lines.lineEndNear(line) + indentation, line);
        settle(line, indentation);
      }
    },
    documentEdge(gap) {
      if (hasLineBreak(gap)) indentLines(gap, '');
      else inLine(gap, '');
    },
    block(span, fixed) {
      const line = lines.lineAt(span.start);
      const last = lines.lineAt(span.end);
      if (line === last) return;
      const { indentation, anchorLine } = lineNow(span.start);
      const move = { from: lines.indentationOf(line), to: indentation };
      const moved = moveLines(text, lines, span, fixed, move);
      for (const edit of moved) edits.push({ ...edit, anchorLine });
      const end = moved.at(-1);
      const isLastMoved = end !== undefined && end.span.start === lines.startOf(last);
      settle(last, isLastMoved ? end.newText : lines.indentationOf(last), anchorLine);
    },
  };
}
