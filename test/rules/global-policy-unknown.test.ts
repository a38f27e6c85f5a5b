import assert from 'node:assert/strict';
import { definition, serviceArtifact, shopCors } from '../support/policies';
import { findingOf, lint, lintAll } from '../support/service';

const orders = 'apis/orders/policy.xml';
const base = '    <base />';
const api = { [orders]: definition(`${base}\n${shopCors}`) };

describe('global-policy-unknown', () => {
  it('informs on the <base /> that reaches a global policy outside the workspace, before the own cors', () => {
    assert.deepEqual(lintAll(api), [`${orders}: information global-policy-unknown "<base />"`]);
  });
  it('informs in a file whose scope is not known', () => {
    assert.deepEqual(lint({ 'somewhere/hr_get.xml': definition(`${base}\n${shopCors}`) }, 'somewhere/hr_get.xml'), [
      'information global-policy-unknown "<base />"',
    ]);
  });
  it('names the API when its policy is the unknown one', () => {
    const files = {
      'apim-policy.config.json':
        '{ "scopes": [{ "glob": "ops/{api}-{operation}.xml", "scope": "operation" }], "absent": ["global"] }',
      'ops/orders-get.xml': definition(`${base}\n${shopCors}`),
    };
    assert.match(findingOf(files, 'ops/orders-get.xml', 'global-policy-unknown').message, /the policy of API orders/);
  });

  it('asks to mend a policy that is there and cannot be read', () => {
    const operation = 'apis/orders/operations/get/policy.xml';
    const files = { ...serviceArtifact, [orders]: '<inbound />', [operation]: definition(`${base}\n${shopCors}`) };
    assert.match(
      findingOf(files, operation, 'global-policy-unknown').message,
      /API orders cannot be read.*Mend that file/,
    );
  });

  const silent: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'when the own cors stands before <base />': { [orders]: definition(`${shopCors}\n${base}`) },
    'without an own cors': { [orders]: definition(base) },
    'without <base />': { [orders]: definition(shopCors) },
    'when the service is known to have no global policy': { ...api, ...serviceArtifact },
    'when the project file says that there is none': { ...api, 'apim-policy.config.json': '{ "absent": ["global"] }' },
    'when the API between keeps the global policy out': {
      ...{ [orders]: definition('') },
      'apis/orders/operations/get/policy.xml': definition(`${base}\n${shopCors}`),
    },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(files), []));
  }
});
