import type { CancellationToken, RenameFilesParams, WorkspaceEdit } from 'vscode-languageserver';
import { throwIfCancelled, unlessCancelled } from './answering';
import { toWorkspaceEdit } from './convert';
import { pathOfUri } from './documentPaths';
import { readReferences } from './referenceReading';
import type { Session } from './session';

/**
 * Before the client renames folders for its user: the edits that keep names and folders of fragments, backends and loggers
 * the same. Null where nothing names them, as when our own rename has changed the texts already.
 */
export async function provideFolderRename(
  session: Session,
  { files }: RenameFilesParams,
  token: CancellationToken,
): Promise<WorkspaceEdit | null> {
  const { documents, service, workspace } = session;
  await unlessCancelled(workspace.settled(), token);
  await readReferences(service, () => !token.isCancellationRequested);
  throwIfCancelled(token);
  const editsNow = () =>
    files.flatMap(({ oldUri, newUri }) => {
      const [from, to] = [pathOfUri(oldUri), pathOfUri(newUri)];
      return from === undefined || to === undefined ? [] : service.folderRenameEdits(from, to);
    });
  // Closed files are read once more: their edits carry no version that the client could check.
  const paths = [...new Set(editsNow().map(({ path }) => path))];
  await workspace.rereadFiles(paths.filter((path) => !documents.has(path)));
  throwIfCancelled(token);
  const edits = editsNow();
  return edits.length === 0 ? null : toWorkspaceEdit(edits, session);
}
