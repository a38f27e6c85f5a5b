import { strict as assert } from 'node:assert';
import type { PolicyDocument } from '../../../server/src/core/syntax/policyTree';
import { findCorpus } from '../../support/corpus';
import { parse } from '../../support/syntax';
import { allDamage } from './allDamage';
import { chooseDamage, chooseFiles, filesPerKind, soundDocuments } from './chosenFiles';
import { createLineLookup, type DamageReport, reportDamage } from './damageReport';
import { sample } from './sample';

describe('damage to a sound text is found within two lines', () => {
  const ownText = parse(sample);
  const folder = findCorpus();
  let corpus: readonly PolicyDocument[] = [];

  before('the files with the most expressions are read', function () {
    this.timeout(60_000);
    if (folder !== undefined) corpus = soundDocuments(folder);
    else
      console.log('    There is no corpus of real policy files beside the project; only a text of our own is damaged.');
  });

  it('of at least 60 kinds, each in ten files', () => {
    assert.deepEqual(ownText.problems, []);
    const files = Object.entries(allDamage).map(([name, kind]) => chooseFiles(corpus, name, kind).length);
    // The others are of things that few real files have, such as verbatim strings.
    const inTen = files.filter((count) => folder === undefined || count === filesPerKind);
    assert.ok(inTen.length >= 60, `${inTen.length} kinds`);
    console.log(`    ${files.length} kinds; ${inTen.length} of them in ten files each, the others in fewer.`);
  });

  for (const [name, kind] of Object.entries(allDamage)) {
    it(name, () => {
      const unseen = [ownText, ...chooseFiles(corpus, name, kind)].flatMap((document) => {
        const report = reportDamage(document, chooseDamage(document, name, kind));
        return report.seen === undefined ? [describeReport(document, report)] : [];
      });
      assert.deepEqual(unseen, []);
    });
  }
});

/** The damaged lines, and what was said instead. */
function describeReport({ path }: PolicyDocument, { text, lines, problems }: DamageReport): string {
  const lineOf = createLineLookup(text);
  const shown = text
    .split(/\r\n?|\n/)
    .slice(Math.max(0, lines.start - 1), lines.end + 2)
    .join('\n');
  const said =
    problems.map(({ ruleId, span }) => `${ruleId} in line ${lineOf(span.start) + 1}`).join(', ') || 'nothing';
  return `${path}, line ${lines.start + 1}: ${said}\n${shown}`;
}
