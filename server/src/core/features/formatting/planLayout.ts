import type { PolicyDocument, PolicyElement, PolicyNode } from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import { contentOf, withoutMark } from './elementContent';
import { type FormattingStyle, indentationLevels } from './formattingStyle';
import { findKeptRegions } from './keptRegions';
import { layOutEndTag, layOutStartTag, moveExpression } from './layOutTags';
import { createLayoutPen, type LayoutEdit } from './layoutPen';
import type { LineTable } from './lineTable';

/** Content that is laid out: its nodes are visited one after the other, then its end tag. */
interface OpenContent {
  readonly nodes: readonly PolicyNode[];
  readonly end: number;
  readonly level: number;
  readonly element: PolicyElement | undefined;
  readonly isLayout: boolean;
  readonly breaksBeforeEnd: boolean;
  next: number;
  /** Behind the last node that is no white space. */
  offset: number;
  before: PolicyNode | undefined;
}

/** The edits that give a document its layout, each of them a change. They never touch anything but white space. */
export function planLayout(document: PolicyDocument, lines: LineTable, style: FormattingStyle): readonly LayoutEdit[] {
  const regions = findKeptRegions(document);
  if (regions === undefined) return [];
  const pen = createLayoutPen(document.text, lines);
  const levelOf = indentationLevels(style);
  const { isKept, endsByGuess } = regions;

  const open: OpenContent[] = [
    {
      nodes: document.nodes,
      end: document.text.length,
      level: 0,
      element: undefined,
      isLayout: regions.besideRoot === undefined,
      breaksBeforeEnd: false,
      next: 0,
      offset: 0,
      before: undefined,
    },
  ];

  const visitElement = (element: PolicyElement, level: number): void => {
    layOutStartTag(document.text, element, { tag: levelOf(level), attributes: levelOf(level + 1) }, pen);
    if (element.closing !== 'endTag') return;
    const content = contentOf(document, element);
    const start = element.startTagSpan.end;
    const end = (element.endTagSpan as Span).start;
    if (content.kind === 'layout') {
      const breaksBeforeEnd = element.children.some(({ kind }) => kind === 'element');
      const base = { nodes: element.children, end, level: level + 1, element, isLayout: true, breaksBeforeEnd };
      open.push({ ...base, next: 0, offset: start, before: undefined });
      return;
    }
    if (content.kind === 'expression') {
      const { expression } = content;
      pen.gap({ start, end: expression.span.start }, levelOf(level + 1), 'keepLine');
      moveExpression(document.text, expression, pen);
      pen.gap({ start: expression.span.end, end }, levelOf(level), 'keepLine');
    }
    layOutEndTag(element, pen);
  };

  for (let content = open.at(-1); content !== undefined; content = open.at(-1)) {
    const node = content.nodes[content.next++];
    const isAfterGuess = endsByGuess(content.before);
    if (node === undefined) {
      open.pop();
      const { element, end, offset, level } = content;
      const gap = { start: offset, end };
      if (content.isLayout && !isAfterGuess) {
        if (element === undefined) pen.documentEdge(withoutMark(document.text, gap));
        else pen.gap(gap, levelOf(level - 1), content.breaksBeforeEnd ? 'newLine' : 'keepLine');
      }
      if (element !== undefined) layOutEndTag(element, pen);
      continue;
    }
    // White space is laid out together with what comes behind it. Before a kept region it belongs to that region.
    if (node.kind === 'text') continue;
    const gap = { start: content.offset, end: node.span.start };
    const isFirst = content.before === undefined && content.element === undefined;
    content.offset = node.span.end;
    content.before = node;
    if (content.isLayout && !isAfterGuess && !isKept(node)) {
      if (isFirst) pen.documentEdge(withoutMark(document.text, gap));
      else pen.gap(gap, levelOf(content.level), node.kind === 'element' ? 'newLine' : 'keepLine');
    }
    if (isKept(node)) continue;
    if (node.kind === 'element') visitElement(node, content.level);
    else if (node.kind === 'comment') pen.block(node.span, []);
  }
  return pen.edits;
}
