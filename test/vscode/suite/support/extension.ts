/** The extension under test, and what it tells through VS Code. */
import {
  type Diagnostic,
  DiagnosticSeverity,
  type Extension,
  extensions,
  languages,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { untilDeadline } from './untilDeadline';

export const policyLanguage = 'apim-policy';
export const portalCorsRule = 'base-inherits-portal-cors';

/** The extension, which must be there: from the source folder or installed from the .vsix. */
export function extensionUnderTest(): Extension<unknown> {
  const found = extensions.all.find((extension) => extension.packageJSON.name === 'apim-policy-lens');
  if (!found)
    throw new Error(
      `The extension is not in this VS Code. There are: ${extensions.all.map(({ id }) => id).join(', ')}`,
    );
  return found;
}

/** Opens a file in a visible editor, as a user does: the client asks for diagnostics of files that have a tab. */
export async function openInEditor(uri: Uri): Promise<TextDocument> {
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, { preview: false });
  return document;
}

/** Our diagnostics of a file; other extensions' are left out. */
export function policyDiagnostics(uri: Uri): Diagnostic[] {
  return languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === 'apim-policy');
}

/** The rule id of one of our diagnostics, whether or not it comes with a link to the rule's page. */
export function ruleId(diagnostic: Diagnostic): string {
  const code = diagnostic.code;
  return String(typeof code === 'object' ? code.value : code);
}

/** The rule ids of the warnings and errors of a file, sorted. */
export function warningRules(uri: Uri): string[] {
  return policyDiagnostics(uri)
    .filter(({ severity }) => severity <= DiagnosticSeverity.Warning)
    .map(ruleId)
    .sort();
}

/** Waits for the finding of a rule in a file, and returns it. */
export async function findingOf(uri: Uri, rule: string): Promise<Diagnostic> {
  const seen = await untilDeadline(
    `${rule} in ${uri.fsPath}`,
    () => policyDiagnostics(uri),
    (diagnostics) => diagnostics.some((diagnostic) => ruleId(diagnostic) === rule),
  );
  return seen.find((diagnostic) => ruleId(diagnostic) === rule) as Diagnostic;
}

/** Waits until a file that has been analysed has no finding of a rule any more. */
export async function noFindingOf(uri: Uri, rule: string): Promise<void> {
  await untilDeadline(
    `${rule} to go from ${uri.fsPath}`,
    () => policyDiagnostics(uri).map(ruleId),
    (rules) => !rules.includes(rule),
  );
}
