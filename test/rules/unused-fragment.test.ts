import assert from 'node:assert/strict';
import { definition } from '../support/policies';
import { findingOf, lint, lintAll } from '../support/service';

const api = 'apis/orders/policy.xml';
const fragment = 'policy fragments/log/policy.xml';
const log = { [fragment]: '<fragment><trace source="log" /></fragment>' };
const include = (id: string): string => definition(`    <base />\n    <include-fragment fragment-id="${id}" />`);

describe('unused-fragment', () => {
  it('informs of a fragment that nothing includes', () => {
    const files = { ...log, [api]: definition('    <base />') };
    assert.deepEqual(lint(files, fragment), ['information unused-fragment "fragment"']);
    assert.equal(
      findingOf(files, fragment, 'unused-fragment').message,
      'No policy of the service includes the fragment "log". Remove it, or include it with <include-fragment fragment-id="log" />.',
    );
  });
  it('does not count the fragment itself, comments, or another service', () => {
    const files = {
      'a/policy fragments/log/policy.xml': '<fragment><include-fragment fragment-id="log" /></fragment>',
      [`a/${api}`]: definition('    <!-- <include-fragment fragment-id="log" /> -->'),
      [`b/${api}`]: include('log'),
    };
    assert.ok(lint(files, 'a/policy fragments/log/policy.xml').includes('information unused-fragment "fragment"'));
  });
  it('does not count a workspace that has a fragment of the same id', () => {
    const files = {
      ...log,
      'workspaces/sales/policy fragments/log/policy.xml': '<fragment />',
      'workspaces/sales/policy.xml': include('log'),
    };
    assert.deepEqual(lintAll(files), [`${fragment}: information unused-fragment "fragment"`]);
  });

  const silent: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'where a policy includes it, in any case': { ...log, [api]: include('LOG') },
    'where a workspace includes it': { ...log, 'workspaces/sales/policy.xml': include('log') },
    'where a fragment in an information file includes it': {
      ...log,
      [api]: include('outer'),
      'policyFragments/outer/policyFragmentInformation.json': JSON.stringify({
        properties: { value: '<fragment><include-fragment fragment-id="log" /></fragment>' },
      }),
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text has Terraform's placeholders.
    'where some inclusion may mean any fragment': { ...log, [api]: include('${name}') },
    'where the folder holds fragments alone': { ...log, 'policy fragments/other/policy.xml': '<fragment />' },
    'where nothing is known of the file': { 'somewhere/log.xml': '<fragment />' },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(files), []));
  }
});
