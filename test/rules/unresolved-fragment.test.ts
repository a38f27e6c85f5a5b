import assert from 'node:assert/strict';
import { definition } from '../support/policies';
import { applyFix, findingOf, lint, lintAll } from '../support/service';

const api = 'apis/orders/policy.xml';
const include = (id: string): string => definition(`    <base />\n    <include-fragment fragment-id="${id}" />`);
const log = { 'policy fragments/log/policy.xml': '<fragment><trace source="log" /></fragment>' };
const stored = {
  'policyFragments/stored/policyFragmentInformation.json': '{ "properties": { "value": "<fragment />" } }',
};

describe('unresolved-fragment', () => {
  it('warns of a fragment that the service does not have', () => {
    assert.deepEqual(lint({ ...log, [api]: include('audit') }, api), ['warning unresolved-fragment "audit"']);
    assert.equal(
      findingOf({ ...log, [api]: include('audit') }, api, 'unresolved-fragment').message,
      'The files of the service have no policy fragment "audit". What it brings in is not known, and a deployment fails where the service has no such fragment either. Correct the id, or extract the fragment.',
    );
  });
  it('warns in fragments, and in conditions', () => {
    const nested =
      '<fragment><choose><when condition="@(true)"><include-fragment fragment-id="no" /></when></choose></fragment>';
    const files = { ...log, [api]: include('nested'), 'policy fragments/nested/policy.xml': nested };
    assert.ok(lint(files, 'policy fragments/nested/policy.xml').includes('warning unresolved-fragment "no"'));
  });
  it('does not take the fragment of a workspace for the service’s', () => {
    const own = { 'workspaces/sales/policy fragments/audit/policy.xml': '<fragment />' };
    const files = { ...log, ...own, [api]: include('audit') };
    assert.deepEqual(lint(files, api), ['warning unresolved-fragment "audit"']);
  });
  it('offers the nearest id', () => {
    const after = applyFix({ ...log, [api]: include('logs') }, api, 'unresolved-fragment', 'use-closest');
    assert.equal(after[api], include('log'));
    assert.deepEqual(lint(after, api), []);
    assert.deepEqual(findingOf({ ...log, [api]: include('other') }, api, 'unresolved-fragment').fixes, []);
  });

  const silent: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'for one that is there, in any case': { ...log, [api]: include('LOG') },
    'for one whose text is in its information file': { ...stored, [api]: include('stored') },
    'where the workspace holds no fragments': { [api]: include('audit') },
    'where the file belongs to no service': { 'somewhere/a.xml': include('audit'), 'somewhere/b.xml': '<fragment />' },
    'for ids that are filled in at deployment': {
      ...log,
      [api]: definition(
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the text has Terraform's placeholders.
        ['${id}', '{id}', '{{id}}', '#id#', '__ID__'].map((id) => `<include-fragment fragment-id="${id}" />`).join(''),
      ),
    },
    'in comments': { ...log, [api]: definition('<!-- <include-fragment fragment-id="no" /> -->') },
    'of a workspace for the service’s': { ...log, 'workspaces/sales/policy.xml': include('log') },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      assert.deepEqual(
        lintAll(files).filter((line) => line.includes('unresolved')),
        [],
      );
    });
  }
  it('stays silent where a file that may hold it cannot be read', () => {
    const files = {
      ...log,
      'policy fragments/audit/policyFragmentInformation.json': '{ broken',
      [api]: include('audit'),
    };
    assert.deepEqual(lint(files, api), []);
  });
});
