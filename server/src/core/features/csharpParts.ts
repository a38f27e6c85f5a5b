import { Char, isLineEnd, isSpace } from '../syntax/characters';
import {
  closeHole,
  openLiteral,
  readLiteral,
  type StringLiteral,
  skipCharacterLiteral,
  skipHoleFormat,
} from '../syntax/csharpLiterals';
import type { Span } from '../text/span';

/** A stretch of C# that is not code in the narrow sense. */
export interface CSharpPart {
  readonly kind: 'literal' | 'comment';
  readonly span: Span;
}

/**
 * The strings, characters, comments and preprocessor lines of an expression, in order; what is between them, the holes
 * of interpolated strings included, is code. Offsets count in `expression`, which is given with its `@(` or `@{` and
 * with real quotes: quotes that are written as entities count as code. A `//` comment ends before its line's end.
 */
export function csharpParts(expression: string): readonly CSharpPart[] {
  const parts: CSharpPart[] = [];
  /** Brackets that are open; for the hole of an interpolated string, that string. */
  const open: (StringLiteral | undefined)[] = [];
  const hasDirectives = expression.charCodeAt(1) === Char.openBrace;
  let isLineStart = true;
  let index = 1;

  const add = (kind: CSharpPart['kind'], start: number, end: number): void => {
    parts.push({ kind, span: { start, end } });
    index = end;
  };
  const goOnInLiteral = (literal: StringLiteral, start: number, offset: number): void => {
    const stop = readLiteral(expression, offset, literal);
    add('literal', start, stop.offset);
    if (stop.kind === 'hole') open.push(literal);
  };

  while (index < expression.length) {
    const start = index;
    const code = expression.charCodeAt(index);
    const wasLineStart: boolean = isLineStart;
    isLineStart = isLineEnd(code) || (wasLineStart && isSpace(code));
    const next = expression.charCodeAt(index + 1);
    if (code === Char.quote) {
      const { literal, end } = openLiteral(expression, index, false);
      goOnInLiteral(literal, start, end);
    } else if (code === Char.apostrophe) {
      add('literal', start, skipCharacterLiteral(expression, index, false).offset);
    } else if (code === Char.slash && next === Char.slash) {
      add('comment', start, lineEndAfter(expression, index));
    } else if (code === Char.slash && next === 42) {
      const end = expression.indexOf('*/', index + 2);
      add('comment', start, end < 0 ? expression.length : end + 2);
    } else if (code === Char.hash && hasDirectives && wasLineStart) {
      add('comment', start, lineEndAfter(expression, index));
    } else if (code === Char.colon && next !== Char.colon && open.at(-1) !== undefined) {
      add('literal', start, skipHoleFormat(expression, index, open.at(-1) as StringLiteral).offset);
    } else if (code === Char.colon && next === Char.colon) {
      index += 2;
    } else if (code === Char.openParen || code === Char.openBracket || code === Char.openBrace) {
      open.push(undefined);
      index++;
    } else if (code === Char.closeParen || code === Char.closeBracket || code === Char.closeBrace) {
      const literal = open.pop();
      if (literal === undefined) index++;
      else goOnInLiteral(literal, start, closeHole(expression, index, literal));
    } else {
      index++;
    }
  }
  return parts;
}

function lineEndAfter(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
  return end;
}
