import { projectFileName, reasonOf, type WorkspaceHost } from '../core';
import { badUsage } from './commandError';
import type { CommandLineIo } from './io';
import { corePath, foldersAbove, isInside, joinPath, shownPath } from './paths';
import type { Target } from './targets';

/** The project file of `--config`: a host that shows it in place of every other one, and its own path for results. */
export interface NamedProjectFile {
  readonly host: WorkspaceHost;
  /** Where the host shows the file. */
  readonly shownAt: readonly string[];
  /** The file's own path where the core speaks of the place that the host shows it at; any other path as it is. */
  realPath(path: string): string;
}

/**
 * Makes one project file count for all targets. The core looks for project files by walking up, so the file is shown
 * above everything: in its own folder where `scopes` need that (their globs are relative to it), else at the root.
 * Throws where the file cannot be read, or where its `scopes` could never reach a target.
 */
export async function useProjectFile(
  written: string,
  targets: readonly Target[],
  io: CommandLineIo,
): Promise<NamedProjectFile> {
  const path = corePath(io.cwd, written);
  const text = await io.host.readText(path).catch((error: unknown) => {
    throw badUsage(`cannot read the project file ${written}: ${reasonOf(error)}.`);
  });
  const folders = text.includes('"scopes"') ? [ownFolder(path, targets, io)] : outermostFolders(targets);
  const shownAt = new Set(folders.map((folder) => joinPath(folder, projectFileName)));
  return {
    host: showOnly(io.host, shownAt, text),
    shownAt: [...shownAt],
    realPath: (asked) => (shownAt.has(asked) ? path : asked),
  };
}

function ownFolder(path: string, targets: readonly Target[], io: CommandLineIo): string {
  const folder = foldersAbove(path)[0] ?? '/';
  const outside = targets.find((target) => !isInside(folder, target.path));
  if (outside === undefined) return folder;
  throw badUsage(
    `the globs of "scopes" in ${shownPath(io.cwd, path)} are relative to its folder, which does not hold ${outside.written}. ` +
      'Move the project file to a folder above, or name other paths.',
  );
}

function outermostFolders(targets: readonly Target[]): readonly string[] {
  return targets.map(({ path }) => foldersAbove(path).at(-1) ?? '/');
}

function showOnly(host: WorkspaceHost, shownAt: ReadonlySet<string>, text: string): WorkspaceHost {
  return {
    async listFolder(folder) {
      const isShownHere = shownAt.has(joinPath(folder, projectFileName));
      const entries = await host.listFolder(folder).catch((error: unknown) => {
        // The root of a disk may be closed to this user; the file is shown there all the same.
        if (isShownHere) return [];
        throw error;
      });
      const others = entries.filter(({ name }) => name !== projectFileName);
      return isShownHere ? [...others, { name: projectFileName, kind: 'file' }] : others;
    },
    readText: async (path) => (shownAt.has(path) ? text : host.readText(path)),
    readBeginning: async (path) => (shownAt.has(path) ? { text, isWhole: true } : host.readBeginning(path)),
  };
}
