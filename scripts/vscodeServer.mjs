/**
 * VS Code's own server, for `npm start` without a desktop VS Code and for the tests: install it, put an extension into it,
 * start it, stop it.
 *
 * It comes inside the npm package code-server, pinned in test/vscode-server. We start the server in it directly, not
 * code-server's wrapper: the wrapper needs modules that its install scripts compile and download, the server needs none.
 * `node scripts/vscodeServer.mjs` installs it and does nothing else (to fill a cache).
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode, runNpm } from './lib/commands.mjs';
import { withInstallLock } from './lib/installLock.mjs';
import { fromRoot } from './lib/root.mjs';
import { untilDeadline } from './lib/untilDeadline.mjs';

const packageFolder = fromRoot('test', 'vscode-server');
const stampFile = join(packageFolder, 'node_modules', '.ready');
const serverFolder = join(packageFolder, 'node_modules', 'code-server', 'lib', 'vscode');
const serverProgram = join(serverFolder, 'out', 'server-main.js');

/** The server's own @vscode/ripgrep downloads its program from GitHub; this version has it in registry packages. */
const ripgrep = '@vscode/ripgrep@1.18.0';
const startTimeoutMs = 60_000;
const keptLogLength = 1_000_000;

/**
 * Installs VS Code's server unless the pinned one is there already, and says so only when it has to. Throws with npm's
 * own words when npm fails.
 */
export async function installVscodeServer(say) {
  const wanted = stamp();
  if (installedStamp() === wanted) return;
  await withInstallLock(packageFolder, say, async () => {
    if (installedStamp() === wanted) return; // another run installed it while we waited
    say("Installing VS Code's server from the npm registry (once; about 10 seconds, 300 MB) …");
    await npm(packageFolder, ['ci', '--ignore-scripts']);
    // Not `npm ci`: the server's shrinkwrap is not complete, and npm ci refuses it.
    await npm(serverFolder, ['install', '--omit=dev', '--no-save', '--ignore-scripts', ripgrep]);
    // What code-server's own install script does: parts of VS Code look for their modules under this name.
    const link = join(serverFolder, 'node_modules.asar');
    await rm(link, { force: true, recursive: true });
    await symlink(process.platform === 'win32' ? join(serverFolder, 'node_modules') : 'node_modules', link, 'junction');
    await writeFile(stampFile, wanted);
  });
}

/**
 * Gives the server its own folders and settings in `dataFolder`, which is removed when the server has ended.
 * `install(vsix)` puts an extension into it, `start()` runs it.
 */
