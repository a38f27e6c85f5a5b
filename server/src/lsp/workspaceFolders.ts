import type { Connection, InitializeParams } from 'vscode-languageserver';
import { pathOfUri } from './documentPaths';

/** The folders that the client opens with; none for a single file. */
export function initialFolders(params: InitializeParams): readonly string[] {
  const { workspaceFolders, rootUri } = params;
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null ? [] : [rootUri]);
  return pathsOf(uris);
}

/** Tells of the whole list of folders whenever the client adds or removes some. */
export function followWorkspaceFolders(
  connection: Connection,
  initial: readonly string[],
  changed: (folders: readonly string[]) => void,
): void {
  let folders = initial;
  connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    const gone = pathsOf(removed.map(({ uri }) => uri));
    const come = pathsOf(added.map(({ uri }) => uri));
    folders = [...new Set([...folders.filter((folder) => !gone.includes(folder)), ...come])];
    changed(folders);
  });
}

function pathsOf(uris: readonly string[]): readonly string[] {
  return uris.map(pathOfUri).filter((path) => path !== undefined);
}
