import { isFetchedCopy, type PlacedDocument, type PolicyDocument } from '../core';
import { badUsage, cannotAnalyse } from './commandError';
import type { CommandLineIo } from './io';
import { noteProjectProblems } from './projectNotes';
import { cannotRead, openSession, type Session } from './session';
import { findTargets, type Target } from './targets';

/** One policy document that a command is about, with the workspace around it. */
export interface NamedDocument {
  readonly session: Session;
  readonly placed: PlacedDocument;
  readonly document: PolicyDocument;
}

/** Reads the one file that a command takes. Throws where it is a folder, cannot be read, or holds no policy. */
export async function openDocument(written: string, command: string, io: CommandLineIo): Promise<NamedDocument> {
  const targets = await findTargets([written], io);
  const [target] = targets;
  if (target === undefined || target.kind === 'folder') {
    throw badUsage(`${written} is a folder; ${command} takes one policy file.`);
  }
  const session = await openSession(targets, io);
  const named = requirePolicy(session, target);
  noteProjectProblems(session, targets, [target.path], io);
  return named;
}

const fetchedCopy =
  'This is the copy that the extension Azure API Management fetched. Name the file that it edits, which ends in -tempFile.policy.xml.';

/** Throws where the target could not be read, or holds no policy. */
export function requirePolicy(session: Session, target: Target): NamedDocument {
  const failure = session.failed.find((failed) => failed.target.path === target.path);
  if (failure !== undefined) throw cannotAnalyse(cannotRead(failure));
  const placed = session.service.placed(target.path);
  const document = session.service.document(target.path);
  if (placed === undefined || document === undefined || document.kind === 'unrecognised') {
    const because = document?.problems.find(({ ruleId }) => ruleId === 'not-a-policy')?.message;
    const why = isFetchedCopy(target.path) ? fetchedCopy : (because ?? 'This file is not a policy document.');
    throw cannotAnalyse(`${target.written}: ${why}`);
  }
  return { session, placed, document };
}
