import assert from 'node:assert/strict';
import { isForbiddenMethod, needsPreflight } from '../../../server/src/core/cors/safelist';

function reasons(method: string, ...headers: readonly string[]): readonly string[] {
  const parsed = headers.map((header) => {
    const colon = header.indexOf(':');
    return colon < 0 ? { name: header } : { name: header.slice(0, colon), value: header.slice(colon + 1).trim() };
  });
  return needsPreflight({ method, headers: parsed }).reasons;
}

describe('whether a call needs a preflight', () => {
  it('does not for simple requests', () => {
    const simple: readonly (readonly [string, ...string[]])[] = [
      ['GET'],
      ['get'],
      ['HEAD', 'Accept: text/html'],
      ['POST', 'Content-Type: text/plain;charset=UTF-8'],
      ['POST', 'content-type: application/x-www-form-urlencoded'],
      ['POST', 'content-type: multipart/form-data; boundary=x'],
      ['GET', 'Accept-Language: de, en;q=0.5', 'Content-Language: de'],
      ['GET', 'Range: bytes=0-499'],
      ['GET', 'Accept'],
    ];
    for (const [method, ...headers] of simple) assert.deepEqual(reasons(method, ...headers), [], headers.join());
  });

  it('does for other methods, names and values', () => {
    assert.deepEqual(reasons('DELETE'), ['the method DELETE is not GET, HEAD or POST']);
    assert.deepEqual(reasons('patch'), ['the method patch is not GET, HEAD or POST']);
    assert.deepEqual(reasons('put'), ['the method PUT is not GET, HEAD or POST']);
    assert.deepEqual(reasons('POST', 'Content-Type: application/json'), [
      'content-type: application/json is not safelisted',
    ]);
    assert.deepEqual(reasons('GET', 'Authorization: Bearer x'), ['authorization is not safelisted']);
    assert.deepEqual(reasons('GET', 'Content-Type'), ['content-type is not safelisted']);
    assert.deepEqual(reasons('GET', 'Range: bytes=-500'), ['range: bytes=-500 is not safelisted']);
    assert.deepEqual(reasons('GET', 'Accept: "x"'), ['accept: "x" is not safelisted']);
    assert.deepEqual(reasons('GET', `Accept: ${'a'.repeat(129)}`).length, 1);
  });

  it('names each header once, in lower case, sorted', () => {
    const need = needsPreflight({ method: 'GET', headers: [{ name: 'X-B' }, { name: 'x-a' }, { name: 'X-b' }] });
    assert.deepEqual(need.headerNames, ['x-a', 'x-b']);
  });

  it('ignores headers that a page cannot set', () => {
    assert.deepEqual(reasons('GET', 'Origin: https://a.com', 'Cookie: a=b', 'Sec-Fetch-Mode: cors', 'Host: a'), []);
  });

  it('does for uploads that are watched, and for very long safelisted headers', () => {
    assert.equal(needsPreflight({ method: 'POST', headers: [], watchesUpload: true }).isNeeded, true);
    const long = Array.from({ length: 9 }, () => ({ name: 'Accept', value: 'a'.repeat(128) }));
    assert.deepEqual(needsPreflight({ method: 'GET', headers: long }).headerNames, ['accept']);
  });

  it('leaves out white space around a value, and finds it inside a type', () => {
    assert.deepEqual(reasons('POST', 'Content-Type:  text/plain ; charset=utf-8 '), []);
    assert.deepEqual(reasons('POST', 'Content-Type: text /plain').length, 1);
    const value = 'text/plain\u00a0';
    assert.equal(needsPreflight({ method: 'POST', headers: [{ name: 'Content-Type', value }] }).isNeeded, true);
    assert.deepEqual(reasons('POST', 'Content-Type: text/plain; x="y"').length, 1);
  });

  it('never sends some methods, nor headers that stand for them', () => {
    assert.deepEqual(['TRACE', 'connect', 'Track', 'OPTIONS'].map(isForbiddenMethod), [true, true, true, false]);
    assert.deepEqual(reasons('POST', 'X-HTTP-Method-Override: PUT, TRACE'), []);
    assert.deepEqual(reasons('POST', 'X-HTTP-Method-Override: PUT').length, 1);
  });
});
