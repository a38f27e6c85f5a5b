import assert from 'node:assert/strict';
import { chainsOf, openFiles, placesOf, workspaceFindingsOf } from '../../support/placements';
import { definition } from '../../support/policies';

const policy = definition('    <base />');
const root = '/repo/api-management';

function apiConfiguration(name: string, settings: object): string {
  const $refPolicy = { '$ref-policy': `api-management/policies/apis/${name}.xml` };
  return JSON.stringify({ name: 'Echo API', subscriptionRequired: false, ...$refPolicy, ...settings });
}

const current = 'Echo_API__1[Current]_echo-W0HK9O';
const second = 'Echo_API__2_echo-api-rev-2';
const operationFile = 'GET__resource-cached_echo18O5IE6';

const service = {
  [`${root}/policies/global.xml`]: policy,
  [`${root}/policies/apis/${current}.xml`]: policy,
  [`${root}/policies/apis/${second}/operations/${operationFile}.xml`]: policy,
  [`${root}/policies/products/Unlimited.xml`]: policy,
  [`${root}/apis/${current}/configuration.json`]: apiConfiguration(current, {
    id: '/apis/echo-api',
    apiRevision: '1',
    isCurrent: true,
  }),
  [`${root}/apis/${second}/configuration.json`]: apiConfiguration(second, {
    id: '/apis/echo-api',
    apiRevision: '2',
    operations: [
      {
        id: '/apis/echo-api;rev=2/operations/retrieve-resource-cached',
        method: 'GET',
        urlTemplate: '/resource-cached',
        '$ref-policy': `api-management/policies/apis/${second}/operations/${operationFile}.xml`,
      },
    ],
  }),
  [`${root}/products/Unlimited/configuration.json`]: JSON.stringify({
    id: '/products/unlimited',
    subscriptionRequired: true,
    '$refs-apis': [`api-management/apis/${current}/configuration.json`],
  }),
};

describe('layout of the service’s own Git repository', () => {
  it('takes ids and revisions from the configuration files', () => {
    const how = '(certain: Git repository of the service, id from configuration.json)';
    assert.deepEqual(placesOf(service), [
      `${root}/policies/apis/${current}.xml: API echo-api ${how}`,
      `${root}/policies/apis/${second}/operations/${operationFile}.xml: operation retrieve-resource-cached of API echo-api (revision 2) ${how}`,
      `${root}/policies/global.xml: global scope (certain: Git repository of the service)`,
      `${root}/policies/products/Unlimited.xml: product unlimited ${how}`,
    ]);
  });
  it('knows which APIs a product holds, and takes a missing parent for unknown', () => {
    assert.deepEqual(chainsOf(service, `${root}/policies/apis/${current}.xml`), [
      `-: ${root}/policies/apis/${current}.xml, ${root}/policies/global.xml`,
      `unlimited: ${root}/policies/apis/${current}.xml, ${root}/policies/products/Unlimited.xml, ${root}/policies/global.xml`,
    ]);
    const [withoutProduct] = chainsOf(service, `${root}/policies/apis/${second}/operations/${operationFile}.xml`);
    assert.match(withoutProduct ?? '', /API echo-api \(revision 2\) unknown/);
  });
  it('reads the operations of an API', () => {
    const facts = openFiles(service).placed(`${root}/policies/global.xml`)?.service.facts;
    assert.deepEqual(facts?.apis.get('echo-api;rev=2')?.operations, [
      { id: 'retrieve-resource-cached', method: 'GET', urlTemplate: '/resource-cached' },
    ]);
  });
  it('takes the name of the file for the id where there is no configuration, and says so', () => {
    const files = {
      [`${root}/policies/apis/POST__api[1.xml`]: policy,
      [`${root}/policies/apis/POST__api[1/operations/x.xml`]: policy,
    };
    const how = '(derived: Git repository of the service, no configuration.json, so the file’s name is the id)';
    assert.deepEqual(placesOf(files), [
      `${root}/policies/apis/POST__api[1.xml: API POST__api[1 ${how}`,
      `${root}/policies/apis/POST__api[1/operations/x.xml: operation x of API POST__api[1 ${how}`,
    ]);
  });
  it('says where a configuration cannot be read', () => {
    const files = { ...service, [`${root}/apis/${current}/configuration.json`]: '{ "id": ' };
    assert.deepEqual(workspaceFindingsOf(files), [
      `${root}/apis/${current}/configuration.json: This file is not valid JSON (value expected), so what it says of ${current} counts as unknown. Correct it, or extract it again.`,
    ]);
  });
  it('is no folder of that name alone, nor a folder of another name', () => {
    assert.deepEqual(
      placesOf({ '/repo/configuration/policies/apis/orders.xml': policy, [`${root}/readme/policies/x.xml`]: policy }),
      [
        `${root}/readme/policies/x.xml: unknown scope (guessed: no known folder layout; name its scope in apim-policy.config.json)`,
        '/repo/configuration/policies/apis/orders.xml: API orders (guessed: the folder apis hints at it)',
      ],
    );
  });
  it('comes in any case', () => {
    const files = { '/repo/API-Management/Policies/Global.XML': policy };
    assert.deepEqual(placesOf(files), [
      '/repo/API-Management/Policies/Global.XML: global scope (certain: Git repository of the service)',
    ]);
  });
});
