import assert from 'node:assert/strict';
import {
  checkActualResponse,
  checkPreflightResponse,
  consoleMessage,
} from '../../../server/src/core/cors/browserCheck';

const origin = 'https://shop.contoso.com';
const allow = { 'Access-Control-Allow-Origin': origin };

function actual(
  headers: Readonly<Record<string, string>>,
  credentials: 'include' | 'same-origin' = 'same-origin',
): string {
  const check = checkActualResponse({ origin, credentials }, { status: 500, headers });
  return check.isAllowed ? 'allowed' : check.reason;
}

function preflight(
  headers: Readonly<Record<string, string>>,
  options: {
    method?: string;
    names?: readonly string[];
    status?: number;
    credentials?: 'include' | 'same-origin';
  } = {},
): string {
  const { method = 'PUT', names = [], status = 200, credentials = 'same-origin' } = options;
  const check = checkPreflightResponse({ origin, credentials, method, headerNames: names }, { status, headers });
  return check.isAllowed ? 'allowed' : check.reason;
}

const methods = (list: string) => ({ ...allow, 'Access-Control-Allow-Methods': list });
const headersOf = (list: string) => ({ ...methods('PUT'), 'Access-Control-Allow-Headers': list });

describe("the browser's check of a real response", () => {
  it('needs the origin, byte for byte, or *', () => {
    assert.equal(actual(allow), 'allowed');
    assert.equal(actual({ 'access-control-allow-origin': '*' }), 'allowed');
    assert.equal(actual({}), "No 'Access-Control-Allow-Origin' header is present on the requested resource.");
    assert.match(actual({ 'Access-Control-Allow-Origin': `${origin}/` }), /is not equal to the supplied origin/);
    assert.equal(
      actual({ 'Access-Control-Allow-Origin': 'shop' }),
      "The 'Access-Control-Allow-Origin' header contains the invalid value 'shop'. Have the server send the header with a valid value.",
    );
    assert.match(
      actual({ 'Access-Control-Allow-Origin': 'https://other.com' }),
      /that is not equal to the supplied origin/,
    );
    assert.match(actual({ 'Access-Control-Allow-Origin': `${origin}, ${origin}` }), /multiple values/);
  });

  it('needs more for credentials', () => {
    assert.match(actual({ 'Access-Control-Allow-Origin': '*' }, 'include'), /must not be the wildcard/);
    assert.match(
      actual(allow, 'include'),
      /'Access-Control-Allow-Credentials' header in the response is '' which must be 'true'/,
    );
    assert.match(actual({ ...allow, 'Access-Control-Allow-Credentials': 'True' }, 'include'), /is 'True'/);
    assert.equal(actual({ ...allow, 'Access-Control-Allow-Credentials': 'true' }, 'include'), 'allowed');
  });
});

describe("the browser's check of a preflight response", () => {
  it('looks at the origin, then at the status', () => {
    assert.match(preflight({}, { status: 404 }), /^Response to preflight request .* No 'Access-Control-Allow-Origin'/);
    assert.match(preflight(methods('PUT'), { status: 404 }), /It does not have HTTP ok status/);
    assert.equal(preflight(methods('PUT'), { status: 204 }), 'allowed');
  });

  it('needs the method, unless it is safelisted', () => {
    assert.equal(preflight(methods('GET, PUT')), 'allowed');
    assert.equal(
      preflight(methods('GET')),
      'Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.',
    );
    assert.equal(preflight(methods('PATCH'), { method: 'patch' }).startsWith('Method patch is not allowed'), true);
    assert.equal(preflight(allow, { method: 'POST' }), 'allowed');
    assert.equal(preflight(methods('*')), 'allowed');
    assert.match(
      preflight({ ...methods('*'), 'Access-Control-Allow-Credentials': 'true' }, { credentials: 'include' }),
      /^Method PUT/,
    );
  });

  it('needs every header name; * covers neither Authorization nor credentials', () => {
    assert.equal(preflight(headersOf('X-A, x-b'), { names: ['x-a', 'x-b'] }), 'allowed');
    assert.equal(preflight(headersOf('*'), { names: ['x-a'] }), 'allowed');
    assert.equal(
      preflight(headersOf('*'), { names: ['authorization'] }),
      'Request header field authorization is not allowed by Access-Control-Allow-Headers in preflight response.',
    );
    const withCredentials = { ...headersOf('*'), 'Access-Control-Allow-Credentials': 'true' };
    assert.match(preflight(withCredentials, { names: ['x-a'], credentials: 'include' }), /^Request header field x-a/);
  });

  it('fails where a list cannot be read, needed or not', () => {
    const unreadable = { ...allow, 'Access-Control-Allow-Methods': 'GET PUT' };
    const reason = 'Cannot parse Access-Control-Allow-Methods response header field in preflight response.';
    assert.equal(preflight(unreadable), reason);
    assert.equal(preflight(unreadable, { method: 'POST' }), reason);
    assert.equal(
      preflight({ ...methods('PUT'), 'Access-Control-Allow-Headers': 'x-a;x-b' }),
      'Cannot parse Access-Control-Allow-Headers response header field in preflight response.',
    );
    assert.equal(preflight({ ...methods(', PUT,'), 'Access-Control-Allow-Headers': '' }), 'allowed');
  });

  it('is reported in the words of the console', () => {
    assert.equal(
      consoleMessage('https://api.contoso.com/orders', origin, 'Method PUT is not allowed.'),
      `Access to fetch at 'https://api.contoso.com/orders' from origin '${origin}' has been blocked by CORS policy: Method PUT is not allowed.`,
    );
  });
});
