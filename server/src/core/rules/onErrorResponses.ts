import { policiesInside, policyElements } from '../effective/policyElements';
import type { PolicyElement } from '../syntax/policyTree';
import { attributeText, sectionElements } from '../syntax/treeQueries';
import type { EffectiveContext } from './effectiveContext';

/**
 * What the document's own on-error section builds an answer with, in order; empty where the merged section writes
 * `Access-Control-Allow-Origin` somewhere, and where it holds something that cannot be read.
 */
export function ownResponsesInOnError(context: EffectiveContext): readonly PolicyElement[] {
  const items = context.policies.flatMap(({ sections }) => sections['on-error']);
  const mayWriteHeader = items.some(
    (item) =>
      item.kind === 'unknown' ||
      [item.element, ...policiesInside(item.element)].some(
        (each) => each.name === 'include-fragment' || writesAllowOrigin(each),
      ),
  );
  if (mayWriteHeader) return [];
  return sectionElements(context.document, 'on-error')
    .flatMap((section) => [...policyElements(section)])
    .filter(({ name }) => name === 'return-response' || name === 'set-body');
}

function writesAllowOrigin(element: PolicyElement): boolean {
  return (
    element.name === 'set-header' &&
    attributeText(element, 'name')?.trim().toLowerCase() === 'access-control-allow-origin' &&
    attributeText(element, 'exists-action')?.trim().toLowerCase() !== 'delete'
  );
}
