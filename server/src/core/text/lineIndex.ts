import { contentEndOf, lineHolding, lineStartsOf } from './lineStarts';
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

/** Lines are those of `lineStartsOf`. */
export function createLineIndex(text: string): LineIndex {
  const starts = lineStartsOf(text);

  const positionAt = (offset: number): Position => {
    const inside = Math.min(Math.max(offset, 0), text.length);
    const line = lineHolding(starts, inside);
    return { line, character: inside - (starts[line] as number) };
  };

  return {
    lineCount: starts.length,
    positionAt,
    rangeOf: (span) => ({ start: positionAt(span.start), end: positionAt(span.end) }),
    offsetAt: ({ line, character }) => {
      if (line < 0) return 0;
      const start = starts[line];
      if (start === undefined) return text.length;
      return Math.min(start + Math.max(character, 0), contentEndOf(text, starts, line));
    },
  };
}
