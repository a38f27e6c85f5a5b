import { close, fstat, open, read, watch } from 'node:fs';
import { readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { NothingThereError, type WorkspaceHost } from '../core';

/** Larger files are no policies: the service refuses documents above 256 KB (and 16 KB in some tiers). */
const maxBytes = 16 * 1024 * 1024;
const beginningBytes = 8 * 1024;

/** As many as were ever in use at once: new ones for thousands of files would keep the collector of garbage busy. */
const spareBuffers: Buffer[] = [];

/** The disk. Paths are absolute with `/`; on Windows they begin with the drive letter. */
export const nodeHost: WorkspaceHost = {
  async listFolder(folder) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(explain);
    return Promise.all(
      entries.map(async (entry) => {
        if (!entry.isSymbolicLink())
          return { name: entry.name, kind: entry.isDirectory() ? 'folder' : 'file' } as const;
        // A linked file counts as a file; linked folders are not followed, so that no circle is walked.
        return { name: entry.name, kind: 'file' } as const;
      }),
    );
  },
  readText: (path) =>
    withFile(path, async (file) => {
      const { size } = await statFile(file);
      if (size > maxBytes) throw new Error(`it is larger than ${maxBytes / 1024 / 1024} MB`);
      return decode(await readWhole(size, file));
    }),
  readBeginning: (path) =>
    withFile(path, async (file) => {
      const buffer = spareBuffers.pop() ?? Buffer.allocUnsafe(beginningBytes);
      try {
        const { bytesRead } = await readPart(file, buffer, 0, beginningBytes, 0);
        return { text: decode(buffer.subarray(0, bytesRead)), isWhole: bytesRead < beginningBytes };
      } finally {
        spareBuffers.push(buffer);
      }
    }),
};

/**
 * Tells of each name that comes, changes or goes directly in a folder, until it is closed. Undefined where the system gives
 * no (further) watch. Keeps no process alive.
 */
export function watchFolder(folder: string, told: (name: string) => void): { close(): void } | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => {
      if (name !== null) told(name);
    });
    // As when the folder goes. Whoever watches the one above hears of that.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}

// A workspace is thousands of small files, and file handles of node:fs/promises take twice the time of these.
const openFile = promisify(open);
const statFile = promisify(fstat);
const readPart = promisify(read);
const closeFile = promisify(close);

async function withFile<T>(path: string, work: (file: number) => Promise<T>): Promise<T> {
  const file = await openFile(path, 'r').catch(explain);
  try {
    return await work(file).catch(explain);
  } finally {
    await closeFile(file);
  }
}

async function readWhole(size: number, file: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(size);
  for (let length = 0; ; ) {
    const { bytesRead } = await readPart(file, buffer, length, size - length, length);
    length += bytesRead;
    // A read may bring less than there is; the end of a file that was cut meanwhile brings nothing.
    if (bytesRead === 0 || length === size) return buffer.subarray(0, length);
  }
}

/**
 * Writes a file anew in the encoding that it has, at once or not at all: the new text goes to a file beside it, which then
 * takes its place, its permissions included. A link stays one. Rejects, and leaves the file alone, where it is not `before`
 * byte for byte: it has changed since it was read, or holds bytes that are no text and would be lost.
 */
export async function replaceText(path: string, before: string, after: string): Promise<void> {
  const file = await realpath(path).catch(explain);
  const encoding = await requireSameText(file, before);
  const { mode } = await stat(file).catch(explain);
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(beside, Buffer.from(after, encoding), { mode, flag: 'wx' }).catch(explain);
    await rename(beside, file).catch(explain);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** Rejects, with a reason for people, where the file is not `text` byte for byte; otherwise tells its encoding. */
export async function requireSameText(path: string, text: string): Promise<BufferEncoding> {
  const bytes = await readFile(path).catch(explain);
  if (!isExactly(bytes, text)) throw new Error('it has changed, or is no text in UTF-8 or UTF-16');
  return encodingOf(bytes);
}

/** Decodes what may be no text at all, as files are. `isExact` is false where a byte was none of a text, and is lost. */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly isExact: boolean } {
  const text = decode(bytes);
  return { text, isExact: isExactly(bytes, text) };
}

/** UTF-8, or UTF-16 where a byte order mark says so. The mark stays in the text: offsets count it. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes) === 'utf16le' ? 'utf-16le' : 'utf-8', { ignoreBOM: true }).decode(bytes);
}

function encodingOf(bytes: Uint8Array): 'utf16le' | 'utf8' {
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8';
}

function isExactly(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(text, encodingOf(bytes)).equals(bytes);
}

/** Node's messages hold absolute paths and code names; people get a clause. */
function explain(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof Error && code === '') throw error;
  if (code === 'ENOENT') throw new NothingThereError();
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission is denied',
    EPERM: 'permission is denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'it is no folder',
    ELOOP: 'its links go in a circle',
  };
  throw new Error(reasons[code] ?? `the system says ${code}`, { cause: error });
}
