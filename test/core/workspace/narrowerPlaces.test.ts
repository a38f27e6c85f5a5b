import assert from 'node:assert/strict';
import { createLanguageService, DocumentStore } from '../../../server/src/core';
import { createNarrowerPlaces } from '../../../server/src/core/workspace/narrowerPlaces';
import { isNarrowerScope } from '../../../server/src/core/workspace/policyScope';
import { definition } from '../../support/policies';

const files = [
  'policy.xml',
  'apis/orders/policy.xml',
  'apis/orders/operations/get/policy.xml',
  'apis/Orders/operations/list/policy.xml',
  'apis/orders;rev=2/policy.xml',
  'apis/orders;rev=2/operations/get/policy.xml',
  'apis/billing/policy.xml',
  'apis/billing/operations/get/policy.xml',
  'products/starter/policy.xml',
  'workspaces/sales/policy.xml',
  'workspaces/sales/apis/orders/policy.xml',
  'workspaces/sales/apis/orders/operations/get/policy.xml',
];

describe('the definitions below one', () => {
  const store = new DocumentStore();
  const service = createLanguageService(store, (what, error) => {
    throw new Error(what, { cause: error });
  });
  for (const root of ['/prod', '/test']) {
    store.setText(`${root}/apis/orders/apiInformation.json`, '{ "properties": { "path": "orders" } }', 1);
    for (const file of files) store.setText(`${root}/${file}`, definition('    <base />'), 1);
  }
  const narrower = createNarrowerPlaces(service.model);
  const below = (path: string): readonly string[] => {
    const place = service.placed(path);
    return place === undefined ? [] : narrower(place).map((each) => each.path);
  };

  it('are its own operations for an API: of the same revision, workspace and service', () => {
    assert.deepEqual(below('/prod/apis/orders/policy.xml'), [
      '/prod/apis/Orders/operations/list/policy.xml',
      '/prod/apis/orders/operations/get/policy.xml',
    ]);
  });
  it('are those that a look at every definition finds', () => {
    const all = [...service.model().documents.values()];
    assert.equal(all.length, 2 * files.length);
    for (const broad of all) {
      const expected = all.filter(
        ({ placement, service: own }) =>
          own === broad.service &&
          placement.kind === 'definition' &&
          broad.placement.kind === 'definition' &&
          isNarrowerScope(placement.scope, broad.placement.scope),
      );
      assert.deepEqual(
        below(broad.path),
        expected.map(({ path }) => path),
        broad.path,
      );
    }
  });
  it('are others when files have come', () => {
    store.setText('/prod/apis/billing/operations/pay/policy.xml', definition('    <base />'), 1);
    assert.deepEqual(below('/prod/apis/billing/policy.xml'), [
      '/prod/apis/billing/operations/get/policy.xml',
      '/prod/apis/billing/operations/pay/policy.xml',
    ]);
  });
});