export async function prepareVscodeServer(dataFolder, settings = {}) {
  const userFolder = join(dataFolder, 'data', 'User');
  await mkdir(userFolder, { recursive: true });
  await writeFile(join(userFolder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
  const folders = ['--server-data-dir', dataFolder, '--extensions-dir', join(dataFolder, 'extensions')];
  const common = [serverProgram, '--accept-server-license-terms', ...folders, '--telemetry-level', 'off'];
  return {
    async install(vsix) {
      const { code, output } = await runNode([...common, '--install-extension', vsix, '--force'], {
        env: serverEnvironment(),
        show: false,
      });
      if (code !== 0) throw new Error(`VS Code's server could not install ${vsix} (exit code ${code}):\n${output}`);
    },

    start: ({ port = 0, token, env = {} } = {}) => {
      const access = token ? ['--connection-token', token] : ['--without-connection-token'];
      // Without the trust setting a dialog covers the editor. Without the smoke test driver newer servers silently ignore
      // the request to run tests.
      const flags = [
        '--host',
        '127.0.0.1',
        '--port',
        String(port),
        '--disable-workspace-trust',
        '--enable-smoke-test-driver',
      ];
      return startServer(dataFolder, [...common, ...flags, ...access], {
        ...serverEnvironment(),
        ...socketsIn(dataFolder),
        ...env,
      });
    },
  };
}

/**
 * Starts the server and resolves when it answers: with its port, a promise of its end, its log so far, and `stop()`, which
 * also ends the extension hosts. When this process ends in any other way, the server is stopped too (see serverGuard.mjs).
 */
async function startServer(dataFolder, command, env) {
  const guard = spawn(process.execPath, [fromRoot('scripts', 'lib', 'serverGuard.mjs'), dataFolder, ...command], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own, so that Ctrl-C reaches only us and the server is stopped in order.
    detached: process.platform !== 'win32',
  });
  let output = '';
  const log = () => output.replaceAll(missingModules, '');
  const keep = (chunk) => {
    output = (output + chunk).slice(-keptLogLength);
  };
  guard.stdout.on('data', keep);
  guard.stderr.on('data', keep);
  const ended = new Promise((done) => guard.once('close', (code, signal) => done(signal ?? `exit code ${code}`)));
  const stop = async () => {
    guard.stdin.end();
    await ended;
  };

  const failIfEnded = () => {
    if (guard.exitCode !== null)
      throw new Error(`VS Code's server did not start (exit code ${guard.exitCode}):\n${log()}`);
  };
  const limits = { timeoutMs: startTimeoutMs, seen: () => log() || 'no output' };
  try {
    const listening = () => failIfEnded() ?? /agent listening on (\d+)/.exec(output);
    const [, digits] = await untilDeadline("VS Code's server to listen", listening, limits);
    const port = Number(digits);
    await untilDeadline("VS Code's server to answer", () => failIfEnded() ?? answers(port), limits);
    return { port, ended, stop, log };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the server prints for each native module that was never installed and that it does without. */
const missingModules =
  /^.*Could not locate the bindings file\. Tried:\n(?: → .*\n)*(?: {4}at .*\n?)*(?: {2}tries: \[\n(?: {4}'.*\n)* {2}\]\n}\n?)?/gm;

async function answers(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/version`)).ok;
  } catch {
    return false; // not up yet; the deadline says so if it never is
  }
}

/** A page of the server that opens a folder. `payload` is VS Code's own list of pairs, such as openFile. */
export function pageAddress(port, { folder, payload = [], token }) {
  const query = [
    token && `tkn=${token}`,
    `folder=${encodeURIComponent(folderPath(folder))}`,
    payload.length > 0 && `payload=${encodeURIComponent(JSON.stringify(payload))}`,
  ];
  return `http://127.0.0.1:${port}/?${query.filter(Boolean).join('&')}`;
}

/** A file as the page names it. The authority must be the page's own: with another one VS Code shows no squiggles. */
export function pageUri(port, path) {
  return `vscode-remote://127.0.0.1:${port}${folderPath(path).split('/').map(encodeURIComponent).join('/')}`;
}

function folderPath(path) {
  return process.platform === 'win32' ? `/${path.replaceAll('\\', '/')}` : path;
}

/** Settings without which VS Code shows or fetches what nobody asked for. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'update.showReleaseNotes': false,
  'git.openRepositoryInParentFolders': 'never',
};

/** A socket's path may have about 104 characters, and VS Code's own names take up to 60 of them. */
const longestSocketFolder = 44;

/** Where VS Code puts its sockets, which it leaves behind: in the data folder they go with it. */
function socketsIn(dataFolder) {
  const isShort = process.platform !== 'win32' && dataFolder.length <= longestSocketFolder;
  return isShort ? { XDG_RUNTIME_DIR: dataFolder, TMPDIR: dataFolder } : {};
}

/** Our environment without what would make the server believe it runs inside another VS Code, or Node load something into it. */
function serverEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name)),
  );
}

async function npm(folder, args) {
  const { code, output } = await runNpm(args, { cwd: folder, show: false });
  if (code !== 0)
    throw new Error(`npm ${args.join(' ')} failed (exit code ${code}) while installing VS Code's server:\n${output}`);
}

/** What an installation was made from. It stands in node_modules, so an installation that broke off does not have it. */
function stamp() {
  const lock = readFileSync(join(packageFolder, 'package-lock.json'));
  return createHash('sha256').update(lock).update(ripgrep).digest('hex');
}

function installedStamp() {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await installVscodeServer(console.log);
  console.log("VS Code's server is installed.");
}
