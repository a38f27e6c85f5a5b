import type { PolicyDocument } from '../syntax/policyTree';
import type { Span } from '../text/span';
import type { SpanEdit } from '../text/textEdits';
import type { References } from '../workspace/references';
import { canBeRenamed, type RenameSurroundings, renameThing } from './renameReferences';
import { tagPairAt } from './tagPair';

/** Something at an offset that can get another name. */
export interface RenameTarget {
  /** What the editor marks while the name is typed. */
  readonly span: Span;
  readonly name: string;
}

/** An edit of one of the files that hold the name. */
export interface RenameEdit extends SpanEdit {
  readonly path: string;
}

/** What to change, or why the new name cannot be; a sentence that says what to do. */
export type Renaming =
  | {
      readonly edits: readonly RenameEdit[];
      /** A file or folder that bears the name, to be moved once the texts are changed. */
      readonly moved?: { readonly from: string; readonly to: string };
    }
  | { readonly refusedBecause: string };

/** Undefined where nothing at the offset has a name that can be changed: a tag pair, or something that policies name. */
export function renameTargetAt(
  document: PolicyDocument,
  offset: number,
  references: References | undefined,
): RenameTarget | undefined {
  const pair = tagPairAt(document, offset);
  if (pair !== undefined) {
    const span = offset <= pair.start.end ? pair.start : pair.end;
    return { span, name: document.text.slice(span.start, span.end) };
  }
  const thing = references?.thingAt(document.path, offset);
  return thing !== undefined && canBeRenamed(thing.kind) ? { span: thing.span, name: thing.name } : undefined;
}

/** Renames what is at the offset, wherever it is written; undefined where `renameTargetAt` is. */
export function rename(
  document: PolicyDocument,
  offset: number,
  newName: string,
  surroundings: RenameSurroundings | undefined,
): Renaming | undefined {
  const pair = tagPairAt(document, offset);
  if (pair === undefined) {
    const thing = surroundings?.references.thingAt(document.path, offset);
    return thing && surroundings && renameThing(thing, document.path, newName, surroundings);
  }
  if (!isElementName(newName)) {
    const refusedBecause = `"${newName}" cannot be the name of an element. A name begins with a letter or _, and goes on with letters, digits, -, _, . and :.`;
    return { refusedBecause };
  }
  return { edits: [pair.start, pair.end].map((span) => ({ path: document.path, span, newText: newName })) };
}

/** A name as XML allows it. */
export function isElementName(name: string): boolean {
  return /^[\p{L}_:][\p{L}\p{M}\p{N}_:.-]*$/u.test(name);
}
