import type { Span } from '../text/span';
import { Char, isExpressionStart, isLineEnd, isSpace, skipSpace, skipSpaceBack } from './characters';
import { bracketBehindExpression, brokenExpression, createExpression, hasOwnEnd } from './expressionProblems';
import { type BrokenExpression, type ExpressionEnd, findExpressionEnd } from './expressionScanner';
import type { PolicyExpression, SyntaxProblem } from './policyTree';
import { findUnclosedValueEnd, looksLikeRestOfTag, type Quote, type ScanState, tryExpression } from './scanState';
import {
  characterAt,
  missingClosingQuote,
  missingOpeningQuote,
  missingQuotes,
  typographicQuotes,
} from './syntaxProblems';

/** An attribute's value as it was found, with or without its quotes. */
export interface ScannedValue {
  readonly valueSpan: Span;
  /** Behind the closing quote, or behind the value where it has none. */
  readonly end: number;
  readonly quote: Quote | undefined;
  /** Where the whole value is one. */
  readonly expression: PolicyExpression | undefined;
  /** Of the quotes: the value may end elsewhere, and sax must not see it. What is wrong inside is added to the state. */
  readonly damage: SyntaxProblem | undefined;
  /** The value has no closing quote, which follows from what is wrong inside. */
  readonly isCut?: boolean;
}

/** Reads the value whose opening quote is at `quoteStart`. Expressions found in it are added to the state. */
export function scanQuotedValue(state: ScanState, quoteStart: number): ScannedValue {
  const expressionStart = skipSpace(state.text, quoteStart + 1);
  return isExpressionStart(state.text, expressionStart)
    ? scanExpressionValue(state, quoteStart, expressionStart)
    : scanLiteralValue(state, quoteStart);
}

function quoteAt(text: string, offset: number): Quote {
  return text.charCodeAt(offset) === Char.quote ? '"' : "'";
}

/** Reads a value that has no quotes, `a=b`, or lacks the first, `a=b"`. */
export function scanUnquotedValue(state: ScanState, start: number): ScannedValue {
  const { text } = state;
  const closed = isExpressionStart(text, start) ? tryExpression(state, start, undefined) : undefined;
  let end = closed?.isTerminated ? closed.end : start;
  while (end < text.length && !endsUnquotedValue(text, end)) end++;
  if (isSpace(text.charCodeAt(end))) end = findClosingQuoteBehind(text, end) ?? end;
  const isExpression = closed?.isTerminated && closed.end === end;
  const expression = isExpression ? addExpression(state, start, end, true) : undefined;
  const code = text.charCodeAt(end);
  const hasClosingQuote = (code === Char.quote || code === Char.apostrophe) && looksLikeRestOfTag(text, end + 1);
  const valueSpan = { start, end };
  const damage = hasClosingQuote
    ? missingOpeningQuote(text, valueSpan, text.charAt(end))
    : missingQuotes(text, valueSpan);
  return { valueSpan, end: hasClosingQuote ? end + 1 : end, quote: undefined, expression, damage };
}

const typographicQuote = /[\u201c-\u201f\u2018-\u201b\u00ab\u00bb]/;

/** Reads the value between typographic quotes, as word processors make them; undefined where there is none. */
export function scanTypographicValue({ text }: ScanState, start: number): ScannedValue | undefined {
  if (!typographicQuote.test(text.charAt(start))) return undefined;
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isLineEnd(code) || code === Char.less) return undefined;
    if (!typographicQuote.test(text.charAt(index)) || !looksLikeRestOfTag(text, index + 1)) continue;
    const valueSpan = { start: start + 1, end: index };
    const damage = typographicQuotes(text, { start, end: index + 1 });
    return { valueSpan, end: index + 1, quote: undefined, expression: undefined, damage };
  }
  return undefined;
}

/** A value of several words that lacks its first quote only: `a=b c d" e="f"`. */
function findClosingQuoteBehind(text: string, start: number): number | undefined {
  const limit = Math.min(text.length, start + 200);
  for (let index = start; index < limit; index++) {
    const code = text.charCodeAt(index);
    if (code === Char.quote || code === Char.apostrophe) return looksLikeRestOfTag(text, index + 1) ? index : undefined;
    if (isLineEnd(code) || code === Char.equals || code === Char.less || code === Char.greater) return undefined;
  }
  return undefined;
}

function endsUnquotedValue(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code === Char.slash) return text.charCodeAt(index + 1) === Char.greater;
  return (
    isSpace(code) || code === Char.greater || code === Char.less || code === Char.quote || code === Char.apostrophe
  );
}

function scanLiteralValue(state: ScanState, quoteStart: number): ScannedValue {
  const { text } = state;
  const quote = quoteAt(text, quoteStart);
  const start = quoteStart + 1;
  const closing = state.next.quote[quote](start);
  if (closing >= 0 && !isQuoteOfAnotherAttribute(text, start, closing)) {
    const valueSpan = { start, end: closing };
    return { valueSpan, end: closing + 1, quote, expression: undefined, damage: undefined };
  }
  const found = findUnclosedValueEnd(text, start);
  const other = text.charCodeAt(found - 1);
  const hasOtherQuote = found > start && (other === Char.quote || other === Char.apostrophe);
  const end = hasOtherQuote ? found - 1 : found;
  const damage = missingClosingQuote(text, { start: quoteStart, end: start }, quote, end);
  return { valueSpan: { start, end }, end: found, quote, expression: undefined, damage };
}

