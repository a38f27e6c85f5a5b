import type { CancellationToken, RenameFilesParams, WorkspaceEdit } from 'vscode-languageserver';
import { throwIfCancelled, unlessCancelled } from './answering';
import { toWorkspaceEdit } from './convert';
import { pathOfUri } from './documentPaths';
import { readReferences } from './referenceReading';
import type { Session } from './session';

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
  const moves = files.flatMap(({ oldUri, newUri }): readonly (readonly [from: string, to: string])[] => {
    const [from, to] = [pathOfUri(oldUri), pathOfUri(newUri)];
    if (from === undefined || to === undefined) return [];
    const isOwn = ownMoves.get(from) === to;
    ownMoves.delete(from);
    return isOwn ? [] : [[from, to]];
  });
  await unlessCancelled(workspace.settled(), token);
  await readReferences(service, () => !token.isCancellationRequested);
  throwIfCancelled(token);
  const editsNow = () => moves.flatMap(([from, to]) => service.folderRenameEdits(from, to));
  // Closed files are read once more: their edits carry no version that the client could check.
  const paths = [...new Set(editsNow().map(({ path }) => path))];
  await workspace.rereadFiles(paths.filter((path) => !documents.has(path)));
  throwIfCancelled(token);
  const edits = editsNow();
  return edits.length === 0 ? null : toWorkspaceEdit(edits, session);
}
