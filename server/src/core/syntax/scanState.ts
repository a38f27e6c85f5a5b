import { Char, isLineEnd, isNamePart, isNameStart, isSpace, skipSpace, skipSpaceBack } from './characters';
import { type ExpressionEnd, findExpressionEnd } from './expressionScanner';
import { type ForwardSearch, remember } from './forwardSearch';
import type { MaskRepair } from './markupTokens';
import { findNameEnd } from './nameEnd';
import type { PolicyExpression, SyntaxProblem } from './policyTree';

export type Quote = '"' | "'";

/** What the parts of the markup scanner share while they read one text. */
export interface ScanState {
  readonly text: string;
  readonly expressions: PolicyExpression[];
  readonly repairs: MaskRepair[];
  readonly problems: SyntaxProblem[];
  /** Names of the start tags so far. */
  readonly namesSeen: Set<string>;
  readonly next: {
    readonly commentStart: ForwardSearch;
    readonly commentEnd: ForwardSearch;
    readonly cdataStart: ForwardSearch;
    readonly cdataEnd: ForwardSearch;
    readonly instructionEnd: ForwardSearch;
    readonly endTag: ForwardSearch;
    /** The next quote of this kind. */
    readonly quote: Readonly<Record<Quote, ForwardSearch>>;
    /** The next quote of this kind that looks like the end of an attribute. */
    readonly closingQuote: Readonly<Record<Quote, ForwardSearch>>;
    /** The next line that begins with a tag. */
    readonly tagLine: ForwardSearch;
  };
  /** Characters that failed attempts may still look at; see `tryExpression`. */
  failureBudget: number;
}

export function createScanState(text: string): ScanState {
  return {
    text,
    expressions: [],
    repairs: [],
    problems: [],
    namesSeen: new Set(),
    next: {
      commentStart: remember((from) => text.indexOf('<!--', from)),
      commentEnd: remember((from) => text.indexOf('-->', from)),
      cdataStart: remember((from) => text.indexOf('<![CDATA[', from)),
      cdataEnd: remember((from) => text.indexOf(']]>', from)),
      instructionEnd: remember((from) => text.indexOf('?>', from)),
      endTag: remember((from) => searchPattern(text, /<\/[A-Za-z_:]/g, from)),
      quote: {
        '"': remember((from) => text.indexOf('"', from)),
        "'": remember((from) => text.indexOf("'", from)),
      },
      closingQuote: {
        '"': remember((from) => findClosingQuote(text, '"', from)),
        "'": remember((from) => findClosingQuote(text, "'", from)),
      },
      tagLine: remember((from) => searchPattern(text, /[\r\n][ \t]*<[A-Za-z_/!]/g, from)),
    },
    failureBudget: 8 * text.length + 1000,
  };
}

/**
 * Reads the expression whose `@` is at `start`, and which may end at `limit` at the latest. Attempts that fail are paid from a budget that is proportional to the
 * text: reading on where one failed may fail again over the same characters, and must not add up to quadratic time.
 * Undefined where the budget is spent; real files, even broken ones, never get there.
 */
export function tryExpression(
  state: ScanState,
  start: number,
  ownQuote: Quote | undefined,
  limit = state.text.length,
): ExpressionEnd | undefined {
  if (state.failureBudget <= 0) return undefined;
  const end = findExpressionEnd(state.text, start, ownQuote, limit);
  if (!end.isTerminated) state.failureBudget -= end.stoppedAt - start;
  return end;
}

/**
 * True where what follows a closing quote, or a value that lacks one, is the rest of a tag: the next attribute, or the
 * tag's end.
 */
export function looksLikeRestOfTag(text: string, offset: number): boolean {
  let index = skipSpace(text, offset);
  const code = text.charCodeAt(index);
  if (index >= text.length || code === Char.greater) return true;
  if (code === Char.slash || code === Char.question) return text.charCodeAt(index + 1) === Char.greater;
  if (index === offset) return false;
  if (opensPlaceholder(text, index)) return true;
  if (!isNameStart(code)) return false;
  while (isNamePart(text.charCodeAt(index))) index++;
  index = skipSpace(text, index);
  if (text.charCodeAt(index) !== Char.equals) return false;
  const value = text.charCodeAt(skipSpace(text, index + 1));
  return value === Char.quote || value === Char.apostrophe;
}

/** `${`, `%{` or `{{`: a token of a deployment tool, or a named value, in place of an attribute. */
function opensPlaceholder(text: string, index: number): boolean {
  if (text.charCodeAt(index + 1) !== Char.openBrace) return false;
  const character = text.charAt(index);
  return character === '$' || character === '%' || character === '{';
}

/**
 * The first end tag, from the one at `first` on, of an element that has begun before it; -1 where there is none. Looking
 * past others is paid like failed expressions.
 */
export function findKnownEndTag(state: ScanState, first: number): number {
  const { text, next } = state;
  let index = first;
  while (index >= 0 && state.failureBudget > 0) {
    if (state.namesSeen.has(text.slice(index + 2, findNameEnd(text, index + 2)))) break;
    const following = next.endTag(index + 2);
    state.failureBudget -= (following < 0 ? text.length : following) - index;
    index = following;
  }
  return index;
}

function findClosingQuote(text: string, quote: Quote, from: number): number {
  for (let index = text.indexOf(quote, from); index >= 0; index = text.indexOf(quote, index + 1)) {
    if (looksLikeRestOfTag(text, index + 1) && !isStringOfMark(text, index, quote)) return index;
  }
  return -1;
}

/** `">"` and `"/>"` are strings in C# code, and no ends of tags. */
function isStringOfMark(text: string, index: number, quote: Quote): boolean {
  return text.startsWith(`>${quote}`, index + 1) || text.startsWith(`/>${quote}`, index + 1);
}

/** `pattern` must be global and must not be able to look at the same stretch twice. */
function searchPattern(text: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
}

/** The place behind a value that never gets its closing quote: the next attribute, the tag's end or the line's end. */
export function findUnclosedValueEnd(text: string, start: number): number {
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isLineEnd(code)) return skipSpaceBack(text, index, start);
    if (code === Char.greater) return text.charCodeAt(index - 1) === Char.slash && index > start ? index - 1 : index;
    const isFirstSpace = isSpace(code) && !isSpace(text.charCodeAt(index - 1));
    if (isFirstSpace && looksLikeRestOfTag(text, index)) return index;
  }
  return text.length;
}
