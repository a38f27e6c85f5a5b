import type { Command } from 'commander';
import { applyEdits, type ConversionTarget } from '../core';
import type { ExitCode } from './exitCodes';
import type { CommandLineIo } from './io';
import { choiceOption } from './options';
import { type RewriteOptions, rewriteDocuments } from './rewriteDocuments';

/** The options of `convert` as commander hands them over. */
export interface ConvertOptions extends RewriteOptions {
  readonly to: 'raw' | 'escaped';
}

/** `apim-policy convert [path…]` */
export function addConvertCommand(program: Command, io: CommandLineIo, end: (exitCode: ExitCode) => void): void {
  program
    .command('convert')
    .summary('write expressions raw or escaped')
    .description(
      'Writes policy expressions as raw C# (format rawxml) or escaped, as well-formed XML (format xml). Nothing else is touched.',
    )
    .argument('[path...]', 'files and folders; the working directory where none is given')
    .addOption(choiceOption('--to <form>', 'the form that expressions get', ['raw', 'escaped']).makeOptionMandatory())
    .option('--check', 'change nothing; list the files that would change, and exit with 1 if there are any')
    .option('--write', 'write the files that change, and list them')
    .option('--stdin', 'read one document from standard input, and print it')
    .option('--stdin-filepath <p>', 'the file that the document from standard input stands for, for messages')
    .action(async (paths: readonly string[], options: ConvertOptions) => end(await convert(paths, options, io)));
}

/** Expressions that stay as they are become notes, and exit code 1. */
export async function convert(paths: readonly string[], options: ConvertOptions, io: CommandLineIo): Promise<ExitCode> {
  const to: ConversionTarget = options.to === 'raw' ? 'rawxml' : 'xml';
  return rewriteDocuments(
    paths,
    options,
    ({ service, store }, path) => {
      const conversion = service.convertFormat(path, to);
      if (conversion === undefined) return undefined;
      return { text: applyEdits(store.text(path) ?? '', conversion.edits), notes: conversion.kept };
    },
    io,
  );
}
