import { isOneLine } from '../text/textEdits';
import { Char, isForeignSpace, isSpace, skipSpace, skipSpaceBack } from './characters';
import type { OtherToken, StartTagToken } from './markupTokens';
import type { PolicyAttribute, SyntaxFix, SyntaxProblem } from './policyTree';
import type { ScanState } from './scanState';
import { problemAt, withFix } from './syntaxProblems';
import { isPlainName, scanTagName } from './tagNameScanner';
import { noteDamage, type OpenTag, scanTagPart } from './tagPartScanner';

/**
 * Reads the start tag whose `<` is at `start`, with the spans of its attributes, which sax does not report. The mask of
 * a damaged tag keeps only its name. A tag without `>` ends behind its last attribute.
 */
export function scanStartTag(state: ScanState, start: number): StartTagToken | OtherToken {
  const { text } = state;
  const nameSpan = scanTagName(state, start + 1);
  const name = text.slice(nameSpan.start, nameSpan.end);
  state.namesSeen.add(name);
  const tag: OpenTag = { start, name, nameSpan, attributes: [], damage: undefined, isSound: true };
  const firstRepair = state.repairs.length;
  let index = nameSpan.end;
  for (;;) {
    const next = skipSpace(text, index);
    const code = text.charCodeAt(next);
    if (next >= text.length || code === Char.less) return endIncompleteTag(state, tag, index, firstRepair);
    if (code === Char.slash && next > nameSpan.end && isEndOfTagText(text, next + 1)) {
      return endSlashWithoutMark(state, tag, next, firstRepair);
    }
    const end = code === Char.greater ? next + 1 : code === Char.slash ? selfClosingEnd(text, next) : undefined;
    if (end !== undefined) return endTag(state, tag, next, end, firstRepair);
    index = scanTagPart(state, tag, next, index < next || isForeignSpace(text.charCodeAt(next - 1)));
  }
}

/** `markStart` is where `>` or `/>` begins. */
function endTag(state: ScanState, tag: OpenTag, markStart: number, end: number, firstRepair: number): StartTagToken {
  const isSelfClosing = state.text.charCodeAt(markStart) === Char.slash;
  if (isSelfClosing && end > markStart + 2) {
    const message = 'White space between / and > is not allowed in XML. Write /> instead.';
    const span = { start: markStart, end };
    noteDamage(tag, withFix(problemAt(span, message, 'syntax-incomplete-tag'), 'join', 'Write />', span, '/>'));
  }
  if (!tag.isSound) blankAttributes(state, firstRepair, tag.nameSpan.end, end, isSelfClosing);
  return createToken(state, tag, { end, isSelfClosing, isComplete: true, isNameShortened: false });
}

/** White space up to the next tag, or to the end of the text. */
function isEndOfTagText(text: string, offset: number): boolean {
  const next = skipSpace(text, offset);
  return next >= text.length || text.charCodeAt(next) === Char.less;
}

/** `<base /` without its `>`: the mask shifts the slash to make room. */
function endSlashWithoutMark(state: ScanState, tag: OpenTag, slash: number, firstRepair: number): StartTagToken {
  const { repairs } = state;
  const end = slash + 1;
  const message = `The tag of <${tag.name}> has no >. Add it.`;
  const problem = problemAt({ start: slash, end }, message, 'syntax-incomplete-tag');
  tag.damage ??= withFix(problem, 'add', 'Add >', { start: end, end }, '>');
  repairs.length = firstRepair;
  repairs.push(
    { start: tag.nameSpan.end, end: slash - 1, filler: ' ' },
    { start: slash - 1, end: slash, filler: '/' },
    { start: slash, end, filler: '>' },
  );
  return createToken(state, tag, { end, isSelfClosing: true, isComplete: true, isNameShortened: false });
}

function endIncompleteTag(
  state: ScanState,
  tag: OpenTag,
  end: number,
  firstRepair: number,
): StartTagToken | OtherToken {
  const { text } = state;
  const { start, name, nameSpan } = tag;
  state.repairs.length = firstRepair;
  const room = makeRoomForMark(state, nameSpan.end, end, name);
  const token = createToken(state, tag, {
    end,
    isSelfClosing: false,
    isComplete: false,
    isNameShortened: room === 'name',
  });
  if (room !== 'none') return token;
  if (tag.damage === undefined) state.problems.push(startTagWithoutEnd(text, token, undefined));
  state.repairs.push({ start, end, filler: 'x' });
  return { kind: 'skipped', span: token.span };
}

