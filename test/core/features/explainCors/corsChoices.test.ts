import assert from 'node:assert/strict';
import { definition, portalGlobal, serviceArtifact, shopCors } from '../../../support/policies';
import { absolute, openService, relative, type ServiceFiles } from '../../../support/service';

const orders = 'apis/orders/policy.xml';
const text = definition(`    <base />\n${shopCors}`);
const files: ServiceFiles = {
  ...serviceArtifact,
  'apim-policy.config.json':
    '{ "cors": { "origins": ["https://team.contoso.com"], "portalOrigins": ["https://developers.contoso.com"] } }',
  'policy.xml': portalGlobal(),
  [orders]: text,
  'apis/orders/specification.yaml':
    'openapi: 3.0.1\npaths:\n  /orders:\n    get: { operationId: list-orders }\n    post: { operationId: create-order }\n',
  'apis/orders/operations/create-order/policy.xml': definition('    <base />'),
  'apis/orders/operations/hidden/policy.xml': definition('    <base />'),
  'apis/catalog/policy.xml': definition('    <base />'),
  'products/starter/policy.xml': definition('    <base />'),
  'products/starter/productInformation.json': '{ "properties": { "subscriptionRequired": false } }',
  'products/starter/apis.json': '[{ "name": "orders" }]',
  'policy fragments/basic/policy.xml': '<fragment>\n  <cors />\n</fragment>\n',
  'apis/basic/policy.xml': definition('    <include-fragment fragment-id="basic" />'),
};

function choices(path: string, offset?: number) {
  const found = openService(files).corsChoices(absolute(path), offset);
  assert.ok(found, `${path} is a policy`);
  return found;
}

describe('choices for a CORS request', () => {
  it('come from the project file, the policies on the way, and the usual local pages, each with its reason', () => {
    const { origins } = choices(orders);
    assert.deepEqual(
      origins.map(({ origin, from }) => `${origin} (${from})`),
      [
        'https://team.contoso.com (project file)',
        'https://shop.contoso.com (API orders)',
        'https://contoso.developer.azure-api.net (global scope)',
        'https://developers.contoso.com (project file: developer portal)',
        'http://localhost:3000 (a page on your computer)',
        'http://localhost:4200 (a page on your computer (Angular))',
        'http://localhost:5173 (a page on your computer (Vite))',
        'https://other.example.com (a site that nobody listed)',
        'null (a file, or a sandboxed frame)',
      ],
    );
  });

  it('begin with the origin of the cors that one asks from', () => {
    const { origins, initial } = choices(orders, text.indexOf('<cors') + 2);
    assert.equal(origins[0]?.origin, 'https://shop.contoso.com');
    assert.equal(initial.origin, 'https://shop.contoso.com');
    assert.equal(choices(orders, text.indexOf('<inbound>')).initial.origin, 'https://team.contoso.com');
  });

  it('know operations of the specification and those that only have a policy', () => {
    assert.deepEqual(
      choices(orders).operations.map(({ id, method, hasOwnPolicy }) => [id, method, hasOwnPolicy]),
      [
        ['list-orders', 'GET', false],
        ['create-order', 'POST', true],
        ['hidden', undefined, true],
      ],
    );
    const own = choices('apis/orders/operations/create-order/policy.xml');
    assert.deepEqual([own.operations.map(({ id }) => id), own.initial.operation], [['create-order'], 'create-order']);
  });

  it('know the products, and lead from a document to others of its service', () => {
    const { products, documents } = choices(orders);
    assert.deepEqual(products, [{ id: 'starter', subscriptionRequired: false }]);
    assert.deepEqual(
      documents.map(({ path, title }) => [relative(path), title]),
      [
        ['apis/basic/policy.xml', 'API basic'],
        ['apis/catalog/policy.xml', 'API catalog'],
        [orders, 'API orders'],
        ['policy.xml', 'global scope'],
      ],
    );
  });

  it('lead from a product to its APIs, and from a fragment to those that include it', () => {
    const titles = (path: string) => choices(path).documents.map(({ title }) => title);
    assert.deepEqual(titles('products/starter/policy.xml'), ['API orders']);
    assert.deepEqual(titles('policy fragments/basic/policy.xml'), ['API basic']);
    assert.equal(choices('policy fragments/basic/policy.xml').scope, undefined);
  });
});
