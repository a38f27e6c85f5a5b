import type { Command } from 'commander';
import { reasonOf, type Span } from '../core';
import { badUsage, CommandError, cannotAnalyse } from './commandError';
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
  readonly stdinFilepath?: string;
}

/** Adds the argument and the options that every such command has, and returns the command. */
export function addRewriteOptions(command: Command): Command {
  return command
    .argument('[path...]', 'files and folders; the working directory where none is given')
    .option('--check', 'change nothing; list the files that would change, and exit with 1 if there are any')
    .option('--write', 'write the files that change, and list them')
    .option('--stdin', 'read one document from standard input, and print it')
    .option('--stdin-filepath <p>', 'the file that the document from standard input stands for, for messages');
}

/** One document's new text, and what a person should know about it. */
export interface Rewritten {
  readonly text: string;
  /** Each of them a finding to scripts. */
  readonly notes: readonly Remark[];
  /** Without a say in the exit code. */
  readonly remarks: readonly Remark[];
}

interface Remark {
  readonly span: Span;
  readonly message: string;
}

/** Makes the new text of the document at a path; undefined for what is no text of its own, such as one inside JSON. */
export type Rewrite = (session: Session, path: string) => Rewritten | undefined;

/**
 * Runs a command that writes policy documents anew: a single one to standard output, or, with `--check` and `--write`,
 * all in files and folders, whose paths are printed where their text differs. Byte order marks and line ends are the
 * rewrite's to keep; a file that has changed since it was read is left alone. What is no text in a known encoding is
 * refused: characters of it are lost already.
 */
export async function rewriteDocuments(
  paths: readonly string[],
  options: RewriteOptions,
  rewrite: Rewrite,
  io: CommandLineIo,
): Promise<ExitCode> {
  if (options.check && options.write) throw badUsage('--check changes nothing, and --write does; give one of them.');
  if (options.stdin) return rewriteStdin(paths, options, rewrite, io);
  if (options.stdinFilepath !== undefined) throw badUsage('--stdin-filepath names what --stdin reads; add --stdin.');

  const targets = await findTargets(paths.length === 0 ? ['.'] : paths, io);
  const toStdout = options.check === undefined && options.write === undefined;
  if (toStdout && (targets.length > 1 || targets[0]?.kind === 'folder')) {
    throw badUsage('one file goes to standard output; for more, or for a folder, add --check or --write.');
  }
  const session = await openSession(targets, io);
  for (const failure of session.failed) note(io, cannotRead(failure));
  const readable = targets.filter((target) => !session.failed.some((failure) => failure.target === target));
  const places = placesOf(session.store, io.cwd);

  let changed = 0;
  let noted = 0;
  let failed = session.failed.length;
  for (const complaint of complaintsAbout(session, readable)) {
    failed++;
    note(io, complaint);
  }
  const documents = documentsIn(session, readable);
  for (const path of documents) {
    const before = session.store.text(path) ?? '';
    const rewritten = rewrite(session, path);
    if (rewritten === undefined) continue;
    const because = await damage(path, before, io);
    if (because !== undefined) {
      failed++;
      note(io, `cannot read ${places.file(path)}: ${because}. Save it as UTF-8, and try again.`);
      continue;
    }
    noted += printNotes(path, rewritten, places, io);
    if (toStdout) io.out(rewritten.text);
    if (toStdout || rewritten.text === before) continue;
    try {
      if (options.write) await io.replaceText(path, before, rewritten.text);
      changed++;
      io.out(`${places.file(path)}\n`);
    } catch (error) {
      failed++;
      note(io, `cannot write ${places.file(path)}: ${reasonOf(error)}.`);
    }
  }
  if (!toStdout && (documents.length > 0 || failed === 0)) note(io, summary(changed, documents.length, options));
  if (failed > 0 || session.defectCount() > 0) return exitCodes.cannotAnalyse;
  return noted > 0 || (options.check && changed > 0) ? exitCodes.findings : exitCodes.clean;
}

/** The document gets the name of the file that it stands for, or one of its own. That file need not exist. */
async function rewriteStdin(
  paths: readonly string[],
  { check, write, stdinFilepath }: RewriteOptions,
  rewrite: Rewrite,
  io: CommandLineIo,
): Promise<ExitCode> {
  if (paths.length > 0) throw badUsage('--stdin reads one document; leave out the paths.');
  if (write) throw badUsage('--stdin prints the new text; leave out --write.');
  const written = stdinFilepath ?? 'standard-input.xml';
  const path = corePath(io.cwd, written);
  const { text, isExact } = await io.readStdin();
  if (!isExact)
    throw cannotAnalyse(
      `cannot read ${stdinFilepath ?? 'standard input'}: it is no text in UTF-8 or UTF-16. Save it as UTF-8, and try again.`,
    );
  const session = await openSession([], io, { texts: [{ path, text, isPolicy: true }] });
  requirePolicy(session, { written: stdinFilepath ?? 'standard input', path, kind: 'file' });
  const rewritten = rewrite(session, path);
  if (rewritten === undefined) throw cannotAnalyse(`${written} holds no policy document.`);
  if (check === undefined) io.out(rewritten.text);
  const isChanged = rewritten.text !== text;
  if (check && isChanged) io.out(`${written}\n`);
  const noted = printNotes(path, rewritten, placesOf(session.store, io.cwd), io);
  return noted > 0 || (check && isChanged) ? exitCodes.findings : exitCodes.clean;
}

/** Why a file does not hold the text that was read from it. Where nothing was replaced in reading, nothing was lost. */
async function damage(path: string, text: string, io: CommandLineIo): Promise<string | undefined> {
  if (!text.includes('\uFFFD')) return undefined;
  return io.requireSameText(path, text).then(() => undefined, reasonOf);
}

/** Why named files are no policies. */
function complaintsAbout(session: Session, targets: readonly Target[]): readonly string[] {
  return targets.flatMap((target) => {
    if (target.kind === 'folder') return [];
    try {
      requirePolicy(session, target);
      return [];
    } catch (error) {
      if (error instanceof CommandError) return [error.message];
      throw error;
    }
  });
}

/** Policy documents below the folders, and named files. Sorted. */
function documentsIn({ service, store }: Session, targets: readonly Target[]): readonly string[] {
  const documents = store
    .paths()
    .filter((path) => service.placed(path) !== undefined && targets.some((target) => isInside(target.path, path)));
  return documents.filter((path) => service.document(path)?.kind !== 'unrecognised');
}

/** Returns how many of them are findings. */
function printNotes(path: string, { notes, remarks }: Rewritten, places: Places, io: CommandLineIo): number {
  for (const { span, message } of [...notes, ...remarks]) note(io, `${places.shown(path, span)}: ${message}`);
  return notes.length;
}

function summary(changed: number, total: number, { write }: RewriteOptions): string {
  if (total === 0) return 'there is no policy document here.';
  return `${changed} of ${total} policy ${total === 1 ? 'document' : 'documents'} ${write ? 'changed' : 'would change'}.`;
}
