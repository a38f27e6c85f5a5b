import assert from 'node:assert/strict';
import { describeScope } from '../../../server/src/core';
import { definition } from '../../support/policies';
import { absolute, openService, relative, type ServiceFiles } from '../../support/service';

const policy = definition('    <base />');

/** `path: scope (confidence)` of every document. */
function scopesOf(files: ServiceFiles): readonly string[] {
  return [...openService(files).model().documents.values()].map(({ path, placement }) => {
    const what =
      placement.kind === 'definition'
        ? describeScope(placement.scope)
        : placement.kind === 'fragment'
          ? `fragment ${placement.fragmentId}`
          : placement.kind;
    return `${relative(path)}: ${what} (${placement.confidence})`;
  });
}

/** The chains of a document: `product: scope state, …`. */
function chainsOf(files: ServiceFiles, path: string): readonly string[] {
  return openService(files)
    .effectivePolicies(absolute(path))
    .map(({ chain }) => {
      const links = chain.links.map(({ scope, state }) => `${scope.kind} ${state}`);
      return `${chain.product ?? '-'}: ${links.join(', ')}`;
    });
}

const placed: readonly (readonly [path: string, expected: string])[] = [
  ['policy.xml', 'global scope (certain)'],
  ['products/starter/policy.xml', 'product starter (certain)'],
  ['apis/orders/policy.xml', 'API orders (certain)'],
  ['apis/orders;rev=2/policy.xml', 'API orders (revision 2) (certain)'],
  ['apis/orders/operations/get-order/policy.xml', 'operation get-order of API orders (certain)'],
  ['apis/orders;rev=2/operations/get-order/policy.xml', 'operation get-order of API orders (revision 2) (certain)'],
  ['apis/orders/resolvers/film/policy.xml', 'resolver (certain)'],
  ['workspaces/sales/policy.xml', 'workspace sales (certain)'],
  ['workspaces/sales/apis/orders/policy.xml', 'API orders (certain)'],
  ['policy fragments/cors/policy.xml', 'fragment cors (certain)'],
  ['policyFragments/cors/policy.xml', 'fragment cors (certain)'],
  ['policy_fragments/cors/policy.xml', 'fragment cors (certain)'],
  ['apis/orders/another.xml', 'API orders (guessed)'],
  ['docs/example.xml', 'unknown scope (guessed)'],
];

