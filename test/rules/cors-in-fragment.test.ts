import assert from 'node:assert/strict';
import { definition, shopCors } from '../support/policies';
import { applyFix, findingOf, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'cors-in-fragment';
const orders = 'apis/orders/policy.xml';
const fragment = 'policy fragments/spa/policy.xml';
const base = '    <base />';
const include = '    <include-fragment fragment-id="spa" />';
const spa = { [fragment]: `<fragment>\n${shopCors.replace(/^ {2}/gm, '')}\n</fragment>\n` };
const subscription = (required: boolean) => ({
  'apis/orders/apiInformation.json': JSON.stringify({ properties: { subscriptionRequired: required } }),
});

describe(ruleId, () => {
  it('tells it where the fragment is included', () => {
    const files = { ...spa, ...subscription(true), [orders]: definition(`${include}\n${base}`) };
    assert.deepEqual(lintAll(files), [`${orders}: information ${ruleId} "<include-fragment fragment-id="spa" />"`]);
    const { message, related } = findingOf(files, orders, ruleId);
    assert.equal(
      message,
      'The cors comes from fragment spa. That works since October 2022; but a 401 for a missing or wrong subscription key was then seen without CORS headers, so that pages cannot read it. Write the cors here if they should.',
    );
    assert.deepEqual(
      related.map(({ path }) => path),
      [`/service/${fragment}`],
    );
  });
  it('can be mended by writing the fragment’s statements in its place', () => {
    const files = { ...spa, [orders]: definition(`${include}\n${base}`) };
    const after = applyFix(files, orders, ruleId, 'inline-fragment');
    assert.equal(after[orders], definition(`${shopCors}\n${base}`));
    assert.deepEqual(
      findingOf(files, orders, ruleId).fixes.map(({ title }) => title),
      ['Write the fragment’s cors here: later changes of the fragment no longer arrive'],
    );
  });
  it('offers no repair for a fragment in a JSON file, or beside a cors of the section', () => {
    const inJson = {
      'policy fragments/spa/policyFragmentInformation.json': JSON.stringify({
        properties: { format: 'rawxml', value: `<fragment>${shopCors}</fragment>` },
      }),
      [orders]: definition(`${include}\n${base}`),
    };
    assert.deepEqual(findingOf(inJson, orders, ruleId).fixes, []);
    const beside = { ...spa, [orders]: definition(`${include}\n${shopCors}\n${base}`) };
    assert.deepEqual(findingOf(beside, orders, ruleId).fixes, []);
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'where no subscription is needed': { ...spa, ...subscription(false), [orders]: definition(`${include}\n${base}`) },
    'for a fragment without a cors': {
      [fragment]: '<fragment><set-variable name="a" value="b" /></fragment>',
      [orders]: definition(`${include}\n${base}`),
    },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      // A fragment that is used nowhere else is no concern of this rule.
      assert.deepEqual(lintAll(files), []);
    });
  }
  it('is told in the policy that includes it, and not in those that inherit it', () => {
    const files = {
      ...spa,
      'policy.xml': `<policies><inbound>${include}</inbound></policies>`,
      [orders]: definition(base),
    };
    assert.deepEqual(lintAll(files), [`policy.xml: information ${ruleId} "<include-fragment fragment-id="spa" />"`]);
  });
});
