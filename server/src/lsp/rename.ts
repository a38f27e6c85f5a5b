import {
  ErrorCodes,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { toWorkspaceEdit } from './convert';
import { pathOfDocument } from './documentPaths';
import type { Session } from './session';

// These answers rest on one document's text alone, so neither of them waits for the workspace.

/** What the editor lets the user rename; null where nothing is. */
export function providePrepareRename(
  { service, places }: Session,
  { textDocument, position }: PrepareRenameParams,
): PrepareRenameResult | null {
  const path = pathOfDocument(textDocument);
  const target = path === undefined ? undefined : service.renameTarget(path, places.offsetAt(path, position));
  return target === undefined ? null : { range: places.rangeOf(path as string, target.span), placeholder: target.name };
}

/** A name that cannot be is an error response, whose message the editor shows. */
export function provideRename(
  session: Session,
  { textDocument, position, newName }: RenameParams,
): WorkspaceEdit | null {
  const path = pathOfDocument(textDocument);
  if (path === undefined) return null;
  const renaming = session.service.rename(path, session.places.offsetAt(path, position), newName);
  if (renaming === undefined) return null;
  if ('refusedBecause' in renaming) throw new ResponseError(ErrorCodes.InvalidParams, renaming.refusedBecause);
  return toWorkspaceEdit(
    renaming.edits.map((edit) => ({ path, ...edit })),
    session,
  );
}
