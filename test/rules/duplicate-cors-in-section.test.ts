import assert from 'node:assert/strict';
import { cors, definition, globalDefinition, shopCors } from '../support/policies';
import { lint } from '../support/service';

const global = 'policy.xml';
const other = cors({ origins: ['https://b.example'], attributes: ' id="second"' });

describe('duplicate-cors-in-section', () => {
  it('reports every cors of a section but the first', () => {
    assert.deepEqual(
      lint(
        { 'apis/a/policy.xml': '<policies/>', [global]: globalDefinition(`${shopCors}\n${other}\n${shopCors}`) },
        global,
      ),
      ['error duplicate-cors-in-section "<cors id="second">"', 'error duplicate-cors-in-section "<cors>"'],
    );
  });
  it('counts the cors of a section that is written twice', () => {
    const text = `<policies><inbound>${shopCors}</inbound><inbound>${other}</inbound></policies>`;
    assert.deepEqual(lint({ 'apis/a/policy.xml': '<policies/>', [global]: text }, global), [
      'error duplicate-cors-in-section "<cors id="second">"',
    ]);
  });
  it('looks at fragments too', () => {
    const fragment = 'policy fragments/f/policy.xml';
    const including = definition('    <include-fragment fragment-id="f" />');
    const files = { 'apis/a/policy.xml': including, [fragment]: `<fragment>${shopCors}${other}</fragment>` };
    assert.deepEqual(lint(files, fragment), ['error duplicate-cors-in-section "<cors id="second">"']);
  });
  it('stays silent for one cors, and for others inside choose', () => {
    const nested = `${shopCors}\n<choose><when condition="@(true)">${other}</when></choose>`;
    assert.deepEqual(lint({ 'apis/a/policy.xml': '<policies/>', [global]: globalDefinition(nested) }, global), []);
  });
});
