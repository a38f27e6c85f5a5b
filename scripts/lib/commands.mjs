/** Runs other programs for the scripts: to the end, with their output shown or kept, and never longer than a deadline. */
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './root.mjs';

const killGraceMs = 5_000;
const running = new Set();
let stopped = false;

/**
 * Runs a program to its end. Resolves with its exit code (124 after a timeout, 127 when it could not be started) and,
 * when `show` is false, with everything it printed. It never rejects: what a bad exit code means is the caller's business.
 */
export function runCommand(
  command,
  args,
  { cwd = root, env = process.env, show = true, timeoutMs, shell = false } = {},
) {
  if (stopped) return Promise.resolve({ code: 130, timedOut: false, output: 'not run: we were asked to stop\n' });
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd,
      env,
      shell,
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    let timedOut = false;
    let killTimer;
    const timer =
      timeoutMs &&
      setTimeout(() => {
        timedOut = true;
        child.kill('SIGTERM');
        killTimer = setTimeout(() => child.kill('SIGKILL'), killGraceMs);
      }, timeoutMs);
    const finish = (code, note = '') => {
      clearTimeout(timer);
      clearTimeout(killTimer);
      running.delete(child);
      done({ code, timedOut, output: Buffer.concat(chunks).toString('utf8') + note });
    };
    child.once('error', (error) => finish(127, `${command}: ${error.message}\n`));
    child.once('close', (code) => finish(timedOut ? 124 : (code ?? 1)));
  });
}

/** Asks every program that runCommand is running to end, and starts no other: such runs resolve with exit code 130. */
export function stopCommands() {
  stopped = true;
  for (const child of running) child.kill('SIGTERM');
}

/** Runs one of the repository's Node scripts with the Node that runs this one. */
export function runNode(args, options) {
  return runCommand(process.execPath, args, options);
}

/** Runs npm, whatever started us: through the npm that did, if one did, because Windows cannot spawn npm.cmd without a shell. */
export function runNpm(args, options) {
  const npmProgram = process.env.npm_execpath;
  if (npmProgram?.endsWith('npm-cli.js')) return runNode([npmProgram, ...args], options);
  return runCommand('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** The first of these programs that PATH has, with its full path; undefined when it has none. */
export function findOnPath(...names) {
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
      for (const extension of extensions) {
        const file = join(folder, name + extension);
        if (isProgram(file)) return file;
      }
    }
  }
  return undefined;
}

/** Whether the path is a file that may be run. */
export function isProgram(file) {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // there, but not for us: the same as not there
  }
}
