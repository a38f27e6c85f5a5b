import assert from 'node:assert/strict';
import { definition, portalGlobal, shopCors } from '../support/policies';
import { absolute, openService } from '../support/service';

const files = {
  'policy.xml': portalGlobal(),
  'policy fragments/signed-in/policy.xml': '<fragment><set-variable name="user" value="x" /></fragment>',
  'apis/orders/policy.xml': definition('    <base />\n    <include-fragment fragment-id="signed-in" />'),
  'apis/orders/operations/get/policy.xml': definition('    <base />'),
  'apis/catalog/policy.xml': definition(`    <base />\n${shopCors}`),
};
const orders = absolute('apis/orders/policy.xml');
const getOrder = absolute('apis/orders/operations/get/policy.xml');
const catalog = absolute('apis/catalog/policy.xml');
const all = [orders, getOrder, catalog];

describe('effective policies', () => {
  /** Which of them are made anew after a change. */
  function madeAnewAfter(path: string, text: string): readonly string[] {
    const service = openService(files);
    const before = all.map((each) => service.effectivePolicies(each));
    service.store.setText(absolute(path), text, 2);
    return all.filter((each, index) => service.effectivePolicies(each) !== before[index]);
  }

  it('are made anew only where the chain passes through what has changed', () => {
    assert.deepEqual(madeAnewAfter('policy.xml', portalGlobal(' terminate-unmatched-request="false"')), all);
    assert.deepEqual(madeAnewAfter('apis/orders/policy.xml', definition('    <base />')), [orders, getOrder]);
    assert.deepEqual(madeAnewAfter('apis/catalog/policy.xml', definition('    <base />')), [catalog]);
  });

  it('are made anew where a fragment of the chain has changed, or a file came', () => {
    assert.deepEqual(madeAnewAfter('policy fragments/signed-in/policy.xml', '<fragment />'), [orders, getOrder]);
    assert.deepEqual(madeAnewAfter('products/starter/policy.xml', definition('    <base />')), all);
  });

  it('are right for services with far more files than trees are kept', () => {
    const many: Record<string, string> = { ...files };
    for (let api = 0; api < 300; api++) many[`apis/api-${api}/policy.xml`] = files['apis/catalog/policy.xml'];
    const service = openService(many);
    const paths = [...service.model().documents.keys()];
    const rules = (path: string): string =>
      service
        .findings(path)
        .map(({ ruleId }) => ruleId)
        .join();
    const first = paths.map(rules);
    assert.deepEqual(paths.map(rules), first);
    const ofMany = first.filter((_found, index) => paths[index]?.includes('/api-'));
    assert.deepEqual([ofMany.length, [...new Set(ofMany)]], [300, ['base-inherits-portal-cors']]);
  });
});

describe('findings of a text alone', () => {
  it('say what is wrong with it, at the levels of the nearest project file, and nothing of other files', () => {
    const broken = definition(`    <base />\n${shopCors}`).replace('</cors>', '</cors></oops>');
    const rulesOf = (projectFile: string): readonly string[] => {
      const service = openService({
        ...files,
        'apis/catalog/policy.xml': broken,
        'apim-policy.config.json': projectFile,
      });
      return service.textFindings(catalog).map(({ ruleId, severity }) => `${severity} ${ruleId}`);
    };
    assert.deepEqual(rulesOf('{}'), ['error syntax-unexpected-end-tag']);
    assert.deepEqual(rulesOf('{ "rules": { "syntax-unexpected-end-tag": "hint" } }'), [
      'hint syntax-unexpected-end-tag',
    ]);
  });
});
