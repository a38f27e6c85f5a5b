/**
 * `npm test`: builds, checks, runs the unit tests, compares CORS decisions with a real browser, and runs the suite in every real VS Code that this machine can start.
 * What it could not run it says at the end. The last line is `N passed, N failed`, over everything; the exit code is 0
 * only when nothing failed.
 */
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { findChromium, howToGetChromium } from './lib/chromium.mjs';
import { findOnPath, runCommand, runNode, stopCommands } from './lib/commands.mjs';
import { installationProblem } from './lib/installationProblem.mjs';
import { fromRoot } from './lib/root.mjs';
import { makeTemporaryFolder } from './lib/temporary.mjs';
import { TestReport } from './lib/testReport.mjs';
import { readTestResults } from './lib/testResults.mjs';
import { packageExtension } from './package.mjs';
import { installVscodeServer } from './vscodeServer.mjs';

const help = `npm test [-- options]
  --unit        only the build and the unit tests
  --browser     only the build and the calls of a real browser
  --vscode      only the build and the runs in a real VS Code
  --desktop     also in a desktop VS Code, which is downloaded (or APIM_POLICY_DESKTOP=1)
  --grep <x>    only tests whose title contains x
  --update-snapshots  writes the tokens of the grammar's fixtures anew, and runs nothing else
  --help        this text
With CI set, a missing Chromium or VS Code server is a failure.`;

const stepTimeoutMs = 300_000;
const suiteTimeoutMs = 420_000;
const mocha = fromRoot('node_modules', 'mocha', 'bin', 'mocha.js');
const reporter = fromRoot('scripts', 'lib', 'resultsReporter.mjs');

