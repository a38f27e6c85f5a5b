import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import { formattingTriggers } from '../core';
import type { ClientAbilities } from './clientAbilities';
import { completionTriggers } from './completion';
import { semanticTokensLegend } from './semanticTokens';

/** What the server tells the client that it can. */
export function serverCapabilities({
  pullsDiagnostics,
  showsEffectivePolicies,
  explainsCors,
}: ClientAbilities): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    documentSymbolProvider: { label: 'APIM policy' },
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    linkedEditingRangeProvider: true,
    documentHighlightProvider: true,
    semanticTokensProvider: { legend: semanticTokensLegend, full: true, range: true },
    definitionProvider: true,
    referencesProvider: true,
    documentLinkProvider: {},
    workspaceSymbolProvider: true,
    completionProvider: { triggerCharacters: completionTriggers },
    renameProvider: { prepareProvider: true },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: {
      firstTriggerCharacter: formattingTriggers[0],
      moreTriggerCharacter: formattingTriggers.slice(1),
    },
    // A lens whose command the client does not know would be a line of text that fails when it is clicked.
    ...(showsEffectivePolicies || explainsCors ? { codeLensProvider: {} } : {}),
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { willRename: { filters: [{ pattern: { glob: '**/*', matches: 'folder' } }] } },
    },
    // A client that sees this pulls, and gets nothing pushed.
    ...(pullsDiagnostics
      ? { diagnosticProvider: { identifier: 'apim-policy', interFileDependencies: true, workspaceDiagnostics: false } }
      : {}),
  };
}
