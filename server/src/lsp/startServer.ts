import type { CancellationToken, Connection, InitializeParams } from 'vscode-languageserver';
import type { WorkspaceHost } from '../core';
import { answering } from './answering';
import { provideClosingTag } from './closingTag';
import { provideCodeActions } from './codeActions';
import { provideCodeLenses } from './codeLenses';
import { provideCorsTestCompletion } from './completeCorsTest';
import { provideCompletion } from './completion';
import { provideConversion } from './convertFormat';
import { provideCorsMap } from './corsMap';
import { provideCorsTestRun, provideCorsTests } from './corsTests';
import { provideEffectivePolicy } from './effectivePolicy';
import { provideCorsChoices, provideCorsExplanation, provideCorsRepair, provideCorsTest } from './explainCors';
import { provideFormatting, provideOnTypeFormatting, provideRangeFormatting } from './formatting';
import { provideHover } from './hover';
import type { WatchFolder } from './lateFolders';
import {
  closingTagRequest,
  completeCorsTestRequest,
  convertFormatRequest,
  corsChoicesRequest,
  corsMapRequest,
  corsRepairRequest,
  corsTestsRequest,
  effectivePolicyRequest,
  explainCorsRequest,
  runCorsTestsRequest,
  scopeRequest,
  scopeStatesRequest,
  scopeSuggestionsRequest,
  scopeTreePathRequest,
  scopeTreeRequest,
  setScopeRequest,
  writeCorsTestRequest,
} from './protocol';
import { provideDiagnostics } from './pulledDiagnostics';
import { provideDefinition, provideDocumentLinks, provideReferences, provideWorkspaceSymbols } from './references';
import { providePrepareRename, provideRename } from './rename';
import { provideFolderRename } from './renameFiles';
import { describeDocumentScope } from './scope';
import { provideScopeStates, provideScopeTree, provideScopeTreePath } from './scopeTree';
import { provideSemanticTokens, provideSemanticTokensInRange } from './semanticTokens';
import { serverCapabilities } from './serverCapabilities';
import { openSession, type Session } from './session';
import { provideScopeSuggestions, provideSetScope } from './setScope';
import {
  provideDocumentHighlights,
  provideDocumentSymbols,
  provideFoldingRanges,
  provideLinkedEditingRanges,
  provideSelectionRanges,
} from './structure';

/** Set by the build. */
declare const APIM_POLICY_LENS_VERSION: string;

/**
 * Answers a client until it goes. `disk` is the file system of this process; undefined in a browser. `watchFolder` watches it
 * where the client's word on new folders is not enough (lateFolders.ts).
 */
export function startServer(connection: Connection, disk: WorkspaceHost | undefined, watchFolder?: WatchFolder): void {
  let opened: Session | undefined;
  const session = (): Session => {
    if (opened === undefined) throw new Error('a request came before initialize');
    return opened;
  };
  const serve = <Params, Answer>(
    what: string,
    provide: (session: Session, params: Params, token: CancellationToken) => Answer | Promise<Answer>,
  ) => answering<Params, Answer>(connection, what, (params, token) => provide(session(), params, token));

  connection.onInitialize((params: InitializeParams) => {
    opened = openSession(connection, params, disk, watchFolder);
    return {
      capabilities: serverCapabilities(opened.client),
      serverInfo: { name: 'APIM Policy Lens', version: APIM_POLICY_LENS_VERSION },
    };
  });
  connection.onInitialized(() => session().start());
  connection.onShutdown(() => session().dispose());

  connection.languages.diagnostics.on(serve('diagnostics', provideDiagnostics));
  connection.onHover(serve('hover', provideHover));
  connection.onCodeAction(serve('code actions', provideCodeActions));
  connection.onDocumentSymbol(serve('document symbols', provideDocumentSymbols));
  connection.onFoldingRanges(serve('folding ranges', provideFoldingRanges));
  connection.onSelectionRanges(serve('selection ranges', provideSelectionRanges));
  connection.languages.onLinkedEditingRange(serve('linked editing', provideLinkedEditingRanges));
  connection.onDocumentHighlight(serve('document highlights', provideDocumentHighlights));
  connection.languages.semanticTokens.on(serve('semantic tokens', provideSemanticTokens));
  connection.languages.semanticTokens.onRange(serve('semantic tokens', provideSemanticTokensInRange));
  connection.onDefinition(serve('definition', provideDefinition));
  connection.onReferences(serve('references', provideReferences));
  connection.onDocumentLinks(serve('document links', provideDocumentLinks));
  connection.onWorkspaceSymbol(serve('workspace symbols', provideWorkspaceSymbols));
  connection.onCompletion(serve('completion', provideCompletion));
  connection.onPrepareRename(serve('preparing a rename', providePrepareRename));
  connection.onRenameRequest(serve('rename', provideRename));
  connection.workspace.onWillRenameFiles(serve('renaming folders', provideFolderRename));
  connection.onRequest(closingTagRequest, serve('closing tag', provideClosingTag));
  connection.onRequest(convertFormatRequest, serve('conversion', provideConversion));
  connection.onDocumentFormatting(serve('formatting', provideFormatting));
  connection.onDocumentRangeFormatting(serve('range formatting', provideRangeFormatting));
  connection.onDocumentOnTypeFormatting(serve('formatting while typing', provideOnTypeFormatting));
  connection.onCodeLens(serve('code lenses', provideCodeLenses));
  connection.onRequest(effectivePolicyRequest, serve('effective policy', provideEffectivePolicy));
  connection.onRequest(explainCorsRequest, serve('explaining a CORS request', provideCorsExplanation));
  connection.onRequest(corsChoicesRequest, serve('choices for a CORS request', provideCorsChoices));
  connection.onRequest(corsRepairRequest, serve('repairing a CORS request', provideCorsRepair));
  connection.onRequest(corsMapRequest, serve('a map of CORS', provideCorsMap));
  connection.onRequest(writeCorsTestRequest, serve('writing a CORS test', provideCorsTest));
  connection.onRequest(completeCorsTestRequest, serve('completing a CORS test', provideCorsTestCompletion));
  connection.onRequest(corsTestsRequest, serve('CORS tests', provideCorsTests));
  connection.onRequest(runCorsTestsRequest, serve('running CORS tests', provideCorsTestRun));
  connection.onRequest(scopeRequest, serve('scope', describeDocumentScope));
  connection.onRequest(scopeTreeRequest, serve('scope tree', provideScopeTree));
  connection.onRequest(scopeStatesRequest, serve('scope states', provideScopeStates));
  connection.onRequest(scopeTreePathRequest, serve('scope tree path', provideScopeTreePath));
  connection.onRequest(scopeSuggestionsRequest, serve('scope suggestions', provideScopeSuggestions));
  connection.onRequest(setScopeRequest, serve('setting a scope', provideSetScope));

  connection.listen();
}
