/** Questions about single characters of XML and C#, asked by every scanner. They look at code units, never at lines. */

/**
 * The characters that XML and C# give a meaning, as code units. An enum, because the bundler writes its values in place:
 * scanners compare them for every character of a text.
 */
export enum Char {
  tab = 9,
  lineFeed = 10,
  carriageReturn = 13,
  space = 32,
  exclamation = 33,
  quote = 34,
  hash = 35,
  dollar = 36,
  ampersand = 38,
  apostrophe = 39,
  openParen = 40,
  closeParen = 41,
  asterisk = 42,
  dash = 45,
  dot = 46,
  slash = 47,
  colon = 58,
  semicolon = 59,
  less = 60,
  equals = 61,
  greater = 62,
  question = 63,
  at = 64,
  openBracket = 91,
  backslash = 92,
  closeBracket = 93,
  underscore = 95,
  openBrace = 123,
  closeBrace = 125,
}

/** White space as XML has it. */
export function isSpace(code: number): boolean {
  return code === Char.space || code === Char.lineFeed || code === Char.tab || code === Char.carriageReturn;
}

/** A blank that XML does not take for white space: the no-break space and its kind, and marks of no width. */
export function isForeignSpace(code: number): boolean {
  return (
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** A line feed or a carriage return. */
export function isLineEnd(code: number): boolean {
  return code === Char.lineFeed || code === Char.carriageReturn;
}

/** A letter of ASCII. */
export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** A letter, `_`, `:` or anything beyond ASCII: what a tag or attribute name begins with. */
export function isNameStart(code: number): boolean {
  return isLetter(code) || code === Char.underscore || code === Char.colon || (code > 127 && !isForeignSpace(code));
}

/** What a tag or attribute name goes on with. */
export function isNamePart(code: number): boolean {
  return isNameStart(code) || (code >= 48 && code <= 57) || code === Char.dash || code === Char.dot;
}

/** The first offset from `offset` on that is not white space; the text's length where there is none. */
export function skipSpace(text: string, offset: number): number {
  let index = offset;
  while (index < text.length && isSpace(text.charCodeAt(index))) index++;
  return index;
}

/** The offset behind the last character before `offset` that is not white space, but not before `floor`. */
export function skipSpaceBack(text: string, offset: number, floor: number): number {
  let index = offset;
  while (index > floor && isSpace(text.charCodeAt(index - 1))) index--;
  return index;
}

/** True where a policy expression begins: `@(` or `@{`. */
export function isExpressionStart(text: string, offset: number): boolean {
  if (text.charCodeAt(offset) !== Char.at) return false;
  const bracket = text.charCodeAt(offset + 1);
  return bracket === Char.openParen || bracket === Char.openBrace;
}