function createToken(
  state: ScanState,
  tag: OpenTag,
  ending: Pick<StartTagToken, 'isSelfClosing' | 'isComplete' | 'isNameShortened'> & { readonly end: number },
): StartTagToken {
  const { start, name, nameSpan, attributes } = tag;
  const { end, isSelfClosing, isComplete, isNameShortened } = ending;
  // In a damaged tag, what looks like attributes may be the text of a value.
  if (tag.damage === undefined) reportDuplicates(state, attributes);
  else state.problems.push(tag.damage);
  const span = { start, end };
  const isDamaged = tag.damage !== undefined;
  return { kind: 'startTag', span, name, nameSpan, attributes, isSelfClosing, isComplete, isDamaged, isNameShortened };
}

/** A start tag that lacks its `>`; `mark` is what certainly belongs there. Marked at its name, or at its end on a later line. */
export function startTagWithoutEnd(
  text: string,
  { name, nameSpan, span: { end } }: Pick<StartTagToken, 'name' | 'nameSpan' | 'span'>,
  mark: '>' | ' />' | undefined,
): SyntaxProblem {
  const message = `The start tag of <${name}> has no >, so what follows is read as its content. Add > or />.`;
  const isOnOneLine = isOneLine(text, { start: nameSpan.end, end });
  const problem = problemAt(isOnOneLine ? nameSpan : { start: end - 1, end }, message, 'syntax-incomplete-tag');
  if (mark === undefined) return problem;
  return withFix(problem, 'add', `Add ${mark.trim()} at the end of the tag`, { start: end, end }, mark);
}

/** Behind the `/>`, or the `/ >`, at this offset. */
function selfClosingEnd(text: string, slash: number): number | undefined {
  const close = skipSpace(text, slash + 1);
  return text.charCodeAt(close) === Char.greater ? close + 1 : undefined;
}

/** Sax gets the name and the end of a damaged tag: `<a b=c d />` becomes `<a        />`. */
function blankAttributes(
  state: ScanState,
  firstRepair: number,
  start: number,
  end: number,
  isSelfClosing: boolean,
): void {
  state.repairs.length = firstRepair;
  const markStart = isSelfClosing ? end - 2 : end - 1;
  state.repairs.push({ start, end: markStart, filler: ' ' });
  if (isSelfClosing) state.repairs.push({ start: markStart, end: markStart + 1, filler: '/' });
}

/** Puts the missing `>` over an attribute, over white space, or over the name's last character. */
function makeRoomForMark(state: ScanState, nameEnd: number, end: number, name: string): 'tag' | 'name' | 'none' {
  const { text, repairs } = state;
  if (end > nameEnd) {
    repairs.push({ start: nameEnd, end: end - 1, filler: ' ' }, { start: end - 1, end, filler: '>' });
    return 'tag';
  }
  if (isSpace(text.charCodeAt(end))) {
    repairs.push({ start: end, end: end + 1, filler: '>' });
    return 'tag';
  }
  if (name.length === 1 || !isPlainName(name)) return 'none';
  repairs.push({ start: end - 1, end, filler: '>' });
  return 'name';
}

/** sax would drop the second one silently. */
function reportDuplicates(state: ScanState, attributes: readonly PolicyAttribute[]): void {
  if (attributes.length < 2) return;
  const first = new Map<string, PolicyAttribute>();
  for (const attribute of attributes) {
    const earlier = first.get(attribute.name);
    if (earlier === undefined) {
      first.set(attribute.name, attribute);
      continue;
    }
    state.problems.push(duplicateAttribute(state.text, earlier, attribute));
  }
}

/** The first one is what counts here, and what most readers take: to remove the second changes least. */
function duplicateAttribute(text: string, first: PolicyAttribute, second: PolicyAttribute): SyntaxProblem {
  const { name } = second;
  const written = ({ span }: PolicyAttribute): string => shorten(text.slice(span.start, span.end));
  const removal = (attribute: PolicyAttribute, which: string): SyntaxFix => {
    const { span } = attribute;
    const start = skipSpaceBack(text, span.start, 0);
    return {
      id: `remove-${which}`,
      title: `Remove ${written(attribute)}`,
      edits: [{ span: { start, end: span.end }, newText: '' }],
    };
  };
  return {
    ruleId: 'syntax-duplicate-attribute',
    span: second.nameSpan,
    message: `The attribute ${name} is already written in this tag, and XML allows it once. Remove one of the two.`,
    related: [{ span: first.nameSpan, message: `${name} is written here first.` }],
    fixes: () => [removal(second, 'second'), ...(first.value === second.value ? [] : [removal(first, 'first')])],
  };
}

function shorten(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > 60 ? `${flat.slice(0, 59)}…` : flat;
}
