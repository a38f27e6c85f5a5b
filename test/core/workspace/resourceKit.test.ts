import assert from 'node:assert/strict';
import { chainsOf, type Files, openFiles, placeOf, placesOf } from '../../support/placements';
import { definition } from '../../support/policies';

const policy = definition('    <base />');

/** Files in the folder `policies` of an extraction. */
function extracted(names: readonly string[], others: Files = {}): Files {
  return { ...Object.fromEntries(names.map((name) => [`/repo/service/policies/${name}`, policy])), ...others };
}

function template(resources: readonly object[]): string {
  return JSON.stringify({ parameters: { ApimServiceName: { type: 'string' } }, resources });
}

function resource(type: string, name: string, properties: object = {}): object {
  return {
    type: `Microsoft.ApiManagement/service/${type}`,
    name: `[concat(parameters('ApimServiceName'), '/${name}')]`,
    properties,
  };
}

const operationFile = 'validator-services-private-get-pub-get-report-operationPolicy.xml';

describe('resource kit layout', () => {
  it('tells the scope by the name', () => {
    const names = [
      'globalServicePolicy.xml',
      'starter-productPolicy.xml',
      'api-definitions;rev=1-apiPolicy.xml',
      'api-definitions-apiPolicy.xml',
      'api-definitions;rev=1-open-api-2-json-operationPolicy.xml',
    ];
    const folder = '/repo/service/policies';
    assert.deepEqual(placesOf(extracted(names)), [
      `${folder}/api-definitions-apiPolicy.xml: API api-definitions (certain: resource kit, by its name)`,
      `${folder}/api-definitions;rev=1-apiPolicy.xml: API api-definitions (revision 1) (certain: resource kit, by its name)`,
      `${folder}/api-definitions;rev=1-open-api-2-json-operationPolicy.xml: operation open-api-2-json of API api-definitions (revision 1) (derived: resource kit, by its name)`,
      `${folder}/globalServicePolicy.xml: global scope (certain: resource kit, by its name)`,
      `${folder}/starter-productPolicy.xml: product starter (certain: resource kit, by its name)`,
    ]);
  });

  describe('splits API from operation', () => {
    const placeOfOperation = (files: Files) => placeOf(files, `/repo/service/policies/${operationFile}`);
    const policies = (value: string, ids: string) =>
      template([resource('apis/operations/policies', `${ids}/policy`, { value, format: 'rawxml-link' })]);

    it('by the template that links to the file', () => {
      const links = [
        `[concat(parameters('PolicyXMLBaseUrl'), '/${operationFile}', parameters('PolicyXMLSasToken'))]`,
        `[concat(parameters('policyXMLBaseUrl'), '/policies/${operationFile}')]`,
      ];
      for (const link of links) {
        const text = policies(link, 'validator-services-private/get-pub-get-report');
        const files = extracted([operationFile, 'validator-apiPolicy.xml'], {
          '/repo/service/x-apis.template.json': text,
        });
        assert.equal(
          placeOfOperation(files),
          'operation get-pub-get-report of API validator-services-private (derived: resource kit, API and operation from the template that links to the file)',
          link,
        );
      }
    });
    it('by the longest API id that is known from other files', () => {
      const others = [
        'validator-apiPolicy.xml',
        'validator-services-private-apiPolicy.xml',
        'validator-services-apiPolicy.xml',
      ];
      assert.equal(
        placeOfOperation(extracted([operationFile, ...others])),
        'operation get-pub-get-report of API validator-services-private (derived: resource kit, the longest known API id in its name)',
      );
    });
    it('by the API ids of the templates, without regard to case', () => {
      const text = template([resource('apis', 'Validator-Services')]);
      assert.equal(
        placeOfOperation(extracted([operationFile], { '/repo/service/x-apis.template.json': text })),
        'operation private-get-pub-get-report of API Validator-Services (derived: resource kit, the longest known API id in its name)',
      );
    });
    it('not at all where nothing tells, and then the API is unknown, but not the global policy', () => {
      const files = extracted([operationFile, 'globalServicePolicy.xml']);
      assert.equal(
        placeOfOperation(files),
        'operation (id unknown) of API (id unknown) (derived: resource kit, by its name, which does not tell API and operation apart)',
      );
      assert.deepEqual(chainsOf(files, `/repo/service/policies/${operationFile}`), [
        `-: /repo/service/policies/${operationFile}, API (id unknown) unknown, /repo/service/policies/globalServicePolicy.xml`,
      ]);
    });
    it('so that two operations of unknown APIs never claim one place', () => {
      const files = extracted(['a-b-c-operationPolicy.xml', 'd-e-f-operationPolicy.xml']);
      assert.deepEqual(openFiles(files).workspaceFindings(), []);
    });
    it('ignores names with a parameter inside, and templates that are broken have a finding', () => {
      const name = `[concat(parameters('ApimServiceName'), '/', parameters('Api'), '/x')]`;
      const text = JSON.stringify({ resources: [{ type: 'Microsoft.ApiManagement/service/apis', name }] });
      const files = extracted([operationFile], {
        '/repo/service/a.template.json': text,
        '/repo/service/b.template.json': '{ "resources": [ "Microsoft.ApiManagement/service"',
      });
      assert.match(placeOfOperation(files), /does not tell API and operation apart/);
      assert.deepEqual(
        openFiles(files)
          .workspaceFindings()
          .map(({ path, ruleId }) => `${path} ${ruleId}`),
        ['/repo/service/b.template.json service-file-invalid'],
      );
    });
  });

  it('reads products, named values, operations and fragments from the templates', () => {
    const files = extracted(['orders-apiPolicy.xml', 'globalServicePolicy.xml'], {
      '/repo/service/x-productAPIs.template.json': template([
        resource('products/apis', 'exploratory/orders;rev=1'),
        resource('products', 'exploratory', { subscriptionRequired: false }),
      ]),
      '/repo/service/x-namedValues.template.json': template([
        resource('namedValues', '1', { displayName: 'host', value: 'a.example', secret: false }),
        resource('namedValues', '2', { displayName: 'environment', value: "[parameters('Environment')]" }),
        resource('properties', '3', { displayName: 'key', value: 'never shown', secret: true }),
      ]),
      '/repo/service/x-apis.template.json': template([
        resource('apis', 'orders', { displayName: 'Orders', subscriptionRequired: true }),
        resource('apis/operations', 'orders/get', { method: 'get', urlTemplate: '/{id}' }),
      ]),
      '/repo/service/x-policy-fragments.template.json': template([
        resource('policyFragments', 'cors', { value: '<fragment><cors /></fragment>', format: 'rawxml' }),
        resource('policyFragments', 'log', { value: '<fragment><trace source="a" /></fragment>' }),
      ]),
    });
    const path = '/repo/service/policies/orders-apiPolicy.xml';
    const service = openFiles(files);
    const facts = service.placed(path)?.service.facts;
    assert.deepEqual(facts?.products, [
      { id: 'exploratory', workspace: undefined, apis: new Set(['orders']), subscriptionRequired: false },
    ]);
    assert.deepEqual(
      facts?.namedValues.map(({ name, value, isSecret }) => `${name}=${value} ${isSecret}`),
      ['host=a.example false', 'environment=undefined false', 'key=undefined true'],
    );
    assert.deepEqual(facts?.apis.get('orders'), {
      displayName: 'Orders',
      subscriptionRequired: true,
      type: undefined,
      versioning: undefined,
      operations: [{ id: 'get', method: 'GET', urlTemplate: '/{id}' }],
    });
    const fragments = service.fragments(path);
    const including = service.document(path);
    assert.ok(including);
    assert.equal(fragments('LOG', including)?.text, '<fragment><trace source="a" /></fragment>');
    assert.equal(fragments('cors', including)?.text, '<fragment><cors /></fragment>');
    assert.equal(fragments('none', including), undefined);
    assert.deepEqual(chainsOf(files, path), [
      `-: ${path}, /repo/service/policies/globalServicePolicy.xml`,
      `exploratory: ${path}, product exploratory unknown, /repo/service/policies/globalServicePolicy.xml`,
    ]);
  });

  it('keeps the services of several environments apart', () => {
    const files = {
      '/repo/dev/policies/globalServicePolicy.xml': policy,
      '/repo/dev/policies/orders-apiPolicy.xml': policy,
      '/repo/prod/policies/orders-apiPolicy.xml': policy,
    };
    assert.deepEqual(chainsOf(files, '/repo/prod/policies/orders-apiPolicy.xml'), [
      '-: /repo/prod/policies/orders-apiPolicy.xml, global scope unknown',
    ]);
  });
  it('keeps a broken policy, so that its scope is not taken for absent', () => {
    const files = extracted(['orders-get-operationPolicy.xml'], {
      '/repo/service/policies/orders-apiPolicy.xml': 'later',
    });
    assert.deepEqual(
      openFiles(files)
        .findings('/repo/service/policies/orders-apiPolicy.xml')
        .map(({ ruleId }) => ruleId),
      ['not-a-policy'],
    );
  });
});
