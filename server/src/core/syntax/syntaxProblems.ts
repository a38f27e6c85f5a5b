import type { Span } from '../text/span';
import { ownIndentation, wholeLines } from '../text/textEdits';
import type { SyntaxFix, SyntaxProblem, SyntaxRuleId } from './policyTree';

/** A finding without a repair. For what no other rule names, the rule is `syntax-malformed`. */
export function problemAt(span: Span, message: string, ruleId: SyntaxRuleId = 'syntax-malformed'): SyntaxProblem {
  return { ruleId, span, message };
}

/** The same finding with one repair: an edit of one place. */
export function withFix(problem: SyntaxProblem, id: string, title: string, span: Span, newText: string): SyntaxProblem {
  return { ...problem, fixes: () => [{ id, title, edits: [{ span, newText }] }] };
}

/** A repair that takes the span away, and its lines where nothing else stands on them. */
export function removalFix(text: string, span: Span, title: string): SyntaxFix {
  const isFirst = ownIndentation(text, span.start) !== undefined;
  return { id: 'remove', title, edits: [{ span: isFirst ? wholeLines(text, span) : span, newText: '' }] };
}

/** The empty span at an offset. */
export function at(offset: number): Span {
  return { start: offset, end: offset };
}

/** The span of one character. */
export function characterAt(offset: number): Span {
  return { start: offset, end: offset + 1 };
}

/**
 * A value whose closing quote is missing; `span` is its opening quote, or the last character of a value that certainly ends
 * there, and `end` the place where the value seems to end. Where the other kind of quote stands there, that one was meant.
 */
export function missingClosingQuote(text: string, span: Span, quote: '"' | "'", end: number): SyntaxProblem {
  const other = quote === '"' ? "'" : '"';
  const ruleId = 'syntax-missing-quote';
  if (text[end] === other) {
    const message = `This attribute value begins with ${quote} and ends with ${other}. Use the same quote on both sides.`;
    return withFix(problemAt(span, message, ruleId), 'replace', `Write ${quote} at the end`, characterAt(end), quote);
  }
  const message = `This attribute value has no closing quote, so where it ends is a guess. Add ${quote} behind the value.`;
  return withFix(problemAt(span, message, ruleId), 'add', `Add ${quote} behind the value`, at(end), quote);
}

/** Long values are marked where they begin. */
function beginningOf(text: string, { start, end }: Span): Span {
  const lineEnd = text.slice(start, end).search(/[\r\n]/);
  return lineEnd < 0 ? { start, end } : { start, end: Math.min(end, start + 2) };
}

/** A value without quotes; `span` is the value. */
export function missingQuotes(text: string, span: Span): SyntaxProblem {
  const message =
    'This attribute value has no quotes. XML needs them around every value. Put the value between double quotes.';
  const edits = [span.start, span.end].map((offset) => ({ span: at(offset), newText: '"' }));
  const fixes = () => [{ id: 'quote', title: 'Put the value between double quotes', edits }];
  return { ...problemAt(beginningOf(text, span), message, 'syntax-missing-quote'), fixes };
}

/** A value that has its closing quote only; `span` is the value. */
export function missingOpeningQuote(text: string, span: Span, quote: string): SyntaxProblem {
  const message = `This attribute value has no opening quote. Add ${quote} before the value.`;
  const problem = problemAt(beginningOf(text, span), message, 'syntax-missing-quote');
  return withFix(problem, 'add', `Add ${quote} before the value`, at(span.start), quote);
}

/** A value between typographic quotes, as word processors make them; `span` includes them. */
export function typographicQuotes(text: string, span: Span): SyntaxProblem {
  const message =
    `${text[span.start]} is a typographic quote, and XML knows only " and '. ` +
    'Put the value between straight double quotes.';
  const edits = [span.start, span.end - 1].map((offset) => ({ span: characterAt(offset), newText: '"' }));
  const fixes = () => [{ id: 'quote', title: 'Write straight double quotes', edits }];
  return { ...problemAt(span, message, 'syntax-missing-quote'), fixes };
}
