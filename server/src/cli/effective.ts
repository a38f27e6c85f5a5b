import { type Command, Option } from 'commander';
import { type SectionName, sectionNames, writeEffectivePolicy } from '../core';
import { openDocument } from './document';
import { type ExitCode, exitCodes } from './exitCodes';
import { effectiveJson } from './formats/effectiveJson';
import { type CommandLineIo, note, printJson } from './io';
import { formatOption } from './options';
import { placesOf } from './places';
import { policyOfProduct } from './products';

/** The options of `effective` as commander hands them over. */
export interface EffectiveOptions {
  readonly product?: string;
  readonly section?: SectionName;
  readonly format: 'xml' | 'json';
}

/** `apim-policy effective <file>` */
export function addEffectiveCommand(program: Command, io: CommandLineIo, end: (exitCode: ExitCode) => void): void {
  program
    .command('effective')
    .summary('show the merged policy of a document')
    .description('Shows what runs for requests: the document with everything that it inherits and includes, in order.')
    .argument('<file>', 'a policy definition')
    .option('--product <id>', 'only as it is for requests that come through this product')
    .addOption(new Option('--section <name>', 'only this section').choices(sectionNames))
    .addOption(formatOption(['xml', 'json']))
    .action(async (file: string, options: EffectiveOptions) => end(await effective(file, options, io)));
}

/** Prints the effective policies of a document: one without a product and one per product that contains the API. */
export async function effective(file: string, options: EffectiveOptions, io: CommandLineIo): Promise<ExitCode> {
  const named = await openDocument(file, 'effective', io);
  const { session, placed } = named;
  const all = session.service.effectivePolicies(placed.path);
  const policies = options.product === undefined ? all : [policyOfProduct(options.product, all, named)];
  const sections = options.section === undefined ? sectionNames : [options.section];
  const places = placesOf(session.store, io.cwd);
  if (policies.length === 0) {
    const what = placed.placement.kind === 'fragment' ? 'policy fragment' : 'resolver';
    note(io, `${file} is a ${what}: it has no scope of its own. Name a policy that uses it.`);
  }
  if (options.format === 'json') printJson(io, effectiveJson(placed, policies, sections, places));
  else {
    const fileName = places.file;
    const fragments = session.service.fragments(placed.path);
    io.out(policies.map((policy) => writeEffectivePolicy(policy, { sections, fileName, fragments }).text).join('\n'));
  }
  return exitCodes.clean;
}
