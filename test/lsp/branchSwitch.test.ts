import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Diagnostic, FileChangeType, type Location } from 'vscode-languageserver';
import { type ScopeAnswer, type ScopeTreeNode, scopeRequest, scopeTreeRequest } from '../../server/src/lsp/protocol';
import { definition, portalGlobal, shopCors } from '../support/policies';
import { type LanguageServerProcess, languageServers, uriOf } from './languageServerProcess';
import { globalWithoutCors, temporaryServices } from './temporaryService';

const apiCount = 110;
const policy = (api: string): string => `apis/${api}/policy.xml`;
const including = (fragment: string, own = ''): string =>
  definition(
    `    <base />\n${own}    <include-fragment fragment-id="${fragment}" />\n    <set-header name="x"><value>{{key}}</value></set-header>`,
  );
const information = (displayName: string): string => JSON.stringify({ properties: { displayName, value: '1' } });

/** Two states of a repository that differ in everything which a file can do: come, go, change, move, change its case. */
const main: Record<string, string> = {
  'policy.xml': portalGlobal(),
  'policy fragments/Log/policy.xml': '<fragment>\n  <trace source="log" />\n</fragment>',
  'named values/nv1/namedValueInformation.json': information('key'),
  'products/starter/productInformation.json': '{ "properties": { "subscriptionRequired": true } }',
};
const feature: Record<string, string> = {
  'policy.xml': globalWithoutCors,
  'policy fragments/audit/policy.xml': '<fragment>\n  <trace source="audit" />\n</fragment>',
  'named values/nv1/namedValueInformation.json': information('other-key'),
  'products/gold/productInformation.json': '{ "properties": { "subscriptionRequired": true } }',
  'products/gold/policy.xml': definition('    <base />\n    <quota calls="1" renewal-period="60" />'),
};
for (let index = 0; index < apiCount; index++) {
  const api = `api-${index}`;
  main[policy(api)] = including('log', `${shopCors}\n`);
  if (index % 3 !== 0) feature[policy(index % 5 === 0 ? api.toUpperCase() : api)] = including('audit');
  for (const operation of ['list', 'get']) main[`apis/${api}/operations/${operation}/policy.xml`] = including('log');
  if (index % 4 === 0) feature[`products/gold/apis/${api}/productApiInformation.json`] = '{}';
}

