import { skipSpace, skipSpaceBack } from '../syntax/characters';
import { quoteLength } from '../syntax/csharpLiterals';
import { createCsharpScan, readCsharp } from '../syntax/csharpScanner';
import { type Span, spanTouches } from '../text/span';

/** A list that is open while the code is read: the expression, or what is between two brackets. */
interface OpenList {
  /** Behind the bracket. */
  readonly start: number;
  /** Where its last part begins: an argument, or a statement. */
  partStart: number;
}

const closingBrackets: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * The spans of C# that hold an offset, in no order: strings with and without their quotes, brackets with and without
 * what is around their content, arguments and statements. The expression is given with its `@(` or `@{`; of code
 * whose brackets do not match, only what does.
 */
export function csharpSpansAt(text: string, { start, end }: Span, offset: number): readonly Span[] {
  const found: Span[] = [];
  const add = (from: number, to: number): void => {
    const span = { start: skipSpace(text, from), end: skipSpaceBack(text, to, from) };
    if (span.start < span.end && spanTouches(span, offset)) found.push(span);
  };
  const lists: OpenList[] = [];
  const endPart = (partEnd: number, next: number): void => {
    const list = lists.at(-1);
    if (list === undefined) return;
    add(list.partStart, partEnd);
    list.partStart = next;
  };
  const close = (bracket: number): void => {
    endPart(bracket, bracket);
    const list = lists.pop();
    // The expression's own brackets are spans already.
    if (list === undefined || lists.length === 0) return;
    add(list.start, bracket);
    add(list.start - 1, bracket + 1);
    // A block ends its statement.
    const outer = lists.at(-1);
    if (outer !== undefined && text[bracket] === '}' && text[outer.start - 1] === '{') {
      if (/^\s*(?:$|[^\s.,;)\]?:=+-])/.test(text.slice(bracket + 1, bracket + 100))) endPart(bracket + 1, bracket + 1);
    }
  };
  const readCode = (codeStart: number, codeEnd: number): void => {
    for (let index = codeStart; index < codeEnd; index++) {
      const character = text[index] as string;
      const list = lists.at(-1);
      const opening = list === undefined ? undefined : text[list.start - 1];
      if (character in closingBrackets) lists.push({ start: index + 1, partStart: index + 1 });
      else if (opening !== undefined && closingBrackets[opening] === character) close(index);
      else if (character === ',' && opening !== '{') endPart(index, index + 1);
      else if (character === ';' && opening === '{' && !isEntityEnd(text, index)) endPart(index + 1, index + 1);
    }
  };

  const scan = createCsharpScan(text, start, { limit: end });
  let codeStart = scan.offset;
  for (;;) {
    const stop = readCsharp(scan);
    if (stop === 'end' || stop === 'wrongBracket' || stop === 'foreign') continue;
    readCode(codeStart, scan.stopStart);
    if (stop === 'limit') return found;
    codeStart = scan.offset;
    const { literal } = scan;
    if (stop === 'format') continue;
    add(scan.stopStart, scan.offset);
    if (stop !== 'string' || literal === undefined || scan.reach !== 'closed' || literal.quotes > 1) continue;
    const quote = quoteLength(text, scan.stopStart, literal.isEntity);
    if (quote > 0 && literal.dollars === 0) add(scan.stopStart + quote, scan.offset - quote);
  }
}

function isEntityEnd(text: string, semicolon: number): boolean {
  return /&(?:\w{1,8}|#\w{1,8})$/.test(text.slice(Math.max(0, semicolon - 10), semicolon));
}
