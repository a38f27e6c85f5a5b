import type { Command } from 'commander';
import { applyEdits, type ConversionTarget, type FormatConversion } from '../core';
import type { ExitCode } from './exitCodes';
import type { CommandLineIo } from './io';
import { choiceOption } from './options';
import { addRewriteOptions, type RewriteOptions, type Rewritten, rewriteDocuments } from './rewriteDocuments';

/** The options of `convert` as commander hands them over. */
export interface ConvertOptions extends RewriteOptions {
  readonly to: 'raw' | 'escaped';
}

/** `apim-policy convert [path…]` */
export function addConvertCommand(program: Command, io: CommandLineIo, end: (exitCode: ExitCode) => void): void {
  const command = program
    .command('convert')
    .summary('write expressions raw or escaped')
    .description(
      'Writes policy expressions as raw C# (format rawxml) or escaped, as well-formed XML (format xml). Nothing else is touched.',
    )
    .addOption(choiceOption('--to <form>', 'the form that expressions get', ['raw', 'escaped']).makeOptionMandatory());
  addRewriteOptions(command).action(async (paths: readonly string[], options: ConvertOptions) =>
    end(await convert(paths, options, io)),
  );
}

/**
 * Expressions that stay as they are become notes, and exit code 1. What keeps the escaped form from being well-formed
 * becomes a remark.
 */
export async function convert(paths: readonly string[], options: ConvertOptions, io: CommandLineIo): Promise<ExitCode> {
  const to: ConversionTarget = options.to === 'raw' ? 'rawxml' : 'xml';
  return rewriteDocuments(
    paths,
    options,
    ({ service, store }, path) => {
      const conversion = service.convertFormat(path, to);
      if (conversion === undefined) return undefined;
      const text = applyEdits(store.text(path) ?? '', conversion.edits);
      return { text, notes: conversion.kept, remarks: to === 'xml' ? remarksOn(conversion) : [] };
    },
    io,
  );
}

/** Whoever wants escaped expressions wants well-formed XML: what keeps the result from it. */
function remarksOn({ malformed }: FormatConversion): Rewritten['remarks'] {
  const [first, ...others] = malformed;
  if (first === undefined) return [];
  const places =
    others.length === 0 ? 'this place' : `this and ${others.length} other ${others.length === 1 ? 'place' : 'places'}`;
  const message = `the result is not well-formed XML, because of ${places} outside expressions; lint tells more.`;
  return [{ span: first.span, message }];
}
