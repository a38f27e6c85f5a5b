import type { PolicyDocument, PolicyElement, PolicyNode } from '../syntax/policyTree';
import { attributeText, findAttribute } from '../syntax/treeQueries';
import type { Span } from '../text/span';

/** An entry of the outline. */
export interface PolicySymbol {
  /** The element's name, and what tells it from its neighbours: `set-header X-User`, `when @(…)`. */
  readonly name: string;
  readonly kind: 'document' | 'section' | 'policy' | 'element';
  readonly span: Span;
  /** The element's name in its start tag. */
  readonly selectionSpan: Span;
  readonly children: readonly PolicySymbol[];
}

/** More entries help nobody, and make editors slow (users-and-peers 5). */
const mostSymbols = 5000;
const deepestLevel = 60;

/** The outline: root, sections, policies and their elements, each with what identifies it. Lists of plain values are left out. */
export function documentSymbols(document: PolicyDocument): readonly PolicySymbol[] {
  const budget = { left: mostSymbols };
  return symbolsOf(document.nodes, 0, budget);
}

function symbolsOf(nodes: readonly PolicyNode[], level: number, budget: { left: number }): readonly PolicySymbol[] {
  const symbols: PolicySymbol[] = [];
  for (const node of nodes) {
    if (node.kind !== 'element' || budget.left <= 0 || (level > 2 && isPlainValue(node))) continue;
    budget.left--;
    symbols.push({
      name: `${node.name} ${identityOf(node)}`.trimEnd(),
      kind: kinds[level] ?? 'element',
      span: node.span,
      selectionSpan: node.nameSpan,
      children: level < deepestLevel ? symbolsOf(node.children, level + 1, budget) : [],
    });
  }
  return symbols;
}

const kinds = ['document', 'section', 'policy'] as const;

/** `<method>GET</method>`: its parent says all there is to say. */
function isPlainValue({ attributes, children }: PolicyElement): boolean {
  return attributes.length === 0 && !children.some(({ kind }) => kind === 'element');
}

/** Attributes that identify a policy, the most telling first. */
const identifying = [
  'id',
  'name',
  'fragment-id',
  'condition',
  'variable-name',
  'backend-id',
  'base-url',
  'template',
  'header-name',
  'response-variable-name',
  'counter-key',
  'key',
  'code',
  'resource',
  'url',
  'logger-id',
  'source',
  'status-code',
  'tenant-id',
  'from',
  'action',
  'value',
];

function identityOf(element: PolicyElement): string {
  const name = identifying.find((candidate) => findAttribute(element, candidate) !== undefined);
  const text = name === undefined ? '' : (attributeText(element, name) ?? '');
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > 80 ? `${flat.slice(0, 79)}…` : flat;
}
