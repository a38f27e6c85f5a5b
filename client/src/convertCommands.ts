import { commands, Disposable, window, workspace } from 'vscode';
import {
  type ConvertFormatAnswer,
  type ConvertFormatParams,
  convertFormatRequest,
  policyLanguageId,
} from '../../server/src/lsp/protocol';
import type { PolicyServer } from './policyServer';

/** The commands that write the expressions of the active editor's policy raw or escaped. */
export function registerConvertCommands(server: PolicyServer): Disposable {
  return Disposable.from(
    commands.registerCommand('apimPolicy.convertToRaw', () => convertActiveDocument(server, 'rawxml')),
    commands.registerCommand('apimPolicy.convertToEscaped', () => convertActiveDocument(server, 'xml')),
  );
}

async function convertActiveDocument(server: PolicyServer, to: ConvertFormatParams['to']): Promise<void> {
  const document = window.activeTextEditor?.document;
  const client = server.runningClient;
  if (document?.languageId !== policyLanguageId || client === undefined) {
    const why = client === undefined ? 'The policy language server does not run.' : 'This editor shows no policy.';
    void window.showWarningMessage(`${why} Open a policy document first.`);
    return;
  }
  const params: ConvertFormatParams = { uri: document.uri.toString(), to };
  const answer = await client.sendRequest<ConvertFormatAnswer | null>(convertFormatRequest, params);
  if (answer === null) {
    void window.showWarningMessage('This document is not analysed as a policy, so it is not converted.');
    return;
  }
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(answer.edit);
  if (answer.changedCount > 0 && !(await workspace.applyEdit(edit))) {
    void window.showWarningMessage('The document has changed meanwhile and was not converted. Run the command again.');
    return;
  }
  const [first] = answer.kept;
  if (first !== undefined) {
    const rest = answer.kept.length > 1 ? `, and ${answer.kept.length - 1} more` : '';
    // The reason first: VS Code cuts off what is long.
    void window.showWarningMessage(`${first.message} Not converted: line ${first.range.start.line + 1}${rest}.`);
  } else if (answer.changedCount === 0) {
    const form = to === 'rawxml' ? 'raw C#' : 'escaped';
    const why = answer.format === 'either' ? 'are the same in both forms' : `are ${form} already`;
    void window.showInformationMessage(`There is nothing to convert: the expressions of this policy ${why}.`);
  }
}
