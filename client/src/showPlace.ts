import { Range, Selection, TextEditorRevealType, type Uri, ViewColumn, window, workspace } from 'vscode';

/**
 * Shows a place of a file, selected, with the cursor where it starts: the start of a long line or of a long element is
 * what a reader looks for. The file comes up in the column where it is already, or beside the view in the column `own`.
 */
export async function showPlace(uri: Uri, place: Range, own: ViewColumn | undefined): Promise<void> {
  const visible = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const viewColumn = visible?.viewColumn ?? columnBeside(own);
  // The option `selection` would put the cursor at the end, and scroll there.
  const editor = await window.showTextDocument(await workspace.openTextDocument(uri), { viewColumn });
  editor.selection = new Selection(place.end, place.start);
  editor.revealRange(new Range(place.start, place.start), TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Of the first two columns, the other one. */
export function columnBeside(column: ViewColumn | undefined): ViewColumn {
  return column === ViewColumn.One ? ViewColumn.Two : ViewColumn.One;
}
