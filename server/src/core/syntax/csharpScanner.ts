import { Char, isLetter, isLineEnd, isSpace } from './characters';
import {
  apostropheLength,
  closeHole,
  type LiteralStop,
  lineBreakLength,
  openLiteral,
  quoteLength,
  readLiteral,
  type StringLiteral,
  skipCharacterLiteral,
  skipHoleFormat,
} from './csharpLiterals';

/**
 * The one reading of the C# in policy expressions. C# is not parsed, only its brackets are matched; strings, characters,
 * comments and preprocessor lines are passed as a whole, since a bracket or a quote in them counts for nothing.
 */
export interface CsharpScan {
  readonly text: string;
  /** Nothing begins behind it. */
  readonly limit: number;
  /** The quote of the attribute that the expression is in; undefined where nothing but C# can come. */
  readonly ownQuote: '"' | "'" | undefined;
  /** False where an entity is only text, be it a quote or a line break. */
  readonly decodesEntities: boolean;
  readonly hasDirectives: boolean;
  /** Where the brackets that are open stand, the expression's own first. Numbers, since there may be very many. */
  readonly open: number[];
  /** Those of them that are holes of interpolated strings, with the strings to go on with. */
  readonly holes: Hole[];
  lineStart: number;
  usesEntityQuotes: boolean;
  /** Where that begins at which reading stopped last; what precedes it, back to the stop before, is code. */
  stopStart: number;
  /** Behind it. */
  offset: number;
  /** Of a string and of a format, the literal that it belongs to. */
  literal: StringLiteral | undefined;
  /** How far it reaches: to its end, to the hole of an interpolated string, or to where it breaks off. */
  reach: LiteralStop['kind'];
}

interface Hole {
  readonly openedAt: number;
  readonly literal: StringLiteral;
}

/**
 * What reading stops at. No code are
 * - `string`: a literal from its first quote, or from the brace behind a hole, to its end or to its next hole,
 * - `format`: that of a hole, `:yyyy-MM-dd`,
 * - `character`, and
 * - `comment`: a comment, or a preprocessor line. Neither has the line break behind it.
 *
 * Code, but none that a whole expression has, are
 * - `wrongBracket`: a closing bracket of another kind than the innermost open one, which stays open, and
 * - `foreign`: the first character of markup, of a statement's end in brackets, or the attribute's own quote.
 *
 * `end` is the bracket that closes the expression, `limit` the place where there is nothing more to read.
 */
export type CsharpStop = 'string' | 'format' | 'character' | 'comment' | 'wrongBracket' | 'foreign' | 'end' | 'limit';

/** Begins to read the expression whose `@` is at `start`. By default to the text's end, with entities decoded. */
export function createCsharpScan(
  text: string,
  start: number,
  options: Partial<Pick<CsharpScan, 'limit' | 'ownQuote' | 'decodesEntities'>> = {},
): CsharpScan {
  return {
    text,
    limit: Math.min(options.limit ?? text.length, text.length),
    ownQuote: options.ownQuote,
    decodesEntities: options.decodesEntities ?? true,
    hasDirectives: text.charCodeAt(start + 1) === Char.openBrace,
    open: [],
    holes: [],
    lineStart: start + 2,
    usesEntityQuotes: false,
    stopStart: start + 1,
    offset: start + 1,
    literal: undefined,
    reach: 'closed',
  };
}

/**
 * Reads on to the next stop, and passes it. Whoever goes on until `limit` gets through any text, in linear time: behind
 * the place where a string breaks off, there is code again. A string that begins before the limit may end behind it.
 */
