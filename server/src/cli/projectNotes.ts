import { type Finding, projectFileName } from '../core';
import { type CommandLineIo, note } from './io';
import { isInside } from './paths';
import { placesOf } from './places';
import type { Session } from './session';
import type { Target } from './targets';

/**
 * Those of the findings on project files, service files and unreadable files that touch the answer: below a target, or part of a service that
 * holds one of the documents, or on one of the files that always count. Those of a neighbour are the neighbour's.
 */
export function relevantWorkspaceFindings(
  { service }: Session,
  findings: readonly Finding[],
  targets: readonly Target[],
  documents: readonly string[],
  always: readonly string[] = [],
): readonly Finding[] {
  const roots = new Set<string>();
  const projectFiles = new Set<string | undefined>();
  for (const path of documents) {
    const root = service.placed(path)?.service.root;
    if (root !== undefined) roots.add(root);
    projectFiles.add(service.settings(path).path);
  }
  return findings.filter(
    ({ path }) =>
      always.includes(path) ||
      projectFiles.has(path) ||
      targets.some((target) => isInside(target.path, path)) ||
      ([...roots].some((root) => isInside(root, path)) && !path.endsWith(`/${projectFileName}`)),
  );
}

/** Tells on standard error what makes answers about these documents less sure than they look. */
export function noteProjectProblems(
  session: Session,
  targets: readonly Target[],
  documents: readonly string[],
  io: CommandLineIo,
): void {
  const places = placesOf(session.store, io.cwd);
  const findings = session.service.workspaceFindings();
  for (const { path, span, message } of relevantWorkspaceFindings(session, findings, targets, documents)) {
    note(io, `${places.shown(path, span)}: ${message}`);
  }
}
