import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extensionUnderTest } from './extension';

/** The ids of the language servers that run from the extension under test. */
export function serverProcesses(): readonly number[] {
  const file = join(extensionUnderTest().extensionPath, 'dist', 'server.node.js');
  return processes()
    .filter(({ command }) => command.includes(file))
    .map(({ id }) => id);
}

/** From /proc where there is one: small machines lack `ps`. */
function processes(): readonly { readonly id: number; readonly command: string }[] {
  if (existsSync('/proc/self/cmdline')) {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({ id: Number(name), command: commandOf(name) }));
  }
  const lines = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  return lines.map((line) => ({ id: Number.parseInt(line, 10), command: line }));
}

function commandOf(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // It ended while the list was read.
  }
}
