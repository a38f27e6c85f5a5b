import {
  DocumentHighlight,
  DocumentHighlightKind,
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  type LinkedEditingRanges,
  type Position,
  type SelectionRange,
  type SelectionRangeParams,
  SymbolKind,
  type TextDocumentIdentifier,
} from 'vscode-languageserver';
import type { PolicySymbol } from '../core';
import { pathOfDocument } from './documentPaths';
import type { Session } from './session';

// These answers rest on one document's text alone, so none of them waits for the workspace.

interface DocumentParams {
  readonly textDocument: TextDocumentIdentifier;
}

interface PositionParams extends DocumentParams {
  readonly position: Position;
}

const symbolKinds: Readonly<Record<PolicySymbol['kind'], SymbolKind>> = {
  document: SymbolKind.File,
  section: SymbolKind.Module,
  policy: SymbolKind.Event,
  element: SymbolKind.Field,
};

export function provideDocumentSymbols(
  { service, places }: Session,
  { textDocument }: DocumentParams,
): DocumentSymbol[] {
  const path = pathOfDocument(textDocument);
  if (path === undefined) return [];
  const convert = ({ name, kind, span, selectionSpan, children }: PolicySymbol): DocumentSymbol => ({
    name,
    kind: symbolKinds[kind],
    range: places.rangeOf(path, span),
    selectionRange: places.rangeOf(path, selectionSpan),
    children: children.map(convert),
  });
  return service.documentSymbols(path).map(convert);
}

/** Null for what is no file of its own, an effective policy for one: VS Code then folds by indentation. */
export function provideFoldingRanges(
  { service, places }: Session,
  { textDocument }: DocumentParams,
): FoldingRange[] | null {
  const path = pathOfDocument(textDocument);
  if (path === undefined) return null;
  const kinds = { element: undefined, comment: FoldingRangeKind.Comment, region: FoldingRangeKind.Region } as const;
  const seen = new Set<number>();
  return service.foldingRanges(path).flatMap(({ span, kind }) => {
    const { start, end } = places.rangeOf(path, span);
    // The line of an end tag stays in sight.
    const endLine = kind === 'element' ? end.line - 1 : end.line;
    // Editors fold one range per line: the first that begins there is the outermost.
    if (endLine <= start.line || seen.has(start.line)) return [];
    seen.add(start.line);
    const folded: FoldingRange = { startLine: start.line, endLine };
    return [kinds[kind] === undefined ? folded : { ...folded, kind: kinds[kind] }];
  });
}

export function provideSelectionRanges(
  { service, places }: Session,
  { textDocument, positions }: SelectionRangeParams,
): SelectionRange[] {
  const path = pathOfDocument(textDocument);
  return positions.map((position) => {
    const spans = path === undefined ? [] : service.selectionSpans(path, places.offsetAt(path, position));
    let range: SelectionRange | undefined;
    for (const span of [...spans].reverse()) {
      range = { range: places.rangeOf(path as string, span), ...(range === undefined ? {} : { parent: range }) };
    }
    return range ?? { range: { start: position, end: position } };
  });
}

/** Tags, whose names are edited together. */
export function provideLinkedEditingRanges(session: Session, params: PositionParams): LinkedEditingRanges | null {
  const ranges = tagPairRanges(session, params);
  return ranges === undefined ? null : { ranges, wordPattern: '[\\w:.-]+' };
}

/** The matching tag. */
export function provideDocumentHighlights(session: Session, params: PositionParams): DocumentHighlight[] {
  return (tagPairRanges(session, params) ?? []).map((range) =>
    DocumentHighlight.create(range, DocumentHighlightKind.Text),
  );
}

function tagPairRanges({ service, places }: Session, { textDocument, position }: PositionParams) {
  const path = pathOfDocument(textDocument);
  const pair = path === undefined ? undefined : service.tagPair(path, places.offsetAt(path, position));
  return pair && [places.rangeOf(path as string, pair.start), places.rangeOf(path as string, pair.end)];
}
