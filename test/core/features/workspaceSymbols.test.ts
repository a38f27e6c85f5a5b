import assert from 'node:assert/strict';
import { namesService } from '../../support/references';
import { openService, relative, type ServiceFiles } from '../../support/service';

function symbols(query: string, files: ServiceFiles = namesService): readonly string[] {
  return openService(files)
    .workspaceSymbols(query)
    .map(({ name, kind, path, container }) => `${kind} ${name}: ${relative(path)} in ${container}`);
}

describe('workspace symbols', () => {
  it('are scopes, fragments, named values, backends and loggers, by name', () => {
    assert.deepEqual(symbols(''), [
      'scope API billing: apis/billing/policy.xml in service',
      'scope API orders: apis/orders/policy.xml in service',
      'resource backend orders: backends/orders/backendInformation.json in service',
      'resource backend pool: backends/pool/backendInformation.json in service',
      'scope global scope: policy.xml in service',
      'resource logger audit: loggers/audit/loggerInformation.json in service',
      'namedValue named value orders-key: named values/nv2/namedValueInformation.json in service',
      'namedValue named value orders-url: named values/nv1/namedValueInformation.json in service',
      'fragment policy fragment log: policy fragments/log/policy.xml in service',
      'fragment policy fragment stored: policy fragments/stored/policyFragmentInformation.json in service',
      'scope product gold: products/gold/policy.xml in service',
      'scope product starter: products/starter/policy.xml in service',
    ]);
  });
  it('have the letters of the query in their order, whatever their case', () => {
    assert.deepEqual(symbols('NV Key'), [
      'namedValue named value orders-key: named values/nv2/namedValueInformation.json in service',
    ]);
    assert.deepEqual(
      symbols('gol'),
      [
        'scope product gold: products/gold/policy.xml in service',
        'scope global scope: policy.xml in service',
      ].reverse(),
    );
    assert.deepEqual(symbols('zz'), []);
  });
  it('tell of each service by its folder, and nothing of files whose scope is not known', () => {
    const files = {
      'dev/policy.xml': '<policies />',
      'dev/apis/a/apiInformation.json': '{}',
      'prod/policy.xml': '<policies />',
      'prod/apis/a/apiInformation.json': '{}',
      'other/a.xml': '<policies />',
    };
    assert.deepEqual(symbols('', files), [
      'scope global scope: dev/policy.xml in dev',
      'scope global scope: prod/policy.xml in prod',
    ]);
  });
});