/** `<a name="x>⏎<b name="y">` and `<a name="x id="y">`: the quote before `y` opens a value, so that the first never ends. */
function isQuoteOfAnotherAttribute(text: string, start: number, closing: number): boolean {
  const value = text.slice(start, closing);
  const isSuspicious =
    value.includes('<') || value.includes('\n') || value.includes('\r') || value.trimEnd().endsWith('=');
  return isSuspicious && !looksLikeRestOfTag(text, closing + 1);
}

function scanExpressionValue(state: ScanState, quoteStart: number, expressionStart: number): ScannedValue {
  const { text } = state;
  const quote = quoteAt(text, quoteStart);
  const start = quoteStart + 1;
  const found = tryExpression(state, expressionStart, quote);

  if (found?.isTerminated) {
    const closing = skipSpace(text, found.end);
    const isWhole = text[closing] === quote;
    if (isWhole || looksLikeRestOfTag(text, found.end)) {
      const expression = addExpression(state, expressionStart, found.end, true);
      const end = isWhole ? closing : found.end;
      const damage = isWhole ? undefined : missingClosingQuote(text, characterAt(end - 1), quote, end);
      return { valueSpan: { start, end }, end: isWhole ? closing + 1 : end, quote, expression, damage };
    }
  }
  return scanBrokenValue(state, quoteStart, expressionStart, found);
}

/**
 * The expression never ends, or something else than the attribute's quote follows it: the attribute ends where a person
 * would see it, at the first quote that looks like an end, but not behind a line that begins with a tag.
 */
function scanBrokenValue(
  state: ScanState,
  quoteStart: number,
  expressionStart: number,
  found: ExpressionEnd | undefined,
): ScannedValue {
  const { text } = state;
  const quote = quoteAt(text, quoteStart);
  const start = quoteStart + 1;
  // The value may end before the expression did, so that these characters are read again.
  if (found?.isTerminated) state.failureBudget -= found.end - expressionStart;
  const closing = state.next.closingQuote[quote](expressionStart + 2);
  const tagLine = state.next.tagLine(start);
  const hasQuote = closing >= 0 && (tagLine < 0 || closing < tagLine);
  const end = hasQuote ? closing : endBeforeTagLine(text, expressionStart + 2, tagLine);
  const valueSpan = { start, end };
  const behind = hasQuote ? end + 1 : end;
  const missingQuote = (): SyntaxProblem | undefined =>
    hasQuote ? undefined : missingClosingQuote(text, { start: quoteStart, end: start }, quote, end);

  if (found === undefined || (found.isTerminated && found.end <= end)) {
    // Text behind a closed expression; or the budget is spent, and nobody knows.
    const isWhole = found === undefined;
    const expressionEnd = found?.end ?? skipSpaceBack(text, end, expressionStart + 2);
    const expression = addExpression(state, expressionStart, expressionEnd, true);
    const bracket = hasQuote ? bracketBehindExpression(text, expression, end) : undefined;
    if (bracket !== undefined) state.problems.push(bracket);
    state.repairs.push({ start: expressionEnd, end, filler: 'x' });
    return { valueSpan, end: behind, quote, expression: isWhole ? expression : undefined, damage: missingQuote() };
  }
  const expressionEnd = skipSpaceBack(text, end, expressionStart + 2);
  const broken = reasonWithin(text, expressionStart, expressionEnd);
  const isClosed = hasOwnEnd(text, expressionStart, expressionEnd, broken);
  const expression = addExpression(state, expressionStart, expressionEnd, isClosed);
  state.problems.push(brokenExpression(text, expression, broken));
  state.repairs.push({ start: expressionEnd, end, filler: ' ' });
  // Where the expression never ends, a quote that is missing behind it follows from that.
  return { valueSpan, end: behind, quote, expression, damage: undefined, isCut: !hasQuote };
}

/** Why the expression does not end where its attribute ends; what lies behind must not explain it. */
function reasonWithin(text: string, start: number, end: number): BrokenExpression | undefined {
  const found = findExpressionEnd(text.slice(start, end), 0, undefined);
  if (found.isTerminated) return undefined;
  return { ...found, openedAt: found.openedAt + start, stoppedAt: found.stoppedAt + start };
}

function endBeforeTagLine(text: string, floor: number, tagLine: number): number {
  let end = skipSpaceBack(text, tagLine < 0 ? text.length : tagLine, floor);
  if (end > floor && text.charCodeAt(end - 1) === Char.greater) {
    end--;
    if (end > floor && text.charCodeAt(end - 1) === Char.slash) end--;
  }
  return skipSpaceBack(text, end, floor);
}

function addExpression(state: ScanState, start: number, end: number, isTerminated: boolean): PolicyExpression {
  const expression = createExpression(state.text, start, end, isTerminated);
  state.expressions.push(expression);
  state.repairs.push({ start, end, filler: 'x' });
  return expression;
}
