import { Char, isExpressionStart, isNameStart, isSpace, skipSpace, skipSpaceBack } from './characters';
import type { EndTagToken, MarkupScan, MarkupToken, OtherToken, TextToken } from './markupTokens';
import { createScanState, type ScanState, tryExpression } from './scanState';
import { scanStartTag } from './startTagScanner';
import { bracketBehindExpression, createExpression, malformed, unterminatedExpression } from './syntaxProblems';
import { findNameEnd, scanTagName } from './tagNameScanner';

/**
 * Cuts the raw text into comments, CDATA, instructions, tags with their attributes, text, and policy expressions, in one
 * pass from start to end. Which end tag belongs to which start tag is decided later, by `nestTags`.
 *
 * The scan also says how the text must be masked so that sax can read it: expressions become filler, and markup that is
 * broken is completed or taken out.
 */
export function scanMarkup(text: string): MarkupScan {
  const state = createScanState(text);
  const tokens: MarkupToken[] = [];
  let index = 0;
  while (index < text.length) {
    const token = text.charCodeAt(index) === Char.less ? scanMarkupAt(state, index) : undefined;
    const next = token ?? scanText(state, index);
    tokens.push(next);
    index = next.span.end;
  }
  return { tokens, expressions: state.expressions, repairs: state.repairs, problems: state.problems };
}

/** The markup whose `<` is here; undefined where the `<` opens nothing and is text. */
function scanMarkupAt(state: ScanState, start: number): MarkupToken | undefined {
  const { text, next } = state;
  const code = text.charCodeAt(start + 1);
  if (isNameStart(code)) return scanStartTag(state, start);
  if (code === Char.slash) return isNameStart(text.charCodeAt(start + 2)) ? scanEndTag(state, start) : undefined;
  if (code === Char.question) return scanEnclosed(state, start, 'instruction', next.instructionEnd(start + 2));
  if (code !== Char.exclamation) return undefined;
  if (text.startsWith('--', start + 2)) return scanComment(state, start);
  if (text.startsWith('[CDATA[', start + 2)) return scanEnclosed(state, start, 'cdata', next.cdataEnd(start + 9));
  if (isNameStart(text.charCodeAt(start + 2)))
    return scanEnclosed(state, start, 'doctype', findDoctypeEnd(state, start));
  return undefined;
}

/**
 * A comment that contains the start of another one was never closed: XML allows no `--` in comments, and nobody writes
 * `<!--` into one. Without this, it would take along everything up to the next comment's end.
 */
