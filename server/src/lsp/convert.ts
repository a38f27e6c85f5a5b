import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type MarkupContent,
  TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { type TextEdit as CoreEdit, type Finding, type Fix, rulePageUrl, type Severity } from '../core';
import type { ClientAbilities } from './clientAbilities';
import type { OpenDocuments } from './openDocuments';
import { plainText } from './plainText';
import type { TextPlaces } from './textPlaces';

/** What it takes to write the core's answers in LSP's words. */
export interface Conversion {
  readonly client: ClientAbilities;
  readonly documents: OpenDocuments;
  readonly places: TextPlaces;
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toDiagnostic(finding: Finding, { client, documents, places }: Conversion): Diagnostic {
  const diagnostic: Diagnostic = {
    range: places.rangeOf(finding.path, finding.span),
    severity: severities[finding.severity],
    code: finding.ruleId,
    codeDescription: { href: rulePageUrl(finding.ruleId) },
    source: 'apim-policy',
    message: finding.message,
  };
  if (!client.showsRelatedInformation || finding.related.length === 0) return diagnostic;
  const relatedInformation = finding.related.map(({ path, span, message }) => ({
    location: { uri: documents.uri(path), range: places.rangeOf(path, span) },
    message,
  }));
  return { ...diagnostic, relatedInformation };
}

/** A quick fix with its whole edit: nothing is left to a later request or a command of some client. */
export function toCodeAction(finding: Finding, fix: Fix, conversion: Conversion): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(finding, conversion)],
    isPreferred: fix === finding.fixes[0] && fix.isGuess !== true,
    edit: toWorkspaceEdit(fix.edits, conversion),
  };
}

/**
 * The edits of open documents carry the version that they belong to, so that the client can refuse them when it is
 * ahead. Clients that know no versions get the plain form.
 */
export function toWorkspaceEdit(
  edits: readonly Omit<CoreEdit, 'version'>[],
  { client, documents, places }: Conversion,
): WorkspaceEdit {
  const byPath = new Map<string, TextEdit[]>();
  for (const { path, span, newText } of edits) {
    const inFile = byPath.get(path) ?? [];
    inFile.push({ range: places.rangeOf(path, span), newText });
    byPath.set(path, inFile);
  }
  const files = [...byPath].map(([path, edits]) => ({
    uri: documents.uri(path),
    version: documents.version(path),
    edits,
  }));
  return client.takesVersionedEdits
    ? {
        documentChanges: files.map(({ uri, version = null, edits }) =>
          TextDocumentEdit.create({ uri, version }, edits),
        ),
      }
    : { changes: Object.fromEntries(files.map(({ uri, edits }) => [uri, edits])) };
}

/** For clients that show no Markdown: the words alone. */
export function toMarkup(markdown: string, { rendersMarkdown }: ClientAbilities): MarkupContent {
  return rendersMarkdown ? { kind: 'markdown', value: markdown } : { kind: 'plaintext', value: plainText(markdown) };
}
