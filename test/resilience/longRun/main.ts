import { type CorpusFile, findCorpus, readCorpus } from '../../support/corpus';
import { createRandom } from '../../support/random';
import { ownText } from '../anyText';
import { editedText } from '../editedText';
import { hardestTexts, largerTexts, largestHardText } from './hardestTexts';
import { help, type Options, readOptions } from './options';
import { createTextChecker, paceOf } from './textChecker';

/** `npm run resilience`: what `randomEdits.test.ts` samples, at length. Exit code 1 where a text was not read as it should be. */

const now = (): number => performance.now();
const checker = createTextChecker(now);
const startedAt = now();
/** So many failures tell enough. */
const mostFailures = 20;

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) console.log(help);
  else run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

function run(options: Options): void {
  const files = readTexts();
  if (options.file !== undefined) readOneFile(files, options.file, options.length);
  else readMany(files, options);
  summarise();
}

function readTexts(): readonly CorpusFile[] {
  const own = { path: 'own text', text: ownText };
  const folder = findCorpus();
  if (folder !== undefined) return [own, ...readCorpus(folder)];
  console.log('There is no corpus of real policy files beside the project; only a text of our own is damaged.');
  return [own];
}

function readOneFile(files: readonly CorpusFile[], path: string, length: number | undefined): void {
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`The corpus has no file ${path}.`);
  readPrefixes(file, length === undefined ? allLengths(file) : [length]);
}

function readMany(files: readonly CorpusFile[], { hardest, prefixes, edits, seed }: Options): void {
  const hard = hardestTexts(files, hardest);
  hard.forEach((file, index) => {
    readPrefixes(file, allLengths(file));
    report(`every prefix of ${index + 1} of the ${hard.length} hardest files`);
  });
  const larger = prefixes === 0 ? [] : largerTexts(files);
  larger.forEach((file, index) => {
    const random = createRandom(index);
    readPrefixes(
      file,
      Array.from({ length: prefixes }, () => random.below(file.text.length)),
    );
    report(`${prefixes} prefixes each of ${index + 1} of ${larger.length} larger files`);
  });
  readEdits(
    files.flatMap(({ text }) => (text.length <= largestHardText ? [text] : [])),
    edits,
    seed,
  );
}

function allLengths({ text }: CorpusFile): readonly number[] {
  return Array.from({ length: text.length + 1 }, (_, length) => length);
}

function readPrefixes({ path, text }: CorpusFile, lengths: readonly number[]): void {
  const pace = paceOf(text, now);
  for (const length of lengths) {
    if (isEnough()) return;
    checker.check(text.slice(0, length), pace, `--file "${path}" --length ${length}`);
  }
}

function readEdits(texts: readonly string[], count: number, seed: number): void {
  const paces = texts.map((text) => paceOf(text, now)).sort((one, other) => one - other);
  const pace = paces[paces.length >> 1] ?? 0;
  for (let run = 0; run < count; run++) {
    if (isEnough()) return;
    const recipe = `--hardest 0 --prefixes 0 --edits 1 --seed ${seed + run}`;
    checker.check(editedText(texts, seed + run), pace, recipe);
    if ((run + 1) % 10_000 === 0) report(`${run + 1} of ${count} random edits`);
  }
}

function isEnough(): boolean {
  return checker.failures.length >= mostFailures;
}

function report(what: string): void {
  const seconds = Math.round((now() - startedAt) / 1000);
  console.log(
    `${String(seconds).padStart(5)} s  ${what}; ${checker.textCount} texts, ${checker.failures.length} failures`,
  );
}

function summarise(): void {
  const { failures, textCount, slowest } = checker;
  for (const { recipe, what } of failures) console.log(`\nnpm run resilience -- ${recipe}\n${what}`);
  if (isEnough()) console.log(`\nThere are ${failures.length} failures; the rest was not tried.`);
  console.log(`\n${textCount} texts read, ${failures.length} failures.`);
  if (slowest !== undefined) {
    console.log(
      `The slowest took ${slowest.factor.toFixed(1)} times as long a character as the sound text: ${slowest.recipe}`,
    );
  }
  process.exitCode = failures.length > 0 ? 1 : 0;
}
