import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { FileChangeType, type FoldingRange } from 'vscode-languageserver';
import { createLanguageService, DocumentStore, type WorkspaceHost, type WorkspaceModel } from '../../server/src/core';
import { createMemoryHost } from '../../server/src/hosts/memoryHost';
import { LateFolders } from '../../server/src/lsp/lateFolders';
import type { ScopeAnswer } from '../../server/src/lsp/protocol';
import { scopeRequest } from '../../server/src/lsp/protocol';
import { type SyncEvents, WorkspaceSync } from '../../server/src/lsp/workspaceSync';
import { definition, portalGlobal } from '../support/policies';
import { type LanguageServerProcess, languageServers, uriOf } from './languageServerProcess';
import { codes, globalWithoutCors, mainCase, ordersPolicy, portalRule, temporaryServices } from './temporaryService';

const { Created, Changed, Deleted } = FileChangeType;

/** A service in which so many APIs have the same policy. */
function service(apiCount: number, policy: string): Readonly<Record<string, string>> {
  const files: Record<string, string> = { ...mainCase };
  for (let api = 0; api < apiCount; api++) files[`apis/api-${api}/policy.xml`] = policy;
  return files;
}

describe('language server: large workspaces', function () {
  this.timeout(30_000);
  const servers = languageServers();
  const services = temporaryServices();

  const untilCodes = (server: LanguageServerProcess, path: string, ...expected: readonly string[]) =>
    server.pulledUntil(
      `findings: ${expected.join(', ') || 'none'}`,
      path,
      (items) => codes(items).join() === expected.join(),
    );
  const scopeTitle = async (server: LanguageServerProcess, path: string): Promise<string | undefined> =>
    (await server.request<ScopeAnswer | null>(scopeRequest, { uri: uriOf(path) }))?.title;

  /** Asks again whenever the server says that scopes may have changed. */
  const untilScope = async (
    server: LanguageServerProcess,
    path: string,
    expected: string | undefined,
  ): Promise<void> => {
    for (;;) {
      const told = server.notifications.length;
      const title = await scopeTitle(server, path);
      if (title === expected) return;
      await server.until(`another word after ${title}`, () => server.notifications.length > told || undefined);
    }
  };
  const wantsWorkspaceChanged = { initializationOptions: { wantsWorkspaceChanged: true } };

  it('says what is wrong with a text while the files around it are still being read, and the rest afterwards', async () => {
    const root = 'memfs://slow/repo';
    let letGo = (): void => {};
    const isReady = new Promise<void>((done) => {
      letGo = done;
    });
    const files = new Map(Object.entries(mainCase).map(([path, text]) => [`${root}/${path}`, text]));
    const server = await servers.start({
      diagnostics: 'pull',
      folders: [root],
      initializationOptions: { answersFileRequests: true },
      answers: bridge(files, isReady),
    });
    const orders = `${root}/apis/orders/policy.xml`;
    server.open(orders, ordersPolicy.replace('</cors>', '</cors></oops>'));
    const textDocument = { uri: orders };
    const folded = await server.request<FoldingRange[]>('textDocument/foldingRange', { textDocument });
    assert.ok(folded.length > 0, 'structure needs no other file');
    assert.deepEqual(codes(await server.pulledItems(orders)), ['syntax-unexpected-end-tag']);
    letGo();
    await untilCodes(server, orders, portalRule, 'syntax-unexpected-end-tag');
  });

  it('answers while somebody types, with thousands of files', async () => {
    const { folder, path } = services.create(service(2000, ordersPolicy));
    const server = await servers.start({ diagnostics: 'pull', folders: [folder] });
    const orders = path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    let text = ordersPolicy;
    for (let version = 2; version < 22; version++) {
      text += ' ';
      server.replaceText(orders, version, text);
      await server.request<FoldingRange[]>('textDocument/foldingRange', { textDocument: { uri: uriOf(orders) } });
    }
    await untilCodes(server, orders, portalRule);
  });

  it('follows a checkout that changes hundreds of files, told as one event', async () => {
    const { folder, path } = services.create(service(500, definition('    <base />')));
    const server = await servers.start({ diagnostics: 'pull', folders: [folder] });
    const last = path('apis/api-499/policy.xml');
    server.open(last, ordersPolicy);
    await untilCodes(server, last, portalRule);

    const changed = Array.from({ length: 499 }, (_, api) => path(`apis/api-${api}/policy.xml`));
    for (const file of changed) writeFileSync(file, ordersPolicy);
    writeFileSync(path('policy.xml'), globalWithoutCors);
    server.watched(...[...changed, path('policy.xml')].map((file) => [file, Changed] as const));
    await untilCodes(server, last);
    assert.equal(await scopeTitle(server, path('apis/api-0/policy.xml')), 'API api-0');
  });

  it('builds the model once for hundreds of files that come and go together, whoever asks meanwhile', async () => {
    const files: Record<string, string> = { '/repo/policy.xml': portalGlobal() };
    const paths = Array.from({ length: 500 }, (_, api) => `/repo/apis/api-${api}/policy.xml`);
    for (const file of paths.slice(0, 250)) files[file] = ordersPolicy;
    const store = new DocumentStore();
    const language = createLanguageService(store, (what, error) => {
      throw new Error(what, { cause: error });
    });
    const sync = new WorkspaceSync(createMemoryHost(files), store, () => false, unwatched, quietEvents);
    sync.setFolders(['/repo'], () => []);
    await sync.settled();
    const before = language.model();
    assert.equal(before.documents.size, 251);

    for (const file of paths.slice(0, 250)) delete files[file];
    for (const file of paths.slice(250)) files[file] = ordersPolicy;
    sync.filesChanged(paths);
    let isSettled = false;
    const settled = sync.settled().then(() => {
      isSettled = true;
    });
    const seen = new Set<WorkspaceModel>();
    while (!isSettled) {
      seen.add(language.model());
      await new Promise((resolve) => setImmediate(resolve));
    }
    await settled;
    seen.add(language.model());
    assert.deepEqual([...seen].length <= 2 && [...language.model().documents.keys()].sort(), [
      ...paths.slice(250).sort(),
      '/repo/policy.xml',
    ]);
  });

  it('reads no more of a folder that was taken out of the workspace while it was being read', async () => {
    let letGo = (): void => {};
    const isReady = new Promise<void>((done) => {
      letGo = done;
    });
    const paths = ['/a/policy.xml', '/a/apis/orders/policy.xml', '/b/policy.xml', '/b/apis/orders/policy.xml'];
    const memory = createMemoryHost(Object.fromEntries(paths.map((path) => [path, ordersPolicy])));
    const asked: string[] = [];
    const note = async <T>(path: string, answer: (path: string) => Promise<T>): Promise<T> => {
      asked.push(path);
      await isReady;
      return answer(path);
    };
    const store = new DocumentStore();
    const host: WorkspaceHost = {
      listFolder: (path) => note(path, memory.listFolder),
      readText: (path) => note(path, memory.readText),
      readBeginning: (path) => note(path, memory.readBeginning),
    };
    const sync = new WorkspaceSync(host, store, () => false, unwatched, quietEvents);
    sync.setFolders(['/a'], () => []);
    while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    sync.setFolders(['/b'], () => []);
    letGo();
    await sync.settled();
    assert.deepEqual(store.paths(), ['/b/apis/orders/policy.xml', '/b/policy.xml']);
    assert.deepEqual(
      asked.filter((path) => path.startsWith('/a/')),
      [],
    );
  });

  it('knows a folder by its new name when it was renamed on the disk', async () => {
    const { folder, path, write } = services.create(mainCase);
    const server = await servers.start({ diagnostics: 'pull', folders: [folder], ...wantsWorkspaceChanged });
    assert.equal(await scopeTitle(server, path('apis/orders/policy.xml')), 'API orders');
    rmSync(path('apis/orders'), { recursive: true });
    write('apis/purchases/policy.xml', ordersPolicy);
    write('apis/purchases/operations/get/policy.xml', ordersPolicy);
    server.watched([path('apis/orders'), Deleted], [path('apis/purchases'), Created]);
    server.open(path('apis/purchases/policy.xml'), ordersPolicy);
    await untilScope(server, path('apis/purchases/operations/get/policy.xml'), 'operation get of API purchases');
    assert.equal(await scopeTitle(server, path('apis/orders/policy.xml')), undefined);
    await untilCodes(server, path('apis/purchases/policy.xml'), portalRule);
  });

  it('takes a rename of the case alone for a rename, on a disk that answers to either', async () => {
    const root = 'memfs://windows/repo';
    const files = new Map(Object.entries(mainCase).map(([path, text]) => [`${root}/${path}`, text]));
    const server = await servers.start({
      diagnostics: 'pull',
      folders: [root],
      initializationOptions: { answersFileRequests: true, wantsWorkspaceChanged: true },
      answers: bridge(files, Promise.resolve(), (path) => path.toLowerCase()),
    });
    assert.equal(await scopeTitle(server, `${root}/apis/orders/policy.xml`), 'API orders');
    files.delete(`${root}/apis/orders/policy.xml`);
    files.set(`${root}/apis/Orders/policy.xml`, ordersPolicy);
    const renamed = `${root}/apis/Orders/policy.xml`;
    server.watched([`${root}/apis/orders`, Deleted], [`${root}/apis/Orders`, Created]);
    server.open(renamed, ordersPolicy);
    await untilScope(server, `${root}/apis/orders/policy.xml`, undefined);
    assert.equal(await scopeTitle(server, renamed), 'API Orders');
    await untilCodes(server, renamed, portalRule);
  });

  it('forgets a root that was deleted, and knows it again when it comes back', async () => {
    const { folder, path, write } = services.create(service(20, ordersPolicy));
    const server = await servers.start({ diagnostics: 'pull', folders: [folder], ...wantsWorkspaceChanged });
    assert.equal(await scopeTitle(server, path('apis/api-7/policy.xml')), 'API api-7');
    rmSync(folder, { recursive: true });
    server.watched([folder, Deleted]);
    const orders = path('apis/orders/policy.xml');
    server.open(orders, ordersPolicy);
    await untilCodes(server, orders, 'global-policy-unknown');
    assert.equal(await scopeTitle(server, path('apis/api-7/policy.xml')), undefined);

    for (const [file, text] of Object.entries(mainCase)) write(file, text);
    server.watched([folder, Created]);
    await untilCodes(server, orders, portalRule);
  });
});

