import type { Connection } from 'vscode-languageserver';
import type { Finding } from '../core';
import { type Conversion, toDiagnostic } from './convert';
import type { FindingSource } from './diagnosticFeed';
import { letOthersRun } from './scheduling';
import type { WorkspaceSync } from './workspaceSync';

export interface PushedDiagnostics {
  /** Sends what is new; a newer update may end it early. */
  update(isOutdated: () => boolean): Promise<void>;
  /** Takes back what was sent for a document. */
  withdraw(uri: string): Promise<void>;
}

/**
 * Diagnostics that nobody asks for: those of every open policy for clients that do not pull, and for all clients those
 * of project files, of files that cannot be read, and of fragments that are strings in other files, which no client pulls
 * since they are not open as policies.
 */
export function createPushedDiagnostics(
  connection: Connection,
  { service, findings }: FindingSource,
  workspace: Pick<WorkspaceSync, 'isLoaded'>,
  conversion: Conversion,
): PushedDiagnostics {
  const { client, documents } = conversion;
  const sent = new Map<string, string>();

  const send = async (path: string, found: readonly Finding[]): Promise<void> => {
    const uri = documents.uri(path);
    const version = documents.version(path);
    const diagnostics = found.map((finding) => toDiagnostic(finding, conversion));
    const content = JSON.stringify({ version, diagnostics });
    // An open policy without findings is told of, too: then the client knows that it was looked at.
    const isWorthTelling = diagnostics.length > 0 || sent.has(uri) || service.store.isPolicy(path);
    if (sent.get(uri) === content || !isWorthTelling) return;
    sent.set(uri, content);
    await connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  };
  const withdraw = async (uri: string): Promise<void> => {
    if (sent.delete(uri)) await connection.sendDiagnostics({ uri, diagnostics: [] });
  };

  return {
    async update(isOutdated) {
      const ofWorkspace = groupByPath(workspace.isLoaded ? service.workspaceFindings() : []);
      const withFragments = new Set(workspace.isLoaded ? service.embeddedFragmentPaths() : []);
      const closed = new Set([...ofWorkspace.keys(), ...withFragments].filter((path) => !documents.has(path)));
      const pushedPaths = client.pullsDiagnostics ? [...closed] : [...documents.paths(), ...closed];
      const uris = new Set(pushedPaths.map((path) => documents.uri(path)));
      for (const uri of sent.keys()) if (!uris.has(uri)) await withdraw(uri);
      for (const path of pushedPaths) {
        const own = documents.has(path) || withFragments.has(path) ? findings(path) : [];
        await send(path, [...own, ...(ofWorkspace.get(path) ?? [])]);
        await letOthersRun();
        if (isOutdated()) return;
      }
    },
    withdraw,
  };
}

function groupByPath(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(finding.path, [...(groups.get(finding.path) ?? []), finding]);
  return groups;
}
