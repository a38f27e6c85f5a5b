import assert from 'node:assert/strict';
import { definition } from '../../support/policies';
import { absolute, openService, relative, type ServiceFiles } from '../../support/service';

const policy = definition('    <base />');
const service: ServiceFiles = { 'policy.xml': policy, 'apis/orders/policy.xml': policy };

type Problems = readonly {
  readonly path: string;
  readonly span: { start: number; end: number };
  readonly message: string;
}[];

/** `path | marked text | message` of each. */
function linesOf(problems: Problems, files: ServiceFiles): readonly string[] {
  return problems.map(({ path, span, message }) => {
    const text = files[relative(path)] ?? '';
    return `${relative(path)} | ${text.slice(span.start, span.end)} | ${message}`;
  });
}

function problemsOf(files: ServiceFiles): readonly string[] {
  const all = { ...service, ...files };
  return linesOf(openService(all).model().factProblems, all);
}

function specificationProblemsOf(files: ServiceFiles): readonly string[] {
  const all = { ...service, ...files };
  return linesOf(openService(all).model().specificationProblems(), all);
}

describe('problems of the files that describe a service', () => {
  it('are none where all can be read', () => {
    const files = {
      'apis/orders/apiInformation.json': '\uFEFF{ "properties": { "apiVersionSetId": "/apiVersionSets/v" } }',
      'version sets/v/versionSetInformation.json': '{ "properties": { "versioningScheme": "Segment" } }',
      'products/starter/productInformation.json': '{}',
      'products/starter/apis.json': '[{ "name": "orders" }]',
      'products/starter/apis/orders/productApiInformation.json': '{}',
      'named values/x/namedValueInformation.json': '{ "properties": { "displayName": "x" } }',
      'policyFragments/f/policyFragmentInformation.json': '{ "properties": { "value": "<fragment />" } }',
      'loggers/l/loggerInformation.json': 'what no check reads',
    };
    assert.deepEqual(problemsOf(files), []);
    assert.deepEqual(specificationProblemsOf(files), []);
  });

  const broken: readonly (readonly [path: string, text: string, expected: RegExp])[] = [
    [
      'products/starter/apis.json',
      '[{ "name": "orders" ',
      /^.* \| {2}\| This file is not valid JSON \(close brace expected\), so it is not known which APIs product starter contains\. .*/,
    ],
    [
      'products/starter/apis.json',
      '{ "value": [] }',
      /\| This file holds no JSON list, so it is not known which APIs product starter contains\./,
    ],
    [
      'products/starter/apis.json',
      '[{ "name": "orders" }, { "id": "/apis/other" }]',
      /\| This file has an entry without a "name", so it is not known which APIs product starter contains\./,
    ],
    [
      'products/starter/productInformation.json',
      '{ "properties": { "subscriptionRequired": yes } }',
      /\| yes \| This file is not valid JSON \(invalid symbol\), so what it says of product starter counts as unknown\./,
    ],
    [
      'products/starter/apis/orders/productApiInformation.json',
      '',
      /\| This file is not valid JSON.*, so it is not known which APIs product starter contains\./,
    ],
    [
      'apis/orders/apiInformation.json',
      '[]',
      /\| This file holds no JSON object, so what it says of API orders counts/,
    ],
    ['named values/x/namedValueInformation.json', '{', /what it says of named value x counts as unknown/],
    ['policyFragments/f/policyFragmentInformation.json', '{,}', /what it says of policy fragment f counts as unknown/],
    ['version sets/v/versionSetInformation.json', '{"a"}', /what it says of version set v counts as unknown/],
    ['workspaces/sales/apis/leads/apiInformation.json', '{"a" 1}', /\| 1 \| .*\(colon expected\).*API leads/],
  ];
  for (const [path, text, expected] of broken) {
    it(`tell of ${path} with ${text || 'nothing in it'}`, () => {
      const problems = problemsOf({ [path]: text });
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.equal(problems[0]?.startsWith(`${path} | `), true, problems[0]);
      assert.match(problems[0] ?? '', expected);
    });
  }
  it('tell of a text too deep to be read, without an end of our own', () => {
    for (const text of ['['.repeat(30_000), '{"a":'.repeat(30_000)]) {
      assert.equal(problemsOf({ 'products/starter/apis.json': text }).length, 1);
      assert.equal(problemsOf({ 'apis/orders/apiInformation.json': text }).length, 1);
      assert.equal(openService({ ...service, 'apim-policy.config.json': text }).workspaceFindings().length, 1);
      for (const extension of ['json', 'yaml']) {
        assert.equal(specificationProblemsOf({ [`apis/orders/specification.${extension}`]: text }).length, 1);
      }
    }
  });
  it('are sorted by path, and one per file', () => {
    const problems = problemsOf({
      'products/starter/productInformation.json': '{',
      'products/starter/apis.json': '{',
      'apis/orders/apiInformation.json': '{ "properties": { "apiVersionSetId": "v" } }',
      'apis/other/apiInformation.json': '{ "properties": { "apiVersionSetId": "v" } }',
      'versionSets/v/versionSetInformation.json': '{',
    });
    assert.deepEqual(
      problems.map((line) => line.split(' | ')[0]),
      [
        'products/starter/apis.json',
        'products/starter/productInformation.json',
        'versionSets/v/versionSetInformation.json',
      ],
    );
  });

  describe('specifications', () => {
    const texts: readonly (readonly [name: string, text: string, expected: RegExp])[] = [
      ['specification.json', '{ "openapi": ', /not valid JSON.*the operations of API orders are unknown/],
      [
        'specification.yaml',
        'openapi: 3.0.1\npaths:\n  /a:\n    get: { operationId: a }\n  /b: [\n',
        /not valid YAML.*the operations of API orders are unknown/,
      ],
      ['specification.yml', 'hello: world', /is no OpenAPI specification with paths, so the operations of API orders/],
    ];
    for (const [name, text, expected] of texts) {
      it(`that cannot be read are told: ${name}`, () => {
        const files = { [`apis/orders/${name}`]: text };
        const problems = specificationProblemsOf(files);
        assert.equal(problems.length, 1, problems.join('\n'));
        assert.match(problems[0] ?? '', expected);
        const facts = openService({ ...service, ...files }).placed(absolute('apis/orders/policy.xml'))?.service.facts;
        assert.equal(facts?.apis.get('orders')?.operations, undefined);
        assert.deepEqual(problemsOf(files), []);
      });
    }
  });

  describe('two files for one thing', () => {
    it('count by path, and the second is told of the first', () => {
      const files = { 'apis/Orders/policy.xml': policy };
      assert.deepEqual(problemsOf(files), [
        'apis/orders/policy.xml |  | apis/Orders/policy.xml and apis/orders/policy.xml both hold the policy of API orders. The former counts, being the first by path, so this file takes no part in other policies. Remove one of them, or name the right one under "scopes" in apim-policy.config.json.',
      ]);
    });
    it('the project file’s word counts before the layout’s', () => {
      const files = {
        'apim-policy.config.json': '{ "scopes": [{ "glob": "z/{api}.xml", "scope": "api" }] }',
        'z/orders.xml': policy,
        'apis/orders/operations/get/policy.xml': policy,
      };
      const problems = problemsOf(files);
      assert.equal(problems.length, 1);
      assert.match(
        problems[0] ?? '',
        /^apis\/orders\/policy\.xml \| .*z\/orders\.xml and apis\/orders\/policy\.xml both .* because the project file names it/,
      );
      const [chain] = openService({ ...service, ...files })
        .effectivePolicies(absolute('apis/orders/operations/get/policy.xml'))
        .map((effective) => effective.chain);
      const api = chain?.links.find(({ scope }) => scope.kind === 'api');
      assert.equal(api?.state === 'present' && relative(api.document.path), 'z/orders.xml');
    });
    it('a name that only hints claims nothing', () => {
      assert.deepEqual(problemsOf({ 'apis/orders/variant.xml': policy }), []);
    });
    it('fragments too', () => {
      const files = {
        'policyFragments/cors/policyFragmentInformation.json': '{ "properties": { "value": "<fragment />" } }',
        'policy fragments/cors/policy.xml': '<fragment />',
      };
      const problems = problemsOf(files);
      assert.equal(problems.length, 1);
      assert.match(
        problems[0] ?? '',
        /^policyFragments\/cors\/.*policy fragments\/cors\/policy\.xml and .* both hold the policy fragment cors\. .* because it has a file of its own/,
      );
    });
  });
});