const { values: options } = parseArgs({
  options: {
    unit: { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
    vscode: { type: 'boolean', default: false },
    desktop: { type: 'boolean', default: process.env.APIM_POLICY_DESKTOP === '1' },
    grep: { type: 'string' },
    'update-snapshots': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options['update-snapshots']) {
  process.env.APIM_POLICY_UPDATE_SNAPSHOTS = '1';
  options.unit = true;
  options.grep = 'token snapshots';
}
const isCi = ![undefined, '', '0', 'false'].includes(process.env.CI);
const report = new TestReport();
let resultsFolder;

async function main() {
  if (options.help) return console.log(help);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stopCommands);
  await runStages();
  report.failIfNothingRan();
  report.print();
  process.exitCode = report.failed > 0 ? 1 : 0;
}

async function runStages() {
  const problem = installationProblem() ?? mochaProblem();
  if (problem) return report.fail('Preparations', problem);
  resultsFolder = await makeTemporaryFolder('results');
  const everything = !options.unit && !options.browser && !options.vscode;
  const withUnit = everything || options.unit;
  const withBrowser = everything || options.browser;
  const withVscode = everything || options.vscode;

  // Without a build there is nothing to test.
  if (!(await step('Build', [fromRoot('scripts', 'build.mjs'), ...(withUnit || withBrowser ? ['--tests'] : [])])))
    return;
  if (everything) await step('Checks: types, lint, layers, generated files', [fromRoot('scripts', 'check.mjs')]);
  if (withUnit) {
    await suite('Unit tests', 'unit', ({ results }) =>
      runMocha(fromRoot('dist', 'test', 'unit', '**', '*.test.js'), results),
    );
  }
  if (withBrowser) await runInRealBrowser();
  if (withVscode) await runInRealVscode();
}

/** What our engine says of calls, beside what a real browser makes of them. In CI it is a failure when there is none. */
async function runInRealBrowser() {
  const title = 'CORS in a real browser';
  try {
    if (findChromium()) {
      await suite(title, 'browser', ({ results }) =>
        runMocha(fromRoot('dist', 'test', 'browser', '**', '*.test.js'), results),
      );
      return;
    }
  } catch (error) {
    report.fail(title, error.message);
    return;
  }
  const why = `There is no Chromium on this machine. ${howToGetChromium}`;
  if (isCi) report.fail(title, why);
  else report.notRun(title, why);
}

async function runInRealVscode() {
  const server = await prepareServer();
  if (server) await runInServer();
  await runInDesktop({ nothingElse: !server });
}

/** Whether VS Code's server and a Chromium to open it are there. In CI it is a failure when they are not. */
async function prepareServer() {
  report.heading("VS Code's server");
  const missing = isCi ? (title, why) => report.fail(title, why) : (title, why) => report.notRun(title, why);
  const runs = "The suite and the visible editor in VS Code's server";
  try {
    if (!findChromium()) {
      missing(runs, `There is no Chromium on this machine. ${howToGetChromium}`);
      return false;
    }
  } catch (error) {
    report.fail(runs, error.message);
    return false;
  }
  try {
    await installVscodeServer(console.log);
    console.log('It is there.');
    return true;
  } catch (error) {
    missing(runs, `VS Code's server could not be installed; it needs the npm registry. ${error.message}`);
    return false;
  }
}

async function runInServer() {
  await suite("The suite in VS Code's server, from the source folder", 'server-source', ({ results }) =>
    runRunner('runServerSource.mjs', results),
  );
  report.heading('Package');
  try {
    process.stdout.write(await packageExtension());
  } catch (error) {
    report.fail('Package', error.message);
    return;
  }
  await suite("The suite in VS Code's server, with the packaged extension", 'server-vsix', ({ results }) =>
    runRunner('runServerVsix.mjs', results),
  );
  // Pictures of an earlier run would pass for those of this one.
  await rm(fromRoot('dist', 'screenshots'), { recursive: true, force: true });
  await suite('The visible editor, with the packaged extension (pictures in dist/screenshots)', 'ui', ({ results }) =>
    runMocha(fromRoot('test', 'vscode', 'ui', '*.test.mjs'), results),
  );
}

/** A desktop VS Code is a download of its own, so it is tried only when asked for or when there is nothing else. */
async function runInDesktop({ nothingElse }) {
  const title = 'The suite in a desktop VS Code';
  if (!options.desktop && !nothingElse) {
    report.notRun(title, 'It is a large download. Ask for it with: npm test -- --desktop');
    return;
  }
  const missing = options.desktop || isCi ? (why) => report.fail(title, why) : (why) => report.notRun(title, why);
  const needsDisplay = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  const xvfb = needsDisplay ? findOnPath('xvfb-run') : undefined;
  if (needsDisplay && !xvfb) return missing('There is no display. Install xvfb (Debian: apt-get install xvfb).');
  let program = process.env.APIM_POLICY_VSCODE;
  if (!program) {
    report.heading('Download of a desktop VS Code');
    try {
      const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
      program = await downloadAndUnzipVSCode({ version: 'stable', cachePath: fromRoot('.vscode-test') });
    } catch (error) {
      return missing(
        `VS Code could not be downloaded (${error.message}). Name an installed one in APIM_POLICY_VSCODE.`,
      );
    }
  }
  await suite(title, 'desktop', ({ results }) => {
    const env = { ...process.env, APIM_POLICY_VSCODE: program };
    return runRunner('runDesktop.mjs', results, { env, before: xvfb ? [xvfb, '-a'] : [] });
  });
}

/** Mocha is an ES module that require() loads: our own programs run on older Node versions than it does. */
function mochaProblem() {
  if (process.features.require_module) return undefined;
  return `The tests need Node.js 20.19, 22.12 or newer; this is ${process.version}.`;
}

/** One step without tests of its own: it counts only when it fails. Returns whether it succeeded. */
async function step(title, command) {
  report.heading(title);
  const { code, timedOut } = await runNode(command, { timeoutMs: stepTimeoutMs });
  if (code !== 0)
    report.fail(
      title,
      timedOut ? `did not end within ${stepTimeoutMs / 1000} s` : `exit code ${code}; what it printed is above`,
    );
  return code === 0;
}

/** One run of tests; `run` writes its results to the file that it gets. */
async function suite(title, name, run) {
  report.heading(title);
  const results = `${resultsFolder}/${name}.json`;
  const { code, timedOut } = await run({ results });
  const counts = readTestResults(results, { exitCode: code, filtered: options.grep !== undefined });
  if (timedOut) counts.complaint = `did not end within ${suiteTimeoutMs / 1000} s; ${counts.complaint}`;
  report.add(title, counts);
}

function runMocha(files, results) {
  const filter = options.grep === undefined ? [] : ['--grep', options.grep];
  const env = { ...process.env, APIM_POLICY_TEST_RESULTS: results };
  // Two seconds, Mocha's own limit, are little on a busy machine. No test measures time by it.
  return runNode([mocha, '--timeout', '20000', '--reporter', reporter, ...filter, files], {
    env,
    timeoutMs: suiteTimeoutMs,
  });
}

function runRunner(file, results, { env = process.env, before = [] } = {}) {
  const filter = options.grep === undefined ? [] : ['--grep', options.grep];
  const [command, ...args] = [
    ...before,
    process.execPath,
    fromRoot('test', 'vscode', file),
    '--results',
    results,
    ...filter,
  ];
  return runCommand(command, args, { env, timeoutMs: suiteTimeoutMs });
}

await main();
