import assert from 'node:assert/strict';
import { type Call, type CallExplanation, explainCall } from '../../../server/src/core/cors/corsCall';
import { brief, cors, type Inline, policy, shop, situation } from './situations';

const spa = (attributes = 'terminate-unmatched-request="true"'): string =>
  cors(
    shop,
    attributes,
    '<allowed-methods preflight-result-max-age="600"><method>GET</method><method>PUT</method></allowed-methods>' +
      '<allowed-headers><header>content-type</header><header>ocp-apim-subscription-key</header></allowed-headers>',
  );

function explain(call: Call, inline: Partial<Inline> = {}): CallExplanation {
  const request = { method: 'GET' };
  const complete = situation({ policies: { api: policy(spa()) }, request, ...inline });
  return explainCall({ ...complete, call });
}

describe('a call', () => {
  it('without need of a preflight is one request', () => {
    const call = explain({ method: 'get', origin: `${shop}/` });
    assert.deepEqual([call.needsPreflight, call.why], [false, 'GET with safelisted headers is a simple request']);
    assert.equal(call.preflight, undefined);
    assert.equal(call.actual && brief(call.actual), 'passes-with-cors-headers api allowed');
    assert.deepEqual([call.browser, call.console, call.cachedForSeconds], ['allowed', undefined, 0]);
  });

  it('with a preflight is two, and the first may be kept', () => {
    const headers = [{ name: 'Content-Type', value: 'application/json' }];
    const call = explain({ method: 'PUT', origin: shop, headers });
    assert.equal(call.why, 'the method PUT is not GET, HEAD or POST; content-type: application/json is not safelisted');
    assert.equal(call.preflight && brief(call.preflight), 'answered-by-cors api allowed');
    assert.equal(call.actual && brief(call.actual), 'passes-with-cors-headers api allowed');
    assert.deepEqual([call.browser, call.cachedForSeconds], ['allowed', 600]);
    assert.match(call.because, /^Preflight: The cors of API under test admits/);
  });

  it('with the answer to an earlier preflight asks no more', () => {
    const call = explain({ method: 'PUT', origin: shop, hasCachedPreflight: true });
    assert.deepEqual([call.needsPreflight, call.preflight, call.browser], [true, undefined, 'allowed']);
    assert.match(call.why, /still has the answer to the last preflight/);
  });

  it('is never sent where the preflight fails, and the console says why', () => {
    const call = explain({ method: 'DELETE', origin: shop, url: 'https://api.contoso.com/orders' });
    assert.deepEqual([call.browser, call.actual, call.cachedForSeconds], ['blocked', undefined, 0]);
    assert.equal(
      call.console,
      `Access to fetch at 'https://api.contoso.com/orders' from origin '${shop}' has been blocked by CORS policy: Method DELETE is not allowed by Access-Control-Allow-Methods in preflight response.`,
    );
    assert.match(call.because, /^The preflight fails, so the call is never sent\. /);
  });

  it('of an unlisted origin is told the missing header', () => {
    const call = explain({ method: 'GET', origin: 'https://evil.example' });
    assert.equal(call.actual && brief(call.actual), 'terminated-empty-200 api blocked');
    assert.match(call.console ?? '', /No 'Access-Control-Allow-Origin' header is present on the requested resource\.$/);
  });

  it('of a program that is no browser is not between origins', () => {
    const call = explain({ method: 'PUT', client: 'server', headers: [{ name: 'X-A' }] });
    assert.deepEqual(
      [call.needsPreflight, call.why, call.browser],
      [false, 'a program that is no browser asks nobody', 'not-applicable'],
    );
    assert.equal(call.actual && brief(call.actual), 'not-cross-origin - not-applicable');
  });
  it('of such a program with an origin that it passes on is judged by it, without a preflight', () => {
    const call = explain({ method: 'PUT', origin: shop, client: 'server' });
    assert.equal(call.preflight, undefined);
    assert.equal(call.actual?.outcome, 'passes-with-cors-headers');
    assert.equal(call.browser, 'not-applicable');
  });

  it('within one origin neither', () => {
    assert.equal(explain({ method: 'GET' }).browser, 'not-applicable');
  });

  it('with the key in a header needs a preflight, and loses the product for it', () => {
    const key = explain({ method: 'GET', origin: shop, key: 'header' });
    assert.deepEqual(
      [key.needsPreflight, key.why, key.browser],
      [true, 'ocp-apim-subscription-key is not safelisted', 'allowed'],
    );

    const policies = { product: policy(spa()), api: policy('<base />') };
    const lost = explain({ method: 'GET', origin: shop, key: 'header' }, { policies });
    assert.deepEqual([lost.preflight && brief(lost.preflight), lost.browser], ['not-found-404 - blocked', 'blocked']);
    const kept = explain({ method: 'GET', origin: shop, key: 'query' }, { policies });
    assert.deepEqual(
      [kept.needsPreflight, kept.actual && brief(kept.actual)],
      [false, 'passes-with-cors-headers product allowed'],
    );
    const named = explain({ method: 'GET', origin: shop, key: 'header', keyHeader: 'api-key' });
    assert.equal(named.browser, 'blocked');
    assert.match(named.console ?? '', /Request header field api-key is not allowed/);
  });

  it('with credentials needs them in both answers', () => {
    const call = explain({ method: 'PUT', origin: shop, credentials: 'include' });
    assert.equal(call.browser, 'blocked');
    assert.match(call.console ?? '', /Access-Control-Allow-Credentials/);
    const policies = { api: policy(spa('allow-credentials="true"')) };
    assert.equal(explain({ method: 'PUT', origin: shop, credentials: 'include' }, { policies }).browser, 'allowed');
  });

  it('is not promised where something is only known at run time', () => {
    const policies = { api: policy(cors('{{spa-origin}}')) };
    const call = explain({ method: 'GET', origin: shop, headers: [{ name: 'x-a' }] }, { policies });
    assert.deepEqual([call.browser, call.console, call.cachedForSeconds], ['unknown', undefined, 0]);
    assert.equal(call.actual?.outcome, 'decided-at-runtime');
  });

  it('depends on the backend where an operation declares OPTIONS', () => {
    const call = explain({ method: 'PUT', origin: shop }, { context: { optionsOperation: true } });
    assert.deepEqual([call.browser, call.preflight?.outcome], ['depends-on-backend', 'goes-to-backend-options']);
  });

  it('is told how to do without the preflight', () => {
    const headers = [
      { name: 'Content-Type', value: 'application/json' },
      { name: 'Access-Control-Allow-Origin', value: '*' },
    ];
    const { hints } = explain({ method: 'GET', origin: shop, headers });
    assert.equal(hints.length, 2);
    assert.match(hints[0] ?? '', /^access-control-allow-origin belongs to responses/);
    assert.match(hints[1] ?? '', /^A GET has no body/);
    assert.deepEqual(explain({ method: 'GET', origin: shop }).hints, []);
  });
});
