import { Disposable, type LogOutputChannel, languages, Range, type TextDocument, workspace } from 'vscode';
import { mayHoldPolicy, policyLanguageId, sniffPolicy } from '../../server/src/lsp/protocol';

/** A policy's first element comes within this many lines. */
const sniffedLines = 400;

/**
 * Gives documents that are policies their language, whatever they open as (setting `apimPolicy.detectLanguage`): then
 * XML extensions, which know no policy expressions, let go of them. Looked at when a document opens and when it is
 * saved, and at each change while it has no name. A document to which the user gives another language afterwards keeps it.
 */
export function detectPolicyLanguage(output: LogOutputChannel): Disposable {
  /** Set by us, and not closed since. */
  const given = new Set<string>();
  const leftAlone = new Set<string>();

  const consider = async (document: TextDocument): Promise<void> => {
    const key = document.uri.toString();
    if (document.languageId === policyLanguageId || leftAlone.has(key)) return;
    if (given.has(key)) {
      // Ours before, another now, and never closed: somebody chose it.
      leftAlone.add(key);
      return;
    }
    if (!isDetected(document)) return;
    given.add(key);
    await languages.setTextDocumentLanguage(document, policyLanguageId);
  };
  const considerNow = (document: TextDocument): void => {
    consider(document).catch((error) => output.error(`setting the language of ${document.uri.toString()}`, error));
  };
  const forgetClosed = async (document: TextDocument): Promise<void> => {
    // A change of the language is a closing with an opening right behind it.
    await Promise.resolve();
    const key = document.uri.toString();
    if (!workspace.textDocuments.some(({ uri }) => uri.toString() === key)) given.delete(key);
  };

  workspace.textDocuments.forEach(considerNow);
  return Disposable.from(
    workspace.onDidOpenTextDocument(considerNow),
    workspace.onDidSaveTextDocument((document) => {
      if (!given.has(document.uri.toString())) considerNow(document);
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      // A new document has no name to go by, and gets its text after it was opened.
      if (document.isUntitled && !given.has(document.uri.toString())) considerNow(document);
    }),
    workspace.onDidCloseTextDocument((document) => void forgetClosed(document)),
  );
}

function isDetected(document: TextDocument): boolean {
  const isNew = document.isUntitled && (document.languageId === 'plaintext' || document.languageId === 'xml');
  if (!isNew && !mayHoldPolicy(document.uri.path)) return false;
  if (!workspace.getConfiguration('apimPolicy', document.uri).get('detectLanguage', true)) return false;
  const kind = sniffPolicy(document.getText(new Range(0, 0, sniffedLines, 0)));
  // A Razor page may begin with any element, but hardly with this one.
  return document.uri.path.toLowerCase().endsWith('.cshtml') ? kind === 'definition' : kind !== 'unrecognised';
}
