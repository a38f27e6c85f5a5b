import { isAbsolute, relative, resolve, sep } from 'node:path';

/** The core's form of a path that a user wrote: absolute, `/` between segments, no slash at the end. */
export function corePath(cwd: string, written: string): string {
  return sep === '/'
    ? resolve(cwd, written)
    : resolve(cwd, written)
        .split(sep)
        .join('/')
        .replace(/(.)\/$/, '$1');
}

/**
 * A path as results show it: relative to the working directory, with `/` on every system. A path that is not absolute
 * names no file, such as that of an inline document, and stays as it is.
 */
export function shownPath(cwd: string, path: string): string {
  if (!isAbsolute(path)) return path;
  const shown = relative(cwd, path).split(sep).join('/');
  return shown === '' ? '.' : shown;
}

/** True for the folder itself and for everything below it. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The folders above a path, nearest first, down to the root of its disk. */
export function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
    folders.push(slash === 0 ? '/' : path.slice(0, slash));
    if (slash === 0) break;
  }
  return folders;
}

/** A file in a folder. */
export function joinPath(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}
