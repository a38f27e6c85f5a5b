import { FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type DocumentParams,
  type FileText,
  type FolderContent,
  listFolderRequest,
  readTextRequest,
} from '../../server/src/lsp/protocol';

/** Lets the server read files that only VS Code reaches: in a browser, in a remote repository, in an archive. */
export function answerFileRequests(client: BaseLanguageClient): void {
  client.onRequest(listFolderRequest, async ({ uri }: DocumentParams): Promise<FolderContent> => {
    const entries = await workspace.fs.readDirectory(Uri.parse(uri));
    // Linked folders are not followed, so that no circle is walked.
    return {
      entries: entries.map(([name, type]) => ({ name, kind: type === FileType.Directory ? 'folder' : 'file' })),
    };
  });
  client.onRequest(readTextRequest, async ({ uri }: DocumentParams): Promise<FileText> => {
    return { text: decode(await workspace.fs.readFile(Uri.parse(uri))) };
  });
}

/** UTF-8, or UTF-16 where a byte order mark says so. */
function decode(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
