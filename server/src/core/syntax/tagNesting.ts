import { isSpace, skipSpaceBack } from './characters';
import { findMissingEnd, findMissingStart, isEndTagWithoutSlash, type LostTagSearch } from './lostTags';
import type { EndTagToken, MarkupToken, MaskRepair, StartTagToken } from './markupTokens';
import { isNear } from './nearness';
import {
  isBlank,
  missingStartTag,
  misspeltEndTag,
  startTagForEndTag,
  strayEndTag,
  textOutsideRoot,
  unclosedAtEnd,
  unclosedElement,
} from './nestingProblems';
import { isOnlyPlaceholders } from './placeholderScanner';
import { isSectionName, type SyntaxProblem } from './policyTree';
import { startTagWithoutEnd } from './startTagScanner';
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
  /** Its token's. */
  readonly index: number;
  /** The section before, where this start tag has its name and may be its end tag without slash. */
  readonly meantToEnd: OpenElement | undefined;
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
  readonly search: LostTagSearch;
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
  const closes: number[] = [];
  const state: NestingState = {
    text,
    tokens,
    open: [],
    openCount: new Map(),
    closes,
    repairs: [],
    problems: [],
    hasUnclosedSection: false,
    search: { text, tokens, closes, budget: 4 * tokens.length + 1000 },
  };
  tokens.forEach((token, index) => {
    let closed = 0;
    if (token.kind === 'startTag') {
      const ended = sectionsEndSections && endsSection(state, token) ? state.open[1] : undefined;
      const isMeantToEnd = ended !== undefined && state.open.length === 2 && isEndTagWithoutSlash(ended.tag, token);
      if (isMeantToEnd) popElement(state);
      if (ended !== undefined) closed = isMeantToEnd ? 1 : closeElements(state, state.open.length - 1, index);
      if (!token.isSelfClosing) openElement(state, token, index, isMeantToEnd ? ended : undefined);
      else if (isMeantToEnd) state.problems.push(startTagForEndTag(ended.tag, token));
    } else if (token.kind === 'endTag') {
      closed = nestEndTag(state, token, index);
    } else if (state.open.length === 0 && (token.kind === 'text' || token.kind === 'cdata')) {
      reportOutside(state, token.span.start, token.span.end);
    }
    state.closes.push(closed);
  });
  closeAtEnd(state);
  return state;
}

/** `<policies><inbound>…<backend>`: a section cannot be in another one. */
function endsSection(state: NestingState, tag: StartTagToken): boolean {
  const [root, section] = state.open;
  return (
    root?.tag.name === 'policies' && section !== undefined && isSectionName(section.tag.name) && isSectionName(tag.name)
  );
}

function openElement(
  state: NestingState,
  tag: StartTagToken,
  index: number,
  meantToEnd: OpenElement | undefined,
): void {
  state.open.push({ tag, index, meantToEnd, strayEndTag: undefined });
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
  if (element === undefined) return between;
  const { tag, strayEndTag: strayIndex, meantToEnd } = element;
  if (strayIndex !== undefined) reportStray(state, strayIndex, element.index);
  if (meantToEnd !== undefined) reportUnclosed(state, meantToEnd, element.index);
  if (!tag.isComplete && !tag.isDamaged) state.problems.push(startTagWithoutEnd(state.text, tag, '>'));
  completeMark(state, tag, token);
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
  let inner: OpenElement | undefined;
  for (let closed = 0; closed < count; closed++) {
    const element = popElement(state);
    if (element === undefined) continue;
    if (isSectionName(element.tag.name)) state.hasUnclosedSection = true;
    const outer = closed + 1 < count ? state.open.at(-1) : undefined;
    if (inner !== undefined && isEndTagWithoutSlash(element.tag, inner.tag)) {
      state.problems.push(startTagForEndTag(element.tag, inner.tag));
      inner = undefined;
    } else if (outer === undefined || !isEndTagWithoutSlash(outer.tag, element.tag)) {
      reportUnclosed(state, element, endIndex);
      inner = undefined;
    } else {
      inner = element;
    }
  }
  return count;
}

