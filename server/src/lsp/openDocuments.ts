import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type DocumentStore, sniffPolicy } from '../core';
import { pathOfDocument, uriOfPath } from './documentPaths';
import { policyLanguageId } from './protocol';

/** What happens to documents in the client, after the store has the new text. */
export interface DocumentEvents {
  opened(path: string): void;
  changed(path: string): void;
  /** The store still has the last text of the editor. */
  closed(path: string, uri: string): void;
}

/** The documents that the client has open. Their text in the store is the editor's, whatever the disk says. */
export interface OpenDocuments {
  has(path: string): boolean;
  paths(): readonly string[];
  /** Undefined for what is not open. */
  version(path: string): number | undefined;
  /** The address exactly as the client wrote it, for open documents; our own for others. */
  uri(path: string): string;
}

interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  /** Once a text was recognised, it stays a policy while it is open: it may be broken for the time of an edit. */
  readonly isPolicy: boolean;
}

/** Keeps the store up with the client's documents. Sync is incremental. */
export function followOpenDocuments(
  connection: Connection,
  store: DocumentStore,
  events: DocumentEvents,
): OpenDocuments {
  const texts = new TextDocuments(TextDocument);
  const open = new Map<string, OpenDocument>();

  texts.onDidChangeContent(({ document }) => {
    const path = pathOfDocument(document);
    if (path === undefined) return;
    const text = document.getText();
    const before = open.get(path);
    const isPolicy =
      before?.isPolicy === true || document.languageId === policyLanguageId || sniffPolicy(text) !== 'unrecognised';
    open.set(path, { uri: document.uri, version: document.version, isPolicy });
    // The store keeps what it has for an equal text of an equal version, its word on the kind of file included.
    if (before === undefined && store.has(path) && store.isPolicy(path) !== isPolicy) store.delete(path);
    store.setText(path, text, document.version, isPolicy);
    if (before === undefined) events.opened(path);
    else events.changed(path);
  });
  texts.onDidClose(({ document }) => {
    const path = pathOfDocument(document);
    // The same file may have been opened again under another spelling of its address.
    if (path === undefined || open.get(path)?.uri !== document.uri) return;
    open.delete(path);
    events.closed(path, document.uri);
  });
  texts.listen(connection);

  return {
    has: (path) => open.has(path),
    paths: () => [...open.keys()],
    version: (path) => open.get(path)?.version,
    uri: (path) => open.get(path)?.uri ?? uriOfPath(path),
  };
}
