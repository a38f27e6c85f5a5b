import type { CancellationToken, RenameFilesParams, WorkspaceEdit } from 'vscode-languageserver';
import type { RenameEdit } from '../core';
import { throwIfCancelled, unlessCancelled } from './answering';
import { toWorkspaceEdit } from './convert';
import { pathOfUri } from './documentPaths';
import { readReferences } from './referenceReading';
import type { OwnMove, Session } from './session';

/**
 * Before the client renames folders for its user: the edits that keep names and folders of fragments, backends and loggers
 * the same. Null where nothing names them, and for what our own rename moves.
 */
export async function provideFolderRename(
  session: Session,
  { files }: RenameFilesParams,
  token: CancellationToken,
): Promise<WorkspaceEdit | null> {
  const { documents, ownMoves, service, workspace } = session;
  const moves = files.flatMap(({ oldUri, newUri }): readonly Move[] => {
    const [from, to] = [pathOfUri(oldUri), pathOfUri(newUri)];
    if (from === undefined || to === undefined) return [];
    const own = ownMoves.get(from);
    ownMoves.delete(from);
    return [{ from, to, own: own?.to === to ? own : undefined }];
  });
  await unlessCancelled(workspace.settled(), token);
  await readReferences(service, () => !token.isCancellationRequested);
  throwIfCancelled(token);
  const editsNow = () => moves.flatMap((move) => editsFor(move, session));
  // Closed files are read once more: their edits carry no version that the client could check.
  const paths = [...new Set(editsNow().map(({ path }) => path))];
  await workspace.rereadFiles(paths.filter((path) => !documents.has(path)));
  throwIfCancelled(token);
  const edits = editsNow();
  return edits.length === 0 ? null : toWorkspaceEdit(edits, session);
}

interface Move {
  readonly from: string;
  readonly to: string;
  /** Where our last rename would make the same move. */
  readonly own: OwnMove | undefined;
}

/** None where the client is busy with our own rename, which brings its texts itself: they would be changed twice. */
function editsFor({ from, to, own }: Move, session: Session): readonly RenameEdit[] {
  const edits = session.service.folderRenameEdits(from, to);
  return own !== undefined && !isDiscarded(own, edits, session) ? [] : edits;
}

/**
 * True where the user looked at our rename and did not want it, as far as that shows: since then an editor has changed one of
 * its documents to something else, or closed it. VS Code tells of the texts that a rename changes only after it has asked what
 * the move of the folder changes; other clients tell before, and then one of the documents has the new name.
 */
function isDiscarded({ edited }: OwnMove, edits: readonly RenameEdit[], { documents, service }: Session): boolean {
  const isMissing = ({ path, span, newText }: RenameEdit): boolean =>
    service.store.text(path)?.slice(span.start, span.end) !== newText;
  const missing = new Set(edits.filter(isMissing).map(({ path }) => path));
  const isMade = [...edited.keys()].some((path) => documents.has(path) && !missing.has(path));
  return !isMade && [...edited].some(([path, version]) => version !== undefined && documents.version(path) !== version);
}
