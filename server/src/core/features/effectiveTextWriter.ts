import { type PolicyDocument, spanInFile } from '../syntax/policyTree';
import type { Span } from '../text/span';

/** The merged policy of one chain as a document to read. */
export interface EffectivePolicyText {
  /** Lines end with `\n`. */
  readonly text: string;
  /** Where its parts come from, in its order, without overlaps. What is ours alone, tags of sections above all, has none. */
  readonly origins: readonly TextOrigin[];
}

export interface TextOrigin {
  /**
   * `statement`: the source's own characters, as many in both spans, so that places in them correspond one to one. A line
   * end is never among them.
   * `file`: the name of a file in a comment, to be a link. `place`: whatever else is about a place as a whole.
   */
  readonly kind: 'statement' | 'file' | 'place';
  /** In the effective policy's text. */
  readonly span: Span;
  readonly path: string;
  /** In the file. */
  readonly source: Span;
}

/** Writes a text, and keeps where its parts come from. */
export interface TextWriter {
  write(text: string): void;
  /** Repeats a stretch of a document's text. */
  copy(document: PolicyDocument, source: Span): void;
  /** Writes words of ours about a place. */
  mark(kind: 'file' | 'place', text: string, document: PolicyDocument, source: Span): void;
  length(): number;
  result(): EffectivePolicyText;
}

export function createTextWriter(): TextWriter {
  const pieces: string[] = [];
  const origins: TextOrigin[] = [];
  let length = 0;
  const write = (text: string): void => {
    pieces.push(text);
    length += text.length;
  };
  const writeFrom = (text: string, kind: TextOrigin['kind'], document: PolicyDocument, source: Span): void => {
    if (text === '') return;
    const span = { start: length, end: length + text.length };
    // Of a string's characters some are written as two and more, so places in it do not correspond one to one.
    const ofKind = document.isEmbedded && kind === 'statement' ? 'place' : kind;
    origins.push({ kind: ofKind, span, path: document.path, source: spanInFile(document, source) });
    write(text);
  };
  return {
    write,
    copy: (document, source) => writeFrom(document.text.slice(source.start, source.end), 'statement', document, source),
    mark: (kind, text, document, source) => writeFrom(text, kind, document, source),
    length: () => length,
    result: () => ({ text: pieces.join(''), origins }),
  };
}
