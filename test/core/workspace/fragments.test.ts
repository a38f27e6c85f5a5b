import assert from 'node:assert/strict';
import { findFragment } from '../../../server/src/core/workspace/fragments';
import { definition } from '../../support/policies';
import { absolute, openService, relative, type ServiceFiles } from '../../support/service';

const including = definition('    <include-fragment fragment-id="cors" />');
const fragment = (comment: string): string => `<fragment><!-- ${comment} --><cors /></fragment>`;
const embedded = (comment: string): string => JSON.stringify({ properties: { value: fragment(comment) } });

/** Which file the fragment `cors` comes from, as a policy of the service includes it. */
function sourceOf(files: ServiceFiles): string | undefined {
  const service = openService({ 'policy.xml': including, 'apis/orders/policy.xml': including, ...files });
  const placed = service.placed(absolute('policy.xml'));
  const found = placed === undefined ? undefined : findFragment('cors', undefined, placed.service, service.store);
  return found === undefined ? undefined : relative(found.path);
}

describe('fragments', () => {
  it('that an information file holds are one document as long as its text is the same', () => {
    const path = 'policyFragments/cors/policyFragmentInformation.json';
    const service = openService({
      'policy.xml': including,
      'apis/orders/policy.xml': including,
      [path]: embedded('1'),
    });
    const find = () => {
      const place = service.placed(absolute('policy.xml'));
      return place === undefined ? undefined : findFragment('cors', undefined, place.service, service.store);
    };
    const first = find();
    assert.equal(first?.kind, 'fragment');
    assert.equal(first?.isEmbedded, true);
    assert.equal(find(), first);
    service.store.setText(absolute('apis/other/policy.xml'), including, 1);
    assert.equal(find(), first);
    service.store.setText(absolute(path), embedded('2'), 2);
    assert.notEqual(find(), first);
    assert.match(find()?.text ?? '', /<!-- 2 -->/);
  });
  it('come from their policy.xml before an information file elsewhere', () => {
    assert.equal(
      sourceOf({
        'policyFragments/cors/policyFragmentInformation.json': embedded('1'),
        'policy fragments/cors/policy.xml': fragment('2'),
      }),
      'policy fragments/cors/policy.xml',
    );
  });
  it('come from where the project file says before anything else', () => {
    assert.equal(
      sourceOf({
        'apim-policy.config.json': '{ "scopes": [{ "glob": "shared/{fragment}.xml", "scope": "fragment" }] }',
        'policy fragments/cors/policy.xml': fragment('2'),
        'shared/cors.xml': fragment('3'),
      }),
      'shared/cors.xml',
    );
  });
  it('never come from a file whose name only hints at one', () => {
    assert.equal(sourceOf({ 'policy fragments/cors/draft.xml': fragment('1') }), undefined);
    assert.equal(
      sourceOf({
        'policy fragments/cors/policy.xml': fragment('1'),
        'policy fragments/cors/variant.xml': fragment('2'),
      }),
      'policy fragments/cors/policy.xml',
    );
  });
  it('are those of the scope that includes them', () => {
    const service = openService({
      'policy.xml': including,
      'policy fragments/cors/policy.xml': fragment('service'),
      'workspaces/sales/policy fragments/cors/policy.xml': fragment('workspace'),
      'workspaces/sales/apis/leads/policy.xml': definition('    <include-fragment fragment-id="cors" />\n    <base />'),
    });
    const [policy] = service.effectivePolicies(absolute('workspaces/sales/apis/leads/policy.xml'));
    const sources = policy?.sections.inbound.map((item) =>
      item.kind === 'statement' ? relative(item.document.path) : item.because,
    );
    assert.deepEqual(sources, [
      'workspaces/sales/policy fragments/cors/policy.xml',
      'policy fragments/cors/policy.xml',
    ]);
  });
});