function scanComment(state: ScanState, start: number): OtherToken {
  const { text, next } = state;
  const endMark = next.commentEnd(start + 4);
  const nested = next.commentStart(start + 4);
  const isClosed = nested < 0 || endMark < nested;
  const token = scanEnclosed(state, start, 'comment', isClosed ? endMark : -1);
  if (token.kind !== 'comment') return token;
  const inside = { start: start + 4, end: endMark };
  const dashes = text.slice(inside.start, inside.end + 1).indexOf('--');
  if (dashes >= 0) {
    const span = { start: inside.start + dashes, end: inside.start + dashes + 2 };
    const message =
      'A comment cannot contain -- in XML, so the service may refuse the document. Write - - or another character instead.';
    state.problems.push(malformed(span, message));
    state.repairs.push({ ...inside, filler: ' ' });
  }
  return token;
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
 * not.
 */
function scanEnclosed(state: ScanState, start: number, kind: keyof typeof enclosing, endMark: number): OtherToken {
  const { text, repairs, next } = state;
  const { name, opening, closing } = enclosing[kind];
  if (endMark >= 0) {
    const span = { start, end: endMark + closing.length };
    // Sax has opinions about these two that do not matter to a policy.
    if (kind === 'instruction' || kind === 'doctype') repairs.push({ ...span, filler: ' ' });
    return { kind, span };
  }
  const openingEnd = start + opening.length;
  const stops = [next.tagLine(start), next.commentStart(openingEnd), text.length].filter((stop) => stop >= 0);
  const span = { start, end: skipSpaceBack(text, Math.min(...stops), openingEnd) };
  const message = `This ${name} is never closed, so where it ends is a guess. Add ${closing} at its end.`;
  state.problems.push(malformed({ start, end: openingEnd }, message));
  repairs.push({ ...span, filler: ' ' });
  return { kind: 'skipped', span };
}

/** `<!DOCTYPE a [ … ]>`. Failed searches are paid like failed expressions, so that `<!a<!a…` stays linear. */
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

/** An end tag without `>` ends behind its name, and the next tag is read as usual. */
function scanEndTag(state: ScanState, start: number): EndTagToken {
  const { text, repairs } = state;
  const nameSpan = scanTagName(state, start + 2);
  const name = text.slice(nameSpan.start, nameSpan.end);
  const base = { kind: 'endTag', name, nameSpan } as const;
  const behind = skipSpace(text, nameSpan.end);
  if (text.charCodeAt(behind) === Char.greater) return { ...base, span: { start, end: behind + 1 }, mark: 'present' };

  let junkEnd = behind;
  while (junkEnd < text.length && !endsEndTag(text.charCodeAt(junkEnd))) junkEnd++;
  if (text.charCodeAt(junkEnd) === Char.greater) {
    const span = { start, end: junkEnd + 1 };
    const junk = { start: behind, end: junkEnd };
    state.problems.push(malformed(junk, `An end tag has a name and nothing else. Remove this from </${name}>.`));
    repairs.push({ ...junk, filler: ' ' });
    return { ...base, span, mark: 'present' };
  }
  const span = { start, end: nameSpan.end };
  state.problems.push(malformed(span, `The end tag </${name} has no >. Add it.`));
  return { ...base, span, mark: isSpace(text.charCodeAt(nameSpan.end)) ? 'missing' : 'missingWithoutRoom' };
}

function endsEndTag(code: number): boolean {
  return code === Char.greater || code === Char.less || code === Char.lineFeed || code === Char.carriageReturn;
}

/** Text up to the next markup. A text that begins with an expression goes on behind it, whatever is in it. */
function scanText(state: ScanState, start: number): TextToken {
  const { text } = state;
  const expressionStart = skipSpace(text, start);
  if (!isExpressionStart(text, expressionStart)) {
    return { kind: 'text', span: { start, end: findTextEnd(state, start) }, expression: undefined };
  }
  const found = tryExpression(state, expressionStart, undefined);
  const isTerminated = found?.isTerminated === true;
  const textEnd = isTerminated ? found.end : findBrokenTextEnd(state, expressionStart + 2);
  const end = isTerminated ? found.end : skipSpaceBack(text, textEnd, expressionStart + 2);
  const expression = createExpression(text, expressionStart, end, isTerminated);
  state.expressions.push(expression);
  state.repairs.push({ ...expression.span, filler: 'x' });
  if (!isTerminated) {
    state.problems.push(unterminatedExpression(text, expression, found));
    return { kind: 'text', span: { start, end: textEnd }, expression };
  }
  const span = { start, end: findTextEnd(state, end) };
  const bracket = bracketBehindExpression(text, expression, span.end);
  if (bracket !== undefined) state.problems.push(bracket);
  return { kind: 'text', span, expression };
}

/** The next `<` that opens something. One that opens nothing belongs to the text, and is reported once. */
function findTextEnd(state: ScanState, start: number): number {
  const { text } = state;
  let stray: number | undefined;
  let index = text.indexOf('<', start);
  while (index >= 0 && !opensMarkup(text, index)) {
    stray ??= index;
    index = text.indexOf('<', index + 1);
  }
  const end = index < 0 ? text.length : index;
  if (stray !== undefined) {
    const span = { start: stray, end: stray + 1 };
    state.problems.push(malformed(span, 'This < opens no tag, and XML does not allow it in text. Write &lt; instead.'));
    state.repairs.push({ start: stray, end, filler: 'x' });
  }
  return end;
}

function opensMarkup(text: string, index: number): boolean {
  const code = text.charCodeAt(index + 1);
  if (isNameStart(code) || code === Char.question) return true;
  if (code === Char.slash) return isNameStart(text.charCodeAt(index + 2));
  if (code !== Char.exclamation) return false;
  return (
    isNameStart(text.charCodeAt(index + 2)) || text.startsWith('--', index + 2) || text.startsWith('[CDATA[', index + 2)
  );
}

/**
 * Where element text ends whose expression never does: at the next end tag of an element that occurs before it, so that
 * `"</p>"` in a C# string does not count; else at any end tag; else with the text.
 */
function findBrokenTextEnd(state: ScanState, start: number): number {
  const { text, next } = state;
  const first = next.endTag(start);
  let index = first;
  while (index >= 0 && state.failureBudget > 0) {
    if (state.namesSeen.has(nameAt(text, index + 2))) break;
    const following = next.endTag(index + 2);
    state.failureBudget -= (following < 0 ? text.length : following) - index;
    index = following;
  }
  if (index >= 0) return index;
  return first >= 0 ? first : text.length;
}

function nameAt(text: string, start: number): string {
  return text.slice(start, findNameEnd(text, start));
}
