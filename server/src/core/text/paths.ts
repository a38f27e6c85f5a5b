/**
 * Paths of the core: absolute, `/` between segments, no `.` or `..`, no slash at the end (but for a root).
 * Hosts make them; the core only takes them apart. For files that are not on a disk they begin with a scheme.
 */

/** The folder that holds the file or folder; undefined at a root. */
export function parentFolder(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  if (slash < 0 || path.endsWith('/')) return undefined;
  // The root of a disk keeps its slash: `c:` alone is the folder that a program happens to be in there.
  const isRoot = slash === 0 || /^[a-z]:$/i.test(path.slice(0, slash));
  return path.slice(0, isRoot ? slash + 1 : slash);
}

/** The last segment. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins a folder and a relative path of plain segments. */
export function joinPath(folder: string, relative: string): string {
  if (relative === '') return folder;
  return folder.endsWith('/') ? folder + relative : `${folder}/${relative}`;
}

/** The path below the folder without a leading slash; undefined where it is not below; '' for the folder itself. */
export function relativeTo(folder: string, path: string): string | undefined {
  if (path === folder) return '';
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** The folders above a file, nearest first. */
export function* foldersAbove(path: string): Generator<string> {
  for (let folder = parentFolder(path); folder !== undefined; folder = parentFolder(folder)) yield folder;
}

/** The way from a folder to a path, up with `..` where it takes that. Undefined where the two have no folder in common. */
export function wayTo(folder: string, path: string): string | undefined {
  let up = '';
  for (let above: string | undefined = folder; above !== undefined; above = parentFolder(above)) {
    const below = relativeTo(above, path);
    if (below !== undefined) return up + below;
    up += '../';
  }
  return undefined;
}
