import {
  createLineIndex,
  type DocumentStore,
  type LineIndex,
  type PolicyDocument,
  type Range,
  type Span,
  spanInFile,
} from '../core';
import { shownPath } from './paths';

/** A place in a file as JSON results write it: lines and characters count from 0. */
export interface JsonPlace {
  readonly file: string;
  readonly range: Range;
}

/** Turns paths and offsets into files and lines. Life: one run of a command. */
export interface Places {
  file(path: string): string;
  range(path: string, span: Span): Range;
  at(path: string, span: Span): JsonPlace;
  /** The document may be a string inside a file. */
  inDocument(document: PolicyDocument, span: Span): JsonPlace;
  /** `apis/orders/policy.xml:3:5`, lines and columns from 1. */
  shown(path: string, span: Span): string;
  shownIn(document: PolicyDocument, span: Span): string;
}

/** `realPath` names the file that a path of the store stands for, where the two differ. */
export function placesOf(
  store: DocumentStore,
  cwd: string,
  realPath: (path: string) => string = (path) => path,
): Places {
  const indexes = new Map<string, LineIndex>();
  const indexOf = (path: string, text: string): LineIndex => {
    const index = indexes.get(path) ?? createLineIndex(text);
    indexes.set(path, index);
    return index;
  };
  const file = (path: string): string => shownPath(cwd, realPath(path));
  const range = (path: string, span: Span): Range => indexOf(path, store.text(path) ?? '').rangeOf(span);
  const inDocument = (document: PolicyDocument, span: Span): JsonPlace => ({
    file: file(document.path),
    // A policy that a case of cors-test carries with it is in no file of its own.
    range: store.has(document.path)
      ? range(document.path, spanInFile(document, span))
      : indexOf(document.path, document.text).rangeOf(span),
  });
  const show = ({ file: name, range: { start } }: JsonPlace): string =>
    `${name}:${start.line + 1}:${start.character + 1}`;
  return {
    file,
    range,
    at: (path, span) => ({ file: file(path), range: range(path, span) }),
    inDocument,
    shown: (path, span) => show({ file: file(path), range: range(path, span) }),
    shownIn: (document, span) => show(inDocument(document, span)),
  };
}
