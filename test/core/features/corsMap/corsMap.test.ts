import assert from 'node:assert/strict';
import { becauseAt, computeMap, drawMap, mapOf } from '../../../support/corsMap';
import { cors, definition, portalGlobal, serviceArtifact } from '../../../support/policies';
import { openService, type ServiceFiles } from '../../../support/service';

const portal = 'https://contoso.developer.azure-api.net';
const shop = 'https://shop.contoso.com';

/** An OpenAPI description with these operations: "get /orders list-orders". */
function specification(...operations: readonly string[]): string {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    const [method = '', path = '', operationId] = operation.split(' ');
    paths[path] = { ...paths[path], [method]: { operationId } };
  }
  return JSON.stringify({ openapi: '3.0.1', paths });
}

const orders = specification('get /orders list', 'post /orders create', 'put /orders/{id} update');
const noKey = '{ "properties": { "subscriptionRequired": false } }';
const shopCors = cors({
  origins: [shop],
  methods: ['GET', 'PUT'],
  attributes: ' terminate-unmatched-request="false"',
});

const service: ServiceFiles = {
  'policy.xml': portalGlobal(' terminate-unmatched-request="true"'),
  'apis/orders/policy.xml': definition(`${shopCors}\n    <base />`),
  'apis/orders/apiInformation.json': noKey,
  'apis/orders/specification.json': orders,
  'apis/orders/operations/update/policy.xml': definition('    <base />\n    <rewrite-uri template="/v2" />'),
};

