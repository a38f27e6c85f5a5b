import type { CancellationToken, Connection, InitializeParams } from 'vscode-languageserver';
import { createLanguageService, DocumentStore, type Finding, type LanguageService, type WorkspaceHost } from '../core';
import { contentModified, logDefect, throwIfCancelled, unlessCancelled, warn } from './answering';
import { type ClientAbilities, readClientAbilities } from './clientAbilities';
import { combineHosts, createClientHost } from './clientHost';
import { createDiagnosticFeed, type DiagnosticFeed } from './diagnosticFeed';
import { collectFileEvents, registerFileWatchers } from './fileWatching';
import { LateFolders, type WatchFolder } from './lateFolders';
import { followOpenDocuments, type OpenDocuments } from './openDocuments';
import { withProgress } from './progress';
import { readReferences } from './referenceReading';
import { debounceMs, patienceMs } from './scheduling';
import { createTextPlaces, type TextPlaces } from './textPlaces';
import { followWorkspaceFolders, initialFolders } from './workspaceFolders';
import { WorkspaceSync } from './workspaceSync';

/** A folder that a rename of ours moves after it has changed texts. */
export interface OwnMove {
  readonly to: string;
  /** The files whose texts that rename changes, each with the version of its text; undefined where it was not open. */
  readonly edited: ReadonlyMap<string, number | undefined>;
}

/** One client's life with the server: what every answer is made from. */
export interface Session {
  readonly client: ClientAbilities;
  readonly service: LanguageService;
  readonly documents: OpenDocuments;
  readonly places: TextPlaces;
  readonly workspace: WorkspaceSync;
  readonly diagnostics: DiagnosticFeed;
  /** Of a file that plays no part in the workspace's model, as stored. Rejects with a reason for people. */
  readText(path: string): Promise<string>;
  /** The folders that our last rename moves, by their old paths. Whether the client made that rename, it does not say. */
  readonly ownMoves: Map<string, OwnMove>;
  /** On a document; those of its text alone while the files around it are still being read. */
  findings(path: string): readonly Finding[];
  /** From `initialized` on: now the client may be asked. */
  start(): void;
  dispose(): void;
}

export function openSession(
  connection: Connection,
  params: InitializeParams,
  disk: WorkspaceHost | undefined,
  watchFolder: WatchFolder | undefined,
): Session {
  const client = readClientAbilities(params);
  const store = new DocumentStore();
  const service = createLanguageService(store, (what, error) => logDefect(connection, what, error));
  const host = combineHosts(disk, client.answersFileRequests ? createClientHost(connection) : undefined);
  const places = createTextPlaces(store);

  const documents = followOpenDocuments(connection, store, {
    opened(path) {
      workspace.documentOpened(path);
      diagnostics.schedule(0);
    },
    changed: () => diagnostics.schedule(debounceMs),
    closed(path, uri) {
      diagnostics.closed(uri);
      workspace.documentClosed(path);
    },
  });
  const isOpen = (path: string): boolean => documents.has(path);
  const lateFolders = new LateFolders(host, watchFolder, (path) => fileEvents.tell(path));
  const workspace = new WorkspaceSync(host, store, isOpen, lateFolders, {
    showProgress: (work) => withProgress(connection, client, 'Reading API Management policies', work),
    changed: () => diagnostics.schedule(debounceMs),
    unreadableFolder: (path, because) =>
      warn(connection, `APIM Policy Lens cannot read the folder ${path}: ${because}.`),
    failed: (what, error) => logDefect(connection, what, error),
  });
  const conversion = { client, documents, places };
  const findings = (path: string): readonly Finding[] =>
    workspace.knows(path) ? service.findings(path) : service.textFindings(path);
  const diagnostics = createDiagnosticFeed(connection, { service, findings }, workspace, conversion);
  const fileEvents = collectFileEvents(connection, (paths) => workspace.filesChanged(paths));
  const setFolders = (folders: readonly string[]): void => workspace.setFolders(folders, documents.paths);

  return {
    client,
    service,
    documents,
    places,
    workspace,
    diagnostics,
    readText: (path) => host.readText(path),
    ownMoves: new Map(),
    findings,
    start() {
      const folders = initialFolders(params);
      if (client.registersFileWatchers) {
        const registered = registerFileWatchers(connection);
        registered.catch((error) => logDefect(connection, 'watching files', error));
        // Of what changes before, nobody tells: it must not have been read by then.
        workspace.waitFor(registered, patienceMs);
      }
      setFolders(folders);
      if (client.sendsFolderChanges) followWorkspaceFolders(connection, folders, setFolders);
    },
    dispose() {
      workspace.dispose();
      fileEvents.cancel();
      diagnostics.dispose();
    },
  };
}

/**
 * Waits until the session knows what the answer about a document takes. Throws the error response for a request that
 * was cancelled, or whose document has changed meanwhile: its positions would belong to another text.
 */
export async function settle({ documents, workspace }: Session, path: string, token: CancellationToken): Promise<void> {
  const version = documents.version(path);
  await unlessCancelled(workspace.settled(), token);
  if (documents.version(path) !== version) throw contentModified();
}

/** The same for answers that are of use before everything is known: waits a moment, and no longer. */
export async function settleShortly(
  { documents, workspace }: Session,
  path: string,
  token: CancellationToken,
): Promise<void> {
  const version = documents.version(path);
  await unlessCancelled(workspace.settledWithin(patienceMs), token);
  if (documents.version(path) !== version) throw contentModified();
}

/** The same for answers that rest on all files. */
export async function settleReferences(session: Session, path: string, token: CancellationToken): Promise<void> {
  await settle(session, path, token);
  const version = session.documents.version(path);
  await readReferences(session.service, () => !token.isCancellationRequested);
  throwIfCancelled(token);
  if (session.documents.version(path) !== version) throw contentModified();
}
