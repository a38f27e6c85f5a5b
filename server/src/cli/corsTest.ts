import type { Command } from 'commander';
import { DocumentStore, decideCors, judgeCase } from '../core';
import { type ReadCase, readCaseFile } from './caseFile';
import { type CaseTargets, openCaseTargets } from './caseTargets';
import { badUsage, CommandError } from './commandError';
import { type ExitCode, exitCodes } from './exitCodes';
import { type CaseResult, caseResultsJson, caseResultsText } from './formats/caseResults';
import { type CommandLineIo, note, printJson } from './io';
import { formatOption } from './options';
import { placesOf } from './places';
import { findTargets } from './targets';

/** `apim-policy cors-test <file>…` */
export function addCorsTestCommand(program: Command, io: CommandLineIo, end: (exitCode: ExitCode) => void): void {
  program
    .command('cors-test')
    .summary('run CORS expectations as tests')
    .description(
      'Runs files of CORS expectations as tests. Paths in a file are relative to its folder, or to the working directory.',
    )
    .argument('<file...>', 'JSON arrays of cases')
    .addOption(formatOption(['text', 'json']))
    .action(async (files: readonly string[], { format }: { format: string }) => end(await corsTest(files, format, io)));
}

/** Judges every case of the files. Throws for a malformed file before anything is judged. */
export async function corsTest(files: readonly string[], format: string, io: CommandLineIo): Promise<ExitCode> {
  const cases: ReadCase[] = [];
  for (const file of await findTargets(files, io)) {
    if (file.kind === 'folder') throw badUsage(`${file.written} is a folder; cors-test takes files of cases.`);
    cases.push(...(await readCaseFile(file, io)));
  }
  if (cases.length === 0) note(io, 'there is no case in these files.');
  const targets = await openCaseTargets(cases, io);
  let worst: ExitCode = exitCodes.clean;
  const results = cases.map((read): CaseResult => {
    const result = judge(read, targets);
    if (!(result instanceof Error)) return result;
    if (result.exitCode > worst) worst = result.exitCode;
    note(io, `case ${read.case.id} of ${read.file.written}: ${result.message}`);
    return { read, pass: false, decision: undefined, difference: result.message };
  });
  const places = placesOf(targets.session?.store ?? new DocumentStore(), io.cwd);
  if (format === 'json') printJson(io, caseResultsJson(results, places));
  else io.out(caseResultsText(results, io));
  if (worst !== exitCodes.clean) return worst;
  return results.every(({ pass }) => pass) ? exitCodes.clean : exitCodes.findings;
}

/** A result, or what the author of the case can mend. Anything else that is thrown is a defect of ours. */
function judge(read: ReadCase, targets: CaseTargets): CaseResult | CommandError {
  try {
    const decision = decideCors(targets.situationOf(read));
    return { read, decision, ...judgeCase(read.case, decision) };
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
}
