import { referenceOf } from '../catalog/policyReferences';
import { contentOfPolicy, type ElementContent } from '../catalog/policyStructure';
import { type PolicyDocument, type PolicyElement, type PolicyNode, sectionNames } from '../syntax/policyTree';
import { endTagNameSpan } from '../syntax/treeQueries';
import type { Span } from '../text/span';
import { isPlainName } from '../workspace/contextAccesses';
import { contextTokens } from './contextTokens';

/** In the order of the numbers that LSP's messages use for them. */
export const semanticTokenTypes = [
  'policy',
  'policyParameter',
  'policyFragment',
  'namedValue',
  'keyword',
  'variable',
  'property',
  'method',
] as const;
export type SemanticTokenType = (typeof semanticTokenTypes)[number];

/** In the order of LSP's bits. */
export const semanticTokenModifiers = ['declaration', 'readonly', 'defaultLibrary'] as const;
export type SemanticTokenModifier = (typeof semanticTokenModifiers)[number];

/** A name whose meaning no grammar can know. */
export interface SemanticToken {
  readonly span: Span;
  readonly type: SemanticTokenType;
  readonly modifiers: readonly SemanticTokenModifier[];
}

/**
 * The names of policies and of the elements that are their parameters, `base`, policy variables, fragments, named
 * values, and the `context` variable with its documented members. In order, never overlapping, each on one line.
 * The rest of C# is left to the grammar.
 */
export function semanticTokens(document: PolicyDocument): readonly SemanticToken[] {
  const namedValues = document.namedValues.map(({ span }) => token(span, 'namedValue'));
  const all = [...namedValues, ...elementTokens(document), ...contextTokens(document)];
  all.sort((one, other) => one.span.start - other.span.start || other.span.end - one.span.end);
  let end = 0;
  // What a named value stands for is not known, so what seems to stand in it is nothing.
  return all.filter(({ span }) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}

/** What a document may begin with: whole documents, and excerpts of them. */
const documentContent: ElementContent = {
  policies: Object.fromEntries(sectionNames.map((name) => [name, 'policies'] as const)),
  fragment: 'policies',
  ...Object.fromEntries(sectionNames.map((name) => [name, 'policies'] as const)),
};

function elementTokens(document: PolicyDocument): readonly SemanticToken[] {
  const tokens: SemanticToken[] = [];
  type Waiting = { readonly node: PolicyNode; readonly within: ElementContent | undefined };
  const waiting: Waiting[] = [];
  const visitLater = (nodes: readonly PolicyNode[], within: ElementContent | undefined): void => {
    for (let index = nodes.length - 1; index >= 0; index--) waiting.push({ node: nodes[index] as PolicyNode, within });
  };
  visitLater(document.nodes, documentContent);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.node.kind !== 'element') continue;
    const element = next.node;
    const { type, content } = classify(element, next.within);
    if (type !== undefined) tokens.push(...nameSpans(element).map((span) => token(span, type)));
    if (type === 'policy' || type === 'policyParameter') tokens.push(...attributeTokens(element));
    visitLater(element.children, content);
  }
  return tokens;
}

/** What an element is by its place, and what it may hold: nothing is known below an element that nothing is known of. */
function classify(
  { name, parent }: PolicyElement,
  within: ElementContent | undefined,
): { readonly type?: SemanticTokenType; readonly content: ElementContent | undefined } {
  if (within === undefined) return { content: undefined };
  const isOwn = within !== 'policies' && Object.hasOwn(within, name);
  const policy = within === 'policies' || isOwn || parent === undefined ? contentOfPolicy(name) : undefined;
  if (policy !== undefined) return { type: 'policy', content: policy };
  if (within === 'policies') return name === 'base' ? { type: 'keyword', content: undefined } : { content: undefined };
  if (!isOwn) return { content: undefined };
  // Roots, sections, and elements such as when: they hold policies, and keep the colour of a tag.
  const content = within[name];
  const isStructure = content === 'policies' || parent === undefined;
  return isStructure ? { content } : { type: 'policyParameter', content };
}

/** In the start tag, and in the end tag where there is one. */
function nameSpans(element: PolicyElement): readonly Span[] {
  const end = endTagNameSpan(element);
  return end === undefined ? [element.nameSpan] : [element.nameSpan, end];
}

function attributeTokens(element: PolicyElement): readonly SemanticToken[] {
  return element.attributes.flatMap((attribute) => {
    if (attribute.expression !== undefined || !isPlainName(attribute.value)) return [];
    switch (referenceOf(element, attribute.name)) {
      case 'writtenVariable':
        return [token(attribute.valueSpan, 'variable', ['declaration'])];
      case 'readVariable':
        return [token(attribute.valueSpan, 'variable')];
      case 'fragment':
        return [token(attribute.valueSpan, 'policyFragment')];
      default:
        return [];
    }
  });
}

function token(span: Span, type: SemanticTokenType, modifiers: readonly SemanticTokenModifier[] = []): SemanticToken {
  return { span, type, modifiers };
}
