import assert from 'node:assert/strict';
import { chainsOf, placeOf, placesOf, workspaceFindingsOf } from '../../support/placements';
import { definition } from '../../support/policies';

const policy = definition('    <base />');

const placed: readonly (readonly [name: string, expected: string])[] = [
  ['global.xml', 'global scope (certain: .global in its name)'],
  ['global.cshtml', 'global scope (certain: .global in its name)'],
  ['good.global.cshtml', 'global scope (certain: .global in its name)'],
  ['orders.api.xml', 'API orders (certain: .api in its name)'],
  ['orders.v2.api.xml', 'API orders.v2 (certain: .api in its name)'],
  ['orders.get-order.operation.xml', 'operation get-order of API orders (certain: .operation in its name)'],
  ['validate.operation.cshtml', 'operation validate of API (id unknown) (certain: .operation in its name)'],
  ['missing-base.product.cshtml', 'product missing-base (certain: .product in its name)'],
  ['sales.workspace.xml', 'workspace sales (certain: .workspace in its name)'],
  ['Orders.API.XML', 'API Orders (certain: .api in its name)'],
];

describe('scope at the end of a name', () => {
  for (const [name, expected] of placed) {
    it(`places ${name}`, () => assert.equal(placeOf({ [`/repo/src/${name}`]: policy }, `/repo/src/${name}`), expected));
  }
  it('places a fragment', () => {
    const path = '/repo/good.fragment.cshtml';
    assert.equal(placeOf({ [path]: '<fragment />' }, path), 'fragment good (certain: .fragment in its name)');
  });

  it('makes a folder a service, with its folders for APIs and products', () => {
    const files = {
      '/repo/dev/global.xml': policy,
      '/repo/dev/orders.api.xml': policy,
      '/repo/dev/operations/orders.get.operation.xml': policy,
      '/repo/prod/orders.api.xml': policy,
    };
    assert.deepEqual(chainsOf(files, '/repo/dev/operations/orders.get.operation.xml'), [
      '-: /repo/dev/operations/orders.get.operation.xml, /repo/dev/orders.api.xml, /repo/dev/global.xml',
    ]);
    assert.deepEqual(chainsOf(files, '/repo/prod/orders.api.xml'), [
      '-: /repo/prod/orders.api.xml, global scope unknown',
    ]);
  });
  it('joins what a project file maps', () => {
    const files = {
      '/repo/apim-policy.config.json': '{ "scopes": [{ "glob": "more/{api}.xml", "scope": "api" }] }',
      '/repo/policies/global.xml': policy,
      '/repo/more/orders.xml': policy,
    };
    assert.deepEqual(chainsOf(files, '/repo/more/orders.xml'), ['-: /repo/more/orders.xml, /repo/policies/global.xml']);
  });
  it('says where two files claim one scope', () => {
    assert.deepEqual(workspaceFindingsOf({ '/repo/a.global.xml': policy, '/repo/b.global.xml': policy }), [
      '/repo/b.global.xml: a.global.xml and b.global.xml both hold the policy of global scope. The former counts, being the first by path, so this file takes no part in other policies. Remove one of them, or name the right one under "scopes" in apim-policy.config.json.',
    ]);
  });
  it('is no scope without a text that is a policy', () => {
    const files = { '/repo/page.api.cshtml': '@page\n@model Index', '/repo/web.api.xml': '<project />' };
    assert.deepEqual(placesOf(files), []);
  });
  it('never competes with the policies of a service in whose root it would be', () => {
    const services: Readonly<Record<string, string>> = {
      '/repo/apis/orders.api.xml': '/repo/apis/orders/policy.xml',
      '/repo/orders.api.xml': '/repo/policies/orders-apiPolicy.xml',
      '/repo/apis/Orders.API.cshtml': '/repo/policies/orders/api.xml',
    };
    for (const [named, policyOfService] of Object.entries(services)) {
      const files = { [named]: policy, [policyOfService]: policy };
      assert.match(placeOf(files, named), /API .* \(guessed: /, named);
      assert.deepEqual(workspaceFindingsOf(files), []);
    }
  });
  it('never competes with the policies of an APIOps folder', () => {
    const files = {
      '/repo/apis/orders/policy.xml': policy,
      '/repo/apis/orders/orders.api.xml': policy,
      '/repo/policy.xml': policy,
      '/repo/global.xml': policy,
    };
    assert.deepEqual(placesOf(files), [
      '/repo/apis/orders/orders.api.xml: API orders (guessed: in a folder of the APIOps layout, under another name than policy.xml)',
      '/repo/apis/orders/policy.xml: API orders (certain: APIOps layout)',
      '/repo/global.xml: global scope (guessed: its name hints at it)',
      '/repo/policy.xml: global scope (certain: APIOps layout)',
    ]);
    assert.deepEqual(workspaceFindingsOf(files), []);
    assert.deepEqual(chainsOf(files, '/repo/apis/orders/policy.xml'), [
      '-: /repo/apis/orders/policy.xml, /repo/policy.xml',
    ]);
  });
});
