/**
 * Runs the suite in the extension host of VS Code's server. The server starts an extension host when a page opens, so a
 * Chromium without a window opens it; the page calls `codeAutomationExit` with the result.
 */
import { format } from 'node:util';
import { launchChromium } from '../../../scripts/lib/chromium.mjs';
import { testSuiteFile } from '../../../scripts/lib/testSuiteBundle.mjs';
import { installVscodeServer, pageAddress, pageUri, prepareVscodeServer } from '../../../scripts/vscodeServer.mjs';

const suiteTimeoutMs = 180_000;
const timeoutExitCode = 124;

/** Returns VS Code's exit code for the run. `vsix` is installed first, where there is one. */
export async function runInServer({ workspace, dataFolder, environment }, { developmentFolder, vsix }) {
  await installVscodeServer(console.log);
  const vscode = await prepareVscodeServer(dataFolder);
  if (vsix) await vscode.install(vsix);
  const server = await vscode.start({ env: environment });
  const hostLog = [];
  let browser;
  try {
    browser = await launchChromium();
    const page = await browser.newPage();
    const ended = testsEnd(page, server, hostLog);
    const payload = [
      ['extensionDevelopmentPath', pageUri(server.port, developmentFolder)],
      ['extensionTestsPath', pageUri(server.port, testSuiteFile)],
      ['skipWelcome', 'true'],
    ];
    await page.goto(pageAddress(server.port, { folder: workspace, payload }));
    const exitCode = await ended;
    if (exitCode !== 0) printLogs(hostLog, server.log());
    return exitCode;
  } finally {
    await browser?.close();
    await server.stop();
  }
}

/** The exit code that the page reports; another one, with the reason said, when the tests do not get so far. */
async function testsEnd(page, server, hostLog) {
  let timer;
  const result = new Promise((done, fail) => {
    page.exposeFunction('codeAutomationExit', (code) => done({ code })).catch(fail);
    page.exposeFunction('codeAutomationLog', (type, args) => hostLog.push(`[${type}] ${format(...args)}`)).catch(fail);
  });
  const timeout = new Promise((done) => {
    const complaint = `The tests did not end within ${suiteTimeoutMs / 1000} s.`;
    timer = setTimeout(() => done({ code: timeoutExitCode, complaint }), suiteTimeoutMs);
  });
  const serverEnd = server.ended.then((how) => ({
    code: 1,
    complaint: `VS Code's server ended (${how}) before the tests did.`,
  }));
  try {
    const { code, complaint } = await Promise.race([result, timeout, serverEnd]);
    if (complaint) console.error(complaint);
    return code;
  } finally {
    clearTimeout(timer);
  }
}

/** Everything that may say why; only after a failure. */
function printLogs(hostLog, serverLog) {
  const parts = {
    'Console of VS Code': hostLog.filter((entry) => !harmless.test(entry)).join('\n'),
    "Log of VS Code's server": serverLog,
  };
  for (const [title, text] of Object.entries(parts)) {
    console.error(`\n--- ${title} ---\n${text.trim().split('\n').slice(-200).join('\n') || '(empty)'}`);
  }
}

/** Entries about native modules that were never installed and are not needed, the service worker, the gallery, and connecting. */
const harmless =
  /Could not locate the bindings file|native-watchdog|ServiceWorker|open-vsx|^\[info\] (Resolv|Creating a socket)/;
