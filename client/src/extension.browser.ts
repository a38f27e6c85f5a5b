import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { startExtension } from './startClient';

/** The extension in a browser without a machine behind it: the server is a worker. */
export function activate(context: ExtensionContext): void {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'server.worker.js').toString(true);
  startExtension(context, (id, name, options) => new LanguageClient(id, name, new Worker(script), options));
}
