import { ownIndentation } from '../text/textEdits';
import type { MarkupToken, StartTagToken } from './markupTokens';

/** Where lost tags have stood is told by the indentation of what is left. */
export interface LostTagSearch {
  readonly text: string;
  readonly tokens: readonly MarkupToken[];
  /** By token, how many elements end at it; known for the tokens so far. */
  readonly closes: readonly number[];
  /** Tokens that may still be looked at: many lost tags must not have the same text looked through again and again. */
  budget: number;
}

/**
 * The index of the token before which an element should be closed: in indented text, the first content that stands no deeper than the
 * element itself; else what ends it now. A budget keeps many unclosed elements from being looked through again and again.
 */
export function findMissingEnd(search: LostTagSearch, startIndex: number, endIndex: number): number {
  const { text, tokens, closes } = search;
  const start = tokens[startIndex] as StartTagToken;
  // Without an indentation of its own, nothing can be told.
  const own = ownIndentation(text, start.span.start) ?? '';
  let depth = 0;
  for (let index = startIndex + 1; index < endIndex && search.budget > 0; index++) {
    search.budget--;
    const token = tokens[index] as MarkupToken;
    depth -= closes[index] ?? 0;
    if (depth < 0) break;
    if (depth === 0 && (token.kind === 'startTag' || token.kind === 'comment')) {
      if (token.kind === 'startTag' && token.isSelfClosing && isEndTagWithoutSlash(start, token)) return index;
      const indentation = own === '' ? undefined : ownIndentation(text, token.span.start);
      if (indentation !== undefined && !isDeeper(indentation, own)) return index;
    }
    if (token.kind === 'startTag' && !token.isSelfClosing) depth++;
  }
  return endIndex;
}

/**
 * Where a lost start tag seems to have stood: before the first of the siblings above the end tag that are indented deeper
 * than it. Undefined where the indentation does not tell.
 */
export function findMissingStart(search: LostTagSearch, index: number, parentIndex: number): MarkupToken | undefined {
  const { text, tokens, closes } = search;
  const own = ownIndentation(text, tokens[index]?.span.start ?? 0);
  if (own === undefined) return undefined;
  let first: MarkupToken | undefined;
  let depth = 0;
  for (let before = index - 1; before > parentIndex && search.budget > 0; before--) {
    search.budget--;
    const token = tokens[before] as MarkupToken;
    if (token.kind === 'startTag' && !token.isSelfClosing) depth--;
    if (depth < 0) break;
    if (depth === 0 && (token.kind === 'startTag' || token.kind === 'comment')) {
      const indentation = ownIndentation(text, token.span.start);
      if (indentation === undefined || !isDeeper(indentation, own)) break;
      first = token;
    }
    depth += closes[before] ?? 0;
  }
  return first;
}

/** `<value>a<value>` and `<value>a<value/>`: what stands for the end tag that is missing. */
export function isEndTagWithoutSlash(outer: StartTagToken, inner: StartTagToken): boolean {
  return inner.name === outer.name && inner.attributes.length === 0 && !inner.isDamaged && inner.isComplete;
}

/** True where `inner` is indented deeper than `outer`, in the same manner. */
function isDeeper(inner: string, outer: string): boolean {
  return inner.length > outer.length && inner.startsWith(outer);
}
