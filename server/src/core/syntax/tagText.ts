import type { Span } from '../text/span';
import { isSectionName, type SyntaxProblem } from './policyTree';
import { at, characterAt, problemAt, withFix } from './syntaxProblems';

// What looks like a tag and is read as text.

/** One finding for the `<` of a text that open nothing. */
export function strayLessThan(text: string, offsets: readonly number[], namesSeen: ReadonlySet<string>): SyntaxProblem {
  const first = offsets[0] ?? 0;
  const start = text.slice(first, first + 300);
  const digit = /^<([\d.-])[\w.-]*[\s/>]/.exec(start)?.[1];
  if (digit !== undefined) {
    const message = `A name cannot begin with ${digit}, so this < opens no tag. Correct the name, or write &lt; for a plain <.`;
    return problemAt(characterAt(first), message, 'syntax-invalid-name');
  }
  const comment = /^<[ \t]*![ \t]*[-\u2013\u2014]{1,2}/.exec(start)?.[0];
  if (comment !== undefined) {
    const span = { start: first, end: first + comment.length };
    const message = 'This looks like the beginning of a comment, which is <!-- in XML. Write <!--.';
    return withFix(problemAt(span, message, 'syntax-incomplete-markup'), 'open', 'Write <!--', span, '<!--');
  }
  const space = spaceInTag(start, namesSeen);
  if (space === 0) {
    const message = 'This < opens no tag, and XML does not allow a plain < in text. Write &lt; instead.';
    return lessThan(first, offsets, message);
  }
  const message = 'This < opens no tag, since white space follows it. Remove the white space, or write &lt; instead.';
  const joined = { span: { start: first + 1, end: first + 1 + space }, newText: '' };
  const join = { id: 'join', title: 'Remove the white space behind <', edits: [joined] };
  const problem = lessThan(first, offsets, message);
  return { ...problem, fixes: () => [join, ...(problem.fixes?.() ?? [])] };
}

/** How much white space stands behind the `<` of what is otherwise a whole tag; 0 where it is none: `a < b and c > d`. */
function spaceInTag(text: string, namesSeen: ReadonlySet<string>): number {
  const tag = /^<([ \t]+)(\/?)([A-Za-z_][\w.-]*)(\s+[\w:.-]+\s*=\s*["'][^<]*)?\s*(\/?)>/.exec(text);
  if (tag === null) return 0;
  const [, space = '', , name = '', attributes, slash] = tag;
  const isTag = attributes !== undefined || slash === '/' || namesSeen.has(name) || isSectionName(name);
  return isTag ? space.length : 0;
}

/** One finding for the `<` of a text or value at these offsets, the first of which is marked. */
export function lessThan(first: number, offsets: readonly number[], message: string): SyntaxProblem {
  const edits = offsets.map((offset) => ({ span: characterAt(offset), newText: '&lt;' }));
  const title = edits.length > 1 ? 'Write &lt; for every bare < of this text' : 'Write &lt;';
  const fixes = () => [{ id: 'escape', title, edits }];
  return { ...problemAt(characterAt(first), message, 'syntax-bare-less-than'), fixes };
}

/** Longer texts are templates and documents of other kinds. */
const longestTagText = 4000;

/**
 * A tag whose `<` is lost, in text: `base />`, `set-header name="a">`, or `/choose>` of an element that occurs in the document. A start tag
 * must be all that stands on its line: XML allows `>` in text, and people compare with it. `names` gives those of all tags,
 * which few texts ask for.
 */
export function findTagWithoutStart(
  text: string,
  { start, end }: Span,
  names: () => ReadonlySet<string>,
): SyntaxProblem | undefined {
  if (end - start > longestTagText) return undefined;
  const written = text.slice(start, end);
  // Of a tag with an expression, the text may end at a < of its C#.
  const isCandidate = written.includes('>') || /=\s{0,9}["']@[({]/.test(written);
  // Behind a < it is that which is wrong, and behind an escaped one the text shows a tag.
  if (!isCandidate || /<|&lt;/.test(written)) return undefined;
  const tag = startTagIn(written, names()) ?? endTagIn(written, names());
  return tag && tagWithoutStart(start + tag.index, tag.tag);
}

interface TagInText {
  readonly index: number;
  readonly tag: string;
}

const selfClosing = /^[ \t]*([A-Za-z_][\w.-]*)[ \t]*\/>[ \t]*$/m;
const withAttributes =
  /^[ \t]*([A-Za-z_][\w.-]*)(?:\s{1,100}[A-Za-z_:][\w:.-]*\s{0,9}=\s{0,9}(?:"[^"<>]*"|'[^'<>]*')){1,20}\s{0,9}\/?>[ \t]*$/m;
const withExpression = /^[ \t]*([A-Za-z_][\w.-]*)\s{1,100}[A-Za-z_:][^<>\r\n]{0,300}=\s{0,9}["']@[({]/m;
const nameAlone = /^[ \t]*([A-Za-z_][\w.-]*)[ \t]*>[ \t]*$/m;

function startTagIn(text: string, names: ReadonlySet<string>): TagInText | undefined {
  const alone = nameAlone.exec(text);
  const isKnown = names.has(alone?.[1] ?? '') || isSectionName(alone?.[1] ?? '');
  const found =
    selfClosing.exec(text) ?? withAttributes.exec(text) ?? withExpression.exec(text) ?? (isKnown ? alone : null);
  if (found === null) return undefined;
  const tag = found[1] ?? '';
  return { index: found.index + found[0].indexOf(tag), tag };
}

function endTagIn(text: string, names: ReadonlySet<string>): TagInText | undefined {
  const found = /(?:^|\W)(\/([A-Za-z_][\w.-]*)\s{0,9}>)/.exec(text);
  if (found === null || !names.has(found[2] ?? '')) return undefined;
  return { index: found.index + found[0].length - (found[1] ?? '').length, tag: `/${found[2]}` };
}

function tagWithoutStart(offset: number, tag: string): SyntaxProblem {
  const span = { start: offset, end: offset + tag.length };
  const message = `This looks like the tag <${tag}> without its <, so it is read as text. Add <.`;
  const problem = withFix(problemAt(span, message, 'syntax-incomplete-tag'), 'add', 'Add < before it', at(offset), '<');
  return { ...problem, variant: 'legal' };
}
