import { Char, isLetter, isLineEnd, isSpace } from './characters';
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
} from './csharpLiterals';

/**
 * Where a policy expression ends. C# is not parsed, only its brackets are matched; strings, characters, comments and
 * preprocessor lines are skipped, since a bracket or a quote in them counts for nothing.
 */
export type ExpressionEnd = ClosedExpression | BrokenExpression;

export interface ClosedExpression {
  readonly isTerminated: true;
  /** Behind the closing bracket. */
  readonly end: number;
}

/** The reason that a reader can understand best. */
export interface BrokenExpression {
  readonly isTerminated: false;
  readonly reason: 'openBracket' | 'wrongBracket' | 'openString' | 'openComment';
  /** What was opened and never closed: a bracket, a string or a comment. */
  readonly openedAt: number;
  /** Where reading gave up; nothing behind it was looked at. */
  readonly stoppedAt: number;
}

interface OpenBracket {
  readonly closing: number;
  readonly openedAt: number;
  /** Where the bracket is the hole of an interpolated string: the string to go on with. */
  readonly literal: StringLiteral | undefined;
}

/**
 * Finds the end of the expression whose `@` is at `start`. `ownQuote` is the quote of the attribute that the
 * expression is in; undefined in element text. Nothing begins behind `limit`.
 *
 * Reading gives up at markup that cannot be C# (`</name`, `/>`), at a string that is open at its line's end, and at a
 * bracket that closes another one, so that a broken expression does not swallow the file.
 */
