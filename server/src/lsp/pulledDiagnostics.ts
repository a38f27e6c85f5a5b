import type {
  CancellationToken,
  Diagnostic,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { LanguageService } from '../core';
import { throwIfCancelled } from './answering';
import { type Conversion, toDiagnostic } from './convert';
import { pathOfDocument } from './documentPaths';
import { readReferences, restsOnAllFiles } from './referenceReading';
import { letOthersRun } from './scheduling';
import type { Session } from './session';

/** The findings on a document as it is now; none where it is no policy. A newer text needs no newer request. */
export async function provideDiagnostics(
  { workspace, diagnostics, service }: Session,
  { textDocument, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  const path = pathOfDocument(textDocument);
  if (path === undefined) return { kind: 'full', items: [] };
  await workspace.settled();
  throwIfCancelled(token);
  if (restsOnAllFiles(service, [path])) await readReferences(service, () => !token.isCancellationRequested);
  throwIfCancelled(token);
  return diagnostics.report(path, previousResultId);
}

/** What was answered last for one document. */
interface LastReport {
  readonly resultId: string;
  readonly content: string;
  /** The store's content version: with an equal one, nothing needs to be computed. */
  contentVersion: number;
}

export interface PulledDiagnostics {
  report(path: string, previousResultId: string | undefined): DocumentDiagnosticReport;
  /** True where a document has other findings by now than those that were pulled last. */
  areOutdated(isOutdated: () => boolean): Promise<boolean>;
  forget(uri: string): void;
}

/** Answers pulls, and knows what was answered: an equal result is not sent twice. */
export function createPulledDiagnostics(service: LanguageService, conversion: Conversion): PulledDiagnostics {
  const { store } = service;
  const reports = new Map<string, LastReport>();
  let lastId = 0;
  const compute = (path: string): Diagnostic[] =>
    [...service.findings(path), ...ownWorkspaceFindings(path)].map((finding) => toDiagnostic(finding, conversion));
  // Findings on project files are pushed (pushedDiagnostics.ts) unless the client has the file open with us.
  const ownWorkspaceFindings = (path: string) =>
    conversion.documents.has(path) ? service.workspaceFindings().filter((finding) => finding.path === path) : [];

  return {
    report(path, previousResultId) {
      const uri = conversion.documents.uri(path);
      const last = reports.get(uri);
      if (last?.contentVersion === store.contentVersion && last.resultId === previousResultId) {
        return { kind: 'unchanged', resultId: last.resultId };
      }
      const items = compute(path);
      if (!conversion.documents.has(path)) return { kind: 'full', items };
      const content = JSON.stringify(items);
      if (last?.content === content) {
        last.contentVersion = store.contentVersion;
        if (last.resultId === previousResultId) return { kind: 'unchanged', resultId: last.resultId };
        return { kind: 'full', resultId: last.resultId, items };
      }
      const resultId = String(++lastId);
      reports.set(uri, { resultId, content, contentVersion: store.contentVersion });
      return { kind: 'full', resultId, items };
    },
    async areOutdated(isOutdated) {
      for (const path of conversion.documents.paths()) {
        const last = reports.get(conversion.documents.uri(path));
        if (last === undefined || last.contentVersion === store.contentVersion) continue;
        await letOthersRun();
        if (isOutdated()) return false;
        if (JSON.stringify(compute(path)) !== last.content) return true;
      }
      return false;
    },
    forget: (uri) => {
      reports.delete(uri);
    },
  };
}
