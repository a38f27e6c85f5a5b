import { type Command, InvalidArgumentError, Option } from 'commander';
import { applyEdits, type FormattingStyle, serviceStyle } from '../core';
import type { ExitCode } from './exitCodes';
import { type CommandLineIo, note } from './io';
import { placesOf } from './places';
import { addRewriteOptions, type RewriteOptions, rewriteDocuments } from './rewriteDocuments';
import type { Session } from './session';

/** The options of `format` as commander hands them over. */
export interface FormatOptions extends RewriteOptions {
  readonly indent: FormattingStyle;
}

/** `apim-policy format [path…]` */
export function addFormatCommand(program: Command, io: CommandLineIo, end: (exitCode: ExitCode) => void): void {
  const command = program
    .command('format')
    .summary('lay policy documents out as the service does')
    .description(
      'Lays policy documents out as the service writes them. Values, C# and comments keep their text. Prints one document, or checks or writes all in files and folders.',
    );
  addRewriteOptions(command)
    .addOption(
      new Option('--indent <step>', 'tabs, as the service has it, or a number of blanks')
        .argParser(readIndent)
        .default(serviceStyle, 'tabs'),
    )
    .action(async (paths: readonly string[], options: FormatOptions) => end(await format(paths, options, io)));
}

/** What cannot be read as written stays as it is, and is a note. */
export async function format(paths: readonly string[], options: FormatOptions, io: CommandLineIo): Promise<ExitCode> {
  return rewriteDocuments(
    paths,
    options,
    (session, path) => {
      const { service, store } = session;
      if (service.document(path)?.isEmbedded) return undefined;
      noteWhatStays(session, path, io);
      return { text: applyEdits(store.text(path) ?? '', service.formatDocument(path, options.indent)), notes: [] };
    },
    io,
  );
}

function readIndent(written: string): FormattingStyle {
  if (written === 'tabs') return serviceStyle;
  if (!/^([1-9]|1[0-6])$/.test(written))
    throw new InvalidArgumentError('Give tabs, or a number of blanks from 1 to 16.');
  return { indentation: ' '.repeat(Number(written)) };
}

function noteWhatStays({ service, store }: Session, path: string, io: CommandLineIo): void {
  const broken = service.document(path)?.problems.find(({ ruleId }) => ruleId.startsWith('syntax-'));
  if (broken === undefined) return;
  const place = placesOf(store, io.cwd).shown(path, broken.span);
  note(io, `${place}: what cannot be read as written stays as it is, from here on or in parts; lint tells more.`);
}
