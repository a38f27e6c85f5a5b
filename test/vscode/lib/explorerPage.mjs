/**
 * The page of the CORS explorer without VS Code: the built script and style sheet in Chromium, served on this computer,
 * with the theme of a real VS Code around it and the real language server behind it.
 */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { fromRoot } from '../../../scripts/lib/root.mjs';

const themeFolder = fromRoot('test', 'vscode', 'ui', 'themes');

/** What a theme sets on a webview: the classes of its body, and every variable. */
export async function readTheme(name) {
  return JSON.parse(await readFile(`${themeFolder}/${name}.json`, 'utf8'));
}

/** A language server on a folder. `request` asks it, `stop` ends it. */
export async function startLanguageServer(folder) {
  const process = spawn(globalThis.process.execPath, [fromRoot('dist', 'server.node.js'), '--stdio']);
  const connection = createMessageConnection(
    new StreamMessageReader(process.stdout),
    new StreamMessageWriter(process.stdin),
  );
  connection.listen();
  const uri = pathToFileURL(folder).toString();
  await connection.sendRequest('initialize', {
    processId: null,
    rootUri: uri,
    workspaceFolders: [{ uri, name: 'service' }],
    capabilities: { workspace: { workspaceFolders: true } },
  });
  await connection.sendNotification('initialized', {});
  return {
    request: (method, params) => connection.sendRequest(method, params),
    notify: (method, params) => connection.sendNotification(method, params),
    async stop() {
      await connection.sendRequest('shutdown');
      const ended = new Promise((done) => process.once('exit', done));
      await connection.sendNotification('exit');
      await ended;
      connection.dispose();
    },
  };
}

/** Serves the page in a theme. `address` opens it. */
export async function servePage() {
  const files = {
    '/corsExplorer.js': ['text/javascript', fromRoot('dist', 'corsExplorer.js')],
    '/corsExplorer.css': ['text/css', fromRoot('dist', 'corsExplorer.css')],
    '/webview.css': ['text/css', `${themeFolder}/webview.css`],
  };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1');
    const file = files[pathname];
    if (file !== undefined) {
      response.setHeader('Content-Type', file[0]);
      response.end(await readFile(file[1]));
    } else if (pathname === '/') {
      response.setHeader('Content-Type', 'text/html');
      response.end(pageHtml(await readTheme(searchParams.get('theme'))));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: (theme) => `http://127.0.0.1:${server.address().port}/?theme=${theme}`,
    stop: () => new Promise((done) => server.close(done)),
  };
}

/** As VS Code makes it of ours: its own styles first, and the theme's variables, which are its only inline style. */
function pageHtml({ body, variables }) {
  const declared = Object.entries(variables).map(([name, value]) => `${name}: ${value};`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' 'nonce-theme'; script-src 'nonce-test'">
  <title>CORS request</title>
  <style nonce="theme">html { ${declared.join(' ')} background: var(--vscode-editor-background); }</style>
  <link rel="stylesheet" href="/webview.css">
  <link rel="stylesheet" href="/corsExplorer.css">
</head>
<body class="${body}">
  <script nonce="test" src="/corsExplorer.js"></script>
</body>
</html>`;
}

/**
 * Stands in for VS Code and the extension's side: answers what the page asks for by the language server. `sent` lists
 * what the page has said; `tell` says something to it.
 */
export async function hostPage(page, server, uri, { state } = {}) {
  const sent = [];
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const tell = (message) => page.evaluate((data) => window.postMessage(data, '*'), message);
  let shown = { uri, request: undefined };
  const explain = async (request) => {
    shown.request = request;
    const answer = await server.request('apimPolicy/explainCors', { uri: shown.uri, request });
    await tell({ kind: 'explained', request, answer });
  };
  const load = async (isNew = shown.request === undefined) => {
    const choices = await server.request('apimPolicy/corsChoices', { uri: shown.uri });
    const request = shown.request ?? choices.initial;
    await tell({ kind: 'choices', uri: shown.uri, choices, request: isNew ? request : null });
    await explain(request);
  };
  await page.exposeFunction('toExtension', async (message) => {
    sent.push(message);
    if (message.kind === 'ready') await load();
    if (message.kind === 'explain') await explain(message.request);
    if (message.kind === 'choose') {
      shown = { uri: message.uri, request: message.request };
      await load(true);
    }
    if (message.kind === 'map' && message.wanted !== null) {
      const reply = await server.request('apimPolicy/corsMap', { ...message.wanted, uri: shown.uri });
      await tell({ kind: 'mapped', reply });
    }
  });
  await page.addInitScript((initial) => {
    window.savedState = initial ?? undefined;
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => void window.toExtension(message),
      getState: () => window.savedState,
      setState: (next) => {
        window.savedState = next;
      },
    });
  }, state ?? null);
  return { sent, errors, tell, reload: () => load() };
}
