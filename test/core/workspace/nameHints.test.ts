import assert from 'node:assert/strict';
import { chainsOf, placeOf } from '../../support/placements';
import { definition } from '../../support/policies';

const policy = definition('    <base />');
const forwarding = '<policies><inbound /><backend><forward-request /></backend></policies>';

const byName: readonly (readonly [path: string, expected: string])[] = [
  ['apim-policies/all-apis.xml', 'global scope (guessed: its name hints at it)'],
  ['policies/global-policy.xml', 'global scope (guessed: its name hints at it)'],
  ['XMLPolicies/GlobalPolicy.xml', 'global scope (guessed: its name hints at it)'],
  ['apim-policies/hr_product.xml', 'product (id unknown) (guessed: its name hints at it)'],
  ['policies/multi-tenant-product1-policy.xml', 'product (id unknown) (guessed: its name hints at it)'],
  ['policies/products/basic.xml', 'product basic (guessed: the folder products hints at it)'],
  ['apim-policies/hr_all_operations.xml', 'API (id unknown) (guessed: its name hints at it)'],
  [
    'apim-policies/hr_get.xml',
    'operation (id unknown) of API (id unknown) (guessed: the HTTP method at the end of its name hints at it)',
  ],
  [
    'policy-files/api-op-get-sessions-policy.xml',
    'operation (id unknown) of API (id unknown) (guessed: its name hints at it)',
  ],
  [
    'infra/operations/get-order.xml.tpl',
    'operation get-order of API (id unknown) (guessed: the folder operations hints at it)',
  ],
  ['policies/apis/billing-get_products.xml', 'API billing-get_products (guessed: the folder apis hints at it)'],
  ['policies/openai_api_policy.xml', 'API (id unknown) (guessed: its name hints at it)'],
  [
    'src/domains/fdr/_base_policy.xml.tpl',
    'unknown scope (guessed: no known folder layout; name its scope in apim-policy.config.json)',
  ],
  [
    'labs/semantic-caching/policy.xml',
    'unknown scope (guessed: no known folder layout; name its scope in apim-policy.config.json)',
  ],
  ['hr_capital.xml', 'unknown scope (guessed: no known folder layout; name its scope in apim-policy.config.json)'],
];

describe('hints in names', () => {
  for (const [path, expected] of byName) {
    it(`of ${path}`, () => assert.equal(placeOf({ [`/repo/${path}`]: policy }, `/repo/${path}`), expected));
  }
  it('of an API beside it', () => {
    const files = { '/repo/protected-api.xml': policy, '/repo/protected-api.get-jwt-token.xml': policy };
    assert.equal(
      placeOf(files, '/repo/protected-api.get-jwt-token.xml'),
      'operation get-jwt-token of API protected-api (guessed: the file protected-api.xml beside it hints at it)',
    );
  });
  it('make no file a parent of others, and no parent absent', () => {
    const files = { '/repo/policies/global-policy.xml': policy, '/repo/policies/hr_get.xml': policy };
    assert.deepEqual(chainsOf(files, '/repo/policies/hr_get.xml'), [
      '-: /repo/policies/hr_get.xml, API (id unknown) unknown, global scope unknown',
    ]);
  });
});

describe('hints in texts', () => {
  it('tell a fragment, whose id is its name, and a resolver', () => {
    const path = '/repo/policies/fragments/pf-cors.xml';
    const reason = 'its first element; the id is the file’s name';
    assert.equal(placeOf({ [path]: '<fragment />' }, path), `fragment pf-cors (guessed: ${reason})`);
    const resolver = '/repo/resolvers/query-films.xml';
    assert.equal(placeOf({ [resolver]: '<http-data-source />' }, resolver), 'resolver (certain: its first element)');
  });
  it('tell what only products and global policies have', () => {
    const quota = policy.replace('<base />', '<base /><quota calls="1" renewal-period="60" />');
    assert.equal(
      placeOf({ '/repo/x.xml': quota }, '/repo/x.xml'),
      'product (id unknown) (guessed: it has a quota, which only products take)',
    );
    assert.equal(
      placeOf({ '/repo/x.xml': forwarding }, '/repo/x.xml'),
      'global scope (guessed: it forwards the call and inherits nothing)',
    );
  });
  it('count less than a name', () => {
    assert.match(placeOf({ '/repo/operations/x.xml': forwarding }, '/repo/operations/x.xml'), /^operation x/);
  });
});
