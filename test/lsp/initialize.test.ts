import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { LanguageServerProcess, languageServers } from './languageServerProcess';

describe('language server: start and end', function () {
  this.timeout(30_000);
  const servers = languageServers();

  it('offers pulled diagnostics to a client that can pull and be refreshed', async () => {
    const server = await servers.start({ diagnostics: 'pull' });
    assert.deepEqual(server.initializeResult.capabilities, {
      positionEncoding: 'utf-16',
      renameProvider: { prepareProvider: true },
      definitionProvider: true,
      referencesProvider: true,
      documentLinkProvider: {},
      workspaceSymbolProvider: true,
      completionProvider: { triggerCharacters: ['"', "'", '{'] },
      textDocumentSync: { openClose: true, change: 2 },
      hoverProvider: true,
      documentSymbolProvider: { label: 'APIM policy' },
      foldingRangeProvider: true,
      selectionRangeProvider: true,
      linkedEditingRangeProvider: true,
      documentHighlightProvider: true,
      semanticTokensProvider: {
        legend: {
          tokenTypes: [
            'policy',
            'policyParameter',
            'policyFragment',
            'namedValue',
            'keyword',
            'variable',
            'property',
            'method',
          ],
          tokenModifiers: ['declaration', 'readonly', 'defaultLibrary'],
        },
        full: true,
        range: true,
      },
      codeActionProvider: { codeActionKinds: ['quickfix', 'refactor.rewrite'] },
      documentFormattingProvider: true,
      documentRangeFormattingProvider: true,
      documentOnTypeFormattingProvider: { firstTriggerCharacter: '>', moreTriggerCharacter: ['\n'] },
      workspace: {
        workspaceFolders: { supported: true, changeNotifications: true },
        fileOperations: { willRename: { filters: [{ pattern: { glob: '**/*', matches: 'folder' } }] } },
      },
      diagnosticProvider: { identifier: 'apim-policy', interFileDependencies: true, workspaceDiagnostics: false },
    });
    assert.equal(server.initializeResult.serverInfo?.name, 'APIM Policy Lens');
    assert.match(server.initializeResult.serverInfo?.version ?? '', /^\d+\.\d+\.\d+/);
  });

  it('offers no pulled diagnostics to a client that cannot pull, or cannot be refreshed', async () => {
    const pushed = await servers.start({ diagnostics: 'push' });
    assert.equal(pushed.initializeResult.capabilities.diagnosticProvider, undefined);
    const withoutRefresh = await servers.start({
      diagnostics: 'push',
      capabilities: { textDocument: { diagnostic: {} } },
    });
    assert.equal(withoutRefresh.initializeResult.capabilities.diagnosticProvider, undefined);
  });

  it('watches the files that it reads, and folders that come and go, where the client can', async () => {
    const server = await servers.start({ diagnostics: 'push' });
    const [registration] = await server.until('the registration of watchers', () =>
      server.registrations.length > 0 ? server.registrations : undefined,
    );
    assert.equal(registration?.method, 'workspace/didChangeWatchedFiles');
    assert.deepEqual(registration?.registerOptions, {
      // All kinds: a folder that was replaced by another comes as changed.
      watchers: [{ globPattern: '**/*' }],
    });
  });

  it('works with a client that says nothing about itself', async () => {
    const server = await servers.start({ diagnostics: 'push', capabilities: { textDocument: {}, workspace: {} } });
    server.open('untitled:Untitled-1', '<policies><inbound></policies>');
    const { diagnostics } = await server.pushedUntil(
      'syntax findings',
      'untitled:Untitled-1',
      ({ diagnostics }) => diagnostics.length > 0,
    );
    assert.ok(diagnostics.every(({ relatedInformation }) => relatedInformation === undefined));
    assert.deepEqual(server.registrations, []);
  });

  it('ends with code 1 when its client goes without a word', async () => {
    const server = new LanguageServerProcess();
    try {
      await server.initialize({ diagnostics: 'push' });
      server.notify('exit', {});
      assert.equal(await server.exitCode(), 1);
    } finally {
      server.kill();
    }
  });

  it('says how to use it when it is started by hand', () => {
    const run = (...options: string[]): SpawnSyncReturns<string> =>
      spawnSync(
        process.execPath,
        [process.env['APIM_POLICY_TEST_LANGUAGE_SERVER'] ?? resolve('dist', 'server.node.js'), ...options],
        {
          encoding: 'utf8',
          timeout: 10_000,
        },
      );
    const plain = run();
    assert.equal(plain.status, 2);
    assert.equal(plain.stdout, '');
    assert.match(plain.stderr, /--stdio/);
    const help = run('--help');
    assert.equal(help.status, 0);
    assert.match(help.stdout, /--stdio/);
  });
});
