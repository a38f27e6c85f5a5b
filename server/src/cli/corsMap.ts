import { type Command, InvalidArgumentError } from 'commander';
import { type CorsMap, type CorsMapOptions, credentialsModes, keyPlaces, serialiseOrigin } from '../core';
import { badUsage } from './commandError';
import { requirePolicy } from './document';
import { type ExitCode, exitCodes } from './exitCodes';
import { corsMapHtml, type PageParts } from './formats/corsMapHtml';
import { corsMapJson } from './formats/corsMapJson';
import { corsMapText } from './formats/corsMapText';
import { type CommandLineIo, note, printJson } from './io';
import { choiceOption, collect, formatOption } from './options';
import { isInside } from './paths';
import { placesOf } from './places';
import { noteProjectProblems } from './projectNotes';
import { openSession, type Session } from './session';
import { findTargets, type Target } from './targets';

/** The options of `cors-map` as commander hands them over. */
export interface CorsMapCommandOptions {
  readonly origin?: readonly string[];
  readonly product?: string;
  readonly method?: string;
  readonly header?: readonly string[];
  readonly credentials?: (typeof credentialsModes)[number];
  readonly key?: (typeof keyPlaces)[number];
  readonly format: 'text' | 'json' | 'html';
}

/** `apim-policy cors-map [path]` */
export function addCorsMapCommand(program: Command, io: CommandLineIo, end: (exitCode: ExitCode) => void): void {
  program
    .command('cors-map')
    .summary('show which origins may call which operations')
    .description(
      'Shows a map of the whole service: a row for every operation, a column for every origin, and in each cell whether ' +
        'a page of that origin may call that operation, or whose cors policy blocks it.',
    )
    .argument('[path]', 'a file or folder of the service; the working directory where none is given')
    .option('--origin <O>', 'a column; may be repeated (default: the origins that the service names)', collect)
    .option('--product <id>', 'calls with a key of this product, to the APIs in it')
    .option('--method <M>', 'operations with this method', readMethod)
    .option(
      '--header <name>',
      'a header that every page sets, beside those that the policies check; may be repeated',
      collect,
    )
    .addOption(
      choiceOption('--credentials <mode>', 'the credentials mode of fetch (default: same-origin)', credentialsModes),
    )
    .addOption(
      choiceOption(
        '--key <place>',
        'where the subscription key travels (default: header, where it is required)',
        keyPlaces,
      ),
    )
    .addOption(formatOption(['text', 'json', 'html']))
    .action(async (path: string | undefined, options: CorsMapCommandOptions) =>
      end(await corsMap(path ?? '.', options, io)),
    );
}

/** Prints the map of every service in a folder, or of the one that a file belongs to. */
export async function corsMap(path: string, options: CorsMapCommandOptions, io: CommandLineIo): Promise<ExitCode> {
  const origins = options.origin?.map(readOrigin);
  const targets = await findTargets([path], io);
  const [target] = targets as readonly [Target];
  const session = await openSession(targets, io);
  if (target.kind === 'file' || session.failed.length > 0) requirePolicy(session, target);
  const { service, store } = session;
  const documents = [...service.model().documents.values()];
  const roots = rootsFor(target, session);
  noteProjectProblems(
    session,
    targets,
    documents.flatMap((placed) => (roots.includes(placed.service.root) ? [placed.path] : [])),
    io,
  );
  requireProduct(options.product, roots, session);
  const { product, method, header, credentials, key } = options;
  const maps = roots.flatMap((root) => {
    const asked = { origins, product, method, headers: header, credentials, key };
    return computeMap(root, asked, session) ?? [];
  });
  const places = placesOf(store, io.cwd);
  if (options.format === 'json') printJson(io, corsMapJson(maps, places));
  else if (options.format === 'html') io.out(corsMapHtml(maps, places, await readPageParts(io)));
  else if (maps.length > 0) io.out(corsMapText(maps, places, io));
  if (maps.length === 0) note(io, `there is no API and no global policy in ${path === '.' ? 'this folder' : path}.`);
  return session.defectCount() > 0 ? exitCodes.cannotAnalyse : exitCodes.clean;
}

async function readPageParts(io: CommandLineIo): Promise<PageParts> {
  const [script, style] = await Promise.all([io.readShipped('corsMapPage.js'), io.readShipped('corsMapPage.css')]);
  return { script, style };
}

function rootsFor(target: Target, { service }: Session): readonly string[] {
  const own = service.placed(target.path)?.service.root;
  return service
    .corsMapRoots()
    .filter((root) =>
      target.kind === 'file' ? root === own : isInside(target.path, root) || isInside(root, target.path),
    );
}

function computeMap(root: string, options: CorsMapOptions, { service }: Session): CorsMap | undefined {
  const steps = service.computingCorsMap(root, options);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

function readOrigin(written: string): string {
  const origin = serialiseOrigin(written);
  if (origin !== undefined) return origin;
  throw badUsage(`--origin ${written}: an origin is scheme, host and port, such as https://shop.contoso.com.`);
}

function readMethod(written: string): string {
  if (!/^[A-Za-z-]+$/.test(written)) throw new InvalidArgumentError('Write a method such as GET or PUT.');
  return written.toUpperCase();
}

function requireProduct(product: string | undefined, roots: readonly string[], { service }: Session): void {
  if (product === undefined || roots.length === 0) return;
  const services = new Set([...service.model().documents.values()].map((placed) => placed.service));
  const known = [...services].filter(({ root }) => roots.includes(root)).flatMap(({ facts }) => facts.products);
  if (known.some(({ id }) => id.toLowerCase() === product.toLowerCase())) return;
  const names = [...new Set(known.map(({ id }) => id))].sort();
  throw badUsage(
    `--product ${product}: there is no such product here. ${names.length === 0 ? 'No file tells of any.' : `There ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.`}`,
  );
}
