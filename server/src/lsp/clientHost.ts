import type { Connection } from 'vscode-languageserver';
import { NothingThereError, reasonOf, type WorkspaceHost } from '../core';
import { isOnDisk, uriOfPath } from './documentPaths';
import { type FileText, type FolderContent, listFolderRequest, readTextRequest } from './protocol';

/** The files that only the client can reach: those of a browser, of a remote repository. Asks with our own requests. */
export function createClientHost(connection: Connection): WorkspaceHost {
  const readText = async (path: string): Promise<string> => {
    const { text } = await connection.sendRequest<FileText>(readTextRequest, { uri: uriOfPath(path) });
    return text;
  };
  return {
    async listFolder(folder) {
      const asked = connection.sendRequest<FolderContent>(listFolderRequest, { uri: uriOfPath(folder) });
      const { entries } = await asked.catch(tellNothingThere);
      return entries;
    },
    readText,
    readBeginning: async (path) => ({ text: await readText(path), isWhole: true }),
  };
}

/** VS Code's file systems name this error so, and only its message crosses the wire. */
function tellNothingThere(error: unknown): never {
  if (/FileNotFound|EntryNotFound|ENOENT/.test(reasonOf(error))) throw new NothingThereError();
  throw error;
}

/** For clients that do not pass files on. */
const noHost: WorkspaceHost = {
  listFolder: refuse,
  readText: refuse,
  readBeginning: refuse,
};

async function refuse(): Promise<never> {
  throw new Error('this editor does not pass it on');
}

/**
 * One host over both worlds: the disk where there is one, the client for everything else. Texts come without a byte
 * order mark, as editors have them, so that places in closed and in open files count alike.
 */
export function combineHosts(disk: WorkspaceHost | undefined, client: WorkspaceHost | undefined): WorkspaceHost {
  const hostOf = (path: string): WorkspaceHost => (isOnDisk(path) ? disk : undefined) ?? client ?? noHost;
  return {
    listFolder: (folder) => hostOf(folder).listFolder(folder),
    readText: async (path) => withoutByteOrderMark(await hostOf(path).readText(path)),
    async readBeginning(path) {
      const { text, isWhole } = await hostOf(path).readBeginning(path);
      return { text: withoutByteOrderMark(text), isWhole };
    },
  };
}

function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
