import { open, readdir, readFile, stat } from 'node:fs/promises';
import { NothingThereError, type WorkspaceHost } from '../core';

/** Larger files are no policies: the service refuses documents above 256 KB (and 16 KB in some tiers). */
const maxBytes = 16 * 1024 * 1024;
const beginningBytes = 8 * 1024;

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
  async readText(path) {
    const { size } = await stat(path).catch(explain);
    if (size > maxBytes) throw new Error(`it is larger than ${maxBytes / 1024 / 1024} MB`);
    return decode(await readFile(path).catch(explain));
  },
  async readBeginning(path) {
    const file = await open(path).catch(explain);
    try {
      const buffer = Buffer.alloc(beginningBytes);
      const { bytesRead } = await file.read(buffer, 0, beginningBytes, 0).catch(explain);
      return { text: decode(buffer.subarray(0, bytesRead)), isWhole: bytesRead < beginningBytes };
    } finally {
      await file.close();
    }
  },
};

/** UTF-8, or UTF-16 where a byte order mark says so. The mark stays in the text: offsets count it. */
function decode(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Node's messages hold absolute paths and code names; people get a clause. */
function explain(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') throw new NothingThereError();
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission is denied',
    EPERM: 'permission is denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'it is no folder',
    ELOOP: 'its links go in a circle',
  };
  throw new Error(reasons[code] ?? (code === '' ? String(error) : `the system says ${code}`), { cause: error });
}