describe('language server: a branch is checked out', function () {
  this.timeout(60_000);
  const servers = languageServers();
  const services = temporaryServices();

  it('and everything said afterwards is what a new server says', async () => {
    const { folder, path } = services.create({});
    const git = (...words: string[]): string =>
      execFileSync(
        'git',
        ['-c', 'user.name=test', '-c', 'user.email=test@localhost', '-c', 'core.autocrlf=false', ...words],
        {
          cwd: folder,
          encoding: 'utf8',
        },
      );
    git('init', '--quiet', '--initial-branch=main');
    commit(folder, main, git);
    git('checkout', '--quiet', '-b', 'feature');
    for (const name of Object.keys(main)) rmSync(path(name), { force: true });
    commit(folder, feature, git);
    git('checkout', '--quiet', 'main');

    const server = await start(folder);
    const opened = path(policy('api-1'));
    server.open(opened, main[policy('api-1')] as string);
    assert.deepEqual(await everything(server, folder, main), await everything(await start(folder), folder, main));

    let version = 1;
    for (const branch of ['feature', 'main', 'feature']) {
      const before = git('rev-parse', 'HEAD').trim();
      git('checkout', '--quiet', branch);
      const to = branch === 'main' ? main : feature;
      const listed = git('diff', '--name-status', '--no-renames', '-z', before, 'HEAD').split('\0');
      const changes = listed.flatMap((status, index): readonly Change[] => {
        const name = listed[index + 1];
        return index % 2 === 0 && name !== undefined ? [[path(name), eventOf[status] ?? FileChangeType.Changed]] : [];
      });
      assert.ok(changes.length > 300, `${changes.length} files changed`);
      // VS Code tells in several messages, of the folders as well, and first of what it comes upon.
      const told = [...asFolders(changes, folder), ...changes].sort(([one], [other]) => (one < other ? 1 : -1));
      for (let at = 0; at < told.length; at += 100) server.watched(...told.slice(at, at + 100));
      // The editor follows the file of its document.
      const text = to[policy('api-1')];
      assert.ok(text);
      server.replaceText(opened, ++version, text);
      const expected = await everything(await start(folder), folder, to);
      await eventually(server, () => everything(server, folder, to), expected);
    }
  });

  it('and a folder that got another case alone is known by its new name', async () => {
    const { folder, path } = services.create(main);
    const server = await start(folder);
    await everything(server, folder, main);
    // As on a disk that knows no case: one folder, which answers to the new name from now on.
    renameSync(path('apis/api-7'), path('apis/between'));
    renameSync(path('apis/between'), path('apis/API-7'));
    server.watched([path('apis/api-7'), FileChangeType.Deleted], [path('apis/API-7'), FileChangeType.Created]);
    const names = Object.keys(main).map((name) => name.replace('apis/api-7/', 'apis/API-7/'));
    const files = Object.fromEntries(names.map((name) => [name, '']));
    const expected = await everything(await start(folder), folder, files);
    await eventually(server, () => everything(server, folder, files), expected);
    assert.ok(JSON.stringify(expected).includes('API-7'));
  });

  type Change = readonly [path: string, type: FileChangeType];
  const eventOf: Readonly<Record<string, FileChangeType>> = { A: FileChangeType.Created, D: FileChangeType.Deleted };

  /** A deletion of everything in a folder comes as one event of the folder; what it held is not told. */
  function asFolders(changes: readonly Change[], root: string): readonly Change[] {
    const folders = new Map<string, FileChangeType>();
    for (const [file, type] of changes) {
      if (type === FileChangeType.Changed || dirname(file) === root) continue;
      folders.set(dirname(file), type);
    }
    return [...folders];
  }

  async function start(folder: string): Promise<LanguageServerProcess> {
    const initializationOptions = { wantsWorkspaceChanged: true };
    return servers.start({ diagnostics: 'pull', folders: [folder], initializationOptions });
  }

  /** Scopes, findings, references and symbols, as they are said of every file. */
  async function everything(server: LanguageServerProcess, folder: string, files: Readonly<Record<string, string>>) {
    const policies = Object.keys(files).filter((name) => name.endsWith('.xml'));
    const said: Record<string, unknown> = {};
    for (const name of policies.sort()) {
      const file = join(folder, name);
      const scope = await server.request<ScopeAnswer>(scopeRequest, { uri: uriOf(file) });
      const report = await server.request<{ items: Diagnostic[] }>('textDocument/diagnostic', {
        textDocument: { uri: uriOf(file) },
      });
      said[name] = [scope, report.items.map(({ code, range, message }) => [code, range.start.line, message])];
    }
    const fragment = policies.find((name) => name.startsWith('policy fragments/')) as string;
    const uses = await server.request<Location[] | null>('textDocument/references', {
      textDocument: { uri: uriOf(join(folder, fragment)) },
      position: { line: 0, character: 2 },
      context: { includeDeclaration: true },
    });
    const tree: (readonly [string, string])[] = [];
    const walk = async (parent: string | null): Promise<void> => {
      for (const node of await server.request<ScopeTreeNode[]>(scopeTreeRequest, { parent })) {
        tree.push([node.id, node.description]);
        if (node.isExpandable) await walk(node.id);
      }
    };
    await walk(null);
    // States of long lists are asked for on their own; the tree's lines are what counts here.
    return { said, uses: (uses ?? []).map(({ uri, range }) => [uri, range.start.line]), tree: tree.map(([id]) => id) };
  }

  /** Asks again whenever the server says that something has changed. */
  async function eventually<T>(server: LanguageServerProcess, ask: () => Promise<T>, expected: T): Promise<void> {
    for (;;) {
      const told = server.notifications.length + server.refreshes;
      const now = await ask();
      if (JSON.stringify(now) === JSON.stringify(expected)) return;
      try {
        await server.until('a change', () => server.notifications.length + server.refreshes > told || undefined);
      } catch {
        assert.deepEqual(now, expected);
      }
    }
  }

  function commit(folder: string, files: Readonly<Record<string, string>>, git: (...words: string[]) => string): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    git('add', '--all');
    git('commit', '--quiet', '--message', 'state');
  }
});
