import type { Span } from '../text/span';
import { type BrokenExpression, findExpressionEnd } from './expressionScanner';
import type { PolicyExpression, SyntaxProblem } from './policyTree';
import { at, characterAt, problemAt, withFix } from './syntaxProblems';

/** The one place that makes a `PolicyExpression`. Without closing bracket, its code ends where the expression ends. */
export function createExpression(text: string, start: number, end: number, isTerminated: boolean): PolicyExpression {
  return {
    form: text[start + 1] === '{' ? 'multiStatement' : 'singleStatement',
    span: { start, end },
    codeSpan: { start: start + 2, end: isTerminated ? Math.max(start + 2, end - 1) : end },
    isTerminated,
  };
}

/**
 * True where the text from the `@` to the end has a closing bracket of its own at its end, although something inside does
 * not balance. False where it is that bracket which is missing.
 */
export function hasOwnEnd(text: string, start: number, end: number, broken: BrokenExpression | undefined): boolean {
  return end > start + 2 && text[end - 1] === closingOf(text, start) && isInside(broken, start, end);
}

/** What was opened behind the expression's end comes from reading too far, and would only mislead. */
function isInside(broken: BrokenExpression | undefined, start: number, end: number): broken is BrokenExpression {
  if (broken === undefined) return false;
  if (broken.reason === 'wrongBracket' && broken.openedAt === start + 1) return broken.stoppedAt < end - 1;
  return broken.openedAt > start + 1 && broken.openedAt < end;
}

function closingOf(text: string, start: number): string {
  return text[start + 1] === '{' ? '}' : ')';
}

/**
 * Why the brackets, strings or comments of an expression do not balance. Where the expression has its own closing bracket,
 * the finding stands at what has no partner; where it has none, at the `@(` alone: that is where a person begins to count.
 */
export function brokenExpression(
  text: string,
  expression: PolicyExpression,
  broken: BrokenExpression | undefined,
): SyntaxProblem {
  const { start, end } = expression.span;
  const inside = isInside(broken, start, end) ? broken : undefined;
  const problem =
    inside !== undefined && expression.isTerminated
      ? unbalanced(text, expression, inside)
      : unterminated(text, expression, inside);
  if (isOtherBracket(text, expression, broken)) {
    const bracket = closingOf(text, start);
    return withFix(problem, 'replace', `Write ${bracket} instead of ${text[end - 1]}`, characterAt(end - 1), bracket);
  }
  const closing = missingQuote(text, expression, broken) ?? missingBracket(text, expression, broken);
  if (closing === undefined) return problem;
  return withFix(problem, 'close', closing.title, at(closing.offset), closing.bracket);
}

/** `@(a}`: the expression has an end, of the other form. */
function isOtherBracket(
  text: string,
  { span: { start, end } }: PolicyExpression,
  broken: BrokenExpression | undefined,
): boolean {
  if (broken?.reason !== 'wrongBracket' || broken.openedAt !== start + 1 || broken.stoppedAt !== end - 1) return false;
  return closingOf(text, start) !== text[end - 1];
}

function unbalanced(text: string, { span }: PolicyExpression, broken: BrokenExpression): SyntaxProblem {
  if (isClosedTooOften(text, broken)) return closesNothing(text, broken.stoppedAt);
  const [what, related] = explainBreak(text, broken);
  const begins = { span: { start: span.start, end: span.start + 2 }, message: 'The policy expression begins here.' };
  return {
    ruleId: 'syntax-unbalanced-expression',
    span: characterAt(broken.openedAt),
    message: `${what} The service is reported to refuse the whole document then.`,
    related: [begins, ...(related === undefined ? [] : [related])],
  };
}

function unterminated(
  text: string,
  { form, span: { start } }: PolicyExpression,
  broken: BrokenExpression | undefined,
): SyntaxProblem {
  const closing = form === 'multiStatement' ? '}' : ')';
  const advice = `Add ${closing} where the C# ends: the service is reported to refuse the whole document.`;
  const span = { start, end: start + 2 };
  const ruleId = 'syntax-unterminated-expression';
  const claim = `This policy expression never ends: its closing ${closing} is missing`;
  if (broken === undefined) return problemAt(span, `${claim}. ${advice}`, ruleId);
  const [what] = explainBreak(text, broken);
  const related = [{ span: characterAt(broken.openedAt), message: 'This is not closed.' }];
  return { ruleId, span, message: `${claim}, or something before it is open. ${what} ${advice}`, related };
}

