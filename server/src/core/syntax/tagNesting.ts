import { isSpace, skipSpace } from './characters';
import type { EndTagToken, MarkupToken, MaskRepair, StartTagToken } from './markupTokens';
import { type SyntaxProblem, sectionNames } from './policyTree';
import { malformed } from './syntaxProblems';
import { isPlainName } from './tagNameScanner';

/** Which tags belong together, and what the mask needs so that sax sees the same. */
export interface TagNesting {
  /**
   * By token: how many open elements end at it. For an end tag, its own element is the last of them; 0 means that it
   * closes nothing. For a start tag, they end before it.
   */
  readonly closes: readonly number[];
  readonly repairs: readonly MaskRepair[];
  readonly problems: readonly SyntaxProblem[];
}

interface OpenElement {
  readonly tag: StartTagToken;
  /** An end tag in it that closed nothing, by token index: perhaps this element's own, misspelt. */
  strayEndTag: number | undefined;
}

interface NestingState {
  readonly text: string;
  readonly tokens: readonly MarkupToken[];
  readonly open: OpenElement[];
  readonly openCount: Map<string, number>;
  readonly closes: number[];
  readonly repairs: MaskRepair[];
  readonly problems: SyntaxProblem[];
  hasUnclosedSection: boolean;
}

/**
 * Matches end tags by name. One that belongs to an outer element closes the elements between; one that belongs to
 * nothing is left out, and sax must not see it: sax looks through all open elements for its partner, each time.
 *
 * Where a section of a policy definition is never closed, the next section ends it, so that one lost end tag does not
 * take the other sections along. Well-formed text never gets there.
 */
export function nestTags(text: string, tokens: readonly MarkupToken[]): TagNesting {
  const plain = nest(text, tokens, false);
  return plain.hasUnclosedSection ? nest(text, tokens, true) : plain;
}

function nest(text: string, tokens: readonly MarkupToken[], sectionsEndSections: boolean): NestingState {
  const state: NestingState = {
    text,
    tokens,
    open: [],
    openCount: new Map(),
    closes: [],
    repairs: [],
    problems: [],
    hasUnclosedSection: false,
  };
  tokens.forEach((token, index) => {
    let closed = 0;
    if (token.kind === 'startTag') {
      if (sectionsEndSections && endsSection(state, token)) closed = closeElements(state, state.open.length - 1, index);
      if (!token.isSelfClosing) openElement(state, token);
    } else if (token.kind === 'endTag') {
      closed = nestEndTag(state, token, index);
    } else if (state.open.length === 0 && (token.kind === 'text' || token.kind === 'cdata')) {
      reportOutside(state, token.span.start, token.span.end);
    }
    state.closes.push(closed);
  });
  closeElements(state, state.open.length, tokens.length);
  return state;
}

function isSection(name: string | undefined): boolean {
  return sectionNames.some((section) => section === name);
}

/** `<policies><inbound>…<backend>`: a section cannot be in another one. */
function endsSection(state: NestingState, tag: StartTagToken): boolean {
  const [root, section] = state.open;
  return root?.tag.name === 'policies' && isSection(section?.tag.name) && isSection(tag.name);
}

function openElement(state: NestingState, tag: StartTagToken): void {
  state.open.push({ tag, strayEndTag: undefined });
  state.openCount.set(tag.name, (state.openCount.get(tag.name) ?? 0) + 1);
}

function popElement(state: NestingState): OpenElement | undefined {
  const element = state.open.pop();
  if (element !== undefined) state.openCount.set(element.tag.name, (state.openCount.get(element.tag.name) ?? 1) - 1);
  return element;
}

function nestEndTag(state: NestingState, token: EndTagToken, index: number): number {
  if ((state.openCount.get(token.name) ?? 0) === 0) {
    keepFromSax(state, token);
    noteStrayEndTag(state, index);
    return 0;
  }
  let between = 0;
  while (state.open.at(-1 - between)?.tag.name !== token.name) between++;
  closeElements(state, between, index);
  const element = popElement(state);
  if (element?.strayEndTag !== undefined) state.problems.push(unexpectedEndTag(state, element.strayEndTag));
  if (element !== undefined) completeMark(state, element.tag, token);
  return between + 1;
}

function keepFromSax(state: NestingState, token: EndTagToken): void {
  state.repairs.push({ ...token.span, filler: ' ' });
}

