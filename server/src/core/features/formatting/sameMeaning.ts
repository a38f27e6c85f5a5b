import type {
  PolicyAttribute,
  PolicyDocument,
  PolicyElement,
  PolicyExpression,
  PolicyNode,
} from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import { findStringLiterals } from './csharpStrings';
import { contentOf, isWhiteSpace, withoutMark } from './elementContent';
import { createLineTable, type LineTable } from './lineTable';
import { movableIndentations } from './moveLines';

/**
 * True where two documents say the same: elements, attributes, values, texts and problems are equal, C# and comments but
 * for the indentation of their lines (never that of a line inside a string), and white space wherever it is no layout.
 */
export function meansTheSame(one: PolicyDocument, other: PolicyDocument): boolean {
  const [oneSide, otherSide] = [sideOf(one), sideOf(other)];
  if (one.problems.length !== other.problems.length) return false;
  if (!one.problems.every(({ ruleId }, index) => ruleId === other.problems[index]?.ruleId)) return false;
  const waiting: (readonly [readonly PolicyNode[], readonly PolicyNode[]])[] = [
    [withoutLayout(one, one.nodes), withoutLayout(other, other.nodes)],
  ];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [nodes, others] = pair;
    if (nodes.length !== others.length) return false;
    for (let index = 0; index < nodes.length; index++) {
      const [node, match] = [nodes[index] as PolicyNode, others[index] as PolicyNode];
      if (node.kind !== 'element' || match.kind !== 'element') {
        if (!isSameLeaf(oneSide, node, otherSide, match)) return false;
        continue;
      }
      if (!isSameElement(oneSide, node, otherSide, match)) return false;
      waiting.push([significantChildren(one, node), significantChildren(other, match)]);
    }
  }
  return true;
}

interface Side {
  readonly document: PolicyDocument;
  readonly lines: LineTable;
}

function sideOf(document: PolicyDocument): Side {
  return { document, lines: createLineTable(document.text) };
}

function significantChildren(document: PolicyDocument, element: PolicyElement): readonly PolicyNode[] {
  const isLayout = contentOf(document, element).kind === 'layout';
  return isLayout ? withoutLayout(document, element.children) : element.children;
}

function withoutLayout({ text }: PolicyDocument, nodes: readonly PolicyNode[]): readonly PolicyNode[] {
  return nodes.filter(({ kind, span }) => kind !== 'text' || !isWhiteSpace(text, withoutMark(text, span)));
}

function isSameElement(oneSide: Side, one: PolicyElement, otherSide: Side, other: PolicyElement): boolean {
  return (
    one.name === other.name &&
    one.closing === other.closing &&
    one.attributes.length === other.attributes.length &&
    one.attributes.every((each, index) =>
      isSameAttribute(oneSide, each, otherSide, other.attributes[index] as PolicyAttribute),
    )
  );
}

function isSameAttribute(oneSide: Side, one: PolicyAttribute, otherSide: Side, other: PolicyAttribute): boolean {
  if (one.name !== other.name || one.quote !== other.quote) return false;
  return one.expression === undefined || other.expression === undefined
    ? one.value === other.value && one.expression === other.expression
    : isSameExpression(oneSide, one.expression, otherSide, other.expression);
}

function isSameLeaf(oneSide: Side, one: PolicyNode, otherSide: Side, other: PolicyNode): boolean {
  if (one.kind !== other.kind) return false;
  if (one.kind === 'comment') {
    return withoutIndentation(oneSide, one.span, []) === withoutIndentation(otherSide, other.span, []);
  }
  if (one.kind === 'text' && other.kind === 'text' && one.expression !== undefined && other.expression !== undefined) {
    return isSameExpression(oneSide, one.expression, otherSide, other.expression);
  }
  return textOf(oneSide, one.span) === textOf(otherSide, other.span);
}

function isSameExpression(oneSide: Side, one: PolicyExpression, otherSide: Side, other: PolicyExpression): boolean {
  const text = textOf(oneSide, one.span);
  if (text === textOf(otherSide, other.span)) return true;
  const strings = findStringLiterals(oneSide.document.text, one);
  const otherStrings = findStringLiterals(otherSide.document.text, other);
  if (strings === undefined || otherStrings === undefined) return false;
  return withoutIndentation(oneSide, one.span, strings) === withoutIndentation(otherSide, other.span, otherStrings);
}

/** The text without what formatting may change in it. */
function withoutIndentation({ document, lines }: Side, span: Span, fixed: readonly Span[]): string {
  let result = '';
  let offset = span.start;
  for (const { start, end } of movableIndentations(document.text, lines, span, fixed)) {
    result += document.text.slice(offset, start);
    offset = end;
  }
  return result + document.text.slice(offset, span.end);
}

function textOf({ document }: Side, { start, end }: Span): string {
  return document.text.slice(start, end);
}
