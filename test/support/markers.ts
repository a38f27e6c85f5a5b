/**
 * Fixtures with positions in them: `¦` is a cursor, `«…»` a span. Policy text is full of `|`, `<` and `>`, but has none
 * of these.
 */
export interface MarkedText {
  /** Without the markers. */
  readonly text: string;
  readonly cursors: readonly number[];
  /** In the order of their beginnings. */
  readonly spans: readonly MarkedSpan[];
}

export interface MarkedSpan {
  readonly start: number;
  readonly end: number;
}

/** Reads every marker. Throws where a `«` or a `»` has no partner. */
export function readMarkers(fixture: string): MarkedText {
  let text = '';
  const cursors: number[] = [];
  const spans: { start: number; end: number }[] = [];
  const open: { start: number; end: number }[] = [];
  for (const part of fixture.split(/([¦«»])/)) {
    if (part === '¦') {
      cursors.push(text.length);
    } else if (part === '«') {
      const span = { start: text.length, end: -1 };
      spans.push(span);
      open.push(span);
    } else if (part === '»') {
      const span = open.pop();
      if (span === undefined) throw new Error(`A » without its « in: ${fixture}`);
      span.end = text.length;
    } else {
      text += part;
    }
  }
  if (open.length > 0) throw new Error(`A « without its » in: ${fixture}`);
  return { text, cursors, spans };
}

/** A text with exactly one `¦`, and nothing else marked. */
export function textWithCursor(fixture: string): { readonly text: string; readonly offset: number } {
  const { text, cursors, spans } = readMarkers(fixture);
  const [offset] = cursors;
  if (offset === undefined || cursors.length > 1 || spans.length > 0) {
    throw new Error(`Exactly one ¦ and no «» is wanted in: ${fixture}`);
  }
  return { text, offset };
}

/** A text in which only spans are marked; none, where nothing is expected in it. */
export function textWithSpans(fixture: string): { readonly text: string; readonly spans: readonly MarkedSpan[] } {
  const { text, cursors, spans } = readMarkers(fixture);
  if (cursors.length > 0) throw new Error(`No ¦ is wanted in: ${fixture}`);
  return { text, spans };
}
