import assert from 'node:assert/strict';
import { cors, definition, globalDefinition, portalGlobal, shopCors } from '../support/policies';
import { applyFix, findingOf, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'portal-not-allowed';
const global = 'policy.xml';
const orders = 'apis/orders/policy.xml';
const base = '    <base />';
const lets = ' terminate-unmatched-request="false"';
const shop = cors({ origins: ['https://shop.contoso.com'], attributes: lets });
const listing = cors({ origins: ['https://developers.contoso.com'], headers: ['*'], attributes: lets });
const portal = { 'apim-policy.config.json': '{ "cors": { "portalOrigins": ["https://developers.contoso.com"] } }' };
const globally = `${global}: information ${ruleId} "<inbound>"`;

function service(inbound: string, globalPolicy = globalDefinition('')): ServiceFiles {
  return { ...portal, [global]: globalPolicy, [orders]: definition(inbound) };
}

describe(ruleId, () => {
  it('is told once, at the global policy, for all APIs that inherit from it', () => {
    const files = { ...service(base), 'apis/items/policy.xml': definition(`${shop}\n${base}`) };
    assert.deepEqual(lintAll(files), [globally]);
    assert.equal(
      findingOf(files, global, ruleId).message,
      'No cors lets the developer portal in (https://developers.contoso.com), so its console cannot call 2 APIs of this service. Deploying this policy also removes what the portal’s “Enable CORS” wrote. Add a cors that lists the portal here.',
    );
    assert.deepEqual(findingOf(files, global, ruleId).fixes, []);
  });
  it('can be mended by adding the portal to a global cors', () => {
    const files = service(base, globalDefinition(shop));
    assert.deepEqual(lintAll(files), [globally]);
    const after = applyFix(files, global, ruleId, 'add-portal-origin');
    const both = cors({
      origins: ['https://shop.contoso.com', 'https://developers.contoso.com'],
      headers: ['content-type', 'authorization', 'ocp-apim-subscription-key', 'x-ms-api-devportal'],
      attributes: lets,
    });
    assert.equal(after[global], globalDefinition(both));
    assert.deepEqual(lintAll(after), []);
  });
  it('is told at the API where no global policy is there, or none is inherited', () => {
    const project = '{ "absent": ["global"], "cors": { "portalOrigins": ["https://developers.contoso.com"] } }';
    const absent = { 'apim-policy.config.json': project, [orders]: definition(`${shop}\n${base}`) };
    assert.deepEqual(lintAll(absent), [`${orders}: information ${ruleId} "<inbound>"`]);
    assert.deepEqual(lintAll(service(shop)), [`${orders}: information ${ruleId} "<inbound>"`]);
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'where the global cors lists the portal': service(`${shop}\n${base}`, globalDefinition(listing)),
    'where a default portal host is listed, of which portal-custom-host-missing tells': service(
      `${shop}\n${base}`,
      portalGlobal(lets),
    ),
    'where every API lists it': service(`${listing}\n${base}`),
    'where an origin is decided at run time': service(
      `${cors({ origins: ['@(context.Variables.GetValueOrDefault("o",""))'], attributes: lets })}\n${base}`,
    ),
    'for a WebSocket API': {
      ...service(base),
      'apis/orders/apiInformation.json': '{ "properties": { "type": "websocket" } }',
    },
    'where something cannot be read': { ...portal, [orders]: definition(`${shop}\n${base}`) },
    'without a project file': { [global]: globalDefinition(''), [orders]: definition(`${shopCors}\n${base}`) },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      assert.deepEqual(
        lintAll(files).filter((line) => !/ (portal-custom-host-missing|origin-expression) /.test(line)),
        [],
      );
    });
  }
  it('leaves a portal’s cors that is not inherited to portal-cors-not-inherited', () => {
    assert.deepEqual(lintAll(service(shop, globalDefinition(listing))), [
      `${orders}: information portal-cors-not-inherited "<inbound>"`,
    ]);
  });
});
