import type { Command } from 'commander';
import { type ReadCase, readCaseFile } from './caseFile';
import { findCaseFiles } from './caseFiles';
import { type CaseTargets, openCaseTargets } from './caseTargets';
import { CommandError } from './commandError';
import { type ExitCode, exitCodes } from './exitCodes';
import { type CaseResult, caseResultsJson, caseResultsText } from './formats/caseResults';
import { caseResultsJunit } from './formats/junit';
import { type CommandLineIo, note, printJson } from './io';
import { formatOption } from './options';
import { placesOf } from './places';

/** `apim-policy cors-test [path…]` */
export function addCorsTestCommand(program: Command, io: CommandLineIo, end: (exitCode: ExitCode) => void): void {
  program
    .command('cors-test')
    .summary('run CORS expectations as tests')
    .description(
      'Runs files of CORS expectations as tests. Paths in a file are relative to its folder, or to the working directory.',
    )
    .argument('[path...]', 'files of cases, globs, or folders with *.cors-tests.json (default: the working directory)')
    .addOption(formatOption(['text', 'json', 'junit']))
    .action(async (paths: readonly string[], { format }: { format: string }) => end(await corsTest(paths, format, io)));
}

/** Judges every case of the files. Throws for a malformed file before anything is judged. */
export async function corsTest(written: readonly string[], format: string, io: CommandLineIo): Promise<ExitCode> {
  const cases: ReadCase[] = [];
  for (const file of await findCaseFiles(written, io)) cases.push(...(await readCaseFile(file, io)));
  if (cases.length === 0) note(io, 'there is no case in these files.');
  const targets = await openCaseTargets(cases, io);
  const results = cases.map((read) => judge(read, targets));
  for (const { read, error } of results) {
    if (error !== undefined) note(io, `case ${read.case.id} of ${read.file.written}: ${error.message}`);
  }
  const places = placesOf(targets.store, io.cwd);
  if (format === 'json') printJson(io, caseResultsJson(results, places));
  else if (format === 'junit') io.out(caseResultsJunit(results, places));
  else io.out(caseResultsText(results, places, io));
  return exitCodeOf(results, targets);
}

function exitCodeOf(results: readonly CaseResult[], targets: CaseTargets): ExitCode {
  if (targets.defectCount() > 0) return exitCodes.cannotAnalyse;
  const ofErrors = results.flatMap(({ error }) => error?.exitCode ?? []);
  const hasFailed = results.some(({ run }) => run?.verdict === 'failed');
  return [...ofErrors, hasFailed ? exitCodes.findings : exitCodes.clean].reduce((worst, code) =>
    code > worst ? code : worst,
  );
}

/** A result, or what the author of the case can mend. Anything else that is thrown is a defect of ours. */
function judge(read: ReadCase, targets: CaseTargets): CaseResult {
  try {
    return { read, run: targets.run(read), error: undefined };
  } catch (error) {
    if (error instanceof CommandError) return { read, run: undefined, error };
    throw error;
  }
}
