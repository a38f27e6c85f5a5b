import picomatch from 'picomatch';
import { corsTestFileGlob, isCorsTestFile, isSkippedFolder, reasonOf } from '../core';
import { badUsage, cannotAnalyse } from './commandError';
import type { CommandLineIo } from './io';
import { corePath, joinPath, shownPath } from './paths';
import { findTargets, type Target } from './targets';

/**
 * The files of cases that the arguments name, each once: files as they are; in folders and below, those with the name of
 * a file of CORS tests; for a glob, whatever it fits. Without arguments, the working directory. Throws for an argument
 * that leads to none: a build must not pass because it has tested nothing.
 */
export async function findCaseFiles(written: readonly string[], io: CommandLineIo): Promise<readonly Target[]> {
  const found = await Promise.all((written.length === 0 ? ['.'] : written).map((argument) => filesOf(argument, io)));
  return [...new Map(found.flat().map((file) => [file.path, file])).values()];
}

async function filesOf(argument: string, io: CommandLineIo): Promise<readonly Target[]> {
  const { base, isGlob } = picomatch.scan(withSlashes(argument));
  // A file whose name looks like a glob is that file.
  const [target] = isGlob && !(await exists(argument, io)) ? [] : await findTargets([argument], io);
  if (target?.kind === 'file') return [target];
  const folder = target?.path ?? corePath(io.cwd, base);
  const fits = target === undefined ? globOf(argument, io) : isCorsTestFile;
  const paths = (await filesBelow(folder, io)).filter(fits).sort();
  if (paths.length > 0) return paths.map((path) => ({ path, written: shownPath(io.cwd, path), kind: 'file' as const }));
  throw badUsage(
    target === undefined
      ? `${argument} fits no file.`
      : `there is no file of CORS tests (${corsTestFileGlob.replace('**/', '')}) in ${argument}.`,
  );
}

/** Globs are relative to the working directory, as paths are. */
function globOf(argument: string, io: CommandLineIo): (path: string) => boolean {
  const { base, glob } = picomatch.scan(withSlashes(argument));
  const isMatch = picomatch(glob, { dot: true });
  const folder = corePath(io.cwd, base);
  return (path) => isMatch(path.slice(folder.endsWith('/') ? folder.length : folder.length + 1));
}

function withSlashes(argument: string): string {
  return process.platform === 'win32' ? argument.replace(/\\/g, '/') : argument;
}

async function exists(argument: string, io: CommandLineIo): Promise<boolean> {
  return io.host.readBeginning(corePath(io.cwd, argument)).then(
    () => true,
    () => false,
  );
}

async function filesBelow(folder: string, io: CommandLineIo): Promise<readonly string[]> {
  const entries = await io.host.listFolder(folder).catch((error: unknown) => {
    throw cannotAnalyse(`cannot read the folder ${shownPath(io.cwd, folder)}: ${reasonOf(error)}.`);
  });
  const found = await Promise.all(
    entries.map(({ name, kind }) => {
      const path = joinPath(folder, name);
      if (kind === 'file') return [path];
      return isSkippedFolder(name) ? [] : filesBelow(path, io);
    }),
  );
  return found.flat();
}
