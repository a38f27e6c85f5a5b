import {
  type CancellationToken,
  ErrorCodes,
  LSPErrorCodes,
  type PrepareRenameParams,
  type PrepareRenameResult,
  RenameFile,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Renaming } from '../core';
import { contentModified, throwIfCancelled } from './answering';
import { toWorkspaceEdit } from './convert';
import { pathOfDocument } from './documentPaths';
import { type Session, settle, settleReferences } from './session';

/** How often the edits are computed anew because a closed file has changed on the disk, before the client is put off. */
const mostTries = 3;

/**
 * What the editor lets the user rename; null for what is no policy. Where nothing can be renamed, the editor shows the
 * error's message: an editor asks only when the user has asked for a renaming.
 */
export async function providePrepareRename(
  session: Session,
  { textDocument, position }: PrepareRenameParams,
  token: CancellationToken,
): Promise<PrepareRenameResult | null> {
  const path = pathOfDocument(textDocument);
  if (path === undefined) return null;
  await settle(session, path, token);
  const { places, service } = session;
  const target = service.renameTarget(path, places.offsetAt(path, position));
  if (target === undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, whatCanBeRenamed);
  return { range: places.rangeOf(path, target.span), placeholder: target.name };
}

const whatCanBeRenamed =
  'Nothing here can be renamed. What can: the name of an element that has an end tag, fragments, named values, backends, ' +
  'loggers and policy variables.';

/** A name that cannot be is an error response, whose message the editor shows. */
export async function provideRename(
  session: Session,
  { textDocument, position, newName }: RenameParams,
  token: CancellationToken,
): Promise<WorkspaceEdit | null> {
  const path = pathOfDocument(textDocument);
  if (path === undefined) return null;
  await settleReferences(session, path, token);
  const { documents, places, service, workspace } = session;
  const version = documents.version(path);
  for (let tries = 0; tries < mostTries; tries++) {
    const renaming = service.rename(path, places.offsetAt(path, position), newName);
    if (renaming === undefined) return null;
    if ('refusedBecause' in renaming) throw refusal(renaming.refusedBecause);
    // Edits of closed files carry no version that a client could check, so their text is read once more.
    const edited = [...new Set(renaming.edits.map((edit) => edit.path))];
    const changed = await workspace.rereadFiles(edited.filter((each) => !documents.has(each)));
    throwIfCancelled(token);
    if (documents.version(path) !== version) throw contentModified();
    if (!changed) return toEdit(renaming, session);
  }
  throw contentModified();
}

function toEdit({ edits, moved }: Exclude<Renaming, { refusedBecause: string }>, session: Session): WorkspaceEdit {
  const edit = toWorkspaceEdit(edits, session);
  session.ownMoves.clear();
  if (moved === undefined) return edit;
  const { documents, client } = session;
  const edited = new Map(edits.map(({ path }) => [path, documents.version(path)]));
  if (!client.movesFiles || edit.documentChanges === undefined) {
    throw refusal(
      `The name is that of the folder ${moved.from}, and this editor cannot rename folders for the server. Rename the folder to ${moved.to}, and write the new name where it is used (${edited.size} files).`,
    );
  }
  session.ownMoves.set(moved.from, { to: moved.to, edited });
  // The texts first: those in the folder still have their old addresses.
  return {
    documentChanges: [...edit.documentChanges, RenameFile.create(documents.uri(moved.from), documents.uri(moved.to))],
  };
}

function refusal(message: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}
