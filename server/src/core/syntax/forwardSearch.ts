import type { Span } from '../text/span';

/** Finds the next place of one kind from an offset on; -1 where the text has none. */
export type ForwardSearch = (from: number) => number;

/**
 * Keeps the last answer, which is good until the offset passes it: a scanner that goes forwards looks at each character
 * once, however often it asks. The answer must depend on nothing but the offset.
 */
export function remember(search: ForwardSearch): ForwardSearch {
  let askedFrom = Number.POSITIVE_INFINITY;
  let found = -1;
  return (from) => {
    if (from < askedFrom || (found >= 0 && found < from)) {
      askedFrom = from;
      found = search(from);
    }
    return found;
  };
}

/** Whether an offset lies in one of the spans, which are in order. Ask in the order of the text. */
export function cursorOver(spans: readonly Span[]): (offset: number) => boolean {
  let next = 0;
  return (offset) => {
    while ((spans[next]?.end ?? Number.POSITIVE_INFINITY) <= offset) next++;
    return (spans[next]?.start ?? Number.POSITIVE_INFINITY) <= offset;
  };
}
