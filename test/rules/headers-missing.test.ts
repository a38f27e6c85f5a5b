import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { cors, definition } from '../support/policies';
import { applyFix, findingOf, lint } from '../support/service';

const ruleId = 'headers-missing';
const origins = ['https://shop.contoso.com'];
const headers = (...names: readonly string[]) => cors({ origins, headers: names });
const without = cors({ origins }).replace(/ *<allowed-headers>[\s\S]*<\/allowed-headers>\n/, '');
const token = `    <validate-jwt header-name="Authorization">
      <openid-config url="https://login.example.com/.well-known/openid-configuration" />
    </validate-jwt>`;
const information = (subscriptionRequired: boolean) => ({
  'apis/orders/apiInformation.json': JSON.stringify({ properties: { path: 'orders', subscriptionRequired } }),
});
const list = '"<allowed-headers>"';

describe(ruleId, () => {
  it('is an error where the element is absent or empty', () => {
    assert.deepEqual(lintCors(without), [`error ${ruleId} "<cors>"`]);
    assert.deepEqual(lintCors(headers()), [`error ${ruleId} ${list}`]);
    assert.match(
      findingOf(withCors(without), ordersPolicy, ruleId).message,
      /^This cors has no allowed-headers, so calls with a JSON body, .* whether the service refuses a cors without it is not documented/,
    );
  });
  it('warns of content-type where a method with a body is allowed by name or by *', () => {
    for (const method of ['POST', 'PUT', 'PATCH', '*']) {
      const text = cors({ origins, methods: ['GET', method], headers: ['Authorization'] });
      assert.deepEqual(lintCors(text), [`warning ${ruleId} ${list}`], method);
    }
    assert.equal(
      findingOf(withCors(cors({ origins, methods: ['PUT'], headers: ['x-api-key'] })), ordersPolicy, ruleId).message,
      'allowed-headers lacks content-type: PUT with a JSON body needs it. Browsers refuse calls with a header that is not listed.',
    );
  });
  it('warns of authorization where a statement of the chain reads a token from it', () => {
    const before = `    <choose>\n      <when condition="@(true)">\n${token}\n      </when>\n    </choose>`;
    const files = { [ordersPolicy]: definition(`${headers('x-api-key')}\n    <base />\n${before}`) };
    assert.deepEqual(lint(files, ordersPolicy), [`warning ${ruleId} ${list}`]);
    assert.match(
      findingOf(files, ordersPolicy, ruleId).message,
      /lacks authorization: validate-jwt reads a token from it/,
    );
    const inQuery = token.replace('header-name="Authorization"', 'query-parameter-name="t"');
    const other = { [ordersPolicy]: definition(`${headers('x-api-key')}\n    <base />\n${inQuery}`) };
    assert.deepEqual(lint(other, ordersPolicy), []);
  });
  it('warns of what the developer portal’s console sends, where a portal is listed', () => {
    const portal = cors({ origins: ['https://contoso.developer.azure-api.net'], headers: ['Content-Type'] });
    assert.deepEqual(lintCors(portal), [`warning ${ruleId} ${list}`]);
    assert.equal(
      findingOf(withCors(portal), ordersPolicy, ruleId).message,
      'allowed-headers lacks authorization, ocp-apim-subscription-key and x-ms-api-devportal: the developer portal, which is listed, may send them. Browsers refuse calls with a header that is not listed.',
    );
    const own = cors({ origins: ['https://portal.contoso.com'], headers: ['content-type', 'authorization'] });
    assert.deepEqual(lintCors(own), []);
    assert.deepEqual(lintCors(own, { cors: { portalOrigins: ['https://portal.contoso.com'] } }), [
      `warning ${ruleId} ${list}`,
    ]);
  });
  it('says of each header why it is needed', () => {
    const files = {
      [ordersPolicy]: definition(`${cors({ origins, headers: ['x-api-key'] })}\n    <base />\n${token}`),
    };
    const allowingPost = {
      [ordersPolicy]: files[ordersPolicy].replace('<method>GET</method>', '<method>POST</method>'),
    };
    assert.match(
      findingOf(allowingPost, ordersPolicy, ruleId).message,
      /lacks content-type and authorization: POST with a JSON body needs content-type; validate-jwt reads a token from authorization\. /,
    );
    const portal = cors({
      origins: ['https://contoso.developer.azure-api.net'],
      headers: ['content-type', 'authorization', 'ocp-apim-subscription-key'],
    });
    assert.match(findingOf(withCors(portal), ordersPolicy, ruleId).message, /which is listed, may send it\. /);
  });
  it('hints where pages can send neither a token nor a key', () => {
    assert.deepEqual(lintCors(headers('content-type')), [`hint ${ruleId} ${list}`]);
    const files = { ...withCors(headers('content-type')), ...information(true) };
    assert.match(
      findingOf(files, ordersPolicy, ruleId).message,
      /^This API needs a subscription key\. Here allowed-headers lists neither/,
    );
  });
  it('hints where the API needs a key, which pages can send in the query string only', () => {
    const tokenOnly = withCors(headers('content-type', 'authorization'));
    const files = { ...tokenOnly, ...information(true) };
    assert.deepEqual(lint(files, ordersPolicy), [`hint ${ruleId} ${list}`]);
    assert.equal(
      findingOf(files, ordersPolicy, ruleId).message,
      'This API needs a subscription key. Here allowed-headers does not list ocp-apim-subscription-key: pages can send the key in the query string only. Add the header if they send it there.',
    );
    const all = headers('content-type', 'authorization', 'ocp-apim-subscription-key');
    assert.equal(applyFix(files, ordersPolicy, ruleId, 'add-headers')[ordersPolicy], withCors(all)[ordersPolicy]);

    const own = { ...withCors(headers('content-type', 'authorization', 'X-Api-Key')), ...information(true) };
    assert.deepEqual(lint(own, ordersPolicy), []);
    const product = (subscriptionRequired: boolean) => ({
      'products/starter/productInformation.json': JSON.stringify({ properties: { subscriptionRequired } }),
      'products/starter/apis/orders/productApiInformation.json': '{}',
    });
    assert.deepEqual(lint({ ...files, ...product(true) }, ordersPolicy), [`hint ${ruleId} ${list}`]);
    assert.deepEqual(lint({ ...files, ...product(false) }, ordersPolicy), []);
  });

  const silent: Readonly<Record<string, string>> = {
    'for a *': headers('*'),
    'for everything that is needed': headers('Content-Type', 'AUTHORIZATION'),
    'for a key of the author’s own': headers('content-type', 'x-zumo-auth'),
    'for a list with an unknown entry': headers('accept', '{{more}}'),
    'for what a deployment tool writes': headers().replace('</allowed-headers>', '#{headers}#</allowed-headers>'),
    'for calls with cookies': cors({ origins, headers: ['accept'], attributes: ' allow-credentials="true"' }),
  };
  for (const [title, text] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintCors(text), []));
  }
  it('stays silent in a cors without an end, of which the rest is not known', () => {
    const unclosed = without.replace('    </cors>', '');
    assert.deepEqual(
      lintCors(unclosed).map((line) => line.split(' ')[1]),
      ['syntax-unclosed-element'],
    );
  });
  it('stays silent where the API is known to need no key', () => {
    assert.deepEqual(lint({ ...withCors(headers('content-type')), ...information(false) }, ordersPolicy), []);
  });

  it('adds what is missing, for certain where it is known to be needed', () => {
    const put = (...names: readonly string[]) => cors({ origins, methods: ['PUT'], headers: names });
    const files = withCors(put('authorization'));
    const after = applyFix(files, ordersPolicy, ruleId, 'add-headers');
    assert.equal(after[ordersPolicy], withCors(put('authorization', 'content-type'))[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
    assert.equal(findingOf(files, ordersPolicy, ruleId).fixes[0]?.isGuess, false);
  });
  it('makes the list where there is none, as a guess', () => {
    const files = withCors(without);
    const [fix] = findingOf(files, ordersPolicy, ruleId).fixes;
    assert.deepEqual(
      [fix?.title, fix?.isGuess],
      ['Allow content-type, authorization and ocp-apim-subscription-key', true],
    );
    const after = applyFix(files, ordersPolicy, ruleId, 'add-headers');
    const all = headers('content-type', 'authorization', 'ocp-apim-subscription-key');
    assert.equal(after[ordersPolicy], withCors(all)[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
  });
  it('leaves no lesser case of itself behind', () => {
    const files = withCors(cors({ origins, methods: ['POST'], headers: ['accept'] }));
    assert.deepEqual(lint(applyFix(files, ordersPolicy, ruleId, 'add-headers'), ordersPolicy), []);
  });
});
