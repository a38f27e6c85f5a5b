import type { PolicyDocument } from '../../syntax/policyTree';
import { allElements, sectionElements } from '../../syntax/treeQueries';
import type { Span } from '../../text/span';

/**
 * Where a person may want a request explained: the names of `inbound` and of every `cors` in it, in the order of the
 * text. In a fragment every `cors`.
 */
export function explainablePlaces(document: PolicyDocument): readonly Span[] {
  const inbound = sectionElements(document, 'inbound');
  const isInside = ({ start }: Span): boolean => inbound.some(({ span }) => span.start <= start && start < span.end);
  const isFragment = document.kind === 'fragment';
  return [...allElements(document)]
    .filter(
      (element) => inbound.includes(element) || (element.name === 'cors' && (isFragment || isInside(element.span))),
    )
    .map(({ nameSpan }) => nameSpan);
}
