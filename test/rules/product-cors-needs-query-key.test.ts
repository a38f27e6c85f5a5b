import assert from 'node:assert/strict';
import { definition, globalDefinition, shopCors } from '../support/policies';
import { findingOf, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'product-cors-needs-query-key';
const product = 'products/starter/policy.xml';
const orders = 'apis/orders/policy.xml';
const base = '    <base />';

function service(required: boolean | undefined, inbound: string, global = globalDefinition('')): ServiceFiles {
  return {
    'policy.xml': global,
    [product]: definition(inbound),
    'products/starter/apis.json': '[{ "name": "orders" }]',
    'products/starter/productInformation.json': JSON.stringify({ properties: { subscriptionRequired: required } }),
    [orders]: definition(base),
  };
}

describe(ruleId, () => {
  it('warns on the cors of a product that requires a subscription', () => {
    const files = service(true, `${shopCors}\n${base}`);
    assert.deepEqual(lintAll(files), [`${product}: warning ${ruleId} "<cors>"`]);
    assert.equal(
      findingOf(files, product, ruleId).message,
      'Preflight requests carry no key in a header, so the gateway cannot tell the product, and this cors takes no part in them: browsers are refused. Put the cors at the API or at global scope, or let pages send the key in the query string.',
    );
  });
  it('says "if" where no file tells whether the product requires one', () => {
    assert.match(
      findingOf(service(undefined, `${shopCors}\n${base}`), product, ruleId).message,
      /takes no part in them if the product requires a subscription: browsers/,
    );
  });
  it('believes the project file', () => {
    const files = {
      ...service(undefined, `${shopCors}\n${base}`),
      'apim-policy.config.json': JSON.stringify({
        products: { starter: { apis: ['orders'], subscriptionRequired: false } },
      }),
    };
    assert.deepEqual(lintAll(files), []);
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'for an open product': service(false, `${shopCors}\n${base}`),
    'when a broader cors lists the same origins': service(true, `${shopCors}\n${base}`, globalDefinition(shopCors)),
    'for a product without a cors of its own': service(true, base, globalDefinition(shopCors)),
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      const own = lintAll(files).filter((line) => !/ (terminate-not-explicit|cors-shadowed) /.test(line));
      assert.deepEqual(own, []);
    });
  }
});
