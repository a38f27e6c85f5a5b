import type { PolicyDocument } from '../syntax/policyTree';
import type { Span } from '../text/span';
import type { SpanEdit } from '../text/textEdits';
import { tagPairAt } from './tagPair';

/** Something at an offset that can get another name. */
export interface RenameTarget {
  /** What the editor marks while the name is typed. */
  readonly span: Span;
  readonly name: string;
}

/** The edits, or why the new name cannot be; a sentence that says what to do. */
export type Renaming = { readonly edits: readonly SpanEdit[] } | { readonly refusedBecause: string };

/** Undefined where nothing at the offset has a name that can be changed: everywhere but in the names of a tag pair. */
export function renameTargetAt(document: PolicyDocument, offset: number): RenameTarget | undefined {
  const pair = tagPairAt(document, offset);
  if (pair === undefined) return undefined;
  const span = offset <= pair.start.end ? pair.start : pair.end;
  return { span, name: document.text.slice(span.start, span.end) };
}

/** Renames what is at the offset, wherever it is written; undefined where `renameTargetAt` is. */
export function rename(document: PolicyDocument, offset: number, newName: string): Renaming | undefined {
  const pair = tagPairAt(document, offset);
  if (pair === undefined) return undefined;
  if (!isElementName(newName)) {
    const refusedBecause = `"${newName}" cannot be the name of an element. A name begins with a letter or _, and goes on with letters, digits, -, _, . and :.`;
    return { refusedBecause };
  }
  return { edits: [pair.start, pair.end].map((span) => ({ span, newText: newName })) };
}

/** A name as XML allows it. */
export function isElementName(name: string): boolean {
  return /^[\p{L}_:][\p{L}\p{M}\p{N}_:.-]*$/u.test(name);
}
