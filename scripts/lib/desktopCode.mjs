/** Finds the command of a desktop VS Code that can load the extension, or says why there is none. */
import { realpathSync } from 'node:fs';
import { findOnPath, runCommand } from './commands.mjs';

/**
 * The desktop VS Code on PATH: `{ command, version }`, or `{ reason }` when none can be used. A `code` inside a VS Code
 * server's terminal only talks to the window that it belongs to and cannot load an extension under development.
 */
export async function findDesktopCode(oldestVersion) {
  const command = findOnPath('code', 'code-insiders');
  if (!command) return { reason: 'there is no `code` on PATH' };
  const program = realpathSync(command);
  if (/remote-cli|\.vscode-server|code-server/.test(program) || process.env.VSCODE_IPC_HOOK_CLI) {
    return { reason: `\`${command}\` belongs to a VS Code server, not to a desktop VS Code` };
  }
  if (process.platform === 'linux') {
    if (program.startsWith('/mnt/')) return { reason: `\`${command}\` is the VS Code of Windows, seen from Linux` };
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
      return { reason: 'there is no display for a desktop VS Code' };
    if (process.getuid() === 0) return { reason: 'a desktop VS Code does not start for root' };
  }
  const { code, output } = await runCode(command, ['--version'], { show: false, timeoutMs: 20_000 });
  const version = /^\d+\.\d+\.\d+/.exec(output)?.[0];
  if (code !== 0 || !version)
    return { reason: `\`${command} --version\` failed (exit code ${code}): ${output.trim()}` };
  if (isOlder(version, oldestVersion))
    return { reason: `\`${command}\` is VS Code ${version}; the extension needs ${oldestVersion} or newer` };
  return { command, version };
}

/** Runs the `code` command. On Windows it is a batch file, which only a shell can run, so arguments are quoted for it. */
export function runCode(command, args, options) {
  if (process.platform !== 'win32') return runCommand(command, args, options);
  const quoted = [command, ...args].map((text) => `"${text}"`);
  return runCommand(quoted[0], quoted.slice(1), { ...options, shell: true });
}

function isOlder(version, oldest) {
  const [one, other] = [version, oldest].map((text) => text.split('.').map(Number));
  const index = one.findIndex((number, at) => number !== other[at]);
  return index !== -1 && one[index] < other[index];
}
