import assert from 'node:assert/strict';
import {
  type CorsQuestion,
  type CorsTarget,
  decideCors,
  explainCall,
  rejectingStatements,
} from '../../../server/src/core';
import { cors, definition } from '../../support/policies';
import { absolute, openService, type ServiceFiles } from '../../support/service';

const shop = 'https://shop.contoso.com';
const orders = 'apis/orders/policy.xml';

/** An APIOps root whose API has its own `cors`; `files` come on top. */
function target(files: ServiceFiles, question: CorsQuestion = {}, path = orders): CorsTarget {
  const own = definition(cors({ origins: [shop], methods: ['GET', 'PUT'] }));
  const reading = openService({ 'policy.xml': definition(''), [orders]: own, ...files }).corsTarget(
    absolute(path),
    question,
  );
  assert.ok(reading?.target, JSON.stringify(reading?.problem));
  return reading.target;
}

/** What becomes of the shop's preflight for a PUT. */
function preflightOf({ policies, facts, assume }: CorsTarget): string {
  const request = { method: 'OPTIONS', origin: shop, accessControlRequestMethod: 'PUT' };
  const { outcome, by, browser } = decideCors({ ...policies, facts, assume, request });
  return `${outcome} ${by ?? '-'} ${browser}`;
}

const information = (properties: object): string => JSON.stringify({ properties });

describe('what the repository tells of a CORS request', () => {
  it('are versions in a header, by the version set or by the API itself', () => {
    const api = { 'apis/orders/apiInformation.json': information({ apiVersionSetId: '/apiVersionSets/v' }) };
    const set = { 'version sets/v/versionSetInformation.json': information({ versioningScheme: 'Header' }) };
    assert.equal(preflightOf(target({ ...api, ...set })), 'not-found-404 - blocked');
    const inline = {
      'apis/orders/apiInformation.json': information({ apiVersionSet: { versioningScheme: 'Header' } }),
    };
    assert.equal(preflightOf(target(inline)), 'not-found-404 - blocked');
    const path = { 'version sets/v/versionSetInformation.json': information({ versioningScheme: 'Segment' }) };
    assert.equal(preflightOf(target({ ...api, ...path })), 'answered-by-cors api allowed');
  });

  it('is the type of the API', () => {
    const socket = { 'apis/orders/apiInformation.json': information({ type: 'websocket' }) };
    assert.equal(preflightOf(target(socket)), 'cors-skipped - not-applicable');
    const graphql = { 'apis/orders/apiInformation.json': information({ type: 'graphql' }) };
    assert.deepEqual([target(graphql).method, target({}).method], ['POST', 'GET']);
  });

  it('is whether a key is needed, of the API and of its products', () => {
    const strict = {
      'apis/orders/apiInformation.json': information({ subscriptionRequired: true }),
      'products/gold/apis.json': '[{ "name": "orders" }]',
    };
    const { facts, product, remarks } = target(strict);
    assert.deepEqual([facts.subscriptionRequired, product], [true, undefined]);
    assert.ok(remarks.some((remark) => remark.kind === 'inProducts' && remark.products.join() === 'gold'));
    // A product needs a subscription unless its file says otherwise.
    assert.equal(target(strict, { product: 'GOLD' }).facts.openProduct, false);
    const open = { ...strict, 'products/gold/productInformation.json': information({ subscriptionRequired: false }) };
    assert.deepEqual([target(open).product, target(open).facts.openProduct], ['gold', true]);
    assert.equal(target(open, { key: 'header' }).product, undefined);
    const byProject = {
      'apim-policy.config.json': '{ "products": { "free": { "apis": ["orders"], "subscriptionRequired": false } } }',
    };
    assert.equal(target(byProject).product, 'free');
  });

  it('is an OPTIONS operation of the specification, with its own policy', () => {
    const specification = `openapi: 3.0.1
paths:
  /orders/{id}:
    put: { operationId: update, responses: {} }
    options: { operationId: preflight, responses: {} }
`;
    const files = { 'apis/orders/specification.yaml': specification };
    const question = { operation: 'Update' };
    assert.equal(preflightOf(target(files, question)), 'goes-to-backend-options - depends-on-backend');
    const byHand = definition(`<return-response>
      <set-status code="204" />
      <set-header name="Access-Control-Allow-Origin"><value>${shop}</value></set-header>
      <set-header name="Access-Control-Allow-Methods"><value>GET, PUT</value></set-header>
    </return-response>`);
    const withPolicy = { ...files, 'apis/orders/operations/preflight/policy.xml': byHand };
    assert.equal(preflightOf(target(withPolicy, question)), 'goes-to-backend-options - allowed');
    const forOthers = byHand.replace(shop, 'https://other.contoso.com');
    const refusing = { ...files, 'apis/orders/operations/preflight/policy.xml': forOthers };
    assert.equal(preflightOf(target(refusing, question)), 'goes-to-backend-options - blocked');
  });

  it('is nothing where a fragment or a product is asked about, and says why', () => {
    const service = openService({
      'policy.xml': definition(''),
      'products/gold/policy.xml': definition(''),
      'products/gold/apis.json': '[{ "name": "orders" }]',
      'policy fragments/f/policy.xml': '<fragment />',
      [orders]: definition(''),
    });
    const problem = (path: string, question: CorsQuestion = {}) =>
      service.corsTarget(absolute(path), question)?.problem;
    assert.deepEqual(problem('policy fragments/f/policy.xml'), { kind: 'noDefinition', document: 'fragment' });
    assert.deepEqual(problem('products/gold/policy.xml'), { kind: 'isProduct', product: 'gold', apis: ['orders'] });
    assert.equal(problem(orders, { product: 'nope' })?.kind, 'noSuchProduct');
    assert.equal(problem('policy.xml', { operation: 'x' })?.kind, 'operationOfNoApi');
    assert.equal(service.corsTarget('/elsewhere.xml', {}), undefined);
  });
});

