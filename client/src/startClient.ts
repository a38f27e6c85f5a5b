import { commands, type ExtensionContext, type LogOutputChannel, type TextDocument, window, workspace } from 'vscode';
import type { BaseLanguageClient, ErrorHandler, LanguageClientOptions } from 'vscode-languageclient';
import {
  explainCorsCommand,
  type InitializationOptions,
  policyLanguageId,
  projectFileName,
} from '../../server/src/lsp/protocol';
import { autoCloseTags } from './autoCloseTags';
import { registerConvertCommands } from './convertCommands';
import { registerCorsExplorer } from './corsExplorer';
import { registerCorsTests } from './corsTests';
import { registerEffectivePolicyCommands } from './effectivePolicyCommands';
import { provideEffectivePolicies } from './effectivePolicyDocument';
import { knowCommentsOfExpressions } from './expressionLanguage';
import { formattingMiddleware, registerFormatCommand } from './formatting';
import { detectPolicyLanguage } from './policyLanguage';
import { PolicyServer } from './policyServer';
import { registerSaveCorsTest } from './saveCorsTest';
import { registerScopePicker } from './scopePicker';
import { showScopeStatus } from './scopeStatus';
import { showScopesView } from './scopesView';

/** Makes a client with its server; each host of VS Code knows how. Each call makes a new server. */
export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** The settings of the client's trace are `<id>.trace.server`. */
const clientId = 'apimPolicy';
const clientName = 'APIM Policy Lens';

/**
 * Everything that the extension does in VS Code. Returns what ends the server. The server starts with the first policy or project file: this extension
 * is activated by every XML file, and most are none.
 */
export function startExtension(context: ExtensionContext, createClient: CreateClient): () => Promise<void> {
  const output = window.createOutputChannel(clientName, { log: true });
  const server = new PolicyServer(
    (errorHandler) => createClient(clientId, clientName, clientOptions(output, errorHandler)),
    output,
  );
  const startFor = ({ languageId, uri }: TextDocument): void => {
    if (languageId === policyLanguageId || uri.path.endsWith(`/${projectFileName}`)) void server.start();
  };
  context.subscriptions.push(
    output,
    workspace.onDidOpenTextDocument(startFor),
    detectPolicyLanguage(output),
    showScopeStatus(server),
    showScopesView(server),
    registerScopePicker(server),
    autoCloseTags(server, output),
    knowCommentsOfExpressions(),
    registerConvertCommands(server),
    registerFormatCommand(server),
    provideEffectivePolicies(server),
    registerEffectivePolicyCommands(server),
    registerCorsExplorer(context, server),
    registerSaveCorsTest(server),
    registerCorsTests(server),
    commands.registerCommand('apimPolicy.restartServer', () => server.restart()),
    commands.registerCommand('apimPolicy.showOutput', () => output.show()),
  );
  workspace.textDocuments.forEach(startFor);
  return () => server.dispose();
}

function clientOptions(outputChannel: LogOutputChannel, errorHandler: ErrorHandler): LanguageClientOptions {
  const initializationOptions: InitializationOptions = {
    answersFileRequests: true,
    wantsWorkspaceChanged: true,
    showsEffectivePolicies: true,
    explainsCors: true,
  };
  return {
    documentSelector: [{ language: policyLanguageId }],
    initializationOptions,
    outputChannel,
    errorHandler,
    // Links in hovers may run this command and no other.
    markdown: { isTrusted: { enabledCommands: [explainCorsCommand] } },
    middleware: formattingMiddleware,
    diagnosticPullOptions: { onChange: true },
  };
}
