import type { Position, Range } from 'vscode-languageserver';
import { createLineIndex, type DocumentStore, type LineIndex, type Span } from '../core';

/** Turns offsets of the store's texts into LSP's positions and back. */
export interface TextPlaces {
  /** The beginning of the file where the store has no text of it. */
  rangeOf(path: string, span: Span): Range;
  offsetAt(path: string, position: Position): number;
}

/** Line indexes live as long as the text they were made from. */
export function createTextPlaces(store: DocumentStore): TextPlaces {
  const known = new Map<string, { readonly text: string; readonly index: LineIndex }>();
  const indexOf = (path: string): LineIndex => {
    const text = store.text(path) ?? '';
    const last = known.get(path);
    if (last?.text === text) return last.index;
    const index = createLineIndex(text);
    known.set(path, { text, index });
    return index;
  };
  return {
    rangeOf: (path, span) => indexOf(path).rangeOf(span),
    offsetAt: (path, position) => indexOf(path).offsetAt(position),
  };
}
