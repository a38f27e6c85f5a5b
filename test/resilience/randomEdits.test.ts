import { findCorpus, readCorpus } from '../support/corpus';
import { createRandom } from '../support/random';
import { assertReadable, ownText } from './anyText';
import { editedText } from './editedText';

/** A short sample of `npm run resilience`. */
describe('any text is read', () => {
  const folder = findCorpus();
  const seed = 20250820;
  let texts: readonly string[] = [];

  before(() => {
    if (folder !== undefined) texts = readCorpus(folder).flatMap(({ text }) => (text.length < 10_000 ? [text] : []));
  });

  it('every prefix of a text', () => {
    for (let length = 0; length <= ownText.length; length++) check(ownText.slice(0, length), `Prefix ${length}`);
  });

  it('every suffix of a text', () => {
    for (let start = 0; start <= ownText.length; start++) check(ownText.slice(start), `Suffix ${start}`);
  });

  it('a text without any one of its characters', () => {
    for (let at = 0; at < ownText.length; at++) {
      check(ownText.slice(0, at) + ownText.slice(at + 1), `Without ${at}`);
    }
  });

  it('a text with random edits', function () {
    this.timeout(30_000);
    for (let run = 0; run < 3000; run++) check(editedText([ownText, ...texts], seed + run), `Edit ${run}`);
  });

  it('prefixes of real files', function () {
    this.timeout(30_000);
    if (texts.length === 0) {
      console.log('    There is no corpus of real policy files beside the project; this test did not run.');
      return;
    }
    const random = createRandom(seed);
    for (let run = 0; run < 2000; run++) {
      const text = random.oneOf(texts);
      check(text.slice(0, random.below(text.length)), `Prefix ${run}`);
    }
  });
});

function check(text: string, how: string): void {
  try {
    assertReadable(text);
  } catch (error) {
    throw new Error(`${how}: ${JSON.stringify(text.slice(0, 3000))}`, { cause: error });
  }
}
