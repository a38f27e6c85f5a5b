import { URI } from 'vscode-uri';

/**
 * The core's path of an address: without scheme for files of the disk, `scheme://authority/path` for others (without
 * `//` where there is no authority), decoded, and without a slash at the end.
 *
 * Undefined for what is no file of its own: an address with a query names another version of a file (git, debuggers,
 * comparisons), and findings on those would repeat those on the file.
 */
export function pathOfUri(uri: string): string | undefined {
  const place = placeOf(uri);
  if (place === undefined) return undefined;
  const { root, below } = place;
  // The core writes `/` and `c:/`, but no slash behind other roots.
  return below === '' && /^([a-z]:)?$/.test(root) ? `${root}/` : root + below;
}

/** The same for a document, which is never the root of anything. */
export function pathOfDocument({ uri }: { readonly uri: string }): string | undefined {
  return placeOf(uri)?.below === '' ? undefined : pathOfUri(uri);
}

/** What a debugger calls the text that it shows: `debug:name?session=…`. Undefined for every other address. */
export function nameOfDebugSource(uri: string): string | undefined {
  const parsed = parseUri(uri);
  return parsed?.scheme === 'debug' ? parsed.path : undefined;
}

/** The address of a path, as VS Code writes it. */
export function uriOfPath(path: string): string {
  const parts = /^([A-Za-z][\w+.-]+):(?:\/\/([^/]*))?(.*)$/s.exec(path);
  if (parts === null) return URI.file(path).toString();
  const [, scheme = '', authority = '', rest = ''] = parts;
  return URI.from({ scheme, authority, path: rest || '/' }).toString();
}

/** True for paths of the disk; false for those that only a client reaches. A drive has one letter, a scheme has more. */
export function isOnDisk(path: string): boolean {
  return !/^[A-Za-z][\w+.-]+:/.test(path);
}

/** True for documents that exist in an editor only. */
export function isUnsaved(path: string): boolean {
  return path.startsWith('untitled:');
}

/** True for the folder itself and for everything below it. */
export function isInFolder(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The folder that holds a file or folder, and its name there; an empty name for a root. */
export function folderAndName(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return { folder: path, name: '' };
  return { folder: slash === 0 ? '/' : path.slice(0, slash), name: path.slice(slash + 1) };
}

/** What a path begins with that is no folder's name, and the rest, which is empty or begins with a slash. */
function placeOf(uri: string): { readonly root: string; readonly below: string } | undefined {
  const parsed = parseUri(uri);
  if (parsed === undefined || parsed.query !== '') return undefined;
  const { scheme, authority } = parsed;
  const below = `/${parsed.path}`.replace(/^\/+/, '/').replace(/\/$/, '');
  if (scheme !== 'file') return { root: authority === '' ? `${scheme}:` : `${scheme}://${authority}`, below };
  if (authority !== '') return { root: `//${authority}`, below };
  // Windows: /C:/repo and /c:/repo are one folder, and clients write both.
  const drive = /^\/([A-Za-z]:)(\/.*)?$/s.exec(below);
  return drive === null ? { root: '', below } : { root: (drive[1] as string).toLowerCase(), below: drive[2] ?? '' };
}

function parseUri(uri: string): URI | undefined {
  try {
    return URI.parse(uri);
  } catch {
    // A client's malformed address names nothing that could be found.
    return undefined;
  }
}
