import { commands, type Disposable, type TextDocument, type TextEdit, type TextEditor, window } from 'vscode';
import { type DocumentFormattingParams, DocumentFormattingRequest, type Middleware } from 'vscode-languageclient';
import { isUploadedOnSave, policyLanguageId } from '../../server/src/lsp/protocol';
import type { PolicyServer } from './policyServer';

/**
 * VS Code asks for the same formatting when a document is saved as when somebody wants it formatted, and does not say
 * which it is. A save of a file in the official APIM extension's folder may upload it to a live gateway, so VS Code gets
 * no formatting there; the command does.
 *
 * VS Code's events do not tell either: `onWillSaveTextDocument` may come before or after the request, by the order in
 * which parts of VS Code were started.
 */
export const formattingMiddleware: Middleware = {
  provideDocumentFormattingEdits: (document, options, token, next) =>
    isLeftAlone(document) ? [] : next(document, options, token),
  provideDocumentRangeFormattingEdits: (document, range, options, token, next) =>
    isLeftAlone(document) ? [] : next(document, range, options, token),
  provideDocumentRangesFormattingEdits: (document, ranges, options, token, next) =>
    isLeftAlone(document) ? [] : next(document, ranges, options, token),
};

const noteMs = 8000;

function isLeftAlone({ uri }: TextDocument): boolean {
  if (!isUploadedOnSave(uri.path)) return false;
  const note = 'Not formatted, since saving this file may upload it. Use the command "Format Policy Document".';
  window.setStatusBarMessage(note, noteMs);
  return true;
}

/** `apimPolicy.formatDocument`: formats the policy in the active editor, wherever the file lies. */
export function registerFormatCommand(server: PolicyServer): Disposable {
  return commands.registerCommand('apimPolicy.formatDocument', async () => {
    const editor = window.activeTextEditor;
    if (editor?.document.languageId !== policyLanguageId) {
      void window.showInformationMessage('Open a policy in the editor to format it.');
      return;
    }
    const { document } = editor;
    const { version } = document;
    const edits = await requestEdits(server, editor);
    // Edits for a text that is no longer there are dropped.
    if (document.version !== version || edits.length === 0) return;
    await editor.edit((builder) => {
      for (const { range, newText } of edits) builder.replace(range, newText);
    });
  });
}

async function requestEdits(server: PolicyServer, { document, options }: TextEditor): Promise<readonly TextEdit[]> {
  await server.start();
  const client = server.runningClient;
  if (client === undefined) return [];
  const params: DocumentFormattingParams = {
    textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
    // An editor that was asked always has numbers and booleans here, never "auto".
    options: { insertSpaces: options.insertSpaces === true, tabSize: Number(options.tabSize) },
  };
  const edits = await client.sendRequest(DocumentFormattingRequest.type, params);
  return (await client.protocol2CodeConverter.asTextEdits(edits)) ?? [];
}
