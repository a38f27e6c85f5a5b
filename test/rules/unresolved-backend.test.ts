import assert from 'node:assert/strict';
import { definition } from '../support/policies';
import { applyFix, findingOf, lint, lintAll } from '../support/service';

const api = 'apis/orders/policy.xml';
const use = (id: string): string => definition(`    <base />\n    <set-backend-service backend-id="${id}" />`);
const known = { 'backends/orders/backendInformation.json': '{ "properties": {} }' };

describe('unresolved-backend', () => {
  it('warns of an id that is not there', () => {
    assert.deepEqual(lint({ ...known, [api]: use('billing') }, api), ['warning unresolved-backend "billing"']);
    assert.match(
      findingOf({ ...known, [api]: use('billing') }, api, 'unresolved-backend').message,
      /^The files of the service have no backend "billing"\. .* Correct the id, or add the backend\.$/,
    );
  });
  it('warns of the service’s in a workspace, and says so', () => {
    const path = 'workspaces/sales/policy.xml';
    assert.match(
      findingOf({ ...known, [path]: use('orders') }, path, 'unresolved-backend').message,
      /^The backend "orders" is the service’s, which policies of workspace sales cannot use\./,
    );
  });
  it('offers the nearest id', () => {
    const after = applyFix({ ...known, [api]: use('order') }, api, 'unresolved-backend', 'use-closest');
    assert.equal(after[api], use('orders'));
    assert.deepEqual(lint(after, api), []);
  });

  const silent: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'for one that is there, in any case': { ...known, [api]: use('Orders') },
    'where the workspace holds none': { [api]: use('billing') },
    'for expressions': { ...known, [api]: use('@((string)context.Variables.GetValueOrDefault("a", ""))') },
    'for ids that are filled in at deployment': { ...known, [api]: use('{a}') },
    'for an empty id': { ...known, [api]: use('') },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(files), []));
  }
});