export function findExpressionEnd(
  text: string,
  start: number,
  ownQuote: '"' | "'" | undefined,
  limit = text.length,
): ExpressionEnd {
  const open: OpenBracket[] = [];
  const isMultiStatement = text.charCodeAt(start + 1) === Char.openBrace;
  let lineStart = start + 2;
  let usesEntityQuotes = false;
  let index = start + 1;

  const giveUp = (reason: BrokenExpression['reason'], openedAt: number, stoppedAt: number): BrokenExpression => ({
    isTerminated: false,
    reason,
    openedAt,
    stoppedAt,
  });
  const giveUpAt = (stoppedAt: number): BrokenExpression => {
    const innermost = open.at(-1);
    return giveUp('openBracket', innermost?.literal?.start ?? innermost?.openedAt ?? start, stoppedAt);
  };
  /** Reads a literal's next piece and opens its hole if it has one. False where the literal never ends. */
  const goOnInLiteral = (literal: StringLiteral, offset: number): boolean => {
    const stop = readLiteral(text, offset, literal);
    index = stop.offset;
    if (stop.kind === 'hole') open.push({ closing: Char.closeBrace, openedAt: stop.offset - 1, literal });
    return stop.kind !== 'unterminated';
  };

  while (index < limit) {
    const code = text.charCodeAt(index);
    switch (code) {
      case Char.openParen: // (
        open.push({ closing: Char.closeParen, openedAt: index++, literal: undefined });
        break;
      case Char.openBracket: // [
        open.push({ closing: Char.closeBracket, openedAt: index++, literal: undefined });
        break;
      case Char.openBrace: // {
        open.push({ closing: Char.closeBrace, openedAt: index++, literal: undefined });
        break;
      case Char.closeParen:
      case Char.closeBracket:
      case Char.closeBrace: {
        const innermost = open.pop();
        if (innermost?.closing !== code) return giveUp('wrongBracket', innermost?.openedAt ?? start, index);
        if (innermost.literal !== undefined) {
          const literal = innermost.literal;
          if (!goOnInLiteral(literal, closeHole(text, index, literal)))
            return giveUp('openString', literal.start, index);
        } else {
          index++;
          if (open.length === 0) return { isTerminated: true, end: index };
        }
        break;
      }
      case Char.quote: // "
      case Char.ampersand: {
        // & of an entity, or the operator
        const isEntity = code === Char.ampersand;
        if (quoteLength(text, index, isEntity) > 0) {
          // Code that uses &quot; has no quote of its own: this one ends the attribute.
          if (!isEntity && usesEntityQuotes && ownQuote === '"') return giveUpAt(index);
          usesEntityQuotes ||= isEntity;
          const { literal, end } = openLiteral(text, index, isEntity);
          if (!goOnInLiteral(literal, end)) return giveUp('openString', literal.start, index);
        } else if (isEntity && apostropheLength(text, index, true) > 0) {
          const stop = skipCharacterLiteral(text, index, true);
          if (stop.kind === 'unterminated') return giveUp('openString', index, stop.offset);
          index = stop.offset;
        } else {
          const lineBreak = lineBreakLength(text, index);
          index += lineBreak > 0 ? lineBreak : operatorEntityLength(text, index);
          if (lineBreak > 0) lineStart = index;
        }
        break;
      }
      case Char.semicolon: {
        // Ends a statement, which no bracket but a brace goes on behind; `for (;;)` apart.
        const innermost = open.at(-1);
        const isStatement = innermost === undefined || innermost.closing === Char.closeBrace;
        if (!isStatement && open.length > 1 && !isForLoop(text, innermost.openedAt)) return giveUpAt(index);
        index++;
        break;
      }
      case Char.apostrophe: {
        // '
        const stop = skipCharacterLiteral(text, index, false);
        if (stop.kind === 'unterminated') return giveUp('openString', index, stop.offset);
        index = stop.offset;
        break;
      }
      case Char.slash: {
        // /
        const next = text.charCodeAt(index + 1);
        if (next === Char.greater) return giveUpAt(index);
        if (next === Char.slash) {
          index = commentLineEnd(text, index);
        } else if (next === 42) {
          const end = text.indexOf('*/', index + 2);
          if (end < 0) return giveUp('openComment', index, text.length);
          index = end + 2;
        } else {
          index++;
        }
        break;
      }
      case Char.less: // <
        if (text.charCodeAt(index + 1) === Char.slash && isLetter(text.charCodeAt(index + 2))) return giveUpAt(index);
        index++;
        break;
      case Char.hash: // #region and its kind
        if (isMultiStatement && isOnlySpace(text, lineStart, index)) index = commentLineEnd(text, index);
        else index++;
        break;
      case Char.colon: {
        // : begins the format of a hole; `global::System` does not
        const literal = open.at(-1)?.literal;
        if (text.charCodeAt(index + 1) === Char.colon) {
          index += 2;
        } else if (literal !== undefined) {
          const stop = skipHoleFormat(text, index, literal);
          if (stop.kind === 'unterminated') return giveUp('openString', literal.start, stop.offset);
          index = stop.offset;
        } else {
          index++;
        }
        break;
      }
      case Char.lineFeed:
      case Char.carriageReturn:
        lineStart = ++index;
        break;
      default:
        index++;
    }
  }
  return giveUpAt(Math.min(limit, text.length));
}

/** `&amp;`, `&lt;` or `&gt;` of an escaped file, whose `;` ends no statement; 1 where the `&` is an operator. */
function operatorEntityLength(text: string, offset: number): number {
  operatorEntity.lastIndex = offset;
  return operatorEntity.test(text) ? operatorEntity.lastIndex - offset : 1;
}

const operatorEntity = /&(?:amp|lt|gt|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});/y;

/** True for the bracket of `for (`. */
function isForLoop(text: string, bracket: number): boolean {
  return /\bfor\s{0,20}$/.test(text.slice(Math.max(0, bracket - 30), bracket));
}

/** Stops at the first character that is no white space, so that a line of `#` costs nothing. */
function isOnlySpace(text: string, start: number, end: number): boolean {
  for (let index = end - 1; index >= start; index--) if (!isSpace(text.charCodeAt(index))) return false;
  return true;
}

/** The line break that ends a comment: a character, or an entity in an escaped file. */
function commentLineEnd(text: string, offset: number): number {
  for (let index = offset; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isLineEnd(code) || (code === Char.ampersand && lineBreakLength(text, index) > 0)) return index;
  }
  return text.length;
}
