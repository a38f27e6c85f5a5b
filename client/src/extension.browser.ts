import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { startExtension } from './startClient';

let stop: (() => Promise<void>) | undefined;

/** The extension in a browser without a machine behind it: the server is a worker. */
export function activate(context: ExtensionContext): void {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'server.worker.js').toString(true);
  // A new worker for each start, so that one that died is replaced.
  const startWorker = async () => new Worker(script);
  stop = startExtension(context, (id, name, options) => new LanguageClient(id, name, startWorker, options));
}

/** VS Code waits for the server to end. */
export function deactivate(): Promise<void> | undefined {
  return stop?.();
}
