import { Char, isLineEnd, isSpace } from '../../syntax/characters';
import {
  apostropheLength,
  closeHole,
  lineBreakLength,
  openLiteral,
  quoteLength,
  readLiteral,
  type StringLiteral,
  skipCharacterLiteral,
  skipHoleFormat,
} from '../../syntax/csharpLiterals';
import type { PolicyExpression } from '../../syntax/policyTree';
import type { Span } from '../../text/span';

/**
 * The string literals in a terminated expression, in order, each from its `$`, `@` or quote to behind its last quote; a
 * literal in the hole of another one is part of that one. Undefined where the code cannot be followed to its end.
 */
export function findStringLiterals(text: string, { form, codeSpan }: PolicyExpression): readonly Span[] | undefined {
  const literals: Span[] = [];
  /** Brackets that are open: where one is the hole of an interpolated string, the string to go on with. */
  const open: (StringLiteral | undefined)[] = [];
  let openHoles = 0;
  let index = codeSpan.start;
  let lineStart = index;

  /** Reads a literal's next piece. False where it never ends. */
  const goOnInLiteral = (literal: StringLiteral, offset: number): boolean => {
    const stop = readLiteral(text, offset, literal);
    index = stop.offset;
    if (stop.kind === 'hole') {
      open.push(literal);
      openHoles++;
    } else if (stop.kind === 'closed' && openHoles === 0) {
      literals.push({ start: literal.start, end: stop.offset });
    }
    return stop.kind !== 'unterminated';
  };

  while (index < codeSpan.end) {
    const code = text.charCodeAt(index);
    const isEntity = code === Char.ampersand;
    if (code === Char.openParen || code === Char.openBracket || code === Char.openBrace) {
      open.push(undefined);
      index++;
    } else if (code === Char.closeParen || code === Char.closeBracket || code === Char.closeBrace) {
      const literal = open.pop();
      if (literal === undefined) {
        index++;
      } else {
        openHoles--;
        if (!goOnInLiteral(literal, closeHole(text, index, literal))) return undefined;
      }
    } else if (quoteLength(text, index, isEntity) > 0) {
      const { literal, end } = openLiteral(text, index, isEntity);
      if (!goOnInLiteral(literal, end)) return undefined;
    } else if (apostropheLength(text, index, isEntity) > 0) {
      const stop = skipCharacterLiteral(text, index, isEntity);
      if (stop.kind === 'unterminated') return undefined;
      index = stop.offset;
    } else if (code === Char.slash && text.charCodeAt(index + 1) === Char.slash) {
      index = lineCommentEnd(text, index);
    } else if (code === Char.slash && text[index + 1] === '*') {
      const end = text.indexOf('*/', index + 2);
      if (end < 0) return undefined;
      index = end + 2;
    } else if (code === Char.hash && form === 'multiStatement' && isOnlySpace(text, lineStart, index)) {
      index = lineCommentEnd(text, index);
    } else if (code === Char.colon && text.charCodeAt(index + 1) === Char.colon) {
      index += 2;
    } else if (code === Char.colon && open.at(-1) !== undefined) {
      const stop = skipHoleFormat(text, index, open.at(-1) as StringLiteral);
      if (stop.kind === 'unterminated') return undefined;
      index = stop.offset;
    } else {
      const lineBreak = lineBreakLength(text, index);
      index += Math.max(1, lineBreak);
      if (lineBreak > 0) lineStart = index;
    }
  }
  return index === codeSpan.end && open.length === 0 ? literals : undefined;
}

/** The line break that ends a comment: a character, or an entity in an escaped file. */
function lineCommentEnd(text: string, offset: number): number {
  for (let index = offset; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isLineEnd(code) || (code === Char.ampersand && lineBreakLength(text, index) > 0)) return index;
  }
  return text.length;
}

/** Stops at the first character that is no white space, so that a line of `#` costs nothing. */
function isOnlySpace(text: string, start: number, end: number): boolean {
  for (let index = end - 1; index >= start; index--) if (!isSpace(text.charCodeAt(index))) return false;
  return true;
}
