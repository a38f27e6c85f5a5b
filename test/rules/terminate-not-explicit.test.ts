import assert from 'node:assert/strict';
import { cors, definition, globalDefinition, portalGlobal, shopCors } from '../support/policies';
import { applyFix, findingOf, lint, lintAll } from '../support/service';

const orders = 'apis/orders/policy.xml';
const ruleId = 'terminate-not-explicit';
const base = '    <base />';

describe(ruleId, () => {
  const files = { 'policy.xml': portalGlobal(), [orders]: definition(`${shopCors}\n${base}`) };

  it('informs on an own cors that does not say what happens to origins of the one that follows', () => {
    assert.deepEqual(lintAll(files), [`${orders}: information ${ruleId} "<cors>"`]);
    assert.match(
      findingOf(files, orders, ruleId).message,
      /default is false.*https:\/\/contoso\.developer.*if it is true/s,
    );
  });
  it('is silenced by either explicit value', () => {
    const passing = applyFix(files, orders, ruleId, 'set-terminate-false');
    assert.equal(passing[orders], files[orders]?.replace('<cors>', '<cors terminate-unmatched-request="false">'));
    assert.deepEqual(lintAll(passing), []);
    // Explicit true is an answer too, and then it is known that the portal is stopped.
    assert.match(lint(applyFix(files, orders, ruleId, 'set-terminate-true'), orders).join(), /^warning cors-shadowed/);
  });

  const silent: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'when no other cors follows': { 'policy.xml': globalDefinition(''), [orders]: definition(`${shopCors}\n${base}`) },
    'when it is an expression': {
      ...files,
      [orders]: (files[orders] ?? '').replace(
        '<cors>',
        '<cors terminate-unmatched-request="@(context.Subscription != null)">',
      ),
    },
    'when the own cors lets every origin in': {
      ...files,
      'apim-policy.config.json': '{ "rules": { "wildcard-origin": "off" } }',
      [orders]: definition(`${cors({ origins: ['*'], headers: ['*'] })}\n${base}`),
    },
  };
  for (const [title, others] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(others), []));
  }
});