/**
 * The text ends: what is open then has mostly lost its end tags together, so that one finding tells of them. A misspelt end
 * tag, or a tag that is cut, is told by itself.
 */
function closeAtEnd(state: NestingState): void {
  const { text, tokens, open, problems } = state;
  const isTold = ({ tag, strayEndTag }: OpenElement): boolean => !tag.isComplete || strayEndTag !== undefined;
  const lost = open.slice(0, open.findLastIndex((element) => !isTold(element)) + 1);
  const [outer, inner] = lost.slice(-2);
  const isMeant = outer !== undefined && inner !== undefined && isEndTagWithoutSlash(outer.tag, inner.tag);
  if (lost.length < 2 || lost.some(isTold) || isMeant) {
    closeElements(state, open.length, tokens.length);
    return;
  }
  closeElements(state, open.length - lost.length, tokens.length);
  state.hasUnclosedSection ||= lost.some(({ tag }) => isSectionName(tag.name));
  open.length = 0;
  problems.push(
    unclosedAtEnd(
      text,
      lost.map(({ tag }) => tag),
    ),
  );
}

function reportUnclosed(
  state: NestingState,
  { tag, index, strayEndTag: strayIndex, meantToEnd }: OpenElement,
  endIndex: number,
): void {
  const { text, problems, tokens } = state;
  if (meantToEnd !== undefined) {
    problems.push(startTagForEndTag(meantToEnd.tag, tag));
    return;
  }
  const missingEnd = findMissingEnd(state.search, index, endIndex);
  const isMisspelt = strayIndex !== undefined && isOnlySpaceBetween(state, strayIndex + 1, missingEnd);
  if (isMisspelt) problems.push(misspeltEndTag(text, tokens[strayIndex] as EndTagToken, tag));
  else if (strayIndex !== undefined) reportStray(state, strayIndex, index);
  if (isMisspelt) return;
  if (tag.isComplete) {
    const before = tokens[missingEnd];
    const isMeant = before?.kind === 'startTag' && before.isSelfClosing && isEndTagWithoutSlash(tag, before);
    problems.push(isMeant ? startTagForEndTag(tag, before) : unclosedElement(text, tag, before));
  } else if (!tag.isDamaged) {
    problems.push(startTagWithoutEnd(text, tag, ' />'));
  }
}

/** Nothing but white space and comments between the two tokens: what stands before is the last thing in its element. */
function isOnlySpaceBetween(state: NestingState, first: number, end: number): boolean {
  for (let index = first; index < end; index++) {
    const token = state.tokens[index];
    if (token?.kind === 'comment') continue;
    if (token?.kind !== 'text' || !isBlank(state.text, token.span.start, token.span.end)) return false;
  }
  return true;
}

function noteStrayEndTag(state: NestingState, index: number): void {
  const element = state.open.at(-1);
  if (element === undefined) {
    reportStray(state, index, -1);
    return;
  }
  if (element.strayEndTag !== undefined) reportStray(state, element.strayEndTag, element.index);
  element.strayEndTag = index;
}

function reportStray(state: NestingState, index: number, parentIndex: number): void {
  const { text, tokens } = state;
  const endTag = tokens[index] as EndTagToken;
  const first = findMissingStart(state.search, index, parentIndex);
  const isFar = first !== undefined && !isNear(text, first.span.start, endTag.span.start);
  state.problems.push(isFar ? missingStartTag(endTag, first) : strayEndTag(text, endTag));
}

/** Text outside the root: white space and a BOM are fine, and so are the placeholders of deployment templates. */
function reportOutside(state: NestingState, start: number, end: number): void {
  const { text } = state;
  let first = start;
  while (first < end && (isSpace(text.charCodeAt(first)) || (first === 0 && text.charCodeAt(0) === 0xfeff))) first++;
  if (first === end) return;
  state.repairs.push({ start: first, end, filler: ' ' });
  // A conflict marker is a finding of its own.
  const isIgnored =
    isOnlyPlaceholders(text.slice(first, end)) || /^(?:<{7}|={7}|>{7})/.test(text.slice(first, first + 7));
  if (!isIgnored) state.problems.push(textOutsideRoot(text, { start: first, end: skipSpaceBack(text, end, first) }));
}
