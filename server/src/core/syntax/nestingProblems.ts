import type { Span } from '../text/span';
import { isOneLine, lineEndNear, ownIndentation } from '../text/textEdits';
import { joinNames } from '../text/wording';
import { skipSpace, skipSpaceBack } from './characters';
import type { EndTagToken, MarkupToken, StartTagToken } from './markupTokens';
import { isNear } from './nearness';
import { isSectionName, type SyntaxFix, type SyntaxProblem } from './policyTree';
import { documentKindOf } from './sniffPolicy';
import { at, problemAt, removalFix, withFix } from './syntaxProblems';
import { isPlainName } from './tagNameScanner';

/**
 * An element without end tag. `before` is what the end tag should stand before, by the elements' nesting or by their
 * indentation; undefined at the end of the text.
 *
 * The finding stands at the start tag, or, where the end tag is missing far below, there: that is where somebody lost it,
 * and a start tag out of sight would go unnoticed.
 */
export function unclosedElement(text: string, tag: StartTagToken, before: MarkupToken | undefined): SyntaxProblem {
  const where =
    before === undefined
      ? 'before the text ends'
      : before.kind === 'endTag'
        ? `before </${before.name}>`
        : before.kind === 'startTag'
          ? `before <${before.name}>`
          : 'before this comment';
  const isEmpty = isBlank(text, tag.span.end, before?.span.start ?? text.length);
  const advice = isEmpty ? `Write <${tag.name} />, or add </${tag.name}>.` : `Add </${tag.name}>.`;
  const message = `The element ${tag.name} is not closed ${where}. XML needs an end tag for it. ${advice}`;
  const place = placeOf(text, before);
  const isClose = isNear(text, tag.span.end, place.start);
  const related = isClose
    ? before && { span: before.span, message: 'It should be closed before this.' }
    : { span: tag.nameSpan, message: `${tag.name} begins here.` };
  return {
    ruleId: 'syntax-unclosed-element',
    span: isClose ? tag.nameSpan : place,
    message,
    ...(related === undefined ? {} : { related: [related] }),
    fixes: () => closingFixes(text, tag, before?.span.start ?? text.length),
  };
}

/** Several elements, outermost first, that are open where the text ends. */
export function unclosedAtEnd(text: string, tags: readonly StartTagToken[]): SyntaxProblem {
  const names = joinNames(tags.slice(-mostNamed).map(({ name }) => name));
  const others = tags.length > mostNamed ? `${tags.length - mostNamed} elements and ` : '';
  const message = `The text ends, and ${others}${names} are not closed. XML needs an end tag for each.`;
  const problem = problemAt(placeOf(text, undefined), message, 'syntax-unclosed-element');
  const related = tags
    .slice(-mostNamed)
    .map(({ name, nameSpan }) => ({ span: nameSpan, message: `${name} begins here.` }));
  return { ...problem, related, fixes: () => (tags.length > mostClosed ? [] : [closeAllFix(text, tags)]) };
}

/** Nobody reads more of them. */
const mostNamed = 5;

/** With more, something else is wrong than a few lost end tags. */
const mostClosed = 100;

function closeAllFix(text: string, tags: readonly StartTagToken[]): SyntaxFix {
  const end = skipSpaceBack(text, text.length, 0);
  const lineEnd = lineEndNear(text, 0);
  const endTags = tags.toReversed().map(({ name, span }) => {
    const indentation = ownIndentation(text, span.start);
    return `${indentation === undefined ? '' : lineEnd + indentation}</${name}>`;
  });
  const shown = endTags.map((endTag) => endTag.trim()).join(' ');
  return {
    id: 'close',
    title: endTags.length > 3 ? `Add ${endTags.length} end tags` : `Add ${shown}`,
    edits: [{ span: at(end), newText: endTags.join('') }],
  };
}

/** The name of a tag; the last visible character of the text where that has ended. */
function placeOf(text: string, token: MarkupToken | undefined): Span {
  if (token === undefined) {
    const end = skipSpaceBack(text, text.length, 0);
    return { start: Math.max(0, end - 1), end };
  }
  return token.kind === 'startTag' || token.kind === 'endTag' ? token.nameSpan : token.span;
}

function closingFixes(text: string, tag: StartTagToken, end: number): readonly SyntaxFix[] {
  const endTag = `</${tag.name}>`;
  const contentEnd = skipSpaceBack(text, end, tag.span.end);
  const isEmpty = contentEnd === tag.span.end;
  const close = { id: 'close', title: `Add ${endTag}`, edits: [endTagEdit(text, tag, contentEnd)] };
  if (!isEmpty) return [close];
  const mark = { start: tag.span.end - 1, end: tag.span.end };
  const slash = /\s/.test(text.charAt(mark.start - 1)) ? '/>' : ' />';
  return [{ id: 'self-close', title: `Write <${tag.name} />`, edits: [{ span: mark, newText: slash }] }, close];
}

