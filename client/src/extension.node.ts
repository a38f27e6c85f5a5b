import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { startExtension } from './startClient';

let stop: (() => Promise<void>) | undefined;

/** The extension in a desktop VS Code or on a remote machine: the server is a Node process of its own. */
export function activate(context: ExtensionContext): void {
  const module = context.asAbsolutePath('dist/server.node.js');
  stop = startExtension(context, (id, name, options) => {
    const run = { module, transport: TransportKind.ipc };
    const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
    return new LanguageClient(id, name, { run, debug }, options);
  });
}

/** VS Code waits for the server to end. */
export function deactivate(): Promise<void> | undefined {
  return stop?.();
}
