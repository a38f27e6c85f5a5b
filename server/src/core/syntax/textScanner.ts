import { Char, isExpressionStart, isNameStart, skipSpace, skipSpaceBack } from './characters';
import { opensDoctype } from './enclosedScanner';
import { bracketBehindExpression, brokenExpression, createExpression, hasOwnEnd } from './expressionProblems';
import type { TextToken } from './markupTokens';
import { findKnownEndTag, type ScanState, tryExpression } from './scanState';
import { strayLessThan } from './tagText';
import { conflictMarkerEnd } from './textProblems';

/** Text up to the next markup. A text that begins with an expression goes on behind it, whatever is in it. */
export function scanText(state: ScanState, start: number): TextToken {
  const { text } = state;
  const expressionStart = skipSpace(text, start);
  if (!isExpressionStart(text, expressionStart)) {
    return { kind: 'text', span: { start, end: findTextEnd(state, start) }, expression: undefined };
  }
  const found = tryExpression(state, expressionStart, undefined);
  const isTerminated = found?.isTerminated === true;
  const textEnd = isTerminated ? found.end : findBrokenTextEnd(state, expressionStart + 2);
  const end = isTerminated ? found.end : skipSpaceBack(text, textEnd, expressionStart + 2);
  const isClosed = isTerminated || hasOwnEnd(text, expressionStart, end, found);
  const expression = createExpression(text, expressionStart, end, isClosed);
  state.expressions.push(expression);
  state.repairs.push({ start: expressionStart, end, filler: 'x' });
  if (!isTerminated) {
    state.problems.push(brokenExpression(text, expression, found));
    return { kind: 'text', span: { start, end: textEnd }, expression };
  }
  const span = { start, end: findTextEnd(state, end) };
  const bracket = bracketBehindExpression(text, expression, span.end);
  if (bracket !== undefined) state.problems.push(bracket);
  return { kind: 'text', span, expression };
}

/** The next `<` that opens something. The others belong to the text, and are one finding. */
function findTextEnd(state: ScanState, start: number): number {
  const { text } = state;
  let stray: number[] | undefined;
  let index = text.indexOf('<', start);
  while (index >= 0 && !opensMarkup(state, index)) {
    const end = conflictMarkerEnd(text, index);
    state.repairs.push({ start: index, end: end ?? index + 1, filler: 'x' });
    if (end === undefined) {
      stray ??= [];
      stray.push(index);
    }
    index = text.indexOf('<', end ?? index + 1);
  }
  if (stray !== undefined) state.problems.push(strayLessThan(text, stray, state.namesSeen));
  return index < 0 ? text.length : index;
}

function opensMarkup(state: ScanState, index: number): boolean {
  const { text } = state;
  const code = text.charCodeAt(index + 1);
  if (isNameStart(code) || code === Char.question) return true;
  if (code === Char.slash) return isNameStart(text.charCodeAt(index + 2));
  if (code !== Char.exclamation) return false;
  return text.startsWith('--', index + 2) || text.startsWith('[CDATA[', index + 2) || opensDoctype(state, index);
}

/**
 * Where element text ends whose expression never does: at the next end tag of an element that occurs before it, so that
 * `"</p>"` in a C# string does not count; else at any end tag; else with the text. Outside the root, before the next tag.
 */
function findBrokenTextEnd(state: ScanState, start: number): number {
  // Before the root, the next tag is where the document begins.
  const tagLine = state.namesSeen.size === 0 ? state.next.tagLine(start) : -1;
  if (tagLine >= 0) return tagLine;
  const first = state.next.endTag(start);
  const known = findKnownEndTag(state, first);
  if (known >= 0) return known;
  return first >= 0 ? first : state.text.length;
}
