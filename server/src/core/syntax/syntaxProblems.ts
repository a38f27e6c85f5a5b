import type { Span } from '../text/span';
import type { BrokenExpression } from './expressionScanner';
import type { PolicyExpression, SyntaxProblem } from './policyTree';

/** The words of the scanners' findings, and the one place that makes a `PolicyExpression`. */
export function malformed(span: Span, message: string): SyntaxProblem {
  return { ruleId: 'syntax-malformed', span, message };
}

/** An unterminated expression has no closing bracket: its code ends where the expression ends. */
export function createExpression(text: string, start: number, end: number, isTerminated: boolean): PolicyExpression {
  return {
    form: text.charCodeAt(start + 1) === 123 ? 'multiStatement' : 'singleStatement',
    span: { start, end },
    codeSpan: { start: start + 2, end: isTerminated ? Math.max(start + 2, end - 1) : end },
    isTerminated,
  };
}

export function missingClosingQuote(span: Span, quote: '"' | "'"): SyntaxProblem {
  return malformed(
    span,
    `This attribute value has no closing quote, so where it ends is a guess. Add ${quote} behind the value.`,
  );
}

/** The span is the `@(` alone: that is where a person begins to count brackets. */
export function unterminatedExpression(
  text: string,
  expression: PolicyExpression,
  broken: BrokenExpression | undefined,
): SyntaxProblem {
  const { start, end } = expression.span;
  const span = { start, end: start + 2 };
  const closing = expression.form === 'multiStatement' ? '}' : ')';
  const ruleId = 'syntax-unterminated-expression';
  const claim = `This policy expression never ends: its closing ${closing} is missing or cannot be reached.`;
  const advice = 'The service refuses the whole document. Close the expression.';
  // What was opened behind the expression's end comes from reading too far, and would only mislead.
  if (broken === undefined || broken.openedAt <= start + 1 || broken.openedAt >= end) {
    return { ruleId, span, message: `${claim} ${advice}` };
  }
  const opened = { start: broken.openedAt, end: broken.openedAt + 1 };
  const [what, related] = explainBreak(text, broken);
  return { ruleId, span, message: `${claim} ${what} ${advice}`, related: [{ span: opened, message: related }] };
}

function explainBreak(text: string, broken: BrokenExpression): readonly [what: string, related: string] {
  switch (broken.reason) {
    case 'openBracket':
      return [`A ${text[broken.openedAt]} in it is not closed.`, 'This is not closed.'];
    case 'wrongBracket':
      return [
        `A ${text[broken.openedAt]} in it meets ${text[broken.stoppedAt]} before it is closed.`,
        `This meets ${text[broken.stoppedAt]} before it is closed.`,
      ];
    case 'openString':
      return ['A string in it is not closed on its line.', 'This string is not closed on its line.'];
    case 'openComment':
      return ['A comment in it is not closed.', 'This comment is not closed.'];
  }
}

/**
 * A closing bracket behind a closed expression that no bracket there has opened: an opening one is missing, or this one
 * is too many. Undefined where there is none; about other text behind an expression nothing is certain.
 */
export function bracketBehindExpression(
  text: string,
  expression: PolicyExpression,
  end: number,
): SyntaxProblem | undefined {
  let depth = 0;
  for (let index = expression.span.end; index < end; index++) {
    const character = text.charAt(index);
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth < 0) {
      const message =
        `This ${character} closes nothing: the policy expression before it ends earlier. ` +
        `Remove it, or add the opening bracket that belongs to it.`;
      return malformed({ start: index, end: index + 1 }, message);
    }
  }
  return undefined;
}
