import type { Connection, DocumentDiagnosticReport } from 'vscode-languageserver';
import type { Finding, LanguageService } from '../core';
import { logDefect } from './answering';
import { createChangeNotices } from './changeNotices';
import type { Conversion } from './convert';
import { createPulledDiagnostics } from './pulledDiagnostics';
import { createPushedDiagnostics } from './pushedDiagnostics';
import { readReferences, restsOnAllFiles } from './referenceReading';
import { debounce, patienceMs } from './scheduling';
import type { WorkspaceSync } from './workspaceSync';

/** Findings on their way to the client: pulled where it can pull, pushed where not, never both for one document. */
export interface DiagnosticFeed {
  /** Something changed: afterwards every open document is looked at, since its findings may rest on other files. */
  schedule(delayMs: number): void;
  /** The answer to a pull. */
  report(path: string, previousResultId: string | undefined): DocumentDiagnosticReport;
  closed(uri: string): void;
  dispose(): void;
}

/** What findings come from. `findings`: those that can be said now. */
export interface FindingSource {
  readonly service: LanguageService;
  findings(path: string): readonly Finding[];
}

export function createDiagnosticFeed(
  connection: Connection,
  source: FindingSource,
  workspace: Pick<WorkspaceSync, 'settledWithin' | 'isLoaded' | 'knows' | 'rereadFiles'>,
  conversion: Conversion,
): DiagnosticFeed {
  const { service } = source;
  const { client, documents } = conversion;
  const pulled = createPulledDiagnostics(source, workspace, conversion);
  const pushed = createPushedDiagnostics(connection, source, workspace, conversion);
  const notices = createChangeNotices(connection, service.store, client);
  let run = 0;

  /** The closed files whose text the findings of open documents rest on. */
  const dependencies = (): readonly string[] => {
    const chains = documents.paths().flatMap((path) => service.effectivePolicies(path));
    const paths = chains.flatMap(({ chain, sections }) => [
      ...chain.links.flatMap((link) => (link.state === 'present' ? [link.document.path] : [])),
      ...sections.inbound.flatMap((item) => (item.kind === 'statement' ? [item.document.path] : [])),
    ]);
    return [...new Set(paths)].filter((path) => !documents.has(path));
  };

  const update = async (): Promise<void> => {
    const thisRun = ++run;
    // A newer change starts its own run, which tells everything that this one would have.
    const isOutdated = (): boolean => thisRun !== run;
    await workspace.settledWithin(patienceMs);
    // Everything that becomes known later brings an update of its own.
    if (isOutdated()) return;
    // A client that watches no files tells of no change in them: what the open documents rest on is read again.
    if (!client.registersFileWatchers && workspace.isLoaded) await workspace.rereadFiles(dependencies());
    const known = documents.paths().filter((path) => workspace.knows(path));
    const hasFragments = workspace.isLoaded && service.embeddedFragmentPaths().length > 0;
    if ((hasFragments || restsOnAllFiles(service, known)) && !(await readReferences(service, () => !isOutdated())))
      return;
    if (workspace.isLoaded) await notices.tell();
    await pushed.update(isOutdated);
    if (client.pullsDiagnostics && (await pulled.areOutdated(isOutdated)))
      await connection.languages.diagnostics.refresh();
  };
  const scheduled = debounce(() => {
    update().catch((error) => logDefect(connection, 'updating diagnostics', error));
  });

  return {
    schedule: scheduled.schedule,
    report: pulled.report,
    closed(uri) {
      pulled.forget(uri);
      pushed.withdraw(uri).catch((error) => logDefect(connection, 'taking diagnostics back', error));
    },
    dispose: scheduled.cancel,
  };
}
