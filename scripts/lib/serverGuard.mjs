/**
 * Stands between us and VS Code's server, so that the server never outlives us, however we end: when our end of its
 * standard input closes, the guard stops the server and removes the server's data. It is a process of its own because
 * nothing in a process that is killed can still do that.
 *
 * Arguments: the folder to remove, then the program to run with Node, and its arguments.
 */
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';

const stopGraceMs = 10_000;
const [dataFolder, ...command] = process.argv.slice(2);

const server = spawn(process.execPath, command, { stdio: ['ignore', 'inherit', 'inherit'] });

function stop() {
  server.kill('SIGTERM');
  setTimeout(() => server.kill('SIGKILL'), stopGraceMs).unref();
}

process.stdin.on('end', stop).on('error', stop).resume();
process.on('SIGTERM', stop);
server.once('close', async (code) => {
  // The extension hosts would end by themselves, but seconds later. They are in the guard's own group, the guard too,
  // for which this is only another request to stop.
  if (process.platform !== 'win32') process.kill(-process.pid, 'SIGTERM');
  await rm(dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  process.exit(code ?? 1);
});
