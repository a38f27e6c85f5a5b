import { readFile, writeFile } from 'node:fs/promises';
import { reasonOf, type Span } from '../core';
import { badUsage, cannotAnalyse } from './commandError';
import { requirePolicy } from './document';
import { type ExitCode, exitCodes } from './exitCodes';
import { type CommandLineIo, note } from './io';
import { corePath, isInside } from './paths';
import { type Places, placesOf } from './places';
import { cannotRead, openSession, type Session } from './session';
import { findTargets, type Target } from './targets';

/** What becomes of the texts that a command writes anew. */
export interface RewriteOptions {
  readonly check?: true;
  readonly write?: true;
  readonly stdin?: true;
}

/** One document's new text, and what a person should know about it. */
export interface Rewritten {
  readonly text: string;
  readonly notes: readonly { readonly span: Span; readonly message: string }[];
}

/** Makes the new text of the document at a path; undefined for what is no text of its own, such as one inside JSON. */
export type Rewrite = (session: Session, path: string) => Rewritten | undefined;

/**
 * Runs a command that writes policy documents anew: a single one to standard output, or, with `--check` and `--write`,
 * all in files and folders, whose paths are printed where their text differs. Byte order marks and line ends are the
 * rewrite's to keep; a file that is not the UTF-8 that was read is left alone.
 */
export async function rewriteDocuments(
  paths: readonly string[],
  options: RewriteOptions,
  rewrite: Rewrite,
  io: CommandLineIo,
): Promise<ExitCode> {
  if (options.check && options.write) throw badUsage('--check changes nothing, and --write does; give one of them.');
  if (options.stdin) return rewriteStdin(paths, options, rewrite, io);

  const targets = await findTargets(paths.length === 0 ? ['.'] : paths, io);
  const toStdout = options.check === undefined && options.write === undefined;
  if (toStdout && (targets.length > 1 || targets[0]?.kind === 'folder')) {
    throw badUsage('one file goes to standard output; for more, or for a folder, add --check or --write.');
  }
  const session = await openSession(targets, io);
  for (const failure of session.failed) note(io, cannotRead(failure));
  const readable = targets.filter((target) => !session.failed.some((failure) => failure.target === target));
  const places = placesOf(session.store, io.cwd);

  let total = 0;
  let changed = 0;
  let noted = 0;
  let failed = session.failed.length;
  for (const path of documentsIn(session, readable)) {
    const before = session.store.text(path) ?? '';
    const rewritten = rewrite(session, path);
    if (rewritten === undefined) continue;
    total++;
    noted += printNotes(path, rewritten, places, io);
    if (toStdout) io.out(rewritten.text);
    if (toStdout || rewritten.text === before) continue;
    const problem = options.write ? await replaceFile(path, before, rewritten.text) : undefined;
    if (problem === undefined) {
      changed++;
      io.out(`${places.file(path)}\n`);
    } else {
      failed++;
      note(io, `cannot write ${places.file(path)}: ${problem}.`);
    }
  }
  if (!toStdout) note(io, summary(changed, total, options));
  if (failed > 0 || session.defectCount() > 0) return exitCodes.cannotAnalyse;
  return noted > 0 || (options.check && changed > 0) ? exitCodes.findings : exitCodes.clean;
}

async function rewriteStdin(
  paths: readonly string[],
  { check, write }: RewriteOptions,
  rewrite: Rewrite,
  io: CommandLineIo,
): Promise<ExitCode> {
  if (paths.length > 0) throw badUsage('--stdin reads one document; leave out the paths.');
  if (check || write) throw badUsage('--stdin prints the new text; leave out --check and --write.');
  const path = corePath(io.cwd, 'standard-input.xml');
  const target: Target = { written: 'standard input', path, kind: 'file' };
  const text = await io.readStdin();
  const session = await openSession([], io, { texts: [{ path, text, isPolicy: true }] });
  requirePolicy(session, target);
  const rewritten = rewrite(session, path);
  if (rewritten === undefined) throw cannotAnalyse('standard input holds no policy document.');
  io.out(rewritten.text);
  return printNotes(path, rewritten, placesOf(session.store, io.cwd), io) > 0 ? exitCodes.findings : exitCodes.clean;
}

/** Policy documents below the folders, and named files, which must be policies. Sorted. */
function documentsIn(session: Session, targets: readonly Target[]): readonly string[] {
  const { service, store } = session;
  for (const target of targets) if (target.kind === 'file') requirePolicy(session, target);
  const documents = store
    .paths()
    .filter((path) => service.placed(path) !== undefined && targets.some((target) => isInside(target.path, path)));
  return documents.filter((path) => service.document(path)?.kind !== 'unrecognised');
}

function printNotes(path: string, { notes }: Rewritten, places: Places, io: CommandLineIo): number {
  for (const { span, message } of notes) note(io, `${places.shown(path, span)}: ${message}`);
  return notes.length;
}

/** Why the file could not be replaced; undefined where it was. */
async function replaceFile(path: string, before: string, after: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(path);
    // Written again, such a file would lose what could not be read, or get another encoding.
    if (!bytes.equals(Buffer.from(before, 'utf8'))) return 'it is not UTF-8, or has changed meanwhile';
    await writeFile(path, after, 'utf8');
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function summary(changed: number, total: number, { write }: RewriteOptions): string {
  if (total === 0) return 'there is no policy document here.';
  return `${changed} of ${total} policy ${total === 1 ? 'document' : 'documents'} ${write ? 'changed' : 'would change'}.`;
}
