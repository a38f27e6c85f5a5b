import {
  type Disposable,
  type Position,
  Selection,
  SnippetString,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextEditor,
  window,
  workspace,
} from 'vscode';
import {
  type ClosingTagAnswer,
  type ClosingTagParams,
  closingTagRequest,
  policyLanguageId,
} from '../../server/src/lsp/protocol';
import type { PolicyServer } from './policyServer';

/**
 * Inserts the end tag when a person has typed the `>` of a start tag, or `</` (setting `apimPolicy.autoCloseTags`).
 * Pasting, undoing, several cursors and changes by programs bring nothing about. An answer that comes after another key
 * is dropped.
 */
export function autoCloseTags(server: PolicyServer): Disposable {
  return workspace.onDidChangeTextDocument((event) => {
    const editor = window.activeTextEditor;
    const position = typedPosition(event, editor);
    if (editor === undefined || position === undefined) return;
    void closeTag(server, editor, position).catch(() => {
      // The server refuses to answer for a text that has changed meanwhile, and logs what else goes wrong.
    });
  });
}

/** Behind the `>` or `/` that was typed; undefined where the change is anything else. */
function typedPosition(
  { document, contentChanges, reason }: TextDocumentChangeEvent,
  editor: TextEditor | undefined,
): Position | undefined {
  const [change, ...others] = contentChanges;
  if (change === undefined || others.length > 0 || reason !== undefined) return undefined;
  if (change.rangeLength > 0 || (change.text !== '>' && change.text !== '/')) return undefined;
  if (document !== editor?.document || document.languageId !== policyLanguageId) return undefined;
  if (editor.selections.length !== 1 || !isSwitchedOn(document)) return undefined;
  return change.range.start.translate(0, 1);
}

function isSwitchedOn(document: TextDocument): boolean {
  return workspace.getConfiguration('apimPolicy', document).get('autoCloseTags', true);
}

async function closeTag(server: PolicyServer, editor: TextEditor, position: Position): Promise<void> {
  const { document } = editor;
  const { version } = document;
  // The server learns of the change from another listener of the same event.
  await Promise.resolve();
  const params: ClosingTagParams = { uri: document.uri.toString(), version, position };
  const answer = await server.runningClient?.sendRequest<ClosingTagAnswer | null>(closingTagRequest, params);
  const isCurrent = window.activeTextEditor === editor && document.version === version;
  if (!answer || !isCurrent || !editor.selection.isEqual(new Selection(position, position))) return;
  const snippet = new SnippetString();
  if (answer.cursor === 'before') snippet.appendTabstop(0);
  snippet.appendText(answer.text);
  await editor.insertSnippet(snippet, position);
}