describe('APIOps layout', () => {
  for (const [path, expected] of placed) {
    it(`places ${path}`, () => {
      const text = expected.startsWith('fragment') ? '<fragment />' : policy;
      const files = { 'apis/other/policy.xml': policy, [path]: text };
      assert.ok(scopesOf(files).includes(`${path}: ${expected}`), scopesOf(files).join('\n'));
    });
  }

  it('finds the root above the outermost collection, in folders of any name', () => {
    const files = {
      'environments/dev/apim-dev/apis/orders/policy.xml': policy,
      'environments/dev/apim-dev/policy.xml': policy,
      'environments/test/apim-test/apis/orders/policy.xml': policy,
    };
    const service = openService(files);
    const dev = service.placed(absolute('environments/dev/apim-dev/apis/orders/policy.xml'))?.service.root;
    assert.equal(dev, absolute('environments/dev/apim-dev'));
    assert.deepEqual(chainsOf(files, 'environments/dev/apim-dev/apis/orders/policy.xml'), [
      '-: api present, global present',
    ]);
    assert.deepEqual(chainsOf(files, 'environments/test/apim-test/apis/orders/policy.xml'), [
      '-: api present, global unknown',
    ]);
  });
  it('does not take a folder with a lone policy.xml for a service', () => {
    assert.deepEqual(scopesOf({ 'lab/policy.xml': policy }), ['lab/policy.xml: unknown scope (guessed)']);
  });

  describe('product membership', () => {
    const api = { 'apis/orders/policy.xml': policy, 'policy.xml': policy };
    const chains = ['-: api present, global present', 'starter: api present, product absent, global present'];
    const forms: Readonly<Record<string, ServiceFiles>> = {
      'apis.json (v4, v5, apiops-cli)': { 'products/starter/apis.json': '[{ "name": "orders" }]' },
      'a folder per API (v6, v7)': { 'products/starter/apis/orders/productApiInformation.json': '{}' },
      'a link with apiId': {
        'products/starter/apis/link-1/productApiInformation.json': '{ "properties": { "apiId": "/apis/orders" } }',
      },
      'snake case': { 'products/starter/apis/orders/product_api_information.json': '{}' },
      'the project file': { 'apim-policy.config.json': '{ "products": { "starter": { "apis": ["orders"] } } }' },
      'two formats at once, counted once': {
        'products/starter/apis.json': '\uFEFF[{ "name": "Orders" }]',
        'products/starter/apis/orders/productApiInformation.json': '{}',
      },
    };
    for (const [title, files] of Object.entries(forms)) {
      it(`is read from ${title}`, () =>
        assert.deepEqual(chainsOf({ ...api, ...files }, 'apis/orders/policy.xml'), chains));
    }
    it('belongs to the API, whatever its revision', () => {
      const files = {
        ...api,
        'apis/orders;rev=2/policy.xml': policy,
        'products/starter/apis.json': '[{ "name": "orders" }]',
      };
      assert.equal(chainsOf(files, 'apis/orders;rev=2/policy.xml').length, 2);
    });
    it('survives a list that is no list', () => {
      assert.equal(chainsOf({ ...api, 'products/starter/apis.json': '{"a":' }, 'apis/orders/policy.xml').length, 1);
    });
  });

  describe('a missing parent', () => {
    const operation = { 'apis/orders/operations/get/policy.xml': policy };
    it('is absent for an API, and unknown for the global policy of a folder without service-level artifacts', () => {
      assert.deepEqual(chainsOf(operation, 'apis/orders/operations/get/policy.xml'), [
        '-: operation present, api absent, global unknown',
      ]);
    });
    it('is absent for the global policy where an extractor wrote other artifacts of the service', () => {
      const files = { ...operation, 'loggers/insights/loggerInformation.json': '{}' };
      assert.deepEqual(chainsOf(files, 'apis/orders/operations/get/policy.xml'), [
        '-: operation present, api absent, global absent',
      ]);
    });
    it('is absent where the project file says so', () => {
      const files = { ...operation, 'apim-policy.config.json': '{ "absent": ["global"] }' };
      assert.deepEqual(chainsOf(files, 'apis/orders/operations/get/policy.xml'), [
        '-: operation present, api absent, global absent',
      ]);
    });
    it('is unknown where its file holds no policy, and the file has a finding', () => {
      for (const text of ['', '<!-- later -->', '<inbound />', '\0\0']) {
        const files = { ...operation, 'apis/orders/policy.xml': text };
        const service = openService(files);
        const [policyOfOperation] = service.effectivePolicies(absolute('apis/orders/operations/get/policy.xml'));
        assert.deepEqual(
          policyOfOperation?.sections.inbound.map(({ kind }) => kind),
          ['unknown'],
        );
        assert.deepEqual(
          service.findings(absolute('apis/orders/policy.xml')).map(({ ruleId }) => ruleId),
          ['not-a-policy'],
        );
      }
    });
    it('is unknown where its file cannot be read', () => {
      const service = openService({ ...operation, 'loggers/insights/loggerInformation.json': '{}' });
      service.store.setUnreadable(absolute('policy.xml'), 'permission is denied');
      const [policyOfOperation] = service.effectivePolicies(absolute('apis/orders/operations/get/policy.xml'));
      assert.equal(policyOfOperation?.chain.links.at(-1)?.state, 'unknown');
    });
    it('is unknown where its folder cannot be listed', () => {
      const service = openService({
        ...operation,
        'apim-policy.config.json': '{ "products": { "p": { "apis": ["orders"] } } }',
      });
      service.store.setUnreadable(absolute('products/p'), 'permission is denied');
      const [, throughProduct] = service.effectivePolicies(absolute('apis/orders/operations/get/policy.xml'));
      assert.deepEqual(
        throughProduct?.chain.links.map(({ scope, state }) => `${scope.kind} ${state}`),
        ['operation present', 'api absent', 'product unknown', 'global unknown'],
      );
    });
  });

  it('puts the workspace between the API and global scope', () => {
    const files = {
      'workspaces/sales/apis/orders/policy.xml': policy,
      'workspaces/sales/policy.xml': policy,
      'policy.xml': policy,
    };
    assert.deepEqual(chainsOf(files, 'workspaces/sales/apis/orders/policy.xml'), [
      '-: api present, workspace present, global present',
    ]);
  });

  describe('versioning', () => {
    const information = (id: string) => `{ "properties": { "apiVersionSetId": "${id}" } }`;
    const scheme = (name: string) => `{ "properties": { "versioningScheme": "${name}" } }`;
    const versioningOf = (files: ServiceFiles, key: string) =>
      openService({ 'apis/orders/policy.xml': policy, ...files })
        .placed(absolute('apis/orders/policy.xml'))
        ?.service.facts.apis.get(key)?.versioning;

    it('comes from the version set of the service, in every spelling', () => {
      for (const path of [
        'version sets/v/versionSetInformation.json',
        'versionSets/V/apiVersionSetInformation.json',
        'version_sets/v/version_set_information.json',
      ]) {
        const files = {
          'apis/orders/apiInformation.json': information('/apiVersionSets/v'),
          [path]: scheme('Segment'),
        };
        assert.equal(versioningOf(files, 'orders'), 'path', path);
      }
    });
    it('is none for the original version of a set, which is reached without one', () => {
      const files = {
        'apis/orders/apiInformation.json':
          '{ "properties": { "apiVersion": "", "apiVersionSetId": "/apiVersionSets/v" } }',
        'version sets/v/versionSetInformation.json': scheme('Header'),
      };
      assert.equal(versioningOf(files, 'orders'), undefined);
    });
    it('of an API in a workspace comes from the workspace first', () => {
      const files = {
        'workspaces/sales/apis/leads/apiInformation.json': information('/workspaces/sales/apiVersionSets/v'),
        'workspaces/sales/version sets/v/versionSetInformation.json': scheme('Query'),
        'workspaces/hr/apis/people/apiInformation.json': information('/apiVersionSets/v'),
        'version sets/v/versionSetInformation.json': scheme('Header'),
      };
      assert.equal(versioningOf(files, 'workspaces/sales/leads'), 'query');
      assert.equal(versioningOf(files, 'workspaces/hr/people'), 'header');
    });
    it('is not known without the version set, or with a scheme of another kind', () => {
      const api = { 'apis/orders/apiInformation.json': information('v') };
      assert.equal(versioningOf(api, 'orders'), undefined);
      const other = { ...api, 'version sets/v/versionSetInformation.json': scheme('Fragment') };
      assert.equal(versioningOf(other, 'orders'), undefined);
    });
  });

  describe('operations', () => {
    const operationsOf = (files: ServiceFiles) =>
      openService({ 'apis/orders/policy.xml': policy, ...files })
        .placed(absolute('apis/orders/policy.xml'))
        ?.service.facts.apis.get('orders')
        ?.operations?.map(({ id, method, urlTemplate }) => `${id}: ${method} ${urlTemplate}`);

    it('come from OpenAPI 3 in YAML', () => {
      const specification = `openapi: 3.0.1
paths:
  /orders/{id}:
    parameters: []
    get: { operationId: get-order }
    options: { operationId: preflight }
`;
      assert.deepEqual(operationsOf({ 'apis/orders/specification.yaml': specification }), [
        'get-order: GET /orders/{id}',
        'preflight: OPTIONS /orders/{id}',
      ]);
    });
    it('come from Swagger 2 in JSON, with the id that an import makes where there is none', () => {
      const specification = '{ "swagger": "2.0", "paths": { "/orders/{id}": { "get": {} } } }';
      assert.deepEqual(operationsOf({ 'apis/orders/specification.json': specification }), [
        'get-orders-id: GET /orders/{id}',
      ]);
    });
    it('come from information files, where there is no specification or beside it', () => {
      const information = (method: string) => JSON.stringify({ properties: { method, urlTemplate: '/orders' } });
      const files = {
        'apis/orders/operations/list/operationInformation.json': information('get'),
        'apis/orders/Operations/create/operation_information.json': information('POST'),
      };
      const described = ['create: POST /orders', 'list: GET /orders'];
      assert.deepEqual(operationsOf(files), described);
      const specification = '{ "openapi": "3.0.0", "paths": { "/all": { "get": { "operationId": "List" } } } }';
      assert.deepEqual(operationsOf({ ...files, 'apis/orders/specification.json': specification }), [
        'List: GET /all',
        'create: POST /orders',
      ]);
      const broken = { ...files, 'apis/orders/operations/cancel/operationInformation.json': '{ "properties": {} }' };
      assert.equal(operationsOf(broken), undefined, 'any operation may be the one that is not known');
    });
    it('are not known where there is no specification, or one that cannot be read', () => {
      assert.equal(operationsOf({}), undefined);
      assert.equal(operationsOf({ 'apis/orders/specification.yaml': 'openapi: [' }), undefined);
    });
    it('are not known where a specification breaks off behind some of them', () => {
      const specification = 'openapi: 3.0.1\npaths:\n  /a:\n    get: { operationId: a }\n  /b: {\n';
      assert.equal(operationsOf({ 'apis/orders/specification.yaml': specification }), undefined);
    });
    it('are read when they are asked for, and again only when their text changes', () => {
      const path = absolute('apis/orders/specification.yaml');
      const specification = (id: string) => `openapi: 3.0.1\npaths: { /a: { get: { operationId: ${id} } } }\n`;
      const service = openService({ 'apis/orders/policy.xml': policy, 'policy.xml': policy });
      const readings: string[] = [];
      const read = service.store.read.bind(service.store);
      service.store.read = (wanted, reader) => {
        if (wanted === path) readings.push(reader.name);
        return read(wanted, reader);
      };
      service.store.setText(path, specification('first'), 1);
      const operations = () =>
        service.placed(absolute('apis/orders/policy.xml'))?.service.facts.apis.get('orders')?.operations;
      service.findings(absolute('apis/orders/policy.xml'));
      assert.deepEqual(readings, []);
      const first = operations();
      assert.deepEqual(
        first?.map(({ id }) => id),
        ['first'],
      );
      service.store.setText(absolute('apis/other/policy.xml'), policy, 1);
      assert.equal(operations(), first);
      service.store.setText(path, specification('second'), 2);
      assert.deepEqual(
        operations()?.map(({ id }) => id),
        ['second'],
      );
    });
  });
});
