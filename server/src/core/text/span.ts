/**
 * A half-open stretch of a document's text.
 *
 * Offsets count UTF-16 code units of the text as it was given (a BOM counts, line ends are kept), the same unit as
 * JavaScript strings and LSP. They never refer to a masked or decoded text.
 */
export interface Span {
  readonly start: number;
  /** One past the last code unit. */
  readonly end: number;
}

/** True where the offset lies in the span or directly behind its last character, as a cursor would. */
export function spanTouches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** True where every character of `inner` is a character of `outer`. */
export function spanContains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
