import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { cors } from '../support/policies';
import { applyFix, findingOf, lint } from '../support/service';

const ruleId = 'wildcard-mixed';
const listing = (...origins: readonly string[]) => cors({ origins });
const mixed = listing('https://a.example', '*', '{{spa}}');

describe(ruleId, () => {
  it('warns once, at the *', () => {
    assert.deepEqual(lintCors(mixed), [`warning ${ruleId} "*"`]);
    assert.equal(
      findingOf(withCors(mixed), ordersPolicy, ruleId).message,
      '* must be the only origin, and it stands beside https://a.example and {{spa}}. Either the service refuses this, or every site is admitted and the rest of the list says nothing; which of the two is not documented. Keep one.',
    );
  });
  it('stays silent without other origins, and with whole origins alone', () => {
    assert.deepEqual(lintCors(listing('*')), ['hint wildcard-origin "*"']);
    assert.deepEqual(lintCors(listing('https://a.example', '{{spa}}')), []);
  });
  it('removes the *, or the others', () => {
    const files = withCors(mixed);
    const named = applyFix(files, ordersPolicy, ruleId, 'remove-star');
    assert.equal(named[ordersPolicy], withCors(listing('https://a.example', '{{spa}}'))[ordersPolicy]);
    assert.deepEqual(lint(named, ordersPolicy), []);
    const open = applyFix(files, ordersPolicy, ruleId, 'remove-others');
    assert.equal(open[ordersPolicy], withCors(listing('*'))[ordersPolicy]);
    assert.deepEqual(lint(open, ordersPolicy), ['hint wildcard-origin "*"']);
    assert.deepEqual(
      findingOf(files, ordersPolicy, ruleId).fixes.map(({ title, isGuess }) => [title, isGuess]),
      [
        ['Remove the *: only https://a.example and {{spa}} may call then', true],
        ['Remove https://a.example and {{spa}}: the * admits every site anyway; wildcard-origin then shows here', true],
      ],
    );
  });
});
