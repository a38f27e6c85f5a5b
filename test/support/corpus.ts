import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** Real policy files. They are not part of the project; tests use them where they lie beside it. */
export interface CorpusFile {
  /** Relative to the corpus, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What the corpus says about itself, as far as tests compare with it. */
export interface CorpusManifestRow {
  readonly path: string;
  readonly root: string | null;
  /** A guess: by the path, the content, or the infrastructure code that refers to the file. */
  readonly scope: string;
  readonly expressionCount: number;
  /** Damage that a tolerant reader of another kind has found; null where it found none. */
  readonly lenientIssues: readonly string[] | null;
}

/** The folder, or undefined where there is none: a test then says so in one line and ends. */
export function findCorpus(): string | undefined {
  const folder = resolve(process.cwd(), '..', 'shared', 'corpus');
  return existsSync(folder) ? folder : undefined;
}

/** Every XML file, in the order of the paths. */
export function readCorpus(folder: string): readonly CorpusFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.xml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(folder, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

export function readCorpusManifest(folder: string): readonly CorpusManifestRow[] {
  return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as CorpusManifestRow[];
}
