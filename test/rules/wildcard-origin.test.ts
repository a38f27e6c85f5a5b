import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { cors } from '../support/policies';
import { applyFix, findingOf, lint } from '../support/service';

const ruleId = 'wildcard-origin';
const star = cors({ origins: ['*'] });

describe(ruleId, () => {
  it('hints, and warns where the project file says production', () => {
    assert.deepEqual(lintCors(star), [`hint ${ruleId} "*"`]);
    assert.deepEqual(lintCors(star, { production: true }), [`warning ${ruleId} "*"`]);
    assert.deepEqual(lintCors(star, { production: true, rules: { [ruleId]: 'error' } }), [`error ${ruleId} "*"`]);
    assert.deepEqual(lintCors(star, { rules: { [ruleId]: 'off' } }), []);
  });
  it('says who may call', () => {
    assert.equal(
      findingOf(withCors(star, { production: true }), ordersPolicy, ruleId).message,
      'Pages of every site may call and read the answers, and the project file says that this is production. That suits a public API; otherwise list the sites that may.',
    );
  });
  it('sees the * of a named value, and stays silent for an unknown one', () => {
    const named = cors({ origins: ['{{any}}'] });
    assert.deepEqual(lintCors(named, { namedValues: { any: '*' } }), [`hint ${ruleId} "{{any}}"`]);
    assert.deepEqual(lintCors(named), []);
  });
  it('stays silent for whole origins', () => {
    assert.deepEqual(lintCors(cors({ origins: ['https://a.example'] })), []);
  });
  it('lists the project file’s origins, and offers nothing without them', () => {
    const settings = { cors: { origins: ['https://a.example'] } };
    const after = applyFix(withCors(star, settings), ordersPolicy, ruleId, 'list-project-origins');
    assert.equal(after[ordersPolicy], withCors(cors({ origins: ['https://a.example'] }))[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
    assert.deepEqual(findingOf(withCors(star), ordersPolicy, ruleId).fixes, []);
  });
});
