import type {
  CancellationToken,
  Diagnostic,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
} from 'vscode-languageserver';
import { throwIfCancelled, unlessCancelled } from './answering';
import { type Conversion, toDiagnostic } from './convert';
import type { FindingSource } from './diagnosticFeed';
import { pathOfDocument } from './documentPaths';
import { readReferences, restsOnAllFiles } from './referenceReading';
import { letOthersRun, patienceMs } from './scheduling';
import type { Session } from './session';
import type { WorkspaceSync } from './workspaceSync';

/**
 * The findings on a document as it is now; none where it is no policy. A newer text needs no newer request. Those that
 * rest on files that are still being read come with a refresh.
 */
export async function provideDiagnostics(
  { workspace, diagnostics, service }: Session,
  { textDocument, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  const path = pathOfDocument(textDocument);
  if (path === undefined) return { kind: 'full', items: [] };
  await unlessCancelled(workspace.settledWithin(patienceMs), token);
  if (workspace.knows(path) && restsOnAllFiles(service, [path])) {
    await readReferences(service, () => !token.isCancellationRequested);
    throwIfCancelled(token);
  }
  return diagnostics.report(path, previousResultId);
}

/** What was answered last for one document. */
interface LastReport {
  readonly resultId: string;
  readonly content: string;
  /** What it rests on: with the same, nothing needs to be computed. */
  basis: string;
}

export interface PulledDiagnostics {
  report(path: string, previousResultId: string | undefined): DocumentDiagnosticReport;
  /** True where a document has other findings by now than those that were pulled last. */
  areOutdated(isOutdated: () => boolean): Promise<boolean>;
  forget(uri: string): void;
}

/** Answers pulls, and knows what was answered: an equal result is not sent twice. */
export function createPulledDiagnostics(
  { service, findings }: FindingSource,
  workspace: Pick<WorkspaceSync, 'isLoaded' | 'knows'>,
  conversion: Conversion,
): PulledDiagnostics {
  const basisOf = (path: string): string => `${service.store.contentVersion} ${workspace.knows(path)}`;
  const reports = new Map<string, LastReport>();
  let lastId = 0;
  const compute = (path: string): Diagnostic[] =>
    [...findings(path), ...ownWorkspaceFindings(path)].map((finding) => toDiagnostic(finding, conversion));
  // Findings on project files are pushed (pushedDiagnostics.ts) unless the client has the file open with us.
  const ownWorkspaceFindings = (path: string) =>
    conversion.documents.has(path) && workspace.isLoaded
      ? service.workspaceFindings().filter((finding) => finding.path === path)
      : [];

  return {
    report(path, previousResultId) {
      const uri = conversion.documents.uri(path);
      const last = reports.get(uri);
      if (last?.basis === basisOf(path) && last.resultId === previousResultId) {
        return { kind: 'unchanged', resultId: last.resultId };
      }
      const items = compute(path);
      if (!conversion.documents.has(path)) return { kind: 'full', items };
      const content = JSON.stringify(items);
      if (last?.content === content) {
        last.basis = basisOf(path);
        if (last.resultId === previousResultId) return { kind: 'unchanged', resultId: last.resultId };
        return { kind: 'full', resultId: last.resultId, items };
      }
      const resultId = String(++lastId);
      reports.set(uri, { resultId, content, basis: basisOf(path) });
      return { kind: 'full', resultId, items };
    },
    async areOutdated(isOutdated) {
      for (const path of conversion.documents.paths()) {
        const last = reports.get(conversion.documents.uri(path));
        if (last === undefined || last.basis === basisOf(path)) continue;
        await letOthersRun();
        if (isOutdated()) return false;
        const basis = basisOf(path);
        if (JSON.stringify(compute(path)) !== last.content) return true;
        last.basis = basis;
      }
      return false;
    },
    forget: (uri) => {
      reports.delete(uri);
    },
  };
}
