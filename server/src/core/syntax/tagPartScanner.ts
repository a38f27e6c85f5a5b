import type { Span } from '../text/span';
import { type ScannedValue, scanQuotedValue, scanTypographicValue, scanUnquotedValue } from './attributeValueScanner';
import { Char, isForeignSpace, isNamePart, isNameStart, isSpace, skipSpace } from './characters';
import { findNameEnd } from './nameEnd';
import type { PolicyAttribute, SyntaxProblem } from './policyTree';
import { looksLikeRestOfTag, type ScanState } from './scanState';
import { at, problemAt, withFix } from './syntaxProblems';
import { isPlainName, nameProblem } from './tagNameScanner';

/** A start tag while it is read. */
export interface OpenTag {
  readonly start: number;
  readonly name: string;
  readonly nameSpan: Span;
  readonly attributes: PolicyAttribute[];
  /** What is wrong with the tag's shape: one finding a tag, since what comes behind the first is mostly its consequence. */
  damage: SyntaxProblem | undefined;
  /** False where sax must not see the attributes. */
  isSound: boolean;
}

/** Sax must not see the tag's attributes; only the first damage of a tag is reported. */
export function noteDamage(tag: OpenTag, problem: SyntaxProblem): void {
  tag.isSound = false;
  tag.damage ??= problem;
}

/** Reads one attribute, or whatever else stands in a tag, and returns the offset behind it. */
export function scanTagPart(state: ScanState, tag: OpenTag, start: number, isBehindSpace: boolean): number {
  const { text } = state;
  const placeholderEnd = findPlaceholderEnd(text, start);
  if (placeholderEnd !== undefined) {
    tag.isSound = false;
    return placeholderEnd;
  }
  if (isForeignSpace(text.charCodeAt(start))) return skipForeignSpace(state, tag, start);
  if (!isNameStart(text.charCodeAt(start))) return skipJunk(state, tag, start);

  const nameEnd = findNameEnd(text, start);
  const name = text.slice(start, nameEnd);
  const nameSpan = { start, end: nameEnd };
  if (!isPlainName(name)) {
    tag.isSound = false;
    const problem = nameProblem(name, nameSpan);
    if (problem !== undefined) noteDamage(tag, problem);
  }
  const equals = skipSpace(text, nameEnd);
  const hasEquals = text.charCodeAt(equals) === Char.equals;
  const valueStart = hasEquals ? skipEquals(text, tag, equals) : equals;
  const isQuoted = isQuote(text.charCodeAt(valueStart));
  if (!isBehindSpace) noteMissingSpace(state, tag, nameSpan, hasEquals && isQuoted);
  if (!isQuoted && (!hasEquals || looksLikeRestOfTag(text, equals + 1) || endsTag(text, valueStart))) {
    const message = `The attribute ${name} has no value, and XML needs one. Write ${name}="…", or remove ${name}.`;
    noteDamage(tag, problemAt(nameSpan, message, 'syntax-attribute-without-value'));
    const end = hasEquals ? equals + 1 : nameEnd;
    const valueSpan = { start: end, end };
    return addAttribute(text, tag, nameSpan, { valueSpan, end, quote: undefined, expression: undefined });
  }
  if (!hasEquals) {
    const message = `The = between ${name} and its value is missing. Write ${name}="…".`;
    const problem = problemAt(nameSpan, message, 'syntax-attribute-without-value');
    noteDamage(tag, withFix(problem, 'add', `Add = behind ${name}`, { start: nameEnd, end: valueStart }, '='));
  }
  const placeholder = isQuoted ? undefined : findPlaceholderEnd(text, valueStart);
  if (placeholder !== undefined) {
    // The tool may well write quotes with the value.
    tag.isSound = false;
    const valueSpan = { start: valueStart, end: placeholder };
    return addAttribute(text, tag, nameSpan, { valueSpan, end: placeholder, quote: undefined, expression: undefined });
  }
  const value = isQuoted
    ? scanQuotedValue(state, valueStart)
    : (scanTypographicValue(state, valueStart) ?? scanUnquotedValue(state, valueStart));
  if (value.damage !== undefined) noteDamage(tag, value.damage);
  if (value.isCut) tag.isSound = false;
  return addAttribute(text, tag, nameSpan, value);
}

/** Blanks that are pasted from pages and chats; the tag is read as if they were ordinary ones. */
function skipForeignSpace(state: ScanState, tag: OpenTag, start: number): number {
  const { text, problems } = state;
  let end = start + 1;
  while (isForeignSpace(text.charCodeAt(end))) end++;
  const span = { start, end };
  const name = `U+${text.charCodeAt(start).toString(16).toUpperCase().padStart(4, '0')}`;
  const message = `This character, ${name}, looks like a blank, but XML does not take it for one. Write an ordinary blank.`;
  const problem = problemAt(span, message, 'syntax-missing-space');
  problems.push(withFix(problem, 'add', 'Write an ordinary blank', span, ' '));
  tag.isSound = false;
  return end;
}

