/**
 * Every finding of the CORS rules on real policy files, judged once by a person who has read the file: a file for each
 * rule in `corpusFindings`, a line for each finding. After a change that is meant,
 *
 *     APIM_POLICY_UPDATE_EXPECTED=1 npm test -- --unit --grep "CORS rules on the corpus"
 *
 * writes the lines anew and keeps the judgements of those that stay; new ones are `unjudged`, and that fails.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { allRules, createLanguageService, createLineIndex, DocumentStore, loadWorkspace } from '../../server/src/core';
import { nodeHost } from '../../server/src/hosts/nodeHost';
import { findCorpus, readCorpus } from '../support/corpus';

const folder = 'test/rules/corpusFindings';
const updates = process.env['APIM_POLICY_UPDATE_EXPECTED'] === '1';
/** A finding is right and worth being told; right and of little use to its reader; or wrong. */
const judgements = ['agree', 'minor', 'wrong'];

/** `verdict | severity | path:line | why`; the first and last are a person's. */
interface Judged {
  readonly verdict: string;
  readonly finding: string;
  readonly why: string;
}

/** By rule, each as `severity | path:line`, in the order of the paths. */
async function findingsOf(corpus: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = readCorpus(corpus);
  let checked = 0;
  const found = new Map<string, string[]>();
  const corsRules = new Set(allRules.filter(({ category }) => category === 'cors').map(({ id }) => id));
  for (const part of ['extracted', 'files', 'layouts']) {
    for (const name of readdirSync(join(corpus, part)).sort()) {
      const root = resolve(corpus, part, name).replaceAll('\\', '/');
      const store = new DocumentStore();
      await loadWorkspace(nodeHost, store, [{ path: root, kind: 'folder' }], { isCancelled: false });
      // Files that do not look like policies are named to the command line now and then: excerpts, for instance.
      for (const file of files.filter((each) => each.path.startsWith(`${part}/${name}/`))) {
        const path = root + file.path.slice(`${part}/${name}`.length);
        if (!store.isPolicy(path)) store.setText(path, file.text, 1, true);
      }
      const service = createLanguageService(store, (what, error) => {
        throw new Error(what, { cause: error });
      });
      checked += service.model().documents.size;
      for (const path of [...service.model().documents.keys()].sort()) {
        const lines = createLineIndex(store.text(path) ?? '');
        for (const { ruleId, severity, span } of service.findings(path)) {
          if (!corsRules.has(ruleId)) continue;
          const line = lines.positionAt(span.start).line + 1;
          const where = `${part}/${name}${path.slice(root.length)}:${line}`;
          found.set(ruleId, [...(found.get(ruleId) ?? []), `${severity} | ${where}`]);
        }
      }
    }
  }
  assert.equal(files.length, 741);
  assert.ok(checked >= files.length, `${checked} checked`);
  return found;
}

function readJudged(ruleId: string): readonly Judged[] {
  const file = join(folder, `${ruleId}.txt`);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [verdict = '', severity = '', where = '', ...why] = line.split(' | ');
      return { verdict, finding: `${severity} | ${where}`, why: why.join(' | ') };
    });
}

function writeJudged(ruleId: string, findings: readonly string[]): void {
  const before = [...readJudged(ruleId)];
  const lines = findings.map((finding) => {
    const index = before.findIndex((judged) => judged.finding === finding);
    const [known] = index < 0 ? [] : before.splice(index, 1);
    return `${known?.verdict ?? 'unjudged'} | ${finding} | ${known?.why ?? ''}`;
  });
  if (lines.length === 0) rmSync(join(folder, `${ruleId}.txt`), { force: true });
  else writeFileSync(join(folder, `${ruleId}.txt`), `${lines.join('\n')}\n`);
}

describe('CORS rules on the corpus of real policy files', function () {
  this.timeout(120_000);
  const listed = readdirSync(folder).map((name) => name.replace(/\.txt$/, ''));

  it('have a judgement and a reason for each finding, and none is wrong', () => {
    for (const ruleId of listed) {
      for (const { verdict, finding, why } of readJudged(ruleId)) {
        assert.ok(judgements.includes(verdict) && verdict !== 'wrong', `${ruleId}: ${finding} is ${verdict}`);
        assert.ok(why.trim() !== '', `${ruleId}: ${finding} has a reason`);
      }
    }
  });

  const corpus = findCorpus();
  if (corpus === undefined) {
    it('are not run: the corpus is not beside the project', () => {
      console.log('    There is no corpus of real policy files beside the project; the rules did not run on it.');
    });
    return;
  }

  it('report what is listed, and nothing else', async () => {
    const found = await findingsOf(corpus);
    const ruleIds = [...new Set([...listed, ...found.keys()])].sort();
    if (updates) for (const ruleId of ruleIds) writeJudged(ruleId, found.get(ruleId) ?? []);
    for (const ruleId of ruleIds) {
      assert.deepEqual(
        found.get(ruleId) ?? [],
        readJudged(ruleId).map(({ finding }) => finding),
        `${ruleId}: read the new ones, judge them, and write them down`,
      );
    }
  });
});