/** Behind plain text on its line; behind elements on a line of its own, as deep as the start tag. */
function endTagEdit(text: string, tag: StartTagToken, contentEnd: number) {
  const endTag = `</${tag.name}>`;
  const hasOwnLines =
    text.charCodeAt(contentEnd - 1) === 62 && !isOneLine(text, { start: tag.span.end, end: contentEnd });
  const indentation = hasOwnLines ? ownIndentation(text, tag.span.start) : undefined;
  if (indentation === undefined) return { span: at(contentEnd), newText: endTag };
  const newText = lineEndNear(text, tag.span.start) + indentation + endTag;
  return { span: at(contentEnd), newText };
}

/** `<value>a<value>` and `<value>a<value/>`: the second tag was meant to end the first. */
export function startTagForEndTag(outer: StartTagToken, inner: StartTagToken): SyntaxProblem {
  const { name } = inner;
  const message = `This tag stands where the end tag of ${name} is missing. Write </${name}>.`;
  const problem = problemAt(inner.nameSpan, message, 'syntax-unclosed-element');
  const fixed = withFix(problem, 'end-tag', `Write </${name}>`, inner.span, `</${name}>`);
  return { ...fixed, related: [{ span: outer.nameSpan, message: `${name} begins here.` }] };
}

/** An end tag that closes nothing. */
export function strayEndTag(text: string, { name, span }: EndTagToken): SyntaxProblem {
  const message = `No open element is called ${name}, so this end tag closes nothing. Remove it, or add its start tag.`;
  const problem = problemAt(span, message, 'syntax-unexpected-end-tag');
  return { ...problem, fixes: () => [removalFix(text, span, `Remove </${name}>`)] };
}

/** An end tag whose start tag seems to be missing far above it, before `first`, which stands deeper than its parent's content. */
export function missingStartTag(endTag: EndTagToken, first: MarkupToken): SyntaxProblem {
  const { name, span } = endTag;
  const message = `A start tag <${name}> seems to be missing before this: the end tag </${name}> below closes nothing.`;
  const place = first.kind === 'startTag' ? first.nameSpan : first.span;
  const problem = problemAt(place, message, 'syntax-unexpected-end-tag');
  return { ...problem, related: [{ span, message: 'This end tag closes nothing.' }] };
}

/** An end tag whose name is not that of the open element, where nothing else could be meant. */
export function misspeltEndTag(text: string, endTag: EndTagToken, open: StartTagToken): SyntaxProblem {
  const { name, nameSpan } = open;
  if (!open.isComplete && name.startsWith(endTag.name)) return textInStartTag(text, endTag, open);
  const message =
    `This end tag is called ${endTag.name}, but the element that is open here is ${name}. ` +
    `Write </${name}>, or correct the start tag.`;
  const problem = problemAt(endTag.span, message, 'syntax-unexpected-end-tag');
  const inEnd = { id: 'rename-end', title: `Write </${name}>`, edits: [{ span: endTag.nameSpan, newText: name }] };
  const inStart = {
    id: 'rename-start',
    title: `Write <${endTag.name}> in the start tag`,
    edits: [{ span: nameSpan, newText: endTag.name }],
  };
  const related = [{ span: nameSpan, message: `${name} is opened here.` }];
  const fixes = () => [
    ...(isPlainName(name) && (isKnownName(name) || !isKnownName(endTag.name)) ? [inEnd] : []),
    ...(isKnownName(name) && !isKnownName(endTag.name) ? [] : [inStart]),
  ];
  return { ...problem, related, fixes };
}

/** The root and the sections: certainly what was meant. */
function isKnownName(name: string): boolean {
  return documentKindOf(name) !== 'unrecognised' || isSectionName(name);
}

/** `<valueabc</value>`: the `>` is lost, and the text has become a part of the name. */
function textInStartTag(text: string, endTag: EndTagToken, { nameSpan }: StartTagToken): SyntaxProblem {
  const { name } = endTag;
  const message = `The start tag of <${name}> has no >, so its text is read as a part of the name. Add > behind ${name}.`;
  const problem = problemAt(nameSpan, message, 'syntax-incomplete-tag');
  const end = at(nameSpan.start + name.length);
  return withFix(problem, 'add', `Write <${text.slice(nameSpan.start, end.start)}>`, end, '>');
}

/** Text where XML allows none; `span` begins and ends with a visible character. Its first line is marked. */
export function textOutsideRoot(text: string, span: Span): SyntaxProblem {
  const message =
    'This text stands outside the root element, where XML allows none. Move it into an element, or remove it.';
  const lineEnd = text.slice(span.start, span.end).search(/[\r\n]/);
  const firstLine = lineEnd < 0 ? span : { start: span.start, end: span.start + lineEnd };
  const problem = problemAt(firstLine, message, 'syntax-text-outside-root');
  return { ...problem, fixes: () => [removalFix(text, span, 'Remove the text outside the root')] };
}

/** True where nothing but white space is between. */
export function isBlank(text: string, start: number, end: number): boolean {
  return skipSpace(text, start) >= end;
}
