import type {
  DocumentFormattingParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  FormattingOptions,
  TextEdit,
} from 'vscode-languageserver';
import type { FormattingStyle, SpanEdit } from '../core';
import { pathOfDocument } from './documentPaths';
import type { Session } from './session';

// These answers rest on one document's text alone, and are made in one go: the text cannot change under them. The edits
// carry no version, so they are only given for documents whose text is the client's own.

export function provideFormatting(session: Session, { textDocument, options }: DocumentFormattingParams): TextEdit[] {
  return answer(session, textDocument, (path) => session.service.formatDocument(path, styleOf(options)));
}

export function provideRangeFormatting(
  session: Session,
  { textDocument, range, options }: DocumentRangeFormattingParams,
): TextEdit[] {
  return answer(session, textDocument, (path) => {
    const { places, service } = session;
    const span = { start: places.offsetAt(path, range.start), end: places.offsetAt(path, range.end) };
    return service.formatRange(path, span, styleOf(options));
  });
}

export function provideOnTypeFormatting(
  session: Session,
  { textDocument, position, ch, options }: DocumentOnTypeFormattingParams,
): TextEdit[] {
  return answer(session, textDocument, (path) =>
    session.service.formatOnType(path, session.places.offsetAt(path, position), ch, styleOf(options)),
  );
}

function answer(
  { documents, places }: Session,
  textDocument: { readonly uri: string },
  edit: (path: string) => readonly SpanEdit[],
): TextEdit[] {
  const path = pathOfDocument(textDocument);
  if (path === undefined || !documents.has(path)) return [];
  return edit(path).map(({ span, newText }) => ({ range: places.rangeOf(path, span), newText }));
}

/** The editor's own settings count: they may be the service's style, and often are the repository's. */
function styleOf({ insertSpaces, tabSize }: FormattingOptions): FormattingStyle {
  const isWidth = Number.isInteger(tabSize) && tabSize > 0 && tabSize <= 16;
  return { indentation: insertSpaces ? ' '.repeat(isWidth ? tabSize : 4) : '\t' };
}
