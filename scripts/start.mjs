/**
 * `npm start`: builds, prints the findings of the sample in the terminal, and opens the sample in a real VS Code with the
 * extension: the desktop one where there is one, else VS Code's server, at an address to open in any browser. Ctrl-C stops
 * the server and everything that it started.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runNode, stopCommands } from './lib/commands.mjs';
import { findDesktopCode, runCode } from './lib/desktopCode.mjs';
import { installationProblem } from './lib/installationProblem.mjs';
import { portProblem } from './lib/portProblem.mjs';
import { fromRoot, root } from './lib/root.mjs';
import { makeTemporaryFolder } from './lib/temporary.mjs';
import { packageExtension, vsixFile } from './package.mjs';
import { installVscodeServer, pageAddress, pageUri, prepareVscodeServer } from './vscodeServer.mjs';

const help = `npm start [-- options]
  --server      use VS Code's server even where a desktop VS Code is there
  --port <n>    the server's port (default: any free one)
  --no-open     build and print the findings, open nothing
  --help        this text`;

const sample = 'samples/contoso-apim';
const sampleFolder = fromRoot('samples', 'contoso-apim');
const interestingFile = fromRoot('samples', 'contoso-apim', 'apis', 'orders', 'policy.xml');

async function main() {
  const options = readOptions();
  if (options.help) return console.log(help);
  const problem = installationProblem() ?? (await portProblem(options.port));
  if (problem) throw new Problem(problem);

  say('Building (a few seconds) …');
  const build = await runNode([fromRoot('scripts', 'build.mjs')]);
  if (build.code !== 0) throw new Problem(`The build failed (exit code ${build.code}); what it printed is above.`);

  await printFindings();
  if (options['no-open']) return;

  const desktop = options.server ? { reason: 'you asked for the server' } : await findDesktopCode(oldestVscode());
  if (desktop.command && (await openDesktop(desktop))) return;
  if (desktop.reason) say(`Using VS Code's server: ${desktop.reason}.`);
  await openServer(options.port);
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      server: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Problem(`--port takes a number up to 65535, not "${values.port}".`);
  return { ...values, port };
}

/** Findings are what the sample is for (exit code 1). Anything worse is reported, and the editor opens all the same. */
async function printFindings() {
  say(`Findings of the sample: node dist/cli.js lint ${sample}`);
  const { code } = await runNode([fromRoot('dist', 'cli.js'), 'lint', sample]);
  if (code > 1)
    complain(`The command line failed (exit code ${code}); what it printed is above. Opening the editor all the same.`);
}

/** Opens a window of the desktop VS Code. Returns whether that worked. */
async function openDesktop({ command, version }) {
  say(`Opening ${sample} in VS Code ${version}, with the extension …`);
  const files = [sampleFolder, ...(existsSync(interestingFile) ? [interestingFile] : [])];
  const { code } = await runCode(command, [`--extensionDevelopmentPath=${root}`, '--new-window', ...files]);
  if (code !== 0) {
    complain(`\`${command}\` failed (exit code ${code}); using VS Code's server instead.`);
    return false;
  }
  say('The window is open: hover over <base /> in apis/orders/policy.xml. Close the window when you are done.');
  return true;
}

/** Serves VS Code until somebody asks to stop. */
async function openServer(port) {
  await installVscodeServer(say);
  say('Packing the extension …');
  await packageExtension();
  say("Starting VS Code's server …");
  const vscode = await prepareVscodeServer(await makeTemporaryFolder('start'));
  await vscode.install(vsixFile);
  const token = randomBytes(16).toString('hex');
  const server = await vscode.start({ port, token });
  const payload = existsSync(interestingFile) ? [['openFile', pageUri(server.port, interestingFile)]] : [];
  console.log(`
  Open this address in a browser:

    ${pageAddress(server.port, { folder: sampleFolder, payload, token })}

  Then hover over <base /> in apis/orders/policy.xml. Ctrl-C stops the server.
`);
  const end = await Promise.race([stop.asked, server.ended]);
  if (!stop.isAsked) throw new Problem(`VS Code's server ended by itself (${end}):\n${server.log()}`);
  say('Stopping …');
  await server.stop();
}

/** Ctrl-C and its relatives: `asked` resolves, and the program that runs just now is asked to end too. */
function stopOnSignals() {
  const state = { isAsked: false };
  state.asked = new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        state.isAsked = true;
        stopCommands();
        done();
      });
    }
  });
  return state;
}

function oldestVscode() {
  return JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')).engines.vscode.replace(/^\D+/, '');
}

/** Something that the reader can act on; printed without a stack. */
class Problem extends Error {}

function say(text) {
  console.log(`▸ ${text}`);
}

function complain(text) {
  console.error(`✘ ${text}`);
}

const stop = stopOnSignals();
try {
  await main();
  if (stop.isAsked) say('Stopped.');
} catch (error) {
  // What fails because we were asked to stop is no failure to explain.
  if (stop.isAsked) say('Stopped before the editor was open.');
  else complain(error instanceof Problem || error.code?.startsWith('ERR_PARSE_ARGS') ? error.message : error.stack);
  process.exitCode = 1;
}
