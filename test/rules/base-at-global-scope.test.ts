import assert from 'node:assert/strict';
import { definition, globalDefinition, serviceArtifact } from '../support/policies';
import { applyFix, findingOf, lint, lintAll } from '../support/service';

const ruleId = 'base-at-global-scope';
const global = 'policy.xml';
const base = '    <base />';

describe('base-at-global-scope', () => {
  it('informs once, on the first of them', () => {
    const files = { ...serviceArtifact, [global]: definition(`    <trace />\n${base}`) };
    assert.deepEqual(lintAll(files), ['policy.xml: information base-at-global-scope "<base />"']);
    const { message, related } = findingOf(files, global, ruleId);
    assert.equal(
      message,
      'This is the global policy, and no scope is broader, so <base />, here and in 3 more places, has no effect. Remove it; if this policy belongs to another scope, say so in apim-policy.config.json.',
    );
    assert.equal(related.length, 3);
  });
  it('stays silent without one, at other scopes, and where the scope is not known', () => {
    assert.deepEqual(lintAll({ ...serviceArtifact, [global]: globalDefinition('    <trace />') }), []);
    assert.deepEqual(lintAll({ ...serviceArtifact, 'apis/orders/policy.xml': definition(base) }), []);
    assert.deepEqual(lint({ 'somewhere/policy.xml': definition(base) }, 'somewhere/policy.xml'), []);
  });
  it('takes a scope that is only guessed for no more than that, and offers no fix', () => {
    const { message, fixes } = findingOf(
      { 'policies/global-policy.xml': definition(base) },
      'policies/global-policy.xml',
      ruleId,
    );
    assert.equal(
      message,
      'By its name or its text this is the global policy. If so, no scope is broader, and <base />, here and in 3 more places, has no effect; if it belongs to another scope, name that in apim-policy.config.json.',
    );
    assert.deepEqual(fixes, []);
  });
  it('is mended by removing them all', () => {
    const files = {
      ...serviceArtifact,
      [global]: `<policies>\n  <inbound>\n${base}\n    <trace />\n  </inbound>\n  <outbound><base /></outbound>\n</policies>\n`,
    };
    const after = applyFix(files, global, ruleId, 'remove-useless-base');
    assert.equal(
      after[global],
      '<policies>\n  <inbound>\n    <trace />\n  </inbound>\n  <outbound></outbound>\n</policies>\n',
    );
    assert.deepEqual(lintAll(after), []);
    assert.deepEqual(
      findingOf(files, global, ruleId).fixes.map(({ title }) => title),
      ['Remove the 2 <base />: they inherit nothing'],
    );
  });
});
