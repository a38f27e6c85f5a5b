import assert from 'node:assert/strict';
import { cors, definition, globalDefinition, portalGlobal, shopCors } from '../support/policies';
import { applyFix, findingOf, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'portal-cors-not-inherited';
const orders = 'apis/orders/policy.xml';
const base = '    <base />';
const lets = ' terminate-unmatched-request="false"';
/** The portal's cors and nothing else. */
const portalAlone = portalGlobal(lets).replace(/\n *<rate-limit-by-key[^\n]*/, '');
const told = `${orders}: information ${ruleId} "<inbound>"`;

function service(inbound: string, global = portalAlone): ServiceFiles {
  return { 'policy.xml': global, [orders]: definition(inbound) };
}

describe(ruleId, () => {
  it('tells it on the section, and stands for base-removed where nothing else is lost', () => {
    const files = service(shopCors);
    assert.deepEqual(lintAll(files), [told]);
    const { message, related } = findingOf(files, orders, ruleId);
    assert.equal(
      message,
      'This inbound section has no <base />, so the developer portal’s cors is not inherited, and no cors here lists https://contoso.developer.azure-api.net: the portal’s console cannot call. Add <base />, or list the portal here.',
    );
    assert.deepEqual(
      related.flatMap((place) => place.ruleId ?? []),
      ['base-removed'],
    );
  });
  it('stands beside base-removed where more is lost', () => {
    assert.deepEqual(lintAll(service(shopCors, portalGlobal(lets))), [
      `${orders}: information base-removed "<inbound>"`,
      told,
    ]);
  });
  it('is told without an own cors, and for a portal that the project file names', () => {
    const files = {
      ...service(
        '    <set-variable name="a" value="b" />',
        portalAlone.replace('contoso.developer.azure-api.net', 'portal.contoso.com'),
      ),
      'apim-policy.config.json': '{ "cors": { "portalOrigins": ["https://portal.contoso.com"] } }',
    };
    assert.deepEqual(lintAll(files), [told]);
  });
  it('can be mended by <base />, with a title that says what comes along', () => {
    const files = service(shopCors);
    assert.deepEqual(
      findingOf(files, orders, ruleId).fixes.map(({ title }) => title),
      [
        'Add <base /> at the start of inbound: inherits cors from global scope',
        'Add https://contoso.developer.azure-api.net, headers ocp-apim-subscription-key and x-ms-api-devportal to this document’s cors',
      ],
    );
    const after = applyFix(files, orders, ruleId, 'add-base');
    assert.equal(after[orders], definition(`${base}\n${shopCors}`));
    assert.deepEqual(lintAll(after), []);
  });
  it('can be mended by listing the portal, with what its console sends', () => {
    const after = applyFix(service(shopCors), orders, ruleId, 'add-portal-origin');
    assert.equal(
      after[orders],
      definition(
        cors({
          origins: ['https://shop.contoso.com', 'https://contoso.developer.azure-api.net'],
          methods: ['GET', 'POST'],
          headers: ['content-type', 'authorization', 'ocp-apim-subscription-key', 'x-ms-api-devportal'],
        }),
      ),
    );
    assert.deepEqual(lintAll(after), [`${orders}: information base-removed "<inbound>"`]);
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'where <base /> is there': service(`${cors({ origins: ['https://shop.contoso.com'], attributes: lets })}\n${base}`),
    'where a cors lists a portal': service(
      cors({ origins: ['https://contoso.developer.azure-api.net'], headers: ['*', 'authorization'] }),
    ),
    'where a cors lists everybody': service(cors({ origins: ['*'] })),
    'where an origin is decided at run time': service(
      cors({ origins: ['@(context.Variables.GetValueOrDefault("o",""))'] }),
    ),
    'where the broader cors is not the portal’s alone': service(
      shopCors,
      globalDefinition(
        cors({ origins: ['https://contoso.developer.azure-api.net', 'https://shop.contoso.com'], headers: ['*'] }),
      ),
    ),
    'for a WebSocket API': {
      ...service('    <set-variable name="a" value="b" />'),
      'apis/orders/apiInformation.json': '{ "properties": { "type": "websocket" } }',
    },
    'where a fragment cannot be read': service('    <include-fragment fragment-id="@(context.Api.Id)" />'),
    'where the global policy is not in the workspace': { [orders]: definition(shopCors) },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      assert.deepEqual(
        lintAll(files).filter((line) => !/ (base-removed|wildcard-origin|origin-expression) /.test(line)),
        [],
      );
    });
  }
});