/** Gives the mask the `>` that the end tag lacks; without room for it, both tags give up the last letter of their name. */
function completeMark(state: NestingState, start: StartTagToken, end: EndTagToken): void {
  const { repairs } = state;
  const last = end.nameSpan.end - 1;
  if (start.isNameShortened)
    repairs.push({ start: last, end: last + 1, filler: end.mark === 'missingWithoutRoom' ? '>' : ' ' });
  if (end.mark === 'missing') repairs.push({ start: last + 1, end: last + 2, filler: '>' });
  if (end.mark !== 'missingWithoutRoom' || start.isNameShortened) return;
  if (end.name.length === 1 || !isPlainName(end.name)) {
    keepFromSax(state, end);
    return;
  }
  repairs.push(
    { start: start.nameSpan.end - 1, end: start.nameSpan.end, filler: ' ' },
    { start: last, end: last + 1, filler: '>' },
  );
}

/** Ends the innermost elements without an end tag of their own. */
function closeElements(state: NestingState, count: number, endIndex: number): number {
  for (let closed = 0; closed < count; closed++) {
    const element = popElement(state);
    if (element === undefined) continue;
    const { tag, strayEndTag } = element;
    if (isSection(tag.name)) state.hasUnclosedSection = true;
    const isMisspelt = strayEndTag !== undefined && isOnlySpaceBetween(state, strayEndTag + 1, endIndex);
    if (strayEndTag !== undefined)
      state.problems.push(unexpectedEndTag(state, strayEndTag, isMisspelt ? tag : undefined));
    if (!isMisspelt && tag.isComplete) state.problems.push(unclosedElement(tag, state.tokens[endIndex]));
  }
  return count;
}

/** Nothing but white space and comments between the two tokens: what stands before is the last thing in its element. */
function isOnlySpaceBetween(state: NestingState, first: number, end: number): boolean {
  for (let index = first; index < end; index++) {
    const token = state.tokens[index];
    if (token?.kind === 'comment') continue;
    if (token?.kind !== 'text' || skipSpace(state.text, token.span.start) < token.span.end) return false;
  }
  return true;
}

function noteStrayEndTag(state: NestingState, index: number): void {
  const element = state.open.at(-1);
  if (element === undefined) {
    state.problems.push(unexpectedEndTag(state, index));
    return;
  }
  if (element.strayEndTag !== undefined) state.problems.push(unexpectedEndTag(state, element.strayEndTag));
  element.strayEndTag = index;
}

function unexpectedEndTag(state: NestingState, index: number, misspeltFor?: StartTagToken): SyntaxProblem {
  const token = state.tokens[index] as EndTagToken;
  const ruleId = 'syntax-unexpected-end-tag';
  if (misspeltFor === undefined) {
    const message = `No open element is called ${token.name}, so this end tag closes nothing. Remove it, or add its start tag.`;
    return { ruleId, span: token.span, message };
  }
  const { name, nameSpan } = misspeltFor;
  const message =
    `This end tag is called ${token.name}, but the element that is open here is ${name}. ` +
    `Write </${name}>, or correct the start tag.`;
  return { ruleId, span: token.span, message, related: [{ span: nameSpan, message: `${name} is opened here.` }] };
}

function unclosedElement(tag: StartTagToken, closer: MarkupToken | undefined): SyntaxProblem {
  const where =
    closer === undefined
      ? 'before the text ends'
      : closer.kind === 'endTag'
        ? `before </${closer.name}>`
        : closer.kind === 'startTag'
          ? `before <${closer.name}>`
          : 'in time';
  return {
    ruleId: 'syntax-unclosed-element',
    span: tag.nameSpan,
    message: `The element ${tag.name} is not closed ${where}. XML needs an end tag for it. Add </${tag.name}>, or write <${tag.name} />.`,
    ...(closer === undefined ? {} : { related: [{ span: closer.span, message: 'It should be closed before this.' }] }),
  };
}

/** Text outside the root: white space and a BOM are fine, and so are the placeholders of deployment templates. */
function reportOutside(state: NestingState, start: number, end: number): void {
  const { text } = state;
  let first = start;
  while (first < end && (isSpace(text.charCodeAt(first)) || (first === 0 && text.charCodeAt(0) === 0xfeff))) first++;
  if (first === end) return;
  state.repairs.push({ start: first, end, filler: ' ' });
  const rest = text.slice(first, end).replace(/\$\{[^}]{0,200}\}|%\{[^}]{0,200}\}|#\{?[\w.-]{1,100}\}?#/g, '');
  if (rest.trim() === '') return;
  const span = { start: first, end: Math.min(end, first + text.slice(first, end).trimEnd().length) };
  const message =
    'This text stands outside the root element, where XML allows none. Move it into an element, or remove it.';
  state.problems.push(malformed(span, message));
}
