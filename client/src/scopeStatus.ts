import { Disposable, LanguageStatusSeverity, languages, type TextDocument, window } from 'vscode';
import {
  type DocumentParams,
  policyLanguageId,
  type ScopeAnswer,
  scopeRequest,
  workspaceChangedNotification,
} from '../../server/src/lsp/protocol';
import type { PolicyServer } from './startClient';

/** Shows beside the language which scope the policy in the active editor has, and how that is known. */
export function showScopeStatus(server: PolicyServer): Disposable {
  const item = languages.createLanguageStatusItem('apimPolicy.scope', { language: policyLanguageId });
  item.name = 'APIM policy scope';
  let lastAsked = 0;

  const show = (text: string, detail: string, severity: LanguageStatusSeverity): void => {
    item.text = text;
    item.detail = detail;
    item.severity = severity;
  };
  const update = async (): Promise<void> => {
    const asked = ++lastAsked;
    const document = window.activeTextEditor?.document;
    if (document === undefined || document.languageId !== policyLanguageId) return;
    item.busy = true;
    try {
      const answer = await askScope(server, document);
      if (asked !== lastAsked) return;
      if (answer === undefined)
        show('Scope: waiting', 'the policy language server starts', LanguageStatusSeverity.Information);
      else if (answer === null) show('Not analysed', 'a copy, or no policy', LanguageStatusSeverity.Information);
      else show(answer.title, `${answer.confidence}: ${answer.why}`, severityOf(answer));
    } catch (error) {
      if (asked === lastAsked) show('Scope: no answer', String(error), LanguageStatusSeverity.Warning);
    } finally {
      if (asked === lastAsked) item.busy = false;
    }
  };
  server.onStarted((client) => {
    client.onNotification(workspaceChangedNotification, () => void update());
    void update();
  });
  return Disposable.from(
    item,
    window.onDidChangeActiveTextEditor(() => void update()),
  );
}

/** Undefined while the server does not run. */
async function askScope(server: PolicyServer, document: TextDocument): Promise<ScopeAnswer | null | undefined> {
  const params: DocumentParams = { uri: document.uri.toString() };
  return server.runningClient?.sendRequest<ScopeAnswer | null>(scopeRequest, params);
}

function severityOf({ isKnown }: ScopeAnswer): LanguageStatusSeverity {
  return isKnown ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Warning;
}
