import type { EffectiveItem, EffectivePolicy, EffectiveStatement } from '../../effective/effectivePolicy';
import type { PolicyDocument, PolicyElement } from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import { indentationAt, isFirstOnLine, lineEndNear } from '../../text/textEdits';
import { joinNames } from '../../text/wording';
import type { CorsConflict } from '../corsConflicts';
import { itemKey } from '../describeItems';
import type { EffectiveContext } from '../effectiveContext';
import { rejectingIn } from '../failingBeforeCors';
import type { Fix } from '../rule';
import { lineCommentStart } from './attachedComments';
import { documentEdit, removals } from './documentEdit';
import { basesBeforeOwn } from './inheritingBases';
import { describeLost, inboundKeys } from './lostStatements';
import { blockOf, insertBlockBefore } from './moveElement';
import { reindented } from './reindented';

/**
 * Writes the inherited statements but the `cors` in the place of `<base />` (cors-semantics 6.4, F): the controls stay,
 * but later changes of the broader scopes no longer arrive. Fragments stay included, except those that hold a `cors`,
 * whose other statements are written out. What a second `<base />` behind the own `cors` brings in is not written.
 *
 * Where one of them may reject a request, the own `cors` comes first: pages could not read the rejection otherwise.
 *
 * Statements of products cannot be copied, since they depend on the caller's subscription; the title says what goes.
 * Not offered where something that would have to be copied cannot be read.
 */
export function replaceBase(conflict: CorsConflict, context: EffectiveContext): Fix | undefined {
  const { document, policies } = context;
  const bases = basesBeforeOwn(conflict, context);
  // A product's own document has one chain, its own; for others the first is the one without a product.
  const [plain, ...withProduct] = policies;
  if (bases === undefined || plain === undefined) return undefined;
  const [first, ...others] = bases;
  const removed = removals(document, spansOf(bases));
  const gone = goneWith(removed, plain, context);
  const sources = copiedStatements(gone);
  if (sources === undefined || sources.length === 0) return undefined;

  const movedCors = corsToMove(gone, conflict, context);
  const edits = [
    ...(movedCors === undefined ? [] : [insertBlockBefore(document, first, movedCors)]),
    documentEdit(document, first.span, joined(sources, document, first)),
    ...removals(document, [...spansOf(others), ...(movedCors === undefined ? [] : [movedCors])]),
  ];
  const copied = new Set(gone.map(itemKey));
  const lost = describeLost(context, edits, copied);
  const gaining = productsThatGain(gone, withProduct);
  const notes = [
    ...(lost === '' ? [] : [`drops ${lost}`]),
    ...(gaining.length === 0 ? [] : [`calls through ${joinNames(gaining)}, which lack this today, get it too`]),
  ];
  const statements = `${sources.length} inherited ${sources.length === 1 ? 'statement' : 'statements'}`;
  const what = `the ${statements} except the cors${movedCors === undefined ? '' : ', behind this cors'}`;
  return {
    id: 'replace-base',
    title: `Replace <base /> with ${what}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`,
    edits,
  };
}

/** The own `cors` with its comments, where a copy may reject a request and it can be moved before the copies. */
function corsToMove(
  copied: readonly EffectiveItem[],
  { victim }: CorsConflict,
  { document }: EffectiveContext,
): Span | undefined {
  const cors = victim?.statement;
  if (cors?.document !== document || cors.via.length > 0 || cors.element.closing === 'implied') return undefined;
  const mayReject = copied.some((item) => item.kind === 'statement' && rejectingIn(item).length > 0);
  return mayReject ? blockOf(document, cors.element) : undefined;
}

function spansOf(elements: readonly PolicyElement[]): readonly Span[] {
  return elements.map(({ span }) => span);
}

/** What the chain no longer has after the edits, each once. */
function goneWith(edits: Fix['edits'], policy: EffectivePolicy, context: EffectiveContext): readonly EffectiveItem[] {
  const left = inboundKeys(context.afterEdits(edits).policies[context.policies.indexOf(policy)]);
  const gone = policy.sections.inbound.filter((item) => item.via[0]?.kind === 'base' && !left.has(itemKey(item)));
  return [...new Map(gone.map((item) => [itemKey(item), item])).values()];
}

/** Products whose own policy keeps a copied statement out of their calls today. */
function productsThatGain(
  copied: readonly EffectiveItem[],
  withProduct: readonly EffectivePolicy[],
): readonly string[] {
  const statements = copied.filter((item) => item.kind === 'statement' && item.name !== 'cors').map(itemKey);
  return withProduct.flatMap((policy) => {
    const has = inboundKeys(policy);
    return policy.chain.product === undefined || statements.every((key) => has.has(key)) ? [] : [policy.chain.product];
  });
}

interface Source {
  readonly document: PolicyDocument;
  readonly element: PolicyElement;
}

/**
 * One source per statement; a fragment without a `cors` is copied as its `include-fragment`. Undefined where something
 * cannot be read, or its text is a string in another file.
 */
function copiedStatements(items: readonly EffectiveItem[]): readonly Source[] | undefined {
  const statements = items.filter((item): item is EffectiveStatement => item.kind === 'statement');
  if (statements.length < items.length) return undefined;
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
  const all = [...sources.values()];
  return all.some(({ document }) => document.isEmbedded) ? undefined : all;
}

/** The outermost fragment that a statement came through. */
function fragmentStep(statement: EffectiveStatement) {
  return statement.via.find((step) => step.kind === 'fragment');
}

/** The sources' texts for the place of `<base />`: one line each where nothing but comments stands before it on its line. */
function joined(sources: readonly Source[], document: PolicyDocument, base: PolicyElement): string {
  const { text } = document;
  const indent = indentationAt(text, base.span.start);
  const lineEnd = lineEndNear(text, base.span.start);
  const isOnItsLine = isFirstOnLine(text, lineCommentStart(document, base));
  const glue = isOnItsLine ? lineEnd + indent : '';
  return sources.map((source) => reindented(source, indent, lineEnd)).join(glue);
}
