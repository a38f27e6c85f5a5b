import type { Span } from '../text/span';
import { quoteLength } from './csharpLiterals';
import { createCsharpScan, readCsharp } from './csharpScanner';

/** A name, a string or another character of C#. White space, comments, characters and numbers are left out. */
export interface CsharpLexeme {
  readonly kind: 'name' | 'string' | 'sign';
  /** As written; of a string what stands between its quotes; of `&lt;` and `&gt;` the sign that they stand for. */
  readonly text: string;
  /** Where that is written in the document. */
  readonly span: Span;
}

const nameNumberOrSign = /([\p{L}_][\p{L}\p{N}_]*)|(\d[\w.]*)|&[lg]t;|\S/gu;
const escapedSigns: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>' };

/**
 * The code of one expression, given with its `@(` or `@{`, which begins at `offset` of the document; in order. An
 * interpolated string is no lexeme, but the code in its holes is read. Nothing is said about code that cannot be read.
 */
export function csharpLexemes(expression: string, offset: number): readonly CsharpLexeme[] {
  const lexemes: CsharpLexeme[] = [];
  const add = (kind: CsharpLexeme['kind'], start: number, written: string, text = written): void => {
    lexemes.push({ kind, text, span: { start: offset + start, end: offset + start + written.length } });
  };
  const addCode = (start: number, end: number): void => {
    for (const { 0: written, 1: name, 2: number, index } of expression.slice(start, end).matchAll(nameNumberOrSign)) {
      if (name !== undefined) add('name', start + index, name);
      else if (number === undefined) add('sign', start + index, written, escapedSigns[written]);
    }
  };

  const scan = createCsharpScan(expression, 0);
  let codeStart = scan.offset;
  for (;;) {
    const stop = readCsharp(scan);
    if (stop === 'end' || stop === 'wrongBracket' || stop === 'foreign') continue;
    addCode(codeStart, scan.stopStart);
    if (stop === 'limit') return lexemes;
    codeStart = scan.offset;
    const { literal } = scan;
    if (stop !== 'string' || literal === undefined) continue;
    if (scan.reach !== 'closed' || literal.dollars > 0 || literal.quotes > 1) continue;
    const start = scan.stopStart + quoteLength(expression, scan.stopStart, literal.isEntity);
    const end = literal.isEntity ? expression.lastIndexOf('&', scan.offset - 1) : scan.offset - 1;
    add('string', start, expression.slice(start, end));
  }
}
