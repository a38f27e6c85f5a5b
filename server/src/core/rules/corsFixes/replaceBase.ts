import type { EffectivePolicy, EffectiveStatement } from '../../effective/effectivePolicy';
import type { PolicyDocument, PolicyElement, PolicyNode } from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import { indentationAt, isFirstOnLine, lineEndNear } from '../../text/textEdits';
import type { CorsConflict } from '../corsConflicts';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix } from '../rule';
import { describeLost, inheritedThrough } from './lostStatements';

/**
 * Writes the inherited statements but the `cors` in the place of `<base />` (cors-semantics 6.4, F): the controls stay,
 * but later changes of the broader scopes no longer arrive. Fragments stay included, except those that hold a `cors`,
 * whose other statements are written out.
 *
 * Statements of products cannot be copied, since they depend on the caller's subscription; the title says what goes.
 * Not offered where something that would have to be copied cannot be read.
 */
export function replaceBase({ at: base }: CorsConflict, context: EffectiveContext): Fix | undefined {
  const { document, policies } = context;
  // A product's own document has one chain, its own; for others the first is the one without a product.
  const [plain, ...withProduct] = policies;
  if (plain === undefined) return undefined;
  const inherited = inheritedThrough(base, plain);
  if (inherited.some((item) => item.kind === 'unknown' || item.document.isEmbedded)) return undefined;

  const kept = copiedStatements(inherited as readonly EffectiveStatement[]);
  if (kept.length === 0) return undefined;
  const indent = indentationAt(document.text, base.span.start);
  const lineEnd = lineEndNear(document.text, base.span.start);
  const glue = isFirstOnLine(document.text, base.span.start) ? lineEnd + indent : '';
  const newText = kept.map((source) => reindented(source, indent, lineEnd)).join(glue);
  const lost = lostProductStatements(base, plain, withProduct);
  return {
    id: 'replace-base',
    title: `Replace <base /> with the ${kept.length} inherited ${kept.length === 1 ? 'statement' : 'statements'} except the cors${lost === '' ? '' : ` (drops ${lost})`}`,
    edits: [{ path: document.path, version: document.version, span: base.span, newText }],
  };
}

interface Source {
  readonly document: PolicyDocument;
  readonly element: PolicyElement;
}

/** One source per statement; a fragment without a `cors` is copied as its `include-fragment`. */
function copiedStatements(statements: readonly EffectiveStatement[]): readonly Source[] {
  const fragmentsWithCors = new Set(
    statements.filter(({ name }) => name === 'cors').map((statement) => fragmentStep(statement)?.element),
  );
  const sources = new Map<PolicyElement, Source>();
  for (const statement of statements) {
    if (statement.name === 'cors') continue;
    const step = fragmentStep(statement);
    const source = step === undefined || fragmentsWithCors.has(step.element) ? statement : step;
    sources.set(source.element, { document: source.document, element: source.element });
  }
  return [...sources.values()];
}

/** The outermost fragment that a statement came through. */
function fragmentStep(statement: EffectiveStatement) {
  return statement.via.find((step) => step.kind === 'fragment');
}

/** What only product chains inherit through the base. */
function lostProductStatements(
  base: PolicyElement,
  plain: EffectivePolicy,
  withProduct: readonly EffectivePolicy[],
): string {
  const known = new Set(
    inheritedThrough(base, plain).map((item) => (item.kind === 'statement' ? item.element : item.because)),
  );
  const onlyThere = withProduct.map((policy) => ({
    ...policy,
    sections: {
      ...policy.sections,
      inbound: policy.sections.inbound.filter(
        (item) => !known.has(item.kind === 'statement' ? item.element : item.because),
      ),
    },
  }));
  return describeLost(base, { policies: onlyThere });
}

/** The element's text with the target's indentation and line ends; lines inside C# or literal text keep their own. */
function reindented({ document, element }: Source, indent: string, lineEnd: string): string {
  const { text } = document;
  const ownIndent = indentationAt(text, element.span.start);
  const untouched = literalSpans(document, element);
  let result = '';
  let position = element.span.start;
  const breaks = /\r\n|\n|\r/g;
  breaks.lastIndex = position;
  for (let match = breaks.exec(text); match !== null && match.index < element.span.end; match = breaks.exec(text)) {
    const next = match.index + match[0].length;
    result += text.slice(position, match.index) + lineEnd;
    position = next;
    const isLiteral = untouched.some((span) => span.start < next && next < span.end);
    if (!isLiteral && text.startsWith(ownIndent, next)) {
      position = next + ownIndent.length;
      result += indent;
    }
  }
  return result + text.slice(position, element.span.end);
}

/** Where white space at the beginning of a line may be part of what is sent or run. */
function literalSpans(document: PolicyDocument, element: PolicyElement): readonly Span[] {
  const spans: Span[] = document.expressions
    .map(({ span }) => span)
    .filter(({ start, end }) => element.span.start <= start && end <= element.span.end);
  const waiting: PolicyNode[] = [...element.children];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === 'element') waiting.push(...node.children);
    else if (
      node.kind === 'cdata' ||
      (node.kind === 'text' && document.text.slice(node.span.start, node.span.end).trim() !== '')
    ) {
      spans.push(node.span);
    }
  }
  return spans;
}
