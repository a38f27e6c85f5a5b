import {
  apostropheLength,
  closeHole,
  openLiteral,
  quoteLength,
  readLiteral,
  type StringLiteral,
  skipCharacterLiteral,
  skipHoleFormat,
} from '../syntax/csharpLiterals';
import type { Span } from '../text/span';

/** A name, a string or another character of C#. White space, comments, characters and numbers are left out. */
export interface CsharpLexeme {
  readonly kind: 'name' | 'string' | 'sign';
  /** As written; of a string what stands between its quotes; of `&lt;` and `&gt;` the sign that they stand for. */
  readonly text: string;
  /** Where that is written in the document. */
  readonly span: Span;
}

const nameOrNumber = /[\p{L}_][\p{L}\p{N}_]*|\d[\w.]*/uy;
/** `#region` and its kind begin a line. */
const spaceOrComment = /\s*[\r\n][ \t]*#[^\r\n]*|\s+|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const angle = /&[lg]t;/y;

/**
 * The code of one expression, which begins at `offset` of the document, in order. An interpolated string is no lexeme,
 * but the code in its holes is read. Nothing is said about code that cannot be read.
 */
export function csharpLexemes(code: string, offset: number): readonly CsharpLexeme[] {
  const lexemes: CsharpLexeme[] = [];
  /** For each open bracket the string whose hole it opens; undefined for C#'s own brackets. */
  const open: (StringLiteral | undefined)[] = [];
  let index = 0;
  const add = (kind: CsharpLexeme['kind'], start: number, end: number, text: string): void => {
    lexemes.push({ kind, text, span: { start: offset + start, end: offset + end } });
  };
  const readString = (literal: StringLiteral, from: number): void => {
    const stop = readLiteral(code, from, literal);
    index = stop.offset;
    if (stop.kind === 'hole') open.push(literal);
    if (stop.kind !== 'closed' || literal.dollars > 0 || literal.quotes > 1) return;
    const end = literal.isEntity ? code.lastIndexOf('&', index - 1) : index - 1;
    add('string', from, end, code.slice(from, end));
  };

  while (index < code.length) {
    const character = code[index] as string;
    const isEntity = character === '&';
    const skipped = matchAt(spaceOrComment, code, index);
    const word = matchAt(nameOrNumber, code, index);
    if (skipped !== '') {
      index += skipped.length;
    } else if (word !== '') {
      if (!/^\d/.test(word)) add('name', index, index + word.length, word);
      index += word.length;
    } else if (quoteLength(code, index, isEntity) > 0) {
      const { literal, end } = openLiteral(code, index, isEntity);
      readString(literal, end);
    } else if (apostropheLength(code, index, isEntity) > 0) {
      index = skipCharacterLiteral(code, index, isEntity).offset;
    } else if (character === '}' && open.at(-1) !== undefined) {
      const literal = open.pop() as StringLiteral;
      readString(literal, closeHole(code, index, literal));
    } else if (character === ':' && open.at(-1) !== undefined) {
      index = Math.max(index + 1, skipHoleFormat(code, index, open.at(-1) as StringLiteral).offset);
    } else {
      if ('({['.includes(character)) open.push(undefined);
      if (')}]'.includes(character)) open.pop();
      const entity = matchAt(angle, code, index);
      const sign = { '&lt;': '<', '&gt;': '>' }[entity] ?? character;
      add('sign', index, index + (entity.length || 1), sign);
      index += entity.length || 1;
    }
  }
  return lexemes;
}

function matchAt(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0] ?? '';
}
