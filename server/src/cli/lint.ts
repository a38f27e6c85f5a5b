import { type Command, InvalidArgumentError } from 'commander';
import { type Finding, isServiceFile, projectFileName } from '../core';
import { badUsage } from './commandError';
import { type ExitCode, exitCodes } from './exitCodes';
import { findingsJson } from './formats/findingsJson';
import { findingsText } from './formats/findingsText';
import { type CommandLineIo, note, printJson } from './io';
import { type NamedProjectFile, useProjectFile } from './namedProjectFile';
import { formatOption } from './options';
import { isInside } from './paths';
import { placesOf } from './places';
import { relevantWorkspaceFindings } from './projectNotes';
import { cannotRead, openSession, type Session } from './session';
import { findTargets, type Target } from './targets';

/** The options of `lint` as commander hands them over. */
export interface LintOptions {
  readonly format: 'text' | 'json';
  readonly config?: string;
  readonly maxWarnings: number;
  readonly stdin?: true;
  readonly stdinFilepath?: string;
}

/** `apim-policy lint [path…]` */
export function addLintCommand(program: Command, io: CommandLineIo, end: (exitCode: ExitCode) => void): void {
  program
    .command('lint')
    .summary('check policy documents')
    .description('Checks every policy document in files and folders, whatever its name.')
    .argument('[path...]', 'files and folders; the working directory where none is given')
    .addOption(formatOption(['text', 'json'], ['sarif', 'github']))
    .option('--config <file>', 'use this project file for everything')
    .option('--max-warnings <n>', 'succeed with up to n warnings; errors always fail', readCount, 0)
    .option('--stdin', 'read one document from standard input; needs --stdin-filepath')
    .option('--stdin-filepath <p>', 'the file that the document from standard input stands for')
    .action(async (paths: readonly string[], options: LintOptions) => end(await lint(paths, options, io)));
}

/** Prints the findings on the targets, and resolves to what they mean for a script. */
export async function lint(paths: readonly string[], options: LintOptions, io: CommandLineIo): Promise<ExitCode> {
  const targets = await lintTargets(paths, options, io);
  const config = options.config === undefined ? undefined : await useProjectFile(options.config, targets, io);
  const text = options.stdin === undefined ? undefined : (await io.readStdin()).text;
  const session = await openSession(targets, io, {
    ...(config === undefined ? {} : { host: config.host }),
    texts: text === undefined ? [] : targets.map(({ path }) => ({ path, text, isPolicy: !isServiceFile(path) })),
  });

  for (const failure of session.failed) note(io, cannotRead(failure));
  const readable = targets.filter((target) => !session.failed.some((failure) => failure.target === target));
  const checked = checkedDocuments(session, readable);
  noteNothingToCheck(session, readable, checked, io);
  const findings = collectFindings(session, readable, checked, config);
  const places = placesOf(session.store, io.cwd, config?.realPath);
  if (options.format === 'json') printJson(io, findingsJson(findings, checked.length, places));
  else if (readable.length > 0) io.out(findingsText(findings, checked.length, places, io));

  if (session.failed.length > 0 || session.defectCount() > 0) return exitCodes.cannotAnalyse;
  return isOverThreshold(findings, options.maxWarnings) ? exitCodes.findings : exitCodes.clean;
}

async function lintTargets(
  paths: readonly string[],
  { stdin, stdinFilepath }: LintOptions,
  io: CommandLineIo,
): Promise<readonly Target[]> {
  if (stdin === undefined) {
    if (stdinFilepath !== undefined) throw badUsage('--stdin-filepath names what --stdin reads; add --stdin.');
    return findTargets(paths.length === 0 ? ['.'] : paths, io);
  }
  if (stdinFilepath === undefined) {
    throw badUsage('--stdin needs --stdin-filepath: the place of the document decides its scope.');
  }
  if (paths.length > 0) throw badUsage('--stdin checks one document; leave out the other paths.');
  const targets = await findTargets([stdinFilepath], io);
  if (targets.some(({ kind }) => kind === 'folder')) throw badUsage(`${stdinFilepath} is a folder; name a file.`);
  return targets;
}

/** Policy documents below the folders, files that hold a fragment's text, and named files whatever they hold. Sorted. */
function checkedDocuments({ service, store }: Session, targets: readonly Target[]): readonly string[] {
  const withFragments = new Set(service.embeddedFragmentPaths());
  return store.paths().filter((path) => {
    if (!targets.some((target) => isInside(target.path, path))) return false;
    const isNamed = targets.some((target) => target.path === path);
    const isChecked = service.placed(path) !== undefined || withFragments.has(path);
    return isChecked || (isNamed && path.endsWith(`/${projectFileName}`));
  });
}

/** Nothing checked is no success that anybody should trust without a word. */
function noteNothingToCheck(
  { store }: Session,
  targets: readonly Target[],
  checked: readonly string[],
  io: CommandLineIo,
): void {
  for (const { path, kind, written } of targets) {
    if (checked.some((document) => isInside(path, document))) continue;
    if (kind === 'folder') note(io, `there is no policy document in ${written === '.' ? 'this folder' : written}.`);
    else if (isServiceFile(path)) note(io, `${written} is no policy document; it is read for what it says about them.`);
    else if (store.has(path))
      note(io, `${written} is a copy that the API Management extension keeps; it is not checked.`);
  }
}

/** Of documents and of the service around them, sorted by file, then by place. */
function collectFindings(
  session: Session,
  targets: readonly Target[],
  checked: readonly string[],
  config: NamedProjectFile | undefined,
): readonly Finding[] {
  const { service } = session;
  // Specifications take long to read, so a single document is not made to wait for all of them.
  const isFolder = targets.some(({ kind }) => kind === 'folder');
  const ofServices = [...service.workspaceFindings(), ...(isFolder ? service.specificationFindings() : [])];
  const ofWorkspace = relevantWorkspaceFindings(session, ofServices, targets, checked, config?.shownAt);
  const ofDocuments = checked.flatMap((path) => service.findings(path));
  const byFile = new Map<string, Finding[]>();
  for (const finding of [...ofWorkspace, ...ofDocuments]) {
    byFile.set(finding.path, [...(byFile.get(finding.path) ?? []), finding]);
  }
  return [...byFile]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, findings]) => findings.sort((one, other) => one.span.start - other.span.start));
}

function isOverThreshold(findings: readonly Finding[], maxWarnings: number): boolean {
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  return findings.some(({ severity }) => severity === 'error') || warnings > maxWarnings;
}

function readCount(written: string): number {
  if (!/^\d+$/.test(written)) throw new InvalidArgumentError('Give a number, 0 or more.');
  return Number(written);
}
