import { type Command, InvalidArgumentError, Option } from 'commander';
import { applyEdits, type FormattingStyle, type KeptPlace, serviceStyle } from '../core';
import type { ExitCode } from './exitCodes';
import type { CommandLineIo } from './io';
import { addRewriteOptions, type RewriteOptions, rewriteDocuments } from './rewriteDocuments';

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

/** What stays as it is because of a syntax problem becomes a remark. */
export async function format(paths: readonly string[], options: FormatOptions, io: CommandLineIo): Promise<ExitCode> {
  return rewriteDocuments(
    paths,
    options,
    ({ service, store }, path) => {
      if (service.document(path)?.isEmbedded) return undefined;
      return {
        text: applyEdits(store.text(path) ?? '', service.formatDocument(path, options.indent)),
        notes: [],
        remarks: service
          .keptByFormatting(path, options.indent)
          .map(({ kind, span }) => ({ span, message: remarks[kind] })),
      };
    },
    io,
  );
}

function readIndent(written: string): FormattingStyle {
  if (written === 'tabs') return serviceStyle;
  if (/^tabs?$/i.test(written)) throw new InvalidArgumentError('Did you mean tabs?');
  if (!/^([1-9]|1[0-6])$/.test(written))
    throw new InvalidArgumentError('Give tabs, or a number of blanks from 1 to 16.');
  return { indentation: ' '.repeat(Number(written)) };
}

/** What stays as it is because of a syntax problem. */
const remarks: Readonly<Record<KeptPlace['kind'], string>> = {
  document:
    'nothing was formatted: what is wrong here or further down leaves open how the rest is meant; lint tells more.',
  element: 'this element stays as it is, because of a syntax problem in it; lint tells more.',
  besideRoot: 'the white space beside the root element stays as it is, because of what stands there; lint tells more.',
};
