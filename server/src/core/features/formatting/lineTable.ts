import { contentEndOf, lineHolding, lineStartsOf } from '../../text/lineStarts';

/** The lines of one text, by offset: what stands before them, and how they end. */
export interface LineTable {
  /** The line that holds the offset; a line end belongs to the line that it ends. */
  lineAt(offset: number): number;
  startOf(line: number): number;
  /** Behind the last character of the line that is no line end. */
  contentEndOf(line: number): number;
  /** The blanks and tabs that the line begins with. */
  indentationOf(line: number): string;
  /** The line end in use around the line: its own, else that of the line before, else `\n`. */
  lineEndNear(line: number): string;
}

export function createLineTable(text: string): LineTable {
  const starts = lineStartsOf(text);
  // A line may hold many tags, and each asks for the line's indentation.
  const indentations: string[] = [];
  const startOf = (line: number): number => starts[line] ?? text.length;
  const lineEndOf = (line: number): string => text.slice(contentEndOf(text, starts, line), startOf(line + 1));
  return {
    startOf,
    lineAt: (offset) => lineHolding(starts, offset),
    contentEndOf: (line) => contentEndOf(text, starts, line),
    indentationOf(line) {
      indentations[line] ??= text.slice(startOf(line), blanksEnd(text, startOf(line)));
      return indentations[line];
    },
    lineEndNear: (line) => lineEndOf(line) || lineEndOf(line - 1) || '\n',
  };
}

/** Behind the blanks and tabs at an offset. */
export function blanksEnd(text: string, offset: number): number {
  let end = offset;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return end;
}
