import assert from 'node:assert/strict';
import { definition, globalDefinition, shopCors } from '../support/policies';
import { findingOf, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'backend-owns-cors';
const orders = 'apis/orders/policy.xml';
const base = '    <base />';
const strip = (name: string) => `    <set-header name="${name}" exists-action="delete" />`;

function service(inbound: string, outbound: string, global = globalDefinition('')): ServiceFiles {
  return { 'policy.xml': global, [orders]: definition(inbound).replace('<outbound>\n', `<outbound>\n${outbound}\n`) };
}

describe(ruleId, () => {
  it('tells it where outbound strips what the cors writes too', () => {
    const files = service(
      `${shopCors}\n${base}`,
      `${strip('Access-Control-Allow-Origin')}\n${strip('Access-Control-Allow-Credentials')}`,
    );
    assert.deepEqual(lintAll(files), [`${orders}: information ${ruleId} "<set-header name="Access-Control-Allow-O…"`]);
    assert.equal(
      findingOf(files, orders, ruleId).message,
      'This removes Access-Control-Allow-Origin and Access-Control-Allow-Credentials of the backend, while this cors writes the same headers. Whether it writes them before or after outbound is not documented, so its own may go too. Let one side own CORS: empty the backend’s list of origins, or check one real call from a browser.',
    );
  });
  it('tells it for an inherited cors', () => {
    const files = service(base, strip('access-control-allow-origin'), globalDefinition(shopCors));
    assert.match(findingOf(files, orders, ruleId).message, /while the cors at global scope writes/);
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'without a cors': service(base, strip('Access-Control-Allow-Origin')),
    'for other headers': service(`${shopCors}\n${base}`, strip('X-Powered-By')),
    'for a cors alone': service(`${shopCors}\n${base}`, ''),
    'for a header whose name is decided at run time': service(
      `${shopCors}\n${base}`,
      strip('@("Access-Control-Allow-" + "Origin")'),
    ),
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(files), []));
  }
});
