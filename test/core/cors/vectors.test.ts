import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCorsCase, situationOfCase } from '../../../server/src/core/cors/corsCase';
import { decideCors } from '../../../server/src/core/cors/corsDecision';
import type { CorsDecision } from '../../../server/src/core/cors/corsOutcome';
import { judgeCase } from '../../../server/src/core/cors/judgeCase';

/** The rule book's cases (cors-semantics 12): a copy of our own text. */
const vectors: readonly unknown[] = JSON.parse(readFileSync(join(process.cwd(), 'test/cors-vectors.json'), 'utf8'));

interface Vector {
  readonly id: string;
  readonly topic: string;
  readonly title: string;
  readonly assumptions?: Readonly<Record<string, string>>;
  readonly alternatives?: readonly { readonly when: Readonly<Record<string, string>>; readonly outcome: string }[];
}

const all = vectors as readonly Vector[];
const topics = [...new Set(all.map(({ topic }) => topic))];

describe('the rule book', () => {
  it('has 84 cases', () => assert.equal(vectors.length, 84));

  for (const topic of topics) {
    describe(topic, () => {
      for (const vector of all.filter((candidate) => candidate.topic === topic)) {
        it(`${vector.id}: ${vector.title}`, () => {
          const decision = decide(vector);
          const reading = readCorsCase(vector, 0);
          assert.ok(reading.case);
          assert.deepEqual(judgeCase(reading.case, decision), { verdict: 'passed', differences: [] });
        });
      }
    });
  }

  // Beyond what cors-test asks for: the main answer itself is the one of the rule book, assumptions or not.
  it('is met by main answers, not only by alternatives', () => {
    const missed = all.filter((vector) => {
      const reading = readCorsCase({ ...vector, assumptions: undefined }, 0);
      return reading.case === undefined || judgeCase(reading.case, decide(vector)).verdict !== 'passed';
    });
    assert.deepEqual(
      missed.map(({ id }) => id),
      [],
    );
  });

  it('names the same alternatives, but where the rule book names one that changes nothing', () => {
    const missing = all.flatMap((vector) => {
      const { alternatives } = decide(vector);
      const has = (when: Readonly<Record<string, string>>, outcome: string): boolean =>
        alternatives.some((one) => one.outcome === outcome && JSON.stringify(one.when) === JSON.stringify(when));
      return (vector.alternatives ?? []).some(({ when, outcome }) => !has(when, outcome)) ? [vector.id] : [];
    });
    // MH-04 names wildcardWithCredentials although its cors has neither * nor credentials (listEcho is what matters);
    // SD-08's alternative has the outcome, scope and browser of the main answer.
    assert.deepEqual(missing, ['MH-04', 'SD-08']);
  });
});

function decide(vector: Vector): CorsDecision {
  const reading = readCorsCase(vector, 0);
  assert.deepEqual(reading.problems, []);
  assert.ok(reading.case);
  return decideCors(situationOfCase(reading.case, undefined));
}
