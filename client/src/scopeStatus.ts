import {
  type Command,
  Disposable,
  LanguageStatusSeverity,
  languages,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import {
  type DocumentParams,
  policyLanguageId,
  type ScopeAnswer,
  scopeRequest,
  workspaceChangedNotification,
} from '../../server/src/lsp/protocol';
import { effectivePolicyScheme } from './effectivePolicyUri';
import type { PolicyServer } from './policyServer';

/** Shows beside the language which scope the policy in the active editor has, and how that is known. */
export function showScopeStatus(server: PolicyServer): Disposable {
  const item = languages.createLanguageStatusItem('apimPolicy.scope', { language: policyLanguageId });
  item.name = 'APIM policy scope';
  let lastAsked = 0;

  const update = async (): Promise<void> => {
    const asked = ++lastAsked;
    const document = window.activeTextEditor?.document;
    if (document?.languageId !== policyLanguageId) return;
    item.busy = true;
    const isEffective = document.uri.scheme === effectivePolicyScheme;
    const status = isEffective ? effectiveStatus : await askScope(server, document).then(statusOf, failedStatus);
    if (asked !== lastAsked) return;
    item.command = isEffective ? undefined : chooseScope;
    Object.assign(item, status, { busy: false });
  };
  server.onNotification(workspaceChangedNotification, () => void update());
  server.onStarted(() => void update());
  return Disposable.from(
    item,
    window.onDidChangeActiveTextEditor(() => void update()),
    // A document that gets its language only now is opened once more, in the editor that is active already.
    workspace.onDidOpenTextDocument((document) => {
      if (document === window.activeTextEditor?.document) void update();
    }),
  );
}

const chooseScope: Command = {
  command: 'apimPolicy.chooseScope',
  title: 'Choose…',
  tooltip: 'Say what this file is the policy of',
};

interface ScopeStatus {
  readonly text: string;
  readonly detail: string;
  readonly severity: LanguageStatusSeverity;
}

const effectiveStatus: ScopeStatus = {
  text: 'Effective policy',
  detail: 'merged from several files; Go to Definition opens the one that a line comes from',
  severity: LanguageStatusSeverity.Information,
};

/** Undefined while the server does not run. */
async function askScope(server: PolicyServer, document: TextDocument): Promise<ScopeAnswer | null | undefined> {
  const params: DocumentParams = { uri: document.uri.toString() };
  return server.runningClient?.sendRequest<ScopeAnswer | null>(scopeRequest, params);
}

function statusOf(answer: ScopeAnswer | null | undefined): ScopeStatus {
  const severity = LanguageStatusSeverity.Information;
  if (answer === undefined) return { text: 'Scope: waiting', detail: 'the language server is not running', severity };
  if (answer === null) return { text: 'Not analysed', detail: 'a copy of another file, or no policy', severity };
  const { title, confidence, why, isKnown } = answer;
  return isKnown
    ? { text: title, detail: `${confidence}: ${why}`, severity }
    : { text: title, detail: why, severity: LanguageStatusSeverity.Warning };
}

function failedStatus(error: unknown): ScopeStatus {
  return { text: 'Scope: no answer', detail: String(error), severity: LanguageStatusSeverity.Warning };
}
