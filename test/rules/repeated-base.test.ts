import assert from 'node:assert/strict';
import { definition, globalDefinition, shopCors } from '../support/policies';
import { applyFix, findingOf, lint, lintAll } from '../support/service';

const ruleId = 'repeated-base';
const orders = 'apis/orders/policy.xml';
const base = '    <base />';
const trace = '    <trace source="own" />';
const global = { 'policy.xml': globalDefinition('    <trace source="global" />') };

describe('repeated-base', () => {
  it('reports every <base /> of a section but the first', () => {
    assert.deepEqual(lint({ ...global, [orders]: definition(`${base}\n${trace}\n${base}<base></base>`) }, orders), [
      'error repeated-base "<base />"',
      'error repeated-base "<base></base>"',
    ]);
  });
  it('reports them where the scope is not known, too, and in a section that is written twice', () => {
    const text = '<policies><inbound><base /></inbound><inbound><base /></inbound></policies>';
    assert.deepEqual(lint({ 'somewhere/x.xml': text }, 'somewhere/x.xml'), ['error repeated-base "<base />"']);
  });
  it('says what is not known, and where the first one stands', () => {
    const { message, related } = findingOf({ ...global, [orders]: definition(`${base}\n${base}`) }, orders, ruleId);
    assert.equal(
      message,
      'This is another <base /> in the same inbound section. Whether the service refuses the policy, or runs what is inherited once more here, is not documented. Remove one of the two.',
    );
    assert.deepEqual(
      related.map((place) => place.message),
      ['The first <base /> of the section.'],
    );
  });
  it('stays silent for one in each section, for one inside choose, and at global scope', () => {
    const nested = '    <choose><when condition="@(true)"><base /></when></choose>';
    assert.deepEqual(lintAll({ ...global, [orders]: definition(`${base}\n${nested}`) }), []);
    assert.deepEqual(
      lint({ 'policy.xml': globalDefinition(`${base}\n${base}`), [orders]: definition(base) }, 'policy.xml'),
      ['information base-at-global-scope "<base />"'],
    );
  });
  it('is mended by removing the later one', () => {
    const files = { ...global, [orders]: definition(`${base}\n${shopCors}\n${base}`) };
    const after = applyFix(files, orders, ruleId, 'remove-repeated-base');
    assert.equal(after[orders], definition(`${base}\n${shopCors}`));
    assert.deepEqual(lintAll(after), []);
    assert.deepEqual(
      findingOf(files, orders, ruleId).fixes.map(({ title }) => title),
      ['Remove this <base />: the other one inherits the same'],
    );
  });
});
