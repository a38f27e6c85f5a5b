import { parsePolicyDocument } from '../../syntax/parsePolicyDocument';
import type { PolicyDocument } from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import { applyEdits, type SpanEdit } from '../../text/textEdits';
import type { FormattingStyle } from './formattingStyle';
import type { LayoutEdit } from './layoutPen';
import { createLineTable, type LineTable } from './lineTable';
import { planLayout } from './planLayout';
import { meansTheSame } from './sameMeaning';

/**
 * The edits that lay a document out: small ones, of white space alone, in the order of the text and without overlaps;
 * none where it is laid out already. What cannot be read, and what may be part of a value, stays as it is.
 */
export function formatDocument(document: PolicyDocument, style: FormattingStyle): readonly SpanEdit[] {
  return safeEdits(document, planLayout(document, createLineTable(document.text), style));
}

/**
 * The same for the lines that a span touches. A block of lines (C#, a comment) moves as a whole when the line on which
 * it begins is among them, and not at all otherwise.
 */
export function formatRange(document: PolicyDocument, span: Span, style: FormattingStyle): readonly SpanEdit[] {
  const lines = createLineTable(document.text);
  const { first, last } = touchedLines(lines, span);
  const isInside = ({ anchorLine }: LayoutEdit): boolean => first <= anchorLine && anchorLine <= last;
  return safeEdits(document, planLayout(document, lines, style).filter(isInside));
}

/** A selection of whole lines ends at the beginning of the next one, which is not meant. */
function touchedLines(lines: LineTable, { start, end }: Span): { readonly first: number; readonly last: number } {
  const first = lines.lineAt(start);
  const last = lines.lineAt(end);
  return { first, last: last > first && lines.startOf(last) === end ? last - 1 : last };
}

/**
 * Nobody gets edits that change what a policy says: the text after them is read, and compared. Where a broken text is
 * read in another way after them, there are none; for a sound text that would be a defect of ours.
 */
function safeEdits(document: PolicyDocument, edits: readonly LayoutEdit[]): readonly SpanEdit[] {
  if (edits.length === 0) return [];
  const formatted = applyEdits(document.text, edits);
  if (meansTheSame(document, parsePolicyDocument(formatted, document.path, document.version))) {
    return edits.map(({ span, newText }) => ({ span, newText }));
  }
  if (document.problems.length > 0) return [];
  throw new Error('formatting would change what the policy says, so it was not done');
}