export function readCsharp(scan: CsharpScan): CsharpStop {
  const { text, limit, open } = scan;
  let index = scan.offset;
  while (index < limit) {
    const code = text.charCodeAt(index);
    switch (code) {
      case Char.openParen:
      case Char.openBracket:
      case Char.openBrace:
        open.push(index++);
        break;
      case Char.closeParen:
      case Char.closeBracket:
      case Char.closeBrace: {
        const innermost = open.at(-1);
        if (innermost === undefined || text.charCodeAt(innermost) !== openingOf(code))
          return stopAt(scan, 'wrongBracket', index, index + 1);
        const literal = literalOfHole(scan);
        open.pop();
        if (literal !== undefined) {
          scan.holes.pop();
          return readString(scan, index, literal, closeHole(text, index, literal));
        }
        index++;
        if (open.length === 0) return stopAt(scan, 'end', index - 1, index);
        break;
      }
      case Char.quote: // "
        // Code that uses &quot; has no quote of its own: this one ends the attribute.
        if (scan.usesEntityQuotes && scan.ownQuote === '"') return stopAt(scan, 'foreign', index, index + 1);
        return beginString(scan, index, false);
      case Char.apostrophe: // '
        return readCharacter(scan, index, false);
      case Char.ampersand: {
        // & of an entity, or the operator
        if (!scan.decodesEntities) {
          index++;
          break;
        }
        if (quoteLength(text, index, true) > 0) {
          scan.usesEntityQuotes = true;
          return beginString(scan, index, true);
        }
        if (apostropheLength(text, index, true) > 0) return readCharacter(scan, index, true);
        const lineBreak = lineBreakLength(text, index);
        index += lineBreak > 0 ? lineBreak : operatorEntityLength(text, index);
        if (lineBreak > 0) scan.lineStart = index;
        break;
      }
      case Char.semicolon: {
        // Ends a statement, which no bracket but a brace goes on behind; `for (;;)` apart.
        const innermost = open.at(-1);
        const isStatement = innermost === undefined || text.charCodeAt(innermost) === Char.openBrace;
        if (!isStatement && open.length > 1 && !isForLoop(text, innermost))
          return stopAt(scan, 'foreign', index, index + 1);
        index++;
        break;
      }
      case Char.slash: {
        // /
        const next = text.charCodeAt(index + 1);
        if (next === Char.greater) return stopAt(scan, 'foreign', index, index + 1);
        if (next === Char.slash) return stopAt(scan, 'comment', index, commentLineEnd(scan, index));
        if (next === Char.asterisk) {
          const end = text.indexOf('*/', index + 2);
          if (end < 0) return stopAt(scan, 'comment', index, text.length, undefined, 'unterminated');
          return stopAt(scan, 'comment', index, end + 2);
        }
        index++;
        break;
      }
      case Char.less: // <
        if (text.charCodeAt(index + 1) === Char.slash && isLetter(text.charCodeAt(index + 2)))
          return stopAt(scan, 'foreign', index, index + 1);
        index++;
        break;
      case Char.hash: // #region and its kind
        if (scan.hasDirectives && isOnlySpace(text, scan.lineStart, index))
          return stopAt(scan, 'comment', index, commentLineEnd(scan, index));
        index++;
        break;
      case Char.colon: {
        // : begins the format of a hole; `global::System` does not
        const literal = literalOfHole(scan);
        if (text.charCodeAt(index + 1) === Char.colon) {
          index += 2;
        } else if (literal !== undefined) {
          const { offset, kind } = skipHoleFormat(text, index, literal);
          return stopAt(scan, 'format', index, offset, literal, kind);
        } else {
          index++;
        }
        break;
      }
      case Char.lineFeed:
      case Char.carriageReturn:
        scan.lineStart = ++index;
        break;
      default:
        index++;
    }
  }
  return stopAt(scan, 'limit', limit, limit);
}

/** The string whose hole is the innermost open bracket; undefined where that is a bracket of C#'s own. */
export function literalOfHole({ open, holes }: CsharpScan): StringLiteral | undefined {
  const hole = holes.at(-1);
  return hole !== undefined && hole.openedAt === open.at(-1) ? hole.literal : undefined;
}

function openingOf(closing: Char.closeParen | Char.closeBracket | Char.closeBrace): Char {
  if (closing === Char.closeParen) return Char.openParen;
  return closing === Char.closeBracket ? Char.openBracket : Char.openBrace;
}

function stopAt(
  scan: CsharpScan,
  kind: CsharpStop,
  start: number,
  end: number,
  literal?: StringLiteral,
  reach: CsharpScan['reach'] = 'closed',
): CsharpStop {
  scan.stopStart = start;
  scan.offset = end;
  scan.literal = literal;
  scan.reach = reach;
  return kind;
}

function beginString(scan: CsharpScan, start: number, isEntity: boolean): CsharpStop {
  const { literal, end } = openLiteral(scan.text, start, isEntity);
  return readString(scan, start, literal, end);
}

/** Reads a literal's next piece, and opens its hole if it has one. */
function readString(scan: CsharpScan, start: number, literal: StringLiteral, from: number): CsharpStop {
  const { offset, kind } = readLiteral(scan.text, from, literal);
  if (kind === 'hole') {
    scan.open.push(offset - 1);
    scan.holes.push({ openedAt: offset - 1, literal });
  }
  return stopAt(scan, 'string', start, offset, literal, kind);
}

function readCharacter(scan: CsharpScan, start: number, isEntity: boolean): CsharpStop {
  const { offset, kind } = skipCharacterLiteral(scan.text, start, isEntity);
  return stopAt(scan, 'character', start, offset, undefined, kind);
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
function commentLineEnd({ text, decodesEntities }: CsharpScan, offset: number): number {
  for (let index = offset; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isLineEnd(code)) return index;
    if (code === Char.ampersand && decodesEntities && lineBreakLength(text, index) > 0) return index;
  }
  return text.length;
}
