import assert from 'node:assert/strict';
import { chainsOf, placeOf, placesOf } from '../../support/placements';
import { definition } from '../../support/policies';

const policy = definition('    <base />');

describe('of several layouts that could have a file', () => {
  it('APIOps comes before the Git repository of the service', () => {
    const files = {
      '/repo/api-management/apis/orders/policy.xml': policy,
      '/repo/api-management/apis/orders/configuration.json': '{ "id": "/apis/other" }',
      '/repo/api-management/policies/apis/orders.xml': policy,
    };
    assert.deepEqual(placesOf(files), [
      '/repo/api-management/apis/orders/policy.xml: API orders (certain: APIOps layout)',
      '/repo/api-management/policies/apis/orders.xml: API other (certain: Git repository of the service, id from configuration.json)',
    ]);
  });
  it('the Git repository comes before what its folder policies could be else', () => {
    const files = {
      '/repo/api-management/policies/global.xml': policy,
      '/repo/api-management/policies/apis/api.xml': policy,
      '/repo/api-management/policies/apis/orders-apiPolicy.xml': policy,
    };
    assert.deepEqual(
      placesOf(files).map((place) => place.replace(/.*policies\//, '').replace(/ \(.*/, '')),
      ['apis/api.xml: API api', 'apis/orders-apiPolicy.xml: API orders-apiPolicy', 'global.xml: global scope'],
    );
  });
  it('folders of apim-policy-update and files of the resource kit stand side by side', () => {
    const files = {
      '/repo/policies/globalServicePolicy.xml': policy,
      '/repo/policies/orders/api.xml': policy,
      '/repo/policies/orders-apiPolicy.xml': policy,
    };
    assert.equal(
      placeOf(files, '/repo/policies/orders/api.xml'),
      'API orders (certain: folders of the action apim-policy-update)',
    );
    assert.equal(
      placeOf(files, '/repo/policies/orders-apiPolicy.xml'),
      'API orders (certain: resource kit, by its name)',
    );
  });
  it('one in a folder that looks like half of another is left to hints', () => {
    const halves = {
      '/a/policies/apis/orders.xml': policy,
      '/b/apis/orders.xml': policy,
      '/c/policies/products/starter.xml': policy,
      '/d/policy.xml': policy,
      '/e/policies/orders/operations/get.xml': policy,
      '/f/products/starter/apis/orders/productApiInformation.json': '{}',
      '/f/policy.xml': policy,
    };
    assert.deepEqual(
      placesOf(halves).map((place) => place.replace(/ hints at it/, '')),
      [
        '/a/policies/apis/orders.xml: API orders (guessed: the folder apis)',
        '/b/apis/orders.xml: API orders (guessed: the folder apis)',
        '/c/policies/products/starter.xml: product starter (guessed: the folder products)',
        '/d/policy.xml: unknown scope (guessed: no known folder layout; name its scope in apim-policy.config.json)',
        '/e/policies/orders/operations/get.xml: operation get of API (id unknown) (guessed: the folder operations)',
        // A product's list of APIs is what an extractor writes: this one is whole, if small.
        '/f/policy.xml: global scope (certain: APIOps layout)',
      ],
    );
  });
  it('Terraform and Bicep code make none certain', () => {
    const files = {
      '/repo/infra/main.tf': 'resource "azurerm_api_management_api_policy" "x" { xml_content = file("policy.xml") }',
      '/repo/infra/main.bicep': "var policy = loadTextContent('policy.xml')",
      '/repo/infra/policy.xml': policy,
      '/repo/src/domains/fdr/api/node/v1/_base_policy.xml.tpl': policy,
      '/repo/src/domains/fdr/api_product/node/_base_policy.xml': policy,
    };
    assert.deepEqual(
      placesOf(files).filter((place) => !place.includes('unknown scope (guessed')),
      [],
    );
  });
});

describe('environments side by side', () => {
  it('stay apart, whatever their layouts', () => {
    const files = {
      '/repo/dev/policy.xml': policy,
      '/repo/dev/apis/orders/policy.xml': policy,
      '/repo/test/policies/globalServicePolicy.xml': policy,
      '/repo/test/policies/orders-apiPolicy.xml': policy,
      '/repo/prod/api-management/policies/apis/orders.xml': policy,
      '/repo/stage/policies/orders/api.xml': policy,
    };
    assert.deepEqual(
      Object.keys(files).flatMap((path) => (path.includes('orders') ? chainsOf(files, path) : [])),
      [
        '-: /repo/dev/apis/orders/policy.xml, /repo/dev/policy.xml',
        '-: /repo/test/policies/orders-apiPolicy.xml, /repo/test/policies/globalServicePolicy.xml',
        '-: /repo/prod/api-management/policies/apis/orders.xml, global scope unknown',
        '-: /repo/stage/policies/orders/api.xml, global scope unknown',
      ],
    );
  });
  it('are found without regard to case', () => {
    const files = {
      '/repo/POLICIES/GlobalServicePolicy.xml': policy,
      '/repo/POLICIES/Orders-APIPolicy.XML': policy,
      '/repo/Policies2/Orders/API.xml': policy,
      '/else/Policies/Orders/API.xml': policy,
    };
    assert.deepEqual(
      placesOf(files).map((place) => place.replace(/ \((certain|derived|guessed).*/, '')),
      [
        '/else/Policies/Orders/API.xml: API Orders',
        '/repo/POLICIES/GlobalServicePolicy.xml: global scope',
        '/repo/POLICIES/Orders-APIPolicy.XML: API Orders',
        '/repo/Policies2/Orders/API.xml: API (id unknown)',
      ],
    );
  });
});
