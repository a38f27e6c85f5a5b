import assert from 'node:assert/strict';
import type { PolicyScope } from '../../../server/src/core';
import { namedValuesAt } from '../../../server/src/core/effective/namedValues';
import { definition } from '../../support/policies';
import { absolute, openService, type ServiceFiles } from '../../support/service';

const policy = definition('    <base />');

const information = (displayName: string, value: string, more = ''): string =>
  `{ "properties": { "displayName": "${displayName}", "value": "${value}"${more} } }`;

const files: ServiceFiles = {
  'policy.xml': policy,
  'apis/orders/policy.xml': policy,
  'named values/1/namedValueInformation.json': information('origin', 'https://service.contoso.com'),
  'named values/2/namedValueInformation.json': information('only-service', 'https://only-service.contoso.com'),
  'workspaces/sales/policy.xml': policy,
  'workspaces/sales/apis/leads/policy.xml': policy,
  'workspaces/sales/policy fragments/cors/policy.xml': '<fragment />',
  'workspaces/sales/apis/leads/resolvers/one/policy.xml': '<http-data-source />',
  'workspaces/sales/named values/3/namedValueInformation.json': information('origin', 'https://sales.contoso.com'),
  'workspaces/sales/named values/4/namedValueInformation.json': information('only-sales', 'https://x.contoso.com'),
  'workspaces/hr/apis/people/policy.xml': policy,
};

/** The value as a document sees it, or the reason why it is not known. */
function valueAt(path: string, name: string, scope?: PolicyScope, more: ServiceFiles = {}): string {
  const resolved = openService({ ...files, ...more }).namedValues(absolute(path))(name, scope);
  return resolved.known ? resolved.value : resolved.because;
}

describe('named values', () => {
  it('are the service’s for documents of the service', () => {
    for (const path of ['policy.xml', 'apis/orders/policy.xml']) {
      assert.equal(valueAt(path, 'origin'), 'https://service.contoso.com');
      assert.equal(valueAt(path, 'only-sales'), 'the named value {{only-sales}} is not in the workspace');
    }
  });
  it('are the workspace’s own for everything in a workspace', () => {
    for (const path of ['policy.xml', 'apis/leads/policy.xml', 'policy fragments/cors/policy.xml']) {
      assert.equal(valueAt(`workspaces/sales/${path}`, 'origin'), 'https://sales.contoso.com');
    }
    assert.equal(
      valueAt('workspaces/sales/apis/leads/resolvers/one/policy.xml', 'origin'),
      'https://sales.contoso.com',
    );
    assert.equal(valueAt('workspaces/sales/policy.xml', 'ONLY-SALES'), 'https://x.contoso.com');
  });
  it('of the service cannot be used in a workspace, nor those of another workspace', () => {
    assert.equal(
      valueAt('workspaces/sales/policy.xml', 'only-service'),
      'the named value {{only-service}} is the service’s, which policies of workspace sales cannot use',
    );
    assert.equal(
      valueAt('workspaces/hr/apis/people/policy.xml', 'only-sales'),
      'the named value {{only-sales}} is not in the workspace',
    );
  });
  it('are those of the scope of the statement, where one is given', () => {
    const leads = 'workspaces/sales/apis/leads/policy.xml';
    assert.equal(valueAt(leads, 'origin', { kind: 'global' }), 'https://service.contoso.com');
    assert.equal(
      valueAt('policy.xml', 'origin', { kind: 'api', api: 'leads', workspace: 'SALES' }),
      'https://sales.contoso.com',
    );
  });
  it('can be bound to a scope once, for readers that know of no scopes', () => {
    const lookup = openService(files).namedValues(absolute('workspaces/sales/apis/leads/policy.xml'));
    assert.deepEqual(namedValuesAt({ kind: 'global' }, lookup)('origin'), {
      known: true,
      value: 'https://service.contoso.com',
    });
  });
  it('of the project file come before the service’s, and after those that a workspace has itself', () => {
    const project = {
      'apim-policy.config.json': '{ "namedValues": { "origin": "https://project.contoso.com", "Token": "t" } }',
      'workspaces/sales/named values/5/namedValueInformation.json': information('token', '', ', "secret": true'),
    };
    assert.equal(valueAt('policy.xml', 'origin', undefined, project), 'https://project.contoso.com');
    assert.equal(valueAt('workspaces/sales/policy.xml', 'origin', undefined, project), 'https://sales.contoso.com');
    assert.equal(
      valueAt('workspaces/hr/apis/people/policy.xml', 'origin', undefined, project),
      'https://project.contoso.com',
    );
    assert.equal(valueAt('workspaces/sales/policy.xml', 'token', undefined, project), 't');
  });
  it('are never told where they are secret', () => {
    const secret = {
      'named values/9/namedValueInformation.json': information('key', 'abc', ', "secret": true'),
    };
    assert.equal(valueAt('policy.xml', 'key', undefined, secret), 'the named value {{key}} is a secret');
  });
  it('of the project file count for files that no layout places', () => {
    const service = openService({
      'apim-policy.config.json': '{ "namedValues": { "origin": "https://project.contoso.com" } }',
      'some/file.xml': policy,
    });
    assert.deepEqual(service.namedValues(absolute('some/file.xml'))('origin'), {
      known: true,
      value: 'https://project.contoso.com',
    });
  });
});