const unwatched = new LateFolders(createMemoryHost({}), undefined, () => {});

const quietEvents: SyncEvents = {
  showProgress: (work) => work(),
  changed: () => {},
  unreadableFolder: () => {},
  failed: (what, error) => {
    throw new Error(what, { cause: error });
  },
};

/** What a client answers that has files of its own. `fold`: which paths the disk takes for the same. */
function bridge(
  files: ReadonlyMap<string, string>,
  isReady: Promise<void>,
  fold: (path: string) => string = (path) => path,
) {
  return {
    'apimPolicy/listFolder': async ({ uri }: { readonly uri: string }) => {
      await isReady;
      const prefix = fold(`${decodeURIComponent(uri)}/`);
      const below = [...files.keys()]
        .filter((path) => fold(path).startsWith(prefix))
        .map((path) => path.slice(prefix.length));
      if (below.length === 0) throw new Error('FileNotFound');
      const names = [...new Set(below.map((path) => path.split('/')[0] as string))];
      return { entries: names.map((name) => ({ name, kind: below.includes(name) ? 'file' : 'folder' })) };
    },
    'apimPolicy/readText': async ({ uri }: { readonly uri: string }) => {
      await isReady;
      const found = [...files].find(([path]) => fold(path) === fold(decodeURIComponent(uri)));
      if (found === undefined) throw new Error('FileNotFound');
      return { text: found[1] };
    },
  };
}
