import { Char, isLineEnd } from './characters';

/**
 * String literals of C# as they occur in policy expressions: regular, verbatim, interpolated and raw, written with
 * quotes or, in escaped policy files, with entities. A literal that was opened with an entity closes only with one,
 * and a literal that was opened with a quote closes only with a quote.
 */
export interface StringLiteral {
  /** Written with `&quot;` instead of `"`. */
  readonly isEntity: boolean;
  readonly isVerbatim: boolean;
  /** 1, or 3 and more for a raw literal. */
  readonly quotes: number;
  /** The `$` before it: 0 is not interpolated; in a raw literal, the number of braces around a hole. */
  readonly dollars: number;
  readonly start: number;
}

/** Where reading a literal stopped: behind its end, behind the brace that opens a hole, or where it breaks off. */
export interface LiteralStop {
  readonly kind: 'closed' | 'hole' | 'unterminated';
  readonly offset: number;
}

const quoteEntity = /&(?:quot|#34|#x22);/iy;
const apostropheEntity = /&(?:apos|#39|#x27);/iy;
const lineEndEntity = /&#(?:10|13|x0*[ad]);/iy;

function matchLength(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex - offset : 0;
}

/** The length of the double quote at the offset, written as a character or as an entity; 0 where there is none. */
export function quoteLength(text: string, offset: number, isEntity: boolean): number {
  const code = text.charCodeAt(offset);
  if (isEntity) return code === Char.ampersand ? matchLength(quoteEntity, text, offset) : 0;
  return code === Char.quote ? 1 : 0;
}

/** The same for `'`. */
export function apostropheLength(text: string, offset: number, isEntity: boolean): number {
  const code = text.charCodeAt(offset);
  if (isEntity) return code === Char.ampersand ? matchLength(apostropheEntity, text, offset) : 0;
  return code === Char.apostrophe ? 1 : 0;
}

/** The length of the line break at the offset: a character, or `&#xA;` as extractors write it; 0 where there is none. */
export function lineBreakLength(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  if (isLineEnd(code)) return 1;
  return code === Char.ampersand ? matchLength(lineEndEntity, text, offset) : 0;
}

/** Reads the opening of the literal whose first quote is at `offset`, together with the `$` and `@` before it. */
export function openLiteral(text: string, offset: number, isEntity: boolean): { literal: StringLiteral; end: number } {
  let dollars = 0;
  let isVerbatim = false;
  let start = offset;
  for (; start > 0; start--) {
    const code = text.charCodeAt(start - 1);
    if (code === Char.dollar) dollars++;
    else if (code === Char.at) isVerbatim = true;
    else break;
  }
  const runEnd = skipQuotes(text, offset, isEntity);
  const one = quoteLength(text, offset, isEntity);
  const run = (runEnd - offset) / one;
  const isRaw = run >= 3 && !isVerbatim;
  const quotes = isRaw ? run : 1;
  return { literal: { isEntity, isVerbatim, quotes, dollars, start }, end: isRaw ? runEnd : offset + one };
}

function skipQuotes(text: string, offset: number, isEntity: boolean): number {
  let index = offset;
  for (let length = quoteLength(text, index, isEntity); length > 0; length = quoteLength(text, index, isEntity)) {
    index += length;
  }
  return index;
}

/** Reads a literal from inside it, to its end or to its next hole. Also called to go on behind a hole. */
export function readLiteral(text: string, offset: number, literal: StringLiteral): LiteralStop {
  const isRaw = literal.quotes > 1;
  const isRegular = !isRaw && !literal.isVerbatim;
  let index = offset;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    const quote = quoteLength(text, index, literal.isEntity);
    if (quote > 0) {
      if (isRaw) {
        const runEnd = skipQuotes(text, index, literal.isEntity);
        if (runEnd - index >= literal.quotes * quote) return { kind: 'closed', offset: runEnd };
        index = runEnd;
      } else {
        const next = literal.isVerbatim ? quoteLength(text, index + quote, literal.isEntity) : 0;
        if (next === 0) return { kind: 'closed', offset: index + quote };
        index += quote + next;
      }
    } else if (isRegular && (isLineEnd(code) || (literal.isEntity && lineBreakLength(text, index) > 0))) {
      // Whether the service decodes an entity in raw C# is not documented, so there it is no certain end of the line.
      return { kind: 'unterminated', offset: index };
    } else if (code === Char.backslash && isRegular) {
      // `\&quot;` in an escaped file is an escaped quote.
      index +=
        1 + (lineBreakLength(text, index + 1) > 0 ? 0 : Math.max(1, quoteLength(text, index + 1, literal.isEntity)));
    } else if (code === Char.openBrace && literal.dollars > 0) {
      const runEnd = skipBraces(text, index, code);
      const opensHole = isRaw ? runEnd - index >= literal.dollars : (runEnd - index) % 2 === 1;
      if (opensHole) return { kind: 'hole', offset: runEnd };
      index = runEnd;
    } else {
      index++;
    }
  }
  return { kind: 'unterminated', offset: text.length };
}

function skipBraces(text: string, offset: number, brace: number): number {
  let index = offset;
  while (text.charCodeAt(index) === brace) index++;
  return index;
}

/** Behind the braces that close a hole whose first closing brace is at `offset`. */
export function closeHole(text: string, offset: number, literal: StringLiteral): number {
  const wanted = literal.quotes > 1 ? literal.dollars : 1;
  return Math.min(skipBraces(text, offset, Char.closeBrace), offset + wanted);
}

/** Behind the format of a hole, `{value|:yyyy-MM-dd'T'HH:mm|}`, at the brace that closes it. */
export function skipHoleFormat(text: string, offset: number, literal: StringLiteral): LiteralStop {
  for (let index = offset; index < text.length; index++) {
    if (text.charCodeAt(index) === Char.closeBrace) return { kind: 'closed', offset: index };
    const breaksLine = literal.quotes === 1 && !literal.isVerbatim && lineBreakLength(text, index) > 0;
    if (breaksLine || quoteLength(text, index, literal.isEntity) > 0) return { kind: 'unterminated', offset: index };
  }
  return { kind: 'unterminated', offset: text.length };
}

/** Behind the character literal that opens at `offset`; unterminated where the line ends first. */
export function skipCharacterLiteral(text: string, offset: number, isEntity: boolean): LiteralStop {
  let index = offset + apostropheLength(text, offset, isEntity);
  while (index < text.length) {
    const closing = apostropheLength(text, index, isEntity);
    if (closing > 0) return { kind: 'closed', offset: index + closing };
    if (lineBreakLength(text, index) > 0) return { kind: 'unterminated', offset: index };
    // `'\&apos;'` in an escaped file is an escaped apostrophe.
    if (text.charCodeAt(index) === Char.backslash) index += Math.max(1, apostropheLength(text, index + 1, isEntity));
    index++;
  }
  return { kind: 'unterminated', offset: text.length };
}