/** A `)` or `]` that meets the brace around it: it is one too many, or its own partner is missing near it. */
function isClosedTooOften(text: string, { reason, openedAt, stoppedAt }: BrokenExpression): boolean {
  return reason === 'wrongBracket' && text[openedAt] === '{' && text[stoppedAt] !== '}';
}

function closesNothing(text: string, offset: number): SyntaxProblem {
  const message =
    `This ${text[offset]} in a policy expression closes nothing. ` +
    'Remove it, or add the opening bracket that belongs to it.';
  return problemAt(characterAt(offset), message, 'syntax-unbalanced-expression');
}

type Related = { readonly span: Span; readonly message: string };

function explainBreak(text: string, broken: BrokenExpression): readonly [what: string, meets: Related | undefined] {
  const { reason, openedAt, stoppedAt } = broken;
  switch (reason) {
    case 'openBracket':
      return [`This ${text[openedAt]} in a policy expression is not closed.`, undefined];
    case 'wrongBracket': {
      const closer = text[stoppedAt];
      const meets = { span: characterAt(stoppedAt), message: `This ${closer} comes before it is closed.` };
      const partner = partners[text[openedAt] ?? ''];
      return [`This ${text[openedAt]} in a policy expression has no ${partner} before the next ${closer}.`, meets];
    }
    case 'openString':
      return ['A string in this policy expression is not closed on its line. Close it.', undefined];
    case 'openComment':
      return ['A comment in this policy expression is not closed. Add */.', undefined];
  }
}

/** The quote of a string that runs up to the expression's own bracket, where something stands in the string. */
function missingQuote(text: string, { span: { start, end } }: PolicyExpression, broken: BrokenExpression | undefined) {
  const isCandidate =
    broken?.reason === 'openString' && broken.openedAt < end - 2 && text[end - 1] === closingOf(text, start);
  return isCandidate ? closedBy(text, start, end, end - 1, '"') : undefined;
}

/** The bracket that makes the expression whole, where one alone does: behind its end, or before the bracket it meets. */
function missingBracket(
  text: string,
  { span: { start, end } }: PolicyExpression,
  broken: BrokenExpression | undefined,
): { readonly offset: number; readonly bracket: string; readonly title: string } | undefined {
  if (broken === undefined || broken.stoppedAt > end) return closedBy(text, start, end, end, closingOf(text, start));
  if (broken.reason !== 'wrongBracket' && broken.reason !== 'openBracket') return undefined;
  if (isClosedTooOften(text, broken)) return undefined;
  const bracket = partners[text[broken.openedAt] ?? ''];
  const offset = broken.reason === 'wrongBracket' ? broken.stoppedAt : end;
  // Behind a statement or a block, the bracket would balance and still stand in the wrong place.
  if (bracket === undefined || /[{;]/.test(text.slice(broken.openedAt + 1, offset))) return undefined;
  return closedBy(text, start, end, offset, bracket);
}

const partners: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function closedBy(text: string, start: number, end: number, offset: number, bracket: string) {
  const repaired = text.slice(start, offset) + bracket + text.slice(offset, end);
  const found = findExpressionEnd(repaired, 0, undefined);
  if (!found.isTerminated || found.end !== repaired.length) return undefined;
  const title =
    offset === end ? `Add ${bracket} at the end of the expression` : `Add ${bracket} before ${text[offset]}`;
  return { offset, bracket, title };
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
      const problem = problemAt(characterAt(index), message, 'syntax-unbalanced-expression');
      if (text.slice(expression.span.end, end).trim() !== character) return problem;
      // An opening bracket may be lost as well.
      const edits = [{ span: problem.span, newText: '' }];
      return { ...problem, fixes: () => [{ id: 'remove', title: `Remove ${character}`, isGuess: true, edits }] };
    }
  }
  return undefined;
}
