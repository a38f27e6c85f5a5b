import type { PolicyDocument, PolicyElement, PolicyNode, PolicyText } from '../../syntax/policyTree';
import { nodePathAt } from '../../syntax/treeQueries';
import type { SpanEdit } from '../../text/textEdits';
import { contentOf } from './elementContent';
import type { FormattingStyle } from './formattingStyle';
import { blanksEnd, createLineTable, type LineTable } from './lineTable';

/** What formatting while typing reacts to: the `>` of an end tag, and a new line. */
export const formattingTriggers = ['>', '\n'] as const;

/**
 * At most one edit, of the indentation of the line of the offset, which is behind the character that was typed. It fits
 * the lines around it as they are, so that typing in a document that is indented in another way never moves the line
 * away from its neighbours. None in values, C#, comments and tags.
 */
export function formatOnType(
  document: PolicyDocument,
  offset: number,
  typed: string,
  style: FormattingStyle,
): readonly SpanEdit[] {
  const lines = createLineTable(document.text);
  const line = lines.lineAt(offset);
  const indentation =
    typed === '>' ? endTagIndentation(document, offset, lines) : newLineIndentation(document, line, lines, style);
  if (indentation === undefined || indentation === lines.indentationOf(line)) return [];
  const start = lines.startOf(line);
  return [{ span: { start, end: blanksEnd(document.text, start) }, newText: indentation }];
}

/** The start tag's, where both tags begin their lines and there is nothing but layout between them. */
function endTagIndentation(document: PolicyDocument, offset: number, lines: LineTable): string | undefined {
  const element = nodePathAt(document, offset - 1).innermost;
  if (element?.endTagSpan?.end !== offset || !isLayout(document, element)) return undefined;
  const own = indentationBefore(lines, element.endTagSpan.start);
  return own === undefined ? undefined : indentationBefore(lines, element.span.start);
}

/** Like the node before it, else one step deeper than the tag around it; an end tag like its start tag. */
function newLineIndentation(
  document: PolicyDocument,
  line: number,
  lines: LineTable,
  style: FormattingStyle,
): string | undefined {
  const start = lines.startOf(line);
  const space = line === 0 ? undefined : whiteSpaceAt(document, start - 1);
  if (space === undefined) return undefined;
  const { parent } = space;
  if (parent !== undefined && !isLayout(document, parent)) return undefined;
  if (parent?.endTagSpan?.start === blanksEnd(document.text, start)) return indentationBefore(lines, parent.span.start);
  const siblings = parent?.children ?? document.nodes;
  for (let index = siblings.indexOf(space) - 1; index >= 0; index--) {
    const found = indentationBefore(lines, (siblings[index] as PolicyNode).span.start);
    if (siblings[index]?.kind !== 'text' && found !== undefined) return found;
  }
  if (parent === undefined) return '';
  const around = indentationBefore(lines, parent.span.start);
  return around === undefined ? undefined : around + (stepAround(document, start - 1, lines) ?? style.indentation);
}

/** One step of indentation, as the innermost tags around the offset have it that begin their lines, else as their children. */
function stepAround(document: PolicyDocument, offset: number, lines: LineTable): string | undefined {
  const around = nodePathAt(document, offset).elements;
  for (let index = around.length - 1; index > 0; index--) {
    const step = stepBetween(around[index - 1] as PolicyElement, around[index] as PolicyElement, lines);
    if (step !== undefined) return step;
  }
  for (const element of around) {
    for (const child of element.children) {
      const step = child.kind === 'element' ? stepBetween(element, child, lines) : undefined;
      if (step !== undefined) return step;
    }
  }
  return undefined;
}

/** What the inner tag's line has before it that the outer one's has not; undefined where that is nothing, or other blanks. */
function stepBetween(outer: PolicyElement, inner: PolicyElement, lines: LineTable): string | undefined {
  const before = indentationBefore(lines, outer.span.start);
  const own = indentationBefore(lines, inner.span.start);
  if (before === undefined || own === undefined || own === before || !own.startsWith(before)) return undefined;
  return own.slice(before.length);
}

/** The text of nothing but white space that holds the offset. */
function whiteSpaceAt(document: PolicyDocument, offset: number): PolicyText | undefined {
  const parent = nodePathAt(document, offset).elements.findLast(
    ({ startTagSpan, endTagSpan, span }) => startTagSpan.end <= offset && offset < (endTagSpan?.start ?? span.end),
  );
  const siblings = parent?.children ?? document.nodes;
  const found = siblings.find(({ span }) => span.start <= offset && offset < span.end);
  if (found?.kind !== 'text') return undefined;
  return document.text.slice(found.span.start, found.span.end).trim() === '' ? found : undefined;
}

function isLayout(document: PolicyDocument, element: PolicyElement): boolean {
  return contentOf(document, element).kind === 'layout';
}

/** The indentation of the line that something begins; undefined where it does not begin its line. */
function indentationBefore(lines: LineTable, offset: number): string | undefined {
  const line = lines.lineAt(offset);
  const indentation = lines.indentationOf(line);
  return lines.startOf(line) + indentation.length === offset ? indentation : undefined;
}