describe('the statements that may reject a call', () => {
  it('are listed in the order in which calls reach them, with what stands before', () => {
    const inbound = `<validate-jwt /><set-variable name="a" value="b" />${cors({ origins: [shop] })}
      <choose><when condition="@(true)"><return-response /></when></choose><rate-limit calls="1" renewal-period="1" />`;
    const { policies } = target({ [orders]: definition(inbound) });
    assert.deepEqual(
      rejectingStatements(policies).map(({ name, section, isBehindCors }) => [name, section, isBehindCors]),
      [
        ['validate-jwt', 'inbound', false],
        ['return-response', 'inbound', true],
        ['rate-limit', 'inbound', true],
      ],
    );
  });
});

describe('what a page may read', () => {
  const readable = (expose: string, credentials?: 'include'): unknown => {
    const list = `<expose-headers>${expose
      .split(' ')
      .map((name) => `<header>${name}</header>`)
      .join('')}</expose-headers>`;
    const policy = definition(
      cors({ origins: [shop] })
        .replace('</cors>', `${list}</cors>`)
        .replace('<cors', '<cors allow-credentials="true"'),
    );
    const { policies, facts } = target({ [orders]: policy });
    return explainCall({ ...policies, facts, call: { method: 'GET', origin: shop, credentials } }).readableHeaders;
  };

  it('are the safelisted headers and the exposed ones, or all', () => {
    assert.deepEqual(
      readable('ETag content-type'),
      'cache-control content-language content-length content-type etag expires last-modified pragma'.split(' '),
    );
    assert.equal(readable('*'), 'all');
    assert.ok((readable('*', 'include') as readonly string[]).includes('*'));
  });

  it('is nothing of a method that browsers refuse', () => {
    const { policies, facts } = target({});
    const call = explainCall({ ...policies, facts, call: { method: 'TRACE', origin: shop } });
    assert.deepEqual(
      [call.browser, call.preflight, call.actual, call.readableHeaders],
      ['blocked', undefined, undefined, undefined],
    );
    assert.equal(call.because, 'Browsers do not let a page send TRACE: fetch throws a TypeError, and nothing is sent.');
  });
});
