import { skipSpace } from '../../syntax/characters';
import type { PolicyDocument, PolicyElement, PolicyNode } from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import { formatDocument } from './formatDocument';
import type { FormattingStyle } from './formattingStyle';
import { findKeptRegions, isUnsure, type KeptRegions } from './keptRegions';
import { createLineTable } from './lineTable';
import { planLayout } from './planLayout';

/**
 * Something that formatting leaves as it is because of a syntax problem.
 *
 * - `document`: everything; the span is that of the problem.
 * - `element`: one element with all that is in it.
 * - `besideRoot`: the white space beside the root; the span is what stands there, or the problem.
 */
export interface KeptPlace {
  readonly kind: 'document' | 'element' | 'besideRoot';
  readonly span: Span;
}

/**
 * What `formatDocument` leaves out, in the order of the text; elements in a kept one are part of it. None where all is
 * laid out, whatever problems there are. What always stays, such as text and its white space, is not among it.
 */
export function keptPlaces(document: PolicyDocument, style: FormattingStyle): readonly KeptPlace[] {
  const unsure = document.problems.find(isUnsure);
  const problem = unsure ?? document.problems[0];
  if (problem === undefined) return [];
  const everything: readonly KeptPlace[] = [{ kind: 'document', span: problem.span }];
  const regions = findKeptRegions(document);
  if (regions === undefined) return everything;

  const isChanged = formatDocument(document, style).length > 0;
  const wouldChange = isChanged || planLayout(document, createLineTable(document.text), style).length > 0;
  if (wouldChange && !isChanged) return everything;
  const isLaidOut = document.nodes.some((node) => node.kind === 'element' && !regions.isKept(node));
  if (unsure !== undefined && !isChanged && !isLaidOut) return everything;

  const places: KeptPlace[] = outermostKept(document, regions).map(({ span }) => ({ kind: 'element', span }));
  if (regions.besideRoot !== undefined) {
    const { start, end } = regions.besideRoot;
    places.push({ kind: 'besideRoot', span: { start: skipSpace(document.text, start), end } });
  }
  return places.sort((one, other) => one.span.start - other.span.start);
}

function outermostKept(document: PolicyDocument, { isKept }: KeptRegions): readonly PolicyElement[] {
  const kept: PolicyElement[] = [];
  const waiting: PolicyNode[] = [...document.nodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind !== 'element') continue;
    if (isKept(node)) kept.push(node);
    else
      for (let index = node.children.length - 1; index >= 0; index--) waiting.push(node.children[index] as PolicyNode);
  }
  return kept;
}
