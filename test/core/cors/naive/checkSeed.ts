import { createRandom } from '../../../support/random';
import { type Comparison, compareOn } from './agreement';
import { generateCase } from './generateCase';
import { writePolicies } from './service';

/** A comparison, and where the two disagree, all that somebody needs to see why. */
export interface CheckedSeed extends Comparison {
  readonly failure: string | undefined;
}

/** Generates the case of a seed and compares engine and naive evaluator on it. */
export function checkSeed(seed: number): CheckedSeed {
  const random = createRandom(seed);
  const generated = generateCase(random);
  const comparison = compareOn(generated, random);
  const { request, context, assume, service } = generated;
  const shown = { request, context, assume, unknownScopes: service.unknownScopes, policies: writePolicies(service) };
  const failure =
    comparison.difference === undefined
      ? undefined
      : `npm run cors-agreement -- --count 1 --seed ${seed}\n${comparison.difference}\n${JSON.stringify(shown, undefined, 1)}`;
  return { ...comparison, failure };
}
