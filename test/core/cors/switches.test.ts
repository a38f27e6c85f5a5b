import assert from 'node:assert/strict';
import {
  assumptionSwitches,
  completeSwitches,
  computableValues,
  describeAssumption,
  recommendedSwitches,
  switchNames,
} from '../../../server/src/core/cors/switches';
import { brief, cors, decide, policy, shop } from './situations';

describe('the assumption switches', () => {
  it('each have a sentence for every value, the recommended one among them, and sources', () => {
    assert.equal(switchNames.length, 13);
    for (const name of switchNames) {
      const { question, values, sources } = assumptionSwitches[name];
      assert.ok(question.endsWith('?'), name);
      assert.ok(Object.hasOwn(values, recommendedSwitches[name]), name);
      assert.equal(computableValues(name).length, 2, name);
      assert.ok(sources.length > 0 && sources.every((source) => source.startsWith('https://')), name);
      assert.ok(describeAssumption(name, recommendedSwitches[name]), name);
    }
  });

  it('are completed with the recommended settings', () => {
    assert.deepEqual(completeSwitches(undefined), recommendedSwitches);
    assert.equal(completeSwitches({ terminateDefault: 'false' }).terminateDefault, 'false');
    assert.equal(describeAssumption('toString', 'x'), undefined);
  });

  it('do not multiply without bound where much is unknown', () => {
    const fragments = Array.from({ length: 30 }, (_, index) => `<include-fragment fragment-id="f${index}" />`).join('');
    const api = policy(`${fragments}${cors(shop, '')}`);
    const started = performance.now();
    const decision = decide({ policies: { api }, request: { method: 'POST', origin: shop } });
    assert.equal(brief(decision), 'decided-at-runtime - unknown');
    assert.ok(performance.now() - started < 2000);
  });
});
