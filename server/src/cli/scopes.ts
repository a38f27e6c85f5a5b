import type { Command } from 'commander';
import { requirePolicy } from './document';
import { type ExitCode, exitCodes } from './exitCodes';
import { chainJson, scopeJson } from './formats/scopeJson';
import { type ScopeRow, scopesText } from './formats/scopesText';
import { type CommandLineIo, note, printJson } from './io';
import { formatOption } from './options';
import { isInside } from './paths';
import { type Places, placesOf } from './places';
import { noteProjectProblems } from './projectNotes';
import { openSession } from './session';
import { findTargets } from './targets';

/** `apim-policy scopes [path]` */
export function addScopesCommand(program: Command, io: CommandLineIo, end: (exitCode: ExitCode) => void): void {
  program
    .command('scopes')
    .summary('tell where every policy document belongs')
    .description('Tells the scope of every policy document, how that is known, and its parents.')
    .argument('[path]', 'a file or folder; the working directory where none is given')
    .addOption(formatOption(['text', 'json']))
    .action(async (path: string | undefined, { format }: { format: string }) =>
      end(await scopes(path ?? '.', format, io)),
    );
}

/** Prints the scope and the parents of every policy document in a file or folder. */
export async function scopes(path: string, format: string, io: CommandLineIo): Promise<ExitCode> {
  const targets = await findTargets([path], io);
  const session = await openSession(targets, io);
  const { service, store } = session;
  for (const target of targets) {
    if (target.kind === 'file' || session.failed.length > 0) requirePolicy(session, target);
  }
  const placed = [...service.model().documents.values()].filter((document) =>
    targets.some((target) => isInside(target.path, document.path)),
  );
  noteProjectProblems(
    session,
    targets,
    placed.map((document) => document.path),
    io,
  );
  const rows = placed.map((document) => ({ document, policies: service.effectivePolicies(document.path) }));
  const places = placesOf(store, io.cwd);
  if (format === 'json') printJson(io, { version: 1, documents: rows.map((row) => rowJson(row, places)) });
  else if (rows.length > 0) io.out(scopesText(rows, places, io));
  if (rows.length === 0) note(io, `there is no policy document in ${path === '.' ? 'this folder' : path}.`);
  return exitCodes.clean;
}

function rowJson({ document, policies }: ScopeRow, places: Places): object {
  const { path, placement } = document;
  return {
    file: places.file(path),
    kind: placement.kind,
    scope: scopeJson(document),
    confidence: placement.confidence,
    why: placement.why,
    ...(placement.note === undefined ? {} : { note: placement.note }),
    parents: policies.map((policy) => chainJson(policy, places, 1)),
  };
}
