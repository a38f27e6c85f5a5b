import { type Command, InvalidArgumentError } from 'commander';
import {
  type Call,
  type CallHeader,
  type CorsTarget,
  clientKinds,
  corsCallNotes,
  credentialsModes,
  explainCall,
  joinNames,
  keyPlaces,
  rejectingStatements,
  serialiseOrigin,
} from '../core';
import { badUsage } from './commandError';
import { noteText, readCorsTarget } from './corsTarget';
import { openDocument } from './document';
import { type ExitCode, exitCodes } from './exitCodes';
import { corsText } from './formats/corsText';
import { callJson } from './formats/decisionJson';
import { type CommandLineIo, printJson } from './io';
import { choiceOption, formatOption } from './options';
import { placesOf } from './places';

/** The options of `cors` as commander hands them over. */
export interface CorsOptions {
  readonly origin?: string;
  readonly method?: string;
  readonly header?: readonly CallHeader[];
  readonly credentials?: (typeof credentialsModes)[number];
  readonly operation?: string;
  readonly product?: string;
  readonly key?: (typeof keyPlaces)[number];
  readonly fails?: string;
  readonly client: (typeof clientKinds)[number];
  readonly format: 'text' | 'json';
}

/** `apim-policy cors <file>` */
export function addCorsCommand(program: Command, io: CommandLineIo, end: (exitCode: ExitCode) => void): void {
  program
    .command('cors')
    .summary('explain what becomes of one call')
    .description(
      'Explains one call: whether the browser asks first, what the gateway answers, what the page sees, and why.',
    )
    .argument('<file>', 'the policy definition of an API or an operation')
    .option('--origin <O>', "the page's origin, such as https://shop.contoso.com")
    .option('--method <M>', "the method of the call (default: the operation's, else GET)", readMethod)
    .option('--header <name[:value]>', 'a header that the page sets; may be repeated', collectHeader)
    .addOption(
      choiceOption('--credentials <mode>', 'the credentials mode of fetch (default: same-origin)', credentialsModes),
    )
    .option('--operation <id>', 'the operation that is called')
    .option('--product <id>', 'the product that the call comes through')
    .addOption(choiceOption('--key <place>', 'where the subscription key travels (default: none)', keyPlaces))
    .option('--fails <policy>', 'what if this statement rejects the call, such as validate-jwt')
    .addOption(choiceOption('--client <kind>', 'who calls', clientKinds).default('browser'))
    .addOption(formatOption(['text', 'json']))
    .action(async (file: string, options: CorsOptions) => end(await cors(file, options, io)));
}

/** Prints what becomes of one call, from the page to the page. */
export async function cors(file: string, options: CorsOptions, io: CommandLineIo): Promise<ExitCode> {
  const named = await openDocument(file, 'cors', io);
  const key = options.key ?? keyAmong(options.header ?? []);
  const { operation, product, method } = options;
  const target = readCorsTarget(named, { operation, product, key, method });
  const origin = originOf(options, target);
  const call: Call = {
    method: target.method,
    origin: origin.value,
    headers: options.header,
    credentials: options.credentials,
    key,
    client: options.client,
    url: target.operation?.facts === undefined ? undefined : `<URL of the API>${target.operation.facts.urlTemplate}`,
  };
  const facts = { ...target.facts, failingPolicy: failingPolicyOf(options, target) };
  const explanation = explainCall({ ...target.policies, call, facts, assume: target.assume });
  const notes = [...origin.notes, ...corsCallNotes(call, target, explanation).map(noteText)];
  const places = placesOf(named.session.store, io.cwd);
  if (options.format === 'json') printJson(io, callJson(explanation, notes, places));
  else io.out(corsText({ explanation, call, target, notes, file: places.file(named.placed.path) }, places, io));
  return named.session.defectCount() > 0 ? exitCodes.cannotAnalyse : exitCodes.clean;
}

/** Throws for a statement that no call reaches. */
function failingPolicyOf({ fails }: CorsOptions, { policies }: CorsTarget): string | undefined {
  if (fails === undefined) return undefined;
  const known = [...new Set(rejectingStatements(policies).map(({ name }) => name))];
  if (known.includes(fails)) return fails;
  const which = known.length === 0 ? 'There is none that rejects calls.' : `There is ${joinNames(known)}.`;
  throw badUsage(`--fails ${fails}: calls reach no such statement. ${which}`);
}

function originOf(
  { origin, client }: CorsOptions,
  { origins }: CorsTarget,
): { readonly value?: string; readonly notes: readonly string[] } {
  if (origin !== undefined) {
    const serialised = serialiseOrigin(origin);
    if (serialised === undefined) {
      throw badUsage(`--origin ${origin}: an origin is scheme, host and port, such as https://shop.contoso.com.`);
    }
    return { value: serialised, notes: serialised === origin ? [] : [`A browser writes the origin ${serialised}.`] };
  }
  if (client === 'server') return { notes: [] };
  const [first] = origins;
  if (first === undefined) {
    throw badUsage(
      'a browser sends an origin: add --origin https://shop.contoso.com (or "cors": { "origins": […] } in apim-policy.config.json), or --client server.',
    );
  }
  return {
    value: serialiseOrigin(first) ?? first,
    notes: [`The origin is the first of cors.origins in the project file: ${first}.`],
  };
}

/** Somebody who sends the key's header means a call with a key. */
function keyAmong(headers: readonly CallHeader[]): (typeof keyPlaces)[number] {
  return headers.some(({ name }) => name.toLowerCase() === 'ocp-apim-subscription-key') ? 'header' : 'none';
}

/** HTTP's token: what a method and a header's name are made of. */
const token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";

function readMethod(written: string): string {
  if (!new RegExp(`^${token}$`).test(written)) throw new InvalidArgumentError('Write a method such as GET or PUT.');
  return written;
}

function collectHeader(written: string, before: readonly CallHeader[] | undefined): readonly CallHeader[] {
  const match = new RegExp(`^\\s*(${token})\\s*(?::\\s*(.*?)\\s*)?$`).exec(written);
  if (match === null) throw new InvalidArgumentError('Write a name, or name:value.');
  const [, name = '', value] = match;
  return [...(before ?? []), value === undefined ? { name } : { name, value }];
}
