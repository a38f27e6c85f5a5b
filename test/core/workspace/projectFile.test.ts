import assert from 'node:assert/strict';
import { describeScope } from '../../../server/src/core';
import { definition } from '../../support/policies';
import { absolute, lint, openService, type ServiceFiles } from '../../support/service';

const policy = definition('    <base />');
const projectFile = 'apim-policy.config.json';

/** Findings on the project file as `"marked text" message`. */
function problemsOf(text: string): readonly string[] {
  return openService({ [projectFile]: text })
    .workspaceFindings()
    .map(({ ruleId, span, message }) => {
      assert.equal(ruleId, 'project-file-invalid');
      return `${text.slice(span.start, span.end)} | ${message}`;
    });
}

function scopeOf(files: ServiceFiles, path: string): string {
  const placement = openService(files).placed(absolute(path))?.placement;
  return placement?.kind === 'definition' ? describeScope(placement.scope) : `${placement?.kind}`;
}

describe('project file', () => {
  it('maps files to scopes by globs with names in them', () => {
    const files = {
      [projectFile]: `{ "scopes": [
        { "glob": "policies/global.xml", "scope": "global" },
        { "glob": "policies/{api}/ops/*-{operation}.xml", "scope": "operation" },
        { "glob": "**/products/{name}.xml", "scope": "product", "product": "p-{name}" },
        { "glob": "policies/{api}.xml", "scope": "api", "api": "{api}" } ] }`,
      'policies/global.xml': policy,
      'policies/orders.xml': policy,
      'policies/orders/ops/01-get-order.xml': policy,
      'deep/down/products/starter.xml': policy,
      'other/orders.xml': policy,
    };
    assert.equal(scopeOf(files, 'policies/global.xml'), 'global scope');
    assert.equal(scopeOf(files, 'policies/orders.xml'), 'API orders');
    assert.equal(scopeOf(files, 'policies/orders/ops/01-get-order.xml'), 'operation get-order of API orders');
    assert.equal(scopeOf(files, 'deep/down/products/starter.xml'), 'product p-starter');
    assert.equal(scopeOf(files, 'other/orders.xml'), 'unknown scope');
    const service = openService(files);
    const [chain] = service.effectivePolicies(absolute('policies/orders/ops/01-get-order.xml'));
    assert.deepEqual(
      chain?.chain.links.map(({ state }) => state),
      ['present', 'present', 'present'],
    );
  });
  it('names revisions of APIs in either way', () => {
    const files = {
      [projectFile]: `{ "scopes": [
        { "glob": "a/{api}.xml", "scope": "api", "revision": 2 },
        { "glob": "b/{api}-r{revision}.xml", "scope": "api" },
        { "glob": "c/{api}/{operation}.xml", "scope": "operation" } ] }`,
      'a/orders.xml': policy,
      'b/orders-r3.xml': policy,
      'c/orders;rev=2/get.xml': policy,
    };
    assert.equal(scopeOf(files, 'a/orders.xml'), 'API orders (revision 2)');
    assert.equal(scopeOf(files, 'b/orders-r3.xml'), 'API orders (revision 3)');
    assert.equal(scopeOf(files, 'c/orders;rev=2/get.xml'), 'operation get of API orders (revision 2)');
    assert.deepEqual(openService(files).workspaceFindings(), []);
    const [policyOfOperation] = openService(files).effectivePolicies(absolute('c/orders;rev=2/get.xml'));
    assert.equal(policyOfOperation?.chain.links[1]?.state, 'present');
  });
  it('comes before the layout of the folders, and joins the service around the file', () => {
    const files = {
      [projectFile]:
        '{ "scopes": [{ "glob": "apis/orders/policy.xml", "scope": "operation", "api": "orders", "operation": "all" }] }',
      'apis/orders/policy.xml': policy,
      'policy.xml': policy,
    };
    assert.equal(scopeOf(files, 'apis/orders/policy.xml'), 'operation all of API orders');
    assert.equal(
      openService(files).placed(absolute('apis/orders/policy.xml'))?.service.root,
      absolute('').slice(0, -1),
    );
  });
  it('sets the severity of rules, or switches them off', () => {
    const files = { 'apis/orders/policy.xml': '<policies><inbound></policies>' };
    const rules = (level: string) => ({ [projectFile]: `{ "rules": { "syntax-unclosed-element": "${level}" } }` });
    assert.deepEqual(lint({ ...files, ...rules('hint') }, 'apis/orders/policy.xml'), [
      'hint syntax-unclosed-element "inbound"',
    ]);
    assert.deepEqual(lint({ ...files, ...rules('off') }, 'apis/orders/policy.xml'), []);
  });
  it('counts from the nearest folder above', () => {
    const files = {
      [projectFile]: '{ "rules": { "syntax-unclosed-element": "off" } }',
      'team/apim-policy.config.json': '{}',
      'team/apis/orders/policy.xml': '<policies><inbound></policies>',
    };
    assert.equal(lint(files, 'team/apis/orders/policy.xml').length, 1);
  });
  it('below the root of a service counts for the rules of its files, and not for what belongs to the service', () => {
    const broken = '<policies><inbound></policies>';
    const files = {
      [projectFile]:
        '{ "rules": { "syntax-unclosed-element": "off" }, "absent": ["global"], "namedValues": { "a": "root" } }',
      'apis/orders/apim-policy.config.json':
        '{ "cors": { "origins": ["https://own"] }, "namedValues": { "a": "own" } }',
      'apis/orders/policy.xml': broken,
      'apis/orders/operations/get/policy.xml': broken,
      'apis/other/policy.xml': broken,
    };
    for (const [path, count] of [
      ['apis/orders/policy.xml', 1],
      ['apis/orders/operations/get/policy.xml', 1],
      ['apis/other/policy.xml', 0],
    ] as const) {
      assert.equal(lint(files, path).length, count, path);
    }
    const service = openService(files);
    const orders = absolute('apis/orders/policy.xml');
    assert.deepEqual(service.settings(orders).origins, ['https://own']);
    assert.deepEqual(service.namedValues(orders)('a'), { known: true, value: 'root' });
    assert.equal(service.effectivePolicies(orders)[0]?.chain.links.at(-1)?.state, 'absent');
  });
  it('above the root of a service counts for the service', () => {
    const files = {
      [projectFile]: '{ "absent": ["global"], "products": { "p": { "apis": ["orders"] } } }',
      'environments/dev/apis/orders/policy.xml': policy,
    };
    const chains = openService(files).effectivePolicies(absolute('environments/dev/apis/orders/policy.xml'));
    assert.deepEqual(
      chains.map(({ chain }) => chain.links.map(({ scope, state }) => `${scope.kind} ${state}`).join(', ')),
      ['api present, global absent', 'api present, product absent, global absent'],
    );
  });
  it('may hold comments, a trailing comma and a byte order mark', () => {
    assert.deepEqual(problemsOf('\uFEFF{ // ours\n "absent": ["global"], }'), []);
  });

  const mistakes: readonly (readonly [title: string, text: string, expected: readonly RegExp[]])[] = [
    ['an unknown setting', '{ "scope": [] }', [/^"scope" \| "scope" is not a setting here/]],
    ['an unknown rule', '{ "rules": { "cors-shaded": "off" } }', [/^"cors-shaded" \| "cors-shaded" is not a setting/]],
    ['a bad value', '{ "rules": { "cors-shadowed": "warn" } }', [/^"warn" \| .*cannot be "warn".*"error", "warning"/]],
    ['a wrong type', '{ "production": "yes" }', [/^"yes" \| "production" has a value of the wrong type.*"boolean"/]],
    [
      'an entry without what it needs',
      '{ "scopes": [{ "scope": "api" }] }',
      [/^\{ "scope": "api" \} \| .*it needs "glob"/],
    ],
    [
      'a scope without its id',
      '{ "scopes": [{ "glob": "*.xml", "scope": "api" }] }',
      [/^\{ "glob".*\} \| This entry has no effect: scope api needs "api", or \{api\} in the glob\.$/],
    ],
    [
      'an id with a name that the glob does not have',
      '{ "scopes": [{ "glob": "{x}.xml", "scope": "operation", "api": "{ap}", "operation": "o-{x}" }] }',
      [/^\{ "glob".*\} \| The glob of this entry has no \{ap\}, so it stands for itself in the id/],
    ],
    ['broken JSON', '{ "absent": ["global" }', [/not valid JSON/]],
    ['no object', '[]', [/does not hold a JSON object/]],
    ['nothing', '', [/does not hold a JSON object/]],
  ];
  for (const [title, text, expected] of mistakes) {
    it(`reports ${title} where it stands`, () => {
      const problems = problemsOf(text);
      assert.equal(problems.length, expected.length, problems.join('\n'));
      for (const [index, pattern] of expected.entries()) assert.match(problems[index] ?? '', pattern);
    });
  }
  it('keeps what is right beside what is wrong', () => {
    const files = {
      [projectFile]:
        '{ "nonsense": 1, "rules": { "syntax-unclosed-element": "off", "max": "x" }, "scopes": [{}, { "glob": "x/{api}.xml", "scope": "api" }] }',
      'x/orders.xml': '<policies><inbound></policies>',
    };
    assert.equal(scopeOf(files, 'x/orders.xml'), 'API orders');
    assert.deepEqual(lint(files, 'x/orders.xml'), []);
  });
});
