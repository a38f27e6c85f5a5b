import { parseArgs } from 'node:util';

export const help = `npm run resilience [-- options]
Reads damaged texts: every prefix of the hardest real files of up to 10 KB, some prefixes of each larger one, and files
with random edits. None may throw, lose text, or take longer per character than a multiple of the sound file's time.
  --hardest <n>    files of which every prefix is read (50)
  --prefixes <n>   prefixes of each larger file (2000)
  --edits <n>      texts with random edits (100000)
  --seed <n>       of the first edit; each has the next one (1)
  --file <path>    nothing but one file of the corpus:
  --length <n>       its first n characters; all its prefixes without this
  --help           this text`;

export interface Options {
  readonly hardest: number;
  readonly prefixes: number;
  readonly edits: number;
  readonly seed: number;
  readonly file: string | undefined;
  readonly length: number | undefined;
}

/** Undefined where help is wanted. Throws with a sentence where an option cannot be read. */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      hardest: { type: 'string', default: '50' },
      prefixes: { type: 'string', default: '2000' },
      edits: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      file: { type: 'string' },
      length: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    hardest: readCount('hardest', values.hardest),
    prefixes: readCount('prefixes', values.prefixes),
    edits: readCount('edits', values.edits),
    seed: readCount('seed', values.seed),
    file: values.file,
    length: values.length === undefined ? undefined : readCount('length', values.length),
  };
}

function readCount(name: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new Error(`--${name} needs a number, and ${value} is none.`);
  return Number(value);
}
