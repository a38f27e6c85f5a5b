import type { PolicyDocument } from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import { removalSpans } from '../../text/textEdits';
import type { TextEdit } from '../rule';

/** An edit of this version of the document. */
export function documentEdit({ path, version }: PolicyDocument, span: Span, newText: string): TextEdit {
  return { path, version, span, newText };
}

/** Puts text at an offset and takes nothing away. */
export function insertion(document: PolicyDocument, at: number, newText: string): TextEdit {
  return documentEdit(document, { start: at, end: at }, newText);
}

/** Removes the spans, with the lines and blanks that are then of no use. */
export function removals(document: PolicyDocument, spans: readonly Span[]): readonly TextEdit[] {
  return removalSpans(document.text, spans).map((span) => documentEdit(document, span, ''));
}
