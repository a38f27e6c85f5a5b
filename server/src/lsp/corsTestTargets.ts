import { folderAndName, isInFolder } from './documentPaths';
import type { Session } from './session';

/**
 * The path of the policy that a target in a file of CORS tests names: beside that file, else in a folder of the workspace.
 * Undefined where there is no such policy.
 */
export function findTargetPath(name: string, testPath: string, session: Session): string | undefined {
  const folders = [folderAndName(testPath).folder, ...targetFolders(testPath, session)];
  const paths = folders.map((folder) => resolvePath(folder, name));
  return paths.find((candidate) => session.service.placed(candidate) !== undefined);
}

/** The folders of the workspace, that which holds the file first. */
export function targetFolders(testPath: string, { workspace }: Session): readonly string[] {
  const isOwn = (folder: string): number => Number(isInFolder(folder, testPath));
  return [...workspace.folders].sort((one, other) => isOwn(other) - isOwn(one));
}

/** A path as people write it, against a folder. */
function resolvePath(folder: string, written: string): string {
  const path = written.replaceAll('\\', '/');
  const isAbsolute = /^([A-Za-z]:)?\//.test(path);
  const segments = isAbsolute ? [] : folder.split('/');
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && (segment !== '' || segments.length === 0)) segments.push(segment);
  }
  return segments.join('/');
}
