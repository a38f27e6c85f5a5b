import type { Span } from '../text/span';
import { Char, isExpressionStart, skipSpace, skipSpaceBack } from './characters';
import { checkComment } from './commentProblems';
import { brokenExpression, createExpression, hasOwnEnd } from './expressionProblems';
import type { OtherToken } from './markupTokens';
import { isNear } from './nearness';
import type { PolicyExpression } from './policyTree';
import { findKnownEndTag, type ScanState, tryExpression } from './scanState';
import { at, characterAt, problemAt, removalFix, withFix } from './syntaxProblems';

/**
 * `<!-- … -->`. A comment that contains the start of another one was never closed: XML allows no `--` in comments, and nobody writes
 * `<!--` into one. Without this, it would take along everything up to the next comment's end.
 */
export function scanComment(state: ScanState, start: number): OtherToken {
  const { next } = state;
  const endMark = next.commentEnd(start + 4);
  const nested = next.commentStart(start + 4);
  const isClosed = nested < 0 || endMark < nested;
  const token = scanEnclosed(state, start, 'comment', isClosed ? endMark : -1);
  if (token.kind !== 'comment') return token;
  checkComment(state, start + 4, endMark);
  return token;
}

/** `<![CDATA[ … ]]>`. Like a comment: one that contains the start of another was never closed. */
export function scanCdata(state: ScanState, start: number): OtherToken {
  const end = state.next.cdataEnd(start + 9);
  const nested = state.next.cdataStart(start + 9);
  if (end < 0 || (nested >= 0 && nested < end)) return scanEnclosed(state, start, 'cdata', -1);
  const token = scanEnclosed(state, start, 'cdata', end);
  const expression = scanWholeExpression(state, start + 9, end);
  return expression === undefined ? token : { ...token, expression };
}

/** The expression that is the whole text between the offsets, which XML does not decode. Undefined where there is none. */
function scanWholeExpression(state: ScanState, textStart: number, textEnd: number): PolicyExpression | undefined {
  const { text } = state;
  const start = skipSpace(text, textStart);
  if (start >= textEnd || !isExpressionStart(text, start)) return undefined;
  const found = tryExpression(state, start, undefined, textEnd);
  const end = skipSpaceBack(text, textEnd, start + 2);
  const isWhole = found?.isTerminated === true && found.end === end;
  // Text behind a closed expression: nothing is certain about it, as elsewhere.
  if (found === undefined || (found.isTerminated && !isWhole && found.end < end)) return undefined;
  const broken = found.isTerminated ? undefined : found;
  const expression = createExpression(text, start, end, isWhole || hasOwnEnd(text, start, end, broken));
  state.expressions.push(expression);
  if (!isWhole) state.problems.push(brokenExpression(text, expression, broken));
  return expression;
}

/** `<? … ?>`. An instruction that goes on over a line that begins with a tag was never closed: the `?>` is another one's. */
export function scanInstruction(state: ScanState, start: number): OtherToken {
  const end = state.next.instructionEnd(start + 2);
  const tagLine = state.next.tagLine(start);
  return scanEnclosed(state, start, 'instruction', tagLine >= 0 && tagLine < end ? -1 : end);
}

/** `<!DOCTYPE`, which only stands before the root. No other declaration has a place in a policy. */
export function opensDoctype({ text, namesSeen }: ScanState, start: number): boolean {
  return namesSeen.size === 0 && /^<!doctype\b/i.test(text.slice(start, start + 10));
}

/** `<!DOCTYPE a [ … ]>` */
export function scanDoctype(state: ScanState, start: number): OtherToken {
  return scanEnclosed(state, start, 'doctype', findDoctypeEnd(state, start));
}

const enclosing = {
  comment: { name: 'comment', opening: '<!--', closing: '-->' },
  cdata: { name: 'CDATA section', opening: '<![CDATA[', closing: ']]>' },
  instruction: { name: 'processing instruction', opening: '<?', closing: '?>' },
  doctype: { name: 'declaration', opening: '<!', closing: '>' },
} as const;

/**
 * Markup from `start` to its end mark. One without end mark (-1) would take the rest of the file with it; it ends before
 * the next comment, or the next line that begins with a tag, instead, which is where it was meant to end more often than
 * not, and where it is reported, if that is not in sight of its beginning; CDATA, which is the text of an element, also before an end tag.
 */
function scanEnclosed(state: ScanState, start: number, kind: keyof typeof enclosing, endMark: number): OtherToken {
  const { text, repairs, next } = state;
  const { name, opening, closing } = enclosing[kind];
  if (endMark >= 0) {
    const span = { start, end: endMark + closing.length };
    // Sax has opinions about these two that do not matter to a policy.
    if (kind === 'instruction' || kind === 'doctype') repairs.push({ ...span, filler: ' ' });
    if (kind === 'instruction') checkDeclaration(state, span);
    return { kind, span };
  }
  const openingEnd = start + opening.length;
  const endTag = kind === 'cdata' ? findKnownEndTag(state, next.endTag(openingEnd)) : -1;
  const stops = [next.tagLine(start), next.commentStart(openingEnd), endTag, text.length].filter((stop) => stop >= 0);
  const span = { start, end: skipSpaceBack(text, Math.min(...stops), openingEnd) };
  const message = `This ${name} is never closed, so it is taken to end before the next tag or comment. Add ${closing}.`;
  const opens = { start, end: openingEnd };
  const isClose = isNear(text, start, span.end);
  const plain = problemAt(isClose ? opens : characterAt(span.end - 1), message, 'syntax-incomplete-markup');
  const problem = isClose ? plain : { ...plain, related: [{ span: opens, message: `The ${name} begins here.` }] };
  const isClosable = kind === 'comment' || kind === 'cdata';
  const rest = closing.slice(writtenOf(closing, text.slice(openingEnd, span.end)));
  const mark = kind === 'comment' && rest === closing ? ` ${closing}` : rest;
  state.problems.push(isClosable ? withFix(problem, 'close', `Add ${rest} here`, at(span.end), mark) : problem);
  repairs.push({ ...span, filler: ' ' });
  return { kind: 'skipped', span };
}

/** How many characters of the mark stand at the end of the text already: `a --` has two of `-->`. */
function writtenOf(mark: string, text: string): number {
  let length = mark.length - 1;
  while (length > 0 && !text.endsWith(mark.slice(0, length))) length--;
  return length;
}

/** `<?xml … ?>` stands at the very start, behind a byte order mark at most. */
function checkDeclaration({ text, problems }: ScanState, span: Span): void {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (span.start === start || !/^<\?xml[\s?]/i.test(text.slice(span.start, span.start + 6))) return;
  const message =
    'An XML declaration must stand at the very start of the document, before white space and comments. ' +
    'Move it there, or remove it: policies need none.';
  const problem = problemAt({ start: span.start, end: span.start + 5 }, message, 'syntax-misplaced-declaration');
  problems.push({ ...problem, fixes: () => [removalFix(text, span, 'Remove the XML declaration')] });
}

/** Failed searches are paid like failed expressions, so that `<!a<!a…` stays linear. */
function findDoctypeEnd(state: ScanState, start: number): number {
  const { text } = state;
  let depth = 0;
  for (let index = start + 2; index < text.length && state.failureBudget > 0; index++) {
    const code = text.charCodeAt(index);
    if (code === Char.openBracket) depth++;
    else if (code === Char.closeBracket) depth--;
    else if (code === Char.greater && depth <= 0) return index;
  }
  state.failureBudget -= text.length - start;
  return -1;
}
