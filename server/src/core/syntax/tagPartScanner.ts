import type { Span } from '../text/span';
import { type ScannedValue, scanQuotedValue, scanTypographicValue, scanUnquotedValue } from './attributeValueScanner';
import { Char, isNameStart, isSpace, skipSpace } from './characters';
import type { PolicyAttribute, SyntaxProblem } from './policyTree';
import type { ScanState } from './scanState';
import { at, problemAt, withFix } from './syntaxProblems';
import { findNameEnd, isPlainName, nameProblem } from './tagNameScanner';

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
  const valueStart = hasEquals ? skipSpace(text, equals + 1) : equals;
  const isQuoted = isQuote(text.charCodeAt(valueStart));
  if (!isBehindSpace) noteMissingSpace(state, tag, nameSpan, hasEquals && isQuoted);
  if (!isQuoted && (!hasEquals || endsTag(text, valueStart))) {
    const message = `The attribute ${name} has no value, and XML allows none without. Write ${name}="…", or remove it.`;
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
  const value = isQuoted
    ? scanQuotedValue(state, valueStart)
    : (scanTypographicValue(state, valueStart) ?? scanUnquotedValue(state, valueStart));
  if (value.damage !== undefined) noteDamage(tag, value.damage);
  if (value.isCut) tag.isSound = false;
  return addAttribute(text, tag, nameSpan, value);
}

/** Where a whole attribute follows, nothing else need be wrong with the tag. */
function noteMissingSpace(state: ScanState, tag: OpenTag, nameSpan: Span, isCertain: boolean): void {
  const name = state.text.slice(nameSpan.start, nameSpan.end);
  const message = `White space is missing before the attribute ${name}; XML needs it between attributes. Add a space.`;
  const plain = problemAt(nameSpan, message, 'syntax-missing-space');
  const problem = withFix(plain, 'add', `Add a space before ${name}`, at(nameSpan.start), ' ');
  if (!isCertain || tag.damage !== undefined) {
    noteDamage(tag, problem);
    return;
  }
  tag.isSound = false;
  state.problems.push(problem);
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

/** A quoted text without a name, or characters that mean nothing here. */
function skipJunk(state: ScanState, tag: OpenTag, start: number): number {
  const { text } = state;
  const code = text.charCodeAt(start);
  let end = start + 1;
  if (isQuote(code)) {
    while (end < text.length && !endsJunk(text.charCodeAt(end), code)) end++;
    end = text.charCodeAt(end) === code ? end + 1 : start + 1;
  } else {
    while (end < text.length && !isSpace(text.charCodeAt(end)) && !endsJunk(text.charCodeAt(end), undefined)) end++;
  }
  const span = { start, end };
  const shown = text.slice(start, Math.min(end, start + 20));
  const problem = problemAt(span, `${shown} has no meaning in a tag. Remove it, or write name="value".`);
  noteDamage(tag, withFix(problem, 'remove', `Remove ${shown}`, span, ''));
  return end;
}

/** `quote` is the one that the junk began with; without one, any quote ends it. */
function endsJunk(code: number, quote: number | undefined): boolean {
  const isEndQuote = code === quote || (quote === undefined && isQuote(code));
  return (
    isEndQuote ||
    code === Char.greater ||
    code === Char.less ||
    code === Char.slash ||
    code === Char.lineFeed ||
    code === Char.carriageReturn
  );
}
