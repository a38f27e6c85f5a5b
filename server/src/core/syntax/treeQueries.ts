import { type Span, spanTouches } from '../text/span';
import type { PolicyAttribute, PolicyDocument, PolicyElement, PolicyNode, SectionName } from './policyTree';
import { decodeEntities } from './xmlEntities';

/** The elements among an element's children, in order. */
export function childElements(element: PolicyElement): readonly PolicyElement[] {
  return element.children.filter((child): child is PolicyElement => child.kind === 'element');
}

/** The children with this name, in order. */
export function childrenNamed(element: PolicyElement, name: string): readonly PolicyElement[] {
  return element.children.filter((child): child is PolicyElement => child.kind === 'element' && child.name === name);
}

/** `<set-body template="liquid">`: double braces and angle brackets in its text may be Liquid's. */
export function isLiquidTemplate({ name, attributes }: Pick<PolicyElement, 'name' | 'attributes'>): boolean {
  return name === 'set-body' && attributes.some((one) => one.name === 'template' && one.value === 'liquid');
}

/** The first attribute with this name; a second one is a finding, and no XML reader uses it. */
export function findAttribute(element: PolicyElement, name: string): PolicyAttribute | undefined {
  return element.attributes.find((attribute) => attribute.name === name);
}

/** The value with entities decoded; undefined where the attribute is not written. Named values stay as written. */
export function attributeText(element: PolicyElement, name: string): string | undefined {
  const attribute = findAttribute(element, name);
  return attribute === undefined ? undefined : decodeEntities(attribute.value);
}

/** The element's own text without comments, entities decoded, white space at both ends removed. */
export function elementText(document: PolicyDocument, element: PolicyElement): string {
  return ownText(document.text, element.children).trim();
}

function ownText(text: string, nodes: readonly PolicyNode[]): string {
  let result = '';
  for (const node of nodes) {
    if (node.kind === 'text') result += decodeEntities(text.slice(node.span.start, node.span.end));
    if (node.kind === 'cdata') result += text.slice(node.span.start + '<![CDATA['.length, node.span.end - ']]>'.length);
  }
  return result;
}

/** The section elements of a definition with this name: more than one where somebody wrote it twice. */
export function sectionElements(document: PolicyDocument, name: SectionName): readonly PolicyElement[] {
  if (document.kind !== 'definition' || document.root === undefined) return [];
  return childrenNamed(document.root, name);
}

/** What stands at an offset, from the outermost element inwards. */
export interface NodePath {
  /** Outermost first; empty outside the root. */
  readonly elements: readonly PolicyElement[];
  readonly innermost: PolicyElement | undefined;
  readonly attribute: PolicyAttribute | undefined;
}

/** Iterative, so that a document of any depth can be asked. */
export function nodePathAt(document: PolicyDocument, offset: number): NodePath {
  const elements: PolicyElement[] = [];
  let nodes: readonly PolicyNode[] = document.nodes;
  for (;;) {
    const next = elementAt(nodes, offset);
    if (next === undefined) break;
    elements.push(next);
    nodes = next.children;
  }
  const innermost = elements.at(-1);
  const attribute = innermost?.attributes.find((candidate) => spanTouches(candidate.span, offset));
  return { elements, innermost, attribute };
}

function elementAt(nodes: readonly PolicyNode[], offset: number): PolicyElement | undefined {
  // A cursor between `<a/>|<b/>` belongs to the element that begins there.
  let touching: PolicyElement | undefined;
  for (const node of nodes) {
    if (node.span.start > offset) break;
    if (node.kind === 'element' && spanTouches(node.span, offset)) touching = node;
  }
  return touching;
}

/** Every node of the document in document order. Iterative. */
export function* allNodes(document: PolicyDocument): Generator<PolicyNode> {
  const waiting: PolicyNode[] = [...document.nodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    if (node.kind !== 'element') continue;
    for (let index = node.children.length - 1; index >= 0; index--) waiting.push(node.children[index] as PolicyNode);
  }
}

/** Every element of the document in document order. Iterative. */
export function* allElements(document: PolicyDocument): Generator<PolicyElement> {
  for (const node of allNodes(document)) if (node.kind === 'element') yield node;
}

/** The element's name in its end tag; undefined where it has none. */
export function endTagNameSpan({ name, endTagSpan }: PolicyElement): Span | undefined {
  if (endTagSpan === undefined) return undefined;
  const start = endTagSpan.start + '</'.length;
  return { start, end: start + name.length };
}

/** The text of a span of this document. */
export function textOf(document: PolicyDocument, span: Span): string {
  return document.text.slice(span.start, span.end);
}
