import { stat } from 'node:fs/promises';
import type { LoadTarget } from '../core';
import { badUsage } from './commandError';
import type { CommandLineIo } from './io';
import { corePath } from './paths';

/** A file or folder that the user named. */
export interface Target extends LoadTarget {
  /** As the user wrote it, for messages. */
  readonly written: string;
}

/** Finds out what the arguments are. What does not exist counts as a file: reading it tells why it cannot be read. */
export async function findTargets(written: readonly string[], io: CommandLineIo): Promise<readonly Target[]> {
  return Promise.all(written.map((argument) => findTarget(argument, io)));
}

async function findTarget(written: string, io: CommandLineIo): Promise<Target> {
  if (written === '') throw badUsage('a path is empty; leave it out to check the working directory.');
  if (written === '-') throw badUsage('- is no path; format, convert and lint read standard input with --stdin.');
  const path = corePath(io.cwd, written);
  const facts = await stat(path).catch(() => undefined);
  if (facts === undefined && /[*?]/.test(written))
    throw badUsage(
      `there is no file ${written}; patterns are not expanded. Leave out the quotes, so that the shell does it, or name a folder.`,
    );
  return { written, path, kind: facts?.isDirectory() ? 'folder' : 'file' };
}
