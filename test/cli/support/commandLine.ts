import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { CommandLineIo } from '../../../server/src/cli/io';
import { runCommandLine } from '../../../server/src/cli/runCommandLine';
import { decodeText, nodeHost, replaceText, requireSameText } from '../../../server/src/hosts/nodeHost';

/** What a command line printed, and its exit code. */
export interface Ran {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  readonly isTty?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Replaces parts of the io. */
  readonly io?: Partial<CommandLineIo>;
}

/** Runs a command line in this process. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const exitCode = await runCommandLine(argv, {
    cwd: options.cwd ?? process.cwd(),
    env: options.env ?? {},
    isTty: options.isTty ?? false,
    columns: undefined,
    host: nodeHost,
    replaceText,
    requireSameText,
    readShipped: async (name) => readFileSync(join('dist', name), 'utf8'),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    readStdin: async () => decodeText(Buffer.from(options.stdin ?? '')),
    ...options.io,
  });
  return { exitCode, out, err };
}

/** The bundle that ships. */
export const program = resolve('dist/cli.js');

/** Runs the program that ships, in a process of its own. */
export function runProgram(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [program, ...argv], {
      cwd: options.cwd ?? process.cwd(),
      env: { PATH: process.env['PATH'] ?? '', ...options.env },
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', failed);
    // It may end without reading its input.
    child.stdin.on('error', () => undefined);
    child.on('close', (exitCode) => done({ exitCode, out, err }));
    child.stdin.end(options.stdin ?? '');
  });
}

const folders: string[] = [];

/** A new folder with these files; it is gone after the tests. */
export function makeFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'apim-policy-cli-')));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

after(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
