import { dirname } from 'node:path';
import { type CorsCaseRun, type CorsTarget, DocumentStore, questionOfCase, runCorsCase } from '../core';
import type { ReadCase } from './caseFile';
import { readCorsTarget } from './corsTarget';
import { requirePolicy } from './document';
import type { CommandLineIo } from './io';
import { noteProjectProblems } from './projectNotes';
import { openSession, type Session } from './session';
import { findTargets, type Target } from './targets';

/** The repositories that the cases of a run are about, read once. */
export interface CaseTargets {
  readonly store: DocumentStore;
  /** Throws a CommandError where the case's target cannot be read or names what does not exist. */
  run(read: ReadCase): CorsCaseRun;
  /** How many defects of ours were met so far; each is on standard error with its stack. */
  defectCount(): number;
}

/** Reads the files that cases are about. A target is relative to the folder of its case file, else to the working directory. */
export async function openCaseTargets(cases: readonly ReadCase[], io: CommandLineIo): Promise<CaseTargets> {
  const targets = new Map<ReadCase, Target>();
  for (const read of cases) {
    if (read.case.target !== undefined) targets.set(read, await findCaseTarget(read.case.target.file, read.file, io));
  }
  const all = [...new Map([...targets.values()].map((target) => [target.path, target])).values()];
  const session = all.length === 0 ? undefined : await openSession(all, io);
  if (session !== undefined) {
    const paths = all.map(({ path }) => path);
    noteProjectProblems(session, all, paths, io);
  }
  return {
    store: session?.store ?? new DocumentStore(),
    run(read) {
      const target = targets.get(read);
      return runCorsCase(read.case, session && target && readTarget(read, target, session));
    },
    defectCount: () => session?.defectCount() ?? 0,
  };
}

function readTarget(read: ReadCase, target: Target, session: Session): CorsTarget {
  return readCorsTarget(requirePolicy(session, target), questionOfCase(read.case));
}

async function findCaseTarget(written: string, caseFile: Target, io: CommandLineIo): Promise<Target> {
  const [besides] = await findTargets([written], { ...io, cwd: dirname(caseFile.path) });
  const [inWorkingFolder] = await findTargets([written], io);
  if (besides === undefined || inWorkingFolder === undefined) throw new Error('a path has one target');
  const exists = await io.host.readBeginning(besides.path).then(
    () => true,
    () => false,
  );
  return exists ? besides : inWorkingFolder;
}