describe('CORS map', () => {
  it('has a row for every operation and a column for every origin that the service names', () => {
    assert.deepEqual(drawMap(mapOf(service)), [
      `${portal} ${shop} *`,
      'orders GET list: A? A  Bg',
      'orders POST create +content-type: A? A? Bg',
      'orders PUT update +content-type: A? A  Bg',
    ]);
  });

  it('blames the scope whose cors blocks, be it for the origin, the method or a header', () => {
    const only = (inbound: string): ServiceFiles => ({ ...service, 'apis/orders/policy.xml': definition(inbound) });
    const ended = ' terminate-unmatched-request="true"';
    const map = mapOf(only(`    <base />\n${cors({ origins: [shop] })}`), { origins: [shop] });
    assert.deepEqual(drawMap(map).slice(1), [
      'orders GET list: Bg Bg',
      'orders POST create +content-type: Bg Bg',
      'orders PUT update +content-type: Bg Bg',
    ]);
    assert.equal(
      becauseAt(map, 'list', 0),
      'The call itself is ended by the cors of global scope, which does not admit it, with an empty 200.',
    );

    const own = mapOf(only(cors({ origins: [shop], headers: ['x-a'], attributes: ended })), { origins: [shop] });
    assert.deepEqual(drawMap(own).slice(1), [
      'orders GET list: A  Ba',
      'orders POST create +content-type: Ba Ba',
      'orders PUT update +content-type: Ba Ba',
    ]);
    assert.equal(
      becauseAt(own, 'create', 0),
      'The preflight request is admitted by the cors of API orders, but not all that it asks for: the header content-type is not listed.',
    );
    assert.equal(
      becauseAt(own, 'update', 0),
      'The preflight request is admitted by the cors of API orders, but not all that it asks for: the method is not listed.',
    );
  });

  it('counts a call as allowed only where both requests are', () => {
    // An API's own OPTIONS operation answers the preflight; the real request still meets no cors that lists the shop.
    const files: ServiceFiles = {
      'policy.xml': portalGlobal(' terminate-unmatched-request="true"'),
      'apis/orders/policy.xml': definition('    <base />'),
      'apis/orders/apiInformation.json': noKey,
      'apis/orders/specification.json': specification(
        'get /orders list',
        'put /orders put',
        'options /orders ask',
        'trace /orders trace',
      ),
    };
    const map = mapOf(files, { origins: [shop] });
    assert.deepEqual(drawMap(map).slice(1), [
      'orders GET list: Bg Bg',
      'orders OPTIONS ask: –  –',
      'orders PUT put +content-type: Bn Bn',
      'orders TRACE trace: –  –',
    ]);
    assert.equal(
      becauseAt(map, 'put', 0),
      'The call itself is processed, but no cors admits the origin, so the page may not read the answer.',
    );
  });

  it('shows both readings where the documentation leaves one open', () => {
    const map = mapOf(
      {
        ...service,
        'policy.xml': portalGlobal(),
        'apis/orders/policy.xml': definition(`    <base />\n${cors({ origins: [shop], methods: ['PUT'] })}`),
      },
      { origins: [shop] },
    );
    assert.deepEqual(drawMap(map).slice(1), [
      'orders GET list: B? Bg',
      'orders POST create +content-type: B? Bg',
      'orders PUT update +content-type: B? Bg',
    ]);
    assert.match(
      becauseAt(map, 'list', 0) ?? '',
      /as the documentation is read here: a cors without terminate-unmatched-request ends/,
    );
  });

  it('does not call anything harmless that it cannot know', () => {
    const unknownGlobal: ServiceFiles = {
      'apis/orders/policy.xml': definition('    <base />'),
      'apis/orders/apiInformation.json': noKey,
      'apis/orders/specification.json': specification('get /orders list'),
    };
    assert.deepEqual(drawMap(mapOf(unknownGlobal)), ['*', 'orders GET list: Dr']);
    const noCors = { ...unknownGlobal, ...serviceArtifact };
    assert.deepEqual(drawMap(mapOf(noCors)), ['*', 'orders GET list: Db'], 'the backend may send CORS headers');
    const computed = cors({
      origins: ['@(context.Variables["x"])'],
      attributes: ' terminate-unmatched-request="true"',
    });
    const withExpression = { ...noCors, 'apis/orders/policy.xml': definition(computed) };
    const map = mapOf(withExpression, { origins: [shop] });
    assert.deepEqual(drawMap(map).slice(1), ['orders GET list: Dr Dr']);
    assert.deepEqual(
      mapOf(withExpression).notes[0],
      'Some origins are computed by policy expressions, and have no column.',
    );
  });

  it('has columns for the origins that are asked for, and says which are none', () => {
    const map = mapOf(service, { origins: [shop, 'shop.contoso.com'] });
    assert.deepEqual(
      map?.origins.map(({ origin }) => origin),
      [shop, null],
    );
    assert.deepEqual(map?.notes.slice(0, 1), [
      'shop.contoso.com is not an origin, such as https://shop.contoso.com, and has no column.',
    ]);
  });

  it('sends what policies check, and the key that the API requires', () => {
    const files: ServiceFiles = {
      ...service,
      'apis/orders/policy.xml': definition(
        `${shopCors}\n    <base />\n    <validate-jwt header-name="Authorization" />\n    <check-header name="X-Tenant" />`,
      ),
      'apis/orders/apiInformation.json': '{ "properties": { "subscriptionRequired": true } }',
    };
    assert.deepEqual(drawMap(mapOf(files, { origins: [shop] })).slice(2, 3), [
      'orders POST create +content-type +authorization +x-tenant key in header: Ba Bg',
    ]);
    const query = mapOf(files, { origins: [shop], key: 'query', headers: ['X-Trace'] });
    assert.match(drawMap(query)[2] ?? '', /\+x-tenant \+X-Trace key in query/);
  });

  it('is blocked by a product in whose cors the key brings the call, and depends where products differ', () => {
    const files: ServiceFiles = {
      ...service,
      'policy.xml': portalGlobal(' terminate-unmatched-request="false"'),
      'apis/orders/policy.xml': definition(
        `    <base />\n${cors({ origins: [shop], methods: ['*'], headers: ['*'] })}`,
      ),
      'apis/orders/apiInformation.json': '{ "properties": { "subscriptionRequired": true } }',
      'apis/orders/specification.json': specification('get /orders list'),
      'apis/orders/operations/update/policy.xml': definition('    <base />'),
      'products/closed/productInformation.json': '{ "properties": { "subscriptionRequired": true } }',
      'products/closed/policy.xml': definition(
        cors({ origins: ['https://partner.example'], attributes: ' terminate-unmatched-request="true"' }),
      ),
      'products/closed/apis/orders/productApiInformation.json': '{}',
    };
    const map = mapOf(files, { origins: [shop] });
    assert.deepEqual(drawMap(map).slice(1, 2), ['orders GET list key in header: Dk Ba']);
    assert.match(becauseAt(map, 'list', 0) ?? '', /with a key of no product; blocked with a key of product closed\.$/);
    assert.deepEqual(drawMap(mapOf(files, { origins: [shop], product: 'closed' })).slice(1, 2), [
      'orders GET list key in header: Bp Ba',
    ]);
  });

  it('has one row for an API whose operations nothing lists, and says so', () => {
    const map = mapOf({
      'policy.xml': portalGlobal(' terminate-unmatched-request="true"'),
      'apis/stock/policy.xml': definition('    <base />'),
      'apis/stock/operations/count/policy.xml': definition(shopCors),
    });
    assert.deepEqual(drawMap(map), [`${portal} ${shop} *`, 'stock GET (all): A  Bg Bg', 'stock GET count: Bn A  Bn']);
    assert.match(map.notes.join('\n'), /No specification here lists the operations of stock/);
    assert.match(map.notes.join('\n'), /No file tells whether stock requires a subscription key/);
  });

  it('knows APIs without a policy, workspaces, revisions, and a service with nothing but a global policy', () => {
    const files: ServiceFiles = {
      'policy.xml': portalGlobal(' terminate-unmatched-request="true"'),
      'apis/plain/apiInformation.json': noKey,
      'apis/plain/specification.json': specification('get /a a'),
      'apis/orders;rev=2/policy.xml': definition('    <base />'),
      'workspaces/sales/apis/leads/policy.xml': definition('    <base />'),
    };
    assert.deepEqual(drawMap(mapOf(files)).slice(1), [
      'orders;rev=2 GET (all): A  Bg',
      'plain GET a: A  Bg',
      'sales/leads GET (all): A  Bg',
    ]);
    for (const others of [serviceArtifact, {}]) {
      assert.deepEqual(drawMap(mapOf({ 'policy.xml': portalGlobal(), ...others })), [
        `${portal} *`,
        'any API without a policy of its own GET (all): A  Bg',
      ]);
    }
  });

  it('lists origins of the project file first, then those that most policies list; named values are replaced', () => {
    const map = mapOf({
      ...service,
      'apim-policy.config.json': `{ "cors": { "origins": ["https://First.example/"], "portalOrigins": ["dev.example", "*.portal.example"] } }`,
      'apis/a/policy.xml': definition(cors({ origins: ['{{spa}}', '{{ unknown }}', shop] })),
      'named values/spa/namedValueInformation.json':
        '{ "properties": { "displayName": "spa", "value": "https://spa.example" } }',
    });
    assert.deepEqual(
      map.origins.map(({ origin, kind, why }) => [origin, kind, why]),
      [
        ['https://first.example', 'page', 'cors.origins of the project file'],
        ['https://dev.example', 'portal', 'cors.portalOrigins of the project file'],
        [shop, 'listed', 'listed by 2 cors policies'],
        [portal, 'listed', 'listed by 1 cors policy'],
        ['https://spa.example', 'listed', 'listed by 1 cors policy'],
        ['{{unknown}}', 'named-value', 'listed by 1 cors policy'],
        [null, 'any-other', 'stands for every origin that no cors names'],
      ],
    );
    assert.ok(map.notes.includes('*.portal.example of cors.portalOrigins is a pattern and has no column.'));
    const [, a] = drawMap(map);
    // The named value admits itself; for all others it may hold the very origin.
    assert.equal(a, 'a GET (all): Dr Dr A  Dr A  A  Dr');
  });

  it('shows operations with a method, and calls with credentials', () => {
    assert.deepEqual(drawMap(mapOf(service, { method: 'get', credentials: 'include' })), [
      `${portal} ${shop} *`,
      'orders GET list: A? Ba Bg',
    ]);
  });

  it('says for which APIs a product has no calls', () => {
    const map = mapOf(
      { ...service, 'products/p/productInformation.json': '{ "properties": { "subscriptionRequired": false } }' },
      { product: 'p' },
    );
    assert.deepEqual(map.rows, []);
    assert.deepEqual(map.notes, ['1 API is not known to be in product p and not shown.']);
  });

  it('is computed in steps, and the same after each', () => {
    const language = openService({ ...service, 'apis/a/policy.xml': definition('    <base />') });
    const steps = [...language.computingCorsMap('/service', {})];
    assert.equal(steps.length, 5, 'two policies with origins, two APIs, and the policy of an operation');
    assert.deepEqual(computeMap(language), computeMap(language));
    assert.deepEqual(language.corsMapRoots(), ['/service']);
  });

  it('has no map of what is no service', () => {
    const language = openService({ 'readme.md': '' });
    assert.deepEqual(language.corsMapRoots(), []);
    assert.deepEqual(language.computingCorsMap('/service', {}).next(), { done: true, value: undefined });
  });
});