/** Behind the `=` and white space. A second `=` is told, and skipped. */
function skipEquals(text: string, tag: OpenTag, equals: number): number {
  let end = equals + 1;
  while (text.charCodeAt(end) === Char.equals) end++;
  if (end > equals + 1) {
    const span = { start: equals + 1, end };
    const problem = problemAt(span, 'An attribute has one = between its name and its value. Remove the others.');
    noteDamage(tag, withFix(problem, 'remove', 'Remove the second =', span, ''));
  }
  return skipSpace(text, end);
}

/** Where a whole attribute follows, nothing else need be wrong with the tag. */
function noteMissingSpace(state: ScanState, tag: OpenTag, nameSpan: Span, isCertain: boolean): void {
  const name = state.text.slice(nameSpan.start, nameSpan.end);
  // A token of a deployment tool may well bring white space along.
  if (state.text.charCodeAt(nameSpan.start - 1) === Char.closeBrace) return;
  const message = `XML needs white space between attributes. Add a space before ${name}.`;
  const problem = problemAt(nameSpan, message, 'syntax-missing-space');
  if (!isCertain || tag.damage !== undefined) {
    noteDamage(tag, problem);
    return;
  }
  tag.isSound = false;
  state.problems.push(withFix(problem, 'add', `Add a space before ${name}`, at(nameSpan.start), ' '));
}

function addAttribute(
  text: string,
  tag: OpenTag,
  nameSpan: Span,
  scanned: Pick<ScannedValue, 'valueSpan' | 'end' | 'quote' | 'expression'>,
): number {
  const { valueSpan, end, quote, expression } = scanned;
  const name = text.slice(nameSpan.start, nameSpan.end);
  const value = text.slice(valueSpan.start, valueSpan.end);
  const span = { start: nameSpan.start, end };
  tag.attributes.push({ kind: 'attribute', name, nameSpan, span, valueSpan, value, quote, expression });
  return end;
}

function isQuote(code: number): boolean {
  return code === Char.quote || code === Char.apostrophe;
}

function endsTag(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return (
    index >= text.length ||
    code === Char.greater ||
    code === Char.less ||
    (code === Char.slash && text.charCodeAt(index + 1) === Char.greater)
  );
}

/** `${…}`, `%{…}` and `{{…}}` may stand for whole attributes in templates: nothing to report, nothing for sax. */
function findPlaceholderEnd(text: string, start: number): number | undefined {
  const opening = text.slice(start, start + 2);
  if (opening !== '${' && opening !== '%{' && opening !== '{{') return undefined;
  // A limit, so that a line of openings does not take quadratic time.
  const limit = Math.min(text.length, start + 200);
  for (let index = start + 2; index < limit; index++) {
    const code = text.charCodeAt(index);
    if (code === Char.less || code === Char.lineFeed || code === Char.carriageReturn) return undefined;
    if (code === Char.closeBrace)
      return opening === '{{' && text.charCodeAt(index + 1) === Char.closeBrace ? index + 2 : index + 1;
  }
  return undefined;
}

/** A quoted text without a name, or characters that mean nothing here, together with the quoted text behind them. */
function skipJunk(state: ScanState, tag: OpenTag, start: number): number {
  const { text } = state;
  const plainEnd = isQuote(text.charCodeAt(start)) ? start : findJunkEnd(text, start);
  const end = findQuotedEnd(text, plainEnd) ?? Math.max(plainEnd, start + 1);
  const shown = text.slice(start, Math.min(end, start + 20));
  const span = { start, end };
  const problem = problemAt(span, `This ${shown} is no attribute. Remove it, or write name="value".`);
  const isSpaceNeeded = isNameStart(text.charCodeAt(end)) && !isSpace(text.charCodeAt(start - 1));
  const isWhole =
    looksLikeRestOfTag(text, end) || (isSpaceNeeded && looksLikeRestOfTag(` ${text.slice(end, end + 200)}`, 0));
  noteDamage(tag, isWhole ? withFix(problem, 'remove', `Remove ${shown}`, span, isSpaceNeeded ? ' ' : '') : problem);
  return end;
}

/** Ends before white space, marks and quotes, and before a name that follows something else: `;|c="d"`. */
function findJunkEnd(text: string, start: number): number {
  let end = start + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (isSpace(code) || isQuote(code) || code === Char.greater || code === Char.less || code === Char.slash) break;
    if (isNameStart(code) && !isNamePart(text.charCodeAt(end - 1))) break;
  }
  return end;
}

/** Behind a quoted text on one line that an attribute or the tag's end follows; undefined where there is none. */
function findQuotedEnd(text: string, start: number): number | undefined {
  const quote = text.charCodeAt(start);
  if (!isQuote(quote)) return undefined;
  for (let end = start + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === quote) return looksLikeRestOfTag(text, end + 1) ? end + 1 : undefined;
    if (code === Char.less || code === Char.lineFeed || code === Char.carriageReturn) return undefined;
  }
  return undefined;
}
