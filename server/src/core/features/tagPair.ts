import type { PolicyDocument } from '../syntax/policyTree';
import { endTagNameSpan, nodePathAt } from '../syntax/treeQueries';
import { type Span, spanTouches } from '../text/span';

/** The names of a start tag and its end tag. */
export interface TagPair {
  /** `<|set-header| …>` */
  readonly start: Span;
  /** `</|set-header|>` */
  readonly end: Span;
}

/** The pair whose start or end tag's name is at the offset; undefined elsewhere, and for elements without an end tag. */
export function tagPairAt(document: PolicyDocument, offset: number): TagPair | undefined {
  for (const element of [...nodePathAt(document, offset).elements].reverse()) {
    const end = endTagNameSpan(element);
    if (end === undefined) continue;
    if (spanTouches(element.nameSpan, offset) || spanTouches(end, offset)) return { start: element.nameSpan, end };
  }
  return undefined;
}
