import assert from 'node:assert/strict';
import { definition, globalDefinition, portalGlobal, serviceArtifact } from '../support/policies';
import { applyFix, findingOf, lint, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'missing-section';
const orders = 'apis/orders/policy.xml';
const global = {
  'policy.xml': `<policies>
  <inbound />
  <backend>
    <forward-request />
  </backend>
  <outbound>
    <set-header name="a" exists-action="delete" />
  </outbound>
  <on-error />
</policies>
`,
};
const section = (name: string): string => `  <${name}>\n    <base />\n  </${name}>\n`;
const policies = (...names: readonly string[]): string => `<policies>\n${names.map(section).join('')}</policies>\n`;

describe('missing-section', () => {
  it('informs once on the sections in which broader scopes hold something, and shows both readings', () => {
    const files = { ...global, [orders]: policies('inbound') };
    assert.deepEqual(lintAll(files), [`${orders}: information missing-section "policies"`]);
    assert.equal(
      findingOf(files, orders, ruleId).message,
      'This policy has no backend and outbound sections, and Microsoft does not say what that means. Read as sections without <base />, it does not inherit forward-request and set-header from global scope, and requests are not sent to the backend service; read as sections with <base />, it does. Write the sections.',
    );
  });
  it('tells of one section', () => {
    const files = { ...global, [orders]: policies('inbound', 'backend', 'on-error') };
    assert.equal(
      findingOf(files, orders, ruleId).message,
      'This policy has no outbound section, and Microsoft does not say what that means. Read as one without <base />, it does not inherit set-header from global scope; read as one with <base />, it does. Write the section.',
    );
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'where broader scopes hold nothing there': { ...global, [orders]: policies('inbound', 'backend', 'outbound') },
    'where what broader scopes hold is not known': { [orders]: policies('inbound') },
    'where there is no broader policy': { ...serviceArtifact, [orders]: policies('inbound') },
    'at global scope': { ...serviceArtifact, 'policy.xml': policies() },
    'where the scope is not known': { 'somewhere/x.xml': policies('inbound') },
    'in a fragment': {
      'policy.xml': globalDefinition('    <include-fragment fragment-id="log" />'),
      'policy fragments/log/policy.xml': '<fragment><trace /></fragment>',
    },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      assert.deepEqual(
        Object.keys(files).flatMap((path) => lint(files, path)),
        [],
      );
    });
  }

  describe('fix', () => {
    const fixed = (text: string): string | undefined => {
      const after = applyFix({ ...global, [orders]: text }, orders, ruleId, 'add-sections');
      assert.deepEqual(lintAll(after), []);
      return after[orders];
    };

    it('writes the sections in the order of the pipeline', () => {
      assert.equal(fixed(policies('inbound')), policies('inbound', 'backend', 'outbound'));
      assert.equal(fixed(policies('inbound', 'on-error')), policies('inbound', 'backend', 'outbound', 'on-error'));
      assert.equal(fixed(policies('inbound', 'outbound')), policies('inbound', 'backend', 'outbound'));
      assert.equal(fixed(policies('on-error')), policies('backend', 'outbound', 'on-error'));
    });
    it('leaves comments beside the sections that they belong to', () => {
      assert.equal(
        fixed('<policies>\n  <inbound /> <!-- nothing -->\n  <!-- errors -->\n  <on-error />\n</policies>'),
        `<policies>\n  <inbound /> <!-- nothing -->\n${section('backend')}${section('outbound')}  <!-- errors -->\n  <on-error />\n</policies>`,
      );
      assert.equal(
        fixed('<policies>\n  <!-- errors -->\n  <on-error />\n</policies>'),
        `<policies>\n${section('backend')}${section('outbound')}  <!-- errors -->\n  <on-error />\n</policies>`,
      );
    });
    it('keeps one line one line', () => {
      assert.equal(
        fixed('<policies><inbound><base /></inbound></policies>'),
        '<policies><inbound><base /></inbound><backend><base /></backend><outbound><base /></outbound></policies>',
      );
    });
    it('says what comes along', () => {
      const files = { 'policy.xml': portalGlobal(), [orders]: policies('inbound', 'outbound', 'on-error') };
      assert.deepEqual(
        findingOf(files, orders, ruleId).fixes.map(({ title }) => title),
        ['Add the backend section with <base />: inherits forward-request from global scope for certain'],
      );
    });
    it('is not offered where there is no section to put them beside', () => {
      assert.deepEqual(findingOf({ ...global, [orders]: '<policies />' }, orders, ruleId).fixes, []);
    });
  });

  it('is silent on a policy with every section', () => {
    assert.deepEqual(lintAll({ ...global, [orders]: definition('    <base />') }), []);
  });
});
