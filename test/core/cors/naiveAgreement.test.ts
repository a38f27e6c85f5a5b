import assert from 'node:assert/strict';
import { corsOutcomes } from '../../../server/src/core/cors/corsOutcome';
import { checkSeed } from './naive/checkSeed';

/** A sample of `npm run cors-agreement`. */
describe('the engine and an evaluator written from the rule book alone', () => {
  it('agree on random services and requests, whatever the outcome', function () {
    this.timeout(120_000);
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= 1500; seed++) {
      const { failure, outcome } = checkSeed(seed);
      outcomes.add(outcome);
      if (failure !== undefined) throw new Error(failure);
    }
    assert.deepEqual([...outcomes].sort(), [...corsOutcomes].sort());
  });
});
