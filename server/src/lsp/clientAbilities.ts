import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver';
import type { InitializationOptions } from './protocol';

/** What the client said it can do, in the words in which the server asks. */
export interface ClientAbilities {
  /**
   * Pulling takes both: without a refresh request, an edit of one file would leave old findings on the others. Such
   * clients get their diagnostics pushed.
   */
  readonly pullsDiagnostics: boolean;
  readonly showsRelatedInformation: boolean;
  readonly takesVersionedEdits: boolean;
  /** As part of an edit. */
  readonly createsFiles: boolean;
  /** Renames files and folders as part of an edit. */
  readonly movesFiles: boolean;
  readonly takesDefinitionLinks: boolean;
  readonly rendersMarkdown: boolean;
  readonly showsProgress: boolean;
  readonly registersFileWatchers: boolean;
  readonly sendsFolderChanges: boolean;
  readonly answersFileRequests: boolean;
  readonly wantsWorkspaceChanged: boolean;
  readonly showsEffectivePolicies: boolean;
  /** It knows the command that explains a CORS request. */
  readonly explainsCors: boolean;
  readonly refreshesCodeLenses: boolean;
}

export function readClientAbilities(params: InitializeParams): ClientAbilities {
  const { textDocument, workspace, window } = params.capabilities;
  const options = (params.initializationOptions ?? {}) as InitializationOptions;
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true,
    showsRelatedInformation: showsRelatedInformation(textDocument),
    takesVersionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') ?? false,
    movesFiles: workspace?.workspaceEdit?.resourceOperations?.includes('rename') === true,
    takesDefinitionLinks: textDocument?.definition?.linkSupport === true,
    rendersMarkdown: textDocument?.hover?.contentFormat?.includes('markdown') ?? true,
    showsProgress: window?.workDoneProgress === true,
    registersFileWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    sendsFolderChanges: workspace?.workspaceFolders === true,
    answersFileRequests: options.answersFileRequests === true,
    wantsWorkspaceChanged: options.wantsWorkspaceChanged === true,
    showsEffectivePolicies: options.showsEffectivePolicies === true,
    explainsCors: options.explainsCors === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
  };
}

/** LSP 3.17 says it under `publishDiagnostics` for both ways, 3.18 under each. */
function showsRelatedInformation(textDocument: ClientCapabilities['textDocument']): boolean {
  return (
    textDocument?.publishDiagnostics?.relatedInformation === true ||
    textDocument?.diagnostic?.relatedInformation === true
  );
}
