import { dirname } from 'node:path';
import { type CorsSituation, situationOfCase } from '../core';
import type { ReadCase } from './caseFile';
import { cannotAnalyse } from './commandError';
import { readCorsTarget } from './corsTarget';
import { type NamedDocument, requirePolicy } from './document';
import type { CommandLineIo } from './io';
import { noteProjectProblems } from './projectNotes';
import { openSession, type Session } from './session';
import { findTargets, type Target } from './targets';

/** The repositories that the cases of a run are about, read once. */
export interface CaseTargets {
  /** Absent where no case has a target. */
  readonly session: Session | undefined;
  /** What a case is judged on. Throws where its target cannot be read or names what does not exist. */
  situationOf(read: ReadCase): CorsSituation;
}

/** Reads the files that cases are about. A target is relative to the folder of its case file, else to the working directory. */
export async function openCaseTargets(cases: readonly ReadCase[], io: CommandLineIo): Promise<CaseTargets> {
  const targets = new Map<ReadCase, Target>();
  for (const read of cases) {
    if (read.case.target !== undefined) targets.set(read, await findCaseTarget(read.case.target.file, read.file, io));
  }
  const all = [...new Set(targets.values())];
  const session = all.length === 0 ? undefined : await openSession(all, io);
  if (session !== undefined)
    noteProjectProblems(
      session,
      all,
      all.map(({ path }) => path),
      io,
    );
  return {
    session,
    situationOf(read) {
      const target = targets.get(read);
      return session === undefined || target === undefined
        ? situationOfCase(read.case, undefined)
        : situationOfTarget(read, requirePolicy(session, target));
    },
  };
}

async function findCaseTarget(written: string, caseFile: Target, io: CommandLineIo): Promise<Target> {
  const [besides] = await findTargets([written], { ...io, cwd: dirname(caseFile.path) });
  const [inWorkingFolder] = await findTargets([written], io);
  if (besides === undefined || inWorkingFolder === undefined) throw cannotAnalyse(`cannot find ${written}.`);
  const exists = await io.host.readBeginning(besides.path).then(
    () => true,
    () => false,
  );
  return exists ? besides : inWorkingFolder;
}

/** The case's own context comes before what the repository tells. */
function situationOfTarget({ case: corsCase }: ReadCase, named: NamedDocument): CorsSituation {
  const { request, context, target } = corsCase;
  const { namedValues = {}, ...facts } = context;
  const found = readCorsTarget(named, {
    operation: target?.operation,
    product: target?.product,
    key: request.subscriptionKeyIn ?? 'none',
    method: request.accessControlRequestMethod ?? request.method,
  });
  return {
    ...found.policies,
    namedValues: (name, scope) => {
      const value = Object.hasOwn(namedValues, name) ? namedValues[name] : undefined;
      return value === undefined ? found.policies.namedValues(name, scope) : { known: true, value };
    },
    request,
    facts: { ...found.facts, ...facts },
    assume: found.assume,
  };
}
