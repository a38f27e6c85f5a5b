import assert from 'node:assert/strict';
import { type EffectiveItem, type SectionName, sectionNames } from '../../../server/src/core';
import { serviceArtifact } from '../../support/policies';
import { absolute, openService, type ServiceFiles } from '../../support/service';

const operation = 'apis/orders/operations/get/policy.xml';
const api = 'apis/orders/policy.xml';

/** A definition whose sections hold these texts. */
function sections(texts: Partial<Record<SectionName, string>>): string {
  return `<policies>${sectionNames.map((name) => (texts[name] === undefined ? '' : `<${name}>${texts[name]}</${name}>`)).join('')}</policies>`;
}

/** `name@scope via` of every item of a section in the first chain, or that of a product. */
function effective(files: ServiceFiles, path: string, section: SectionName = 'inbound', product?: string): string[] {
  const policies = openService(files).effectivePolicies(absolute(path));
  const policy = policies.find(({ chain }) => chain.product === product);
  return (policy?.sections[section] ?? []).map(describe_);
}

function describe_(item: EffectiveItem): string {
  const via = item.via.map((step) => (step.kind === 'base' ? 'base' : `fragment:${step.fragmentId}`)).join('>');
  const origin = item.kind === 'unknown' ? `unknown@${item.scope.kind}` : `${item.name}@${item.scope.kind}`;
  const condition = item.kind === 'statement' && item.ifPassedOnBy.length > 0 ? ' if passed on' : '';
  return `${origin}${via === '' ? '' : ` ${via}`}${condition}`;
}

describe('effective policy', () => {
  const files = {
    'policy.xml': sections({
      inbound: '<g1/><base/><g2/>',
      backend: '<forward-request/>',
      outbound: '',
      'on-error': '<g-error/>',
    }),
    'products/starter/policy.xml': sections({ inbound: '<p1/><base/>', backend: '<base/>' }),
    'products/starter/apis.json': '[{ "name": "orders" }]',
    [api]: sections({ inbound: '<a1/><base/><a2/>', backend: '<base/>', outbound: '<a-out/>', 'on-error': '<base/>' }),
    [operation]: sections({ inbound: '<o1/><base/>', backend: '<base/>', outbound: '<base/>', 'on-error': '<base/>' }),
  };

  it('expands <base /> exactly where it stands, through every scope', () => {
    assert.deepEqual(effective(files, operation), [
      'o1@operation',
      'a1@api base',
      'g1@global base>base',
      'g2@global base>base',
      'a2@api base',
    ]);
  });
  it('puts the product between API and global scope in the chain of that product', () => {
    assert.deepEqual(effective(files, operation, 'inbound', 'starter'), [
      'o1@operation',
      'a1@api base',
      'p1@product base>base',
      'g1@global base>base>base',
      'g2@global base>base>base',
      'a2@api base',
    ]);
  });
  it('does the same for every section, each by its own', () => {
    assert.deepEqual(effective(files, operation, 'backend'), ['forward-request@global base>base']);
    assert.deepEqual(effective(files, operation, 'outbound'), ['a-out@api base']);
    assert.deepEqual(effective(files, operation, 'on-error'), ['g-error@global base>base']);
  });
  it('inherits nothing where a section, or its <base />, is missing, and says which sections are missing', () => {
    assert.deepEqual(effective(files, operation, 'on-error', 'starter'), []);
    const policy = openService(files).effectivePolicies(absolute(operation))[1];
    assert.deepEqual(
      policy?.missingSections.map(({ scope, section }) => `${scope.kind} ${section}`),
      ['product on-error'],
    );
  });
  it('passes over a scope that is absent', () => {
    const { [api]: _, ...without } = files;
    assert.deepEqual(effective(without, operation), ['o1@operation', 'g1@global base', 'g2@global base']);
  });
  it('keeps the place of a scope that is unknown, and what stands above it under a condition', () => {
    const mapped = {
      'apim-policy.config.json':
        '{ "scopes": [{ "glob": "global.xml", "scope": "global" }, { "glob": "op.xml", "scope": "operation", "api": "orders", "operation": "get" }] }',
      'global.xml': sections({ inbound: '<g1/>' }),
      'op.xml': sections({ inbound: '<base/><o1/>' }),
    };
    assert.deepEqual(effective(mapped, 'op.xml'), ['unknown@api base', 'g1@global base if passed on', 'o1@operation']);
  });
  it('expands <base /> twice where it stands twice', () => {
    const twice = { 'policy.xml': sections({ inbound: '<g/>' }), [api]: sections({ inbound: '<base/><a/><base/>' }) };
    assert.deepEqual(effective(twice, api), ['g@global base', 'a@api', 'g@global base']);
  });
  it('stays finite where bases multiply', () => {
    const many = sections({ inbound: '<base/>'.repeat(300) });
    const wide = { 'policy.xml': sections({ inbound: '<g/>' }), [api]: many, [operation]: many };
    const items = effective(wide, operation);
    assert.ok(items.length <= 20_001, `${items.length} items`);
    assert.equal(items.filter((item) => item.startsWith('unknown')).length, 1);
  });
  it('does not take a <base /> inside choose for one', () => {
    const nested = { ...serviceArtifact, [api]: sections({ inbound: '<choose><when><base/></when></choose>' }) };
    assert.deepEqual(effective(nested, api), ['choose@api']);
  });
  it('treats a document that is no definition as unknown', () => {
    const broken = { 'policy.xml': '<inbound><cors/></inbound>', [api]: sections({ inbound: '<base/>' }) };
    const service = openService(broken);
    service.store.setText(absolute('policy.xml'), broken['policy.xml'], 2, true);
    const [policy] = service.effectivePolicies(absolute(api));
    assert.deepEqual(policy?.sections.inbound.map(describe_), ['unknown@global base']);
  });

  describe('fragments', () => {
    const include = (id: string) => `<include-fragment fragment-id="${id}" />`;
    const fragment = { 'policy fragments/common/policy.xml': '<fragment><f1/><f2/></fragment>' };

    it('stand in place, with the scope that includes them and the file that holds them', () => {
      const included = {
        ...fragment,
        'policy.xml': sections({ inbound: `<g/>${include('Common')}` }),
        [api]: sections({ inbound: '<base/>' }),
      };
      assert.deepEqual(effective(included, api), [
        'g@global base',
        'f1@global base>fragment:Common',
        'f2@global base>fragment:Common',
      ]);
      const [, second] = openService(included).effectivePolicies(absolute(api))[0]?.sections.inbound ?? [];
      assert.equal(
        second?.kind === 'statement' && second.document.path,
        absolute('policy fragments/common/policy.xml'),
      );
    });
    it('are read from an information file that holds them as a string', () => {
      const embedded = {
        'policyFragments/common/policyFragmentInformation.json':
          '{ "properties": { "value": "<fragment><f1/></fragment>", "format": "rawxml" } }',
        [api]: sections({ inbound: include('common') }),
      };
      assert.deepEqual(effective(embedded, api), ['f1@api fragment:common']);
    });
    it('are unknown where the workspace has none, where the name is computed, and in a circle', () => {
      const unknown = {
        'policy fragments/circle/policy.xml': `<fragment>${include('circle')}</fragment>`,
        [api]: sections({ inbound: `${include('nowhere')}${include('{{name}}')}${include('circle')}` }),
      };
      assert.deepEqual(effective(unknown, api), [
        'unknown@api fragment:nowhere',
        'unknown@api fragment:{{name}}',
        'unknown@api fragment:circle>fragment:circle',
      ]);
    });
  });
});
