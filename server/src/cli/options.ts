import { InvalidArgumentError, Option } from 'commander';

/** `--format`, with its first value as the default. Formats that a later version brings are refused with that word. */
export function formatOption(formats: readonly [string, ...string[]], planned: readonly string[] = []): Option {
  return new Option('--format <format>', `${formats.join(' or ')}`).default(formats[0]).argParser((written: string) => {
    if (formats.includes(written)) return written;
    const why = planned.includes(written) ? `${written} is not available in this version.` : '';
    throw new InvalidArgumentError(`${why} Use ${formats.join(' or ')}.`.trim());
  });
}

/** An option with a fixed set of values. */
export function choiceOption(flags: string, description: string, choices: readonly string[]): Option {
  const option = new Option(flags, description).choices(choices);
  const read = option.parseArg as (written: string, before: unknown) => unknown;
  return option.argParser((written, before) => {
    const meant = choices.find((choice) => choice === written.toLowerCase());
    if (meant !== undefined && meant !== written) throw new InvalidArgumentError(`Did you mean ${meant}?`);
    return read.call(option, written, before);
  });
}

/** Collects a repeatable option. */
export function collect(written: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), written];
}
