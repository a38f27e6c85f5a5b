import type { Span } from '../../text/span';
import type { SpanEdit } from '../../text/textEdits';
import { blanksEnd, type LineTable } from './lineTable';

/** How far a block moves: the indentation that the line of its beginning had, and the one that it gets. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** The service's editor shows a tab as four blanks, and its files mix both on that assumption. */
const tabColumns = 4;

/**
 * Moves the lines that begin inside a block, which keep their indentation relative to each other. Blank lines, and lines
 * that begin inside one of the `fixed` spans (in order), stay as they are.
 */
export function moveLines(
  text: string,
  lines: LineTable,
  block: Span,
  fixed: readonly Span[],
  move: Move,
): readonly SpanEdit[] {
  if (move.from === move.to) return [];
  const moved = movableIndentations(text, lines, block, fixed);
  const asked = columnsOf(move.to) - columnsOf(move.from);
  const room = moved.reduce((least, { start, end }) => Math.min(least, columnsOf(text.slice(start, end))), Infinity);
  const shift = Math.max(asked, -room);
  return moved.flatMap((span) => {
    const indentation = text.slice(span.start, span.end);
    const isBelow = shift === asked && indentation.startsWith(move.from);
    const newText = isBelow
      ? move.to + indentation.slice(move.from.length)
      : indentationOfWidth(columnsOf(indentation) + shift, move.to);
    return newText === indentation ? [] : [{ span, newText }];
  });
}

/** What stands before the first character of each line that may move. */
export function movableIndentations(
  text: string,
  lines: LineTable,
  block: Span,
  fixed: readonly Span[],
): readonly Span[] {
  const found: Span[] = [];
  let nextFixed = 0;
  for (let line = lines.lineAt(block.start) + 1; lines.startOf(line) < block.end; line++) {
    const start = lines.startOf(line);
    while ((fixed[nextFixed]?.end ?? Number.POSITIVE_INFINITY) <= start) nextFixed++;
    const isFixed = (fixed[nextFixed]?.start ?? Number.POSITIVE_INFINITY) < start;
    const end = blanksEnd(text, start);
    if (!isFixed && end < lines.contentEndOf(line)) found.push({ start, end });
  }
  return found;
}

/** How wide an indentation is. */
export function columnsOf(indentation: string): number {
  let columns = 0;
  for (const character of indentation) columns += character === '\t' ? tabColumns - (columns % tabColumns) : 1;
  return columns;
}

/** Begins like the line that the block hangs on, as far as that reaches. */
function indentationOfWidth(columns: number, model: string): string {
  const beyond = columns - columnsOf(model);
  if (beyond >= 0) return model + ' '.repeat(beyond);
  if (!model.startsWith('\t')) return ' '.repeat(columns);
  return '\t'.repeat(Math.floor(columns / tabColumns)) + ' '.repeat(columns % tabColumns);
}
