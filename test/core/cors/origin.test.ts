import assert from 'node:assert/strict';
import type { AllowedOrigin } from '../../../server/src/core/cors/corsPolicy';
import { matchesOrigin, originRefusal, parseOrigin, serialiseOrigin } from '../../../server/src/core/cors/origin';
import { readCorsPolicy } from '../../../server/src/core/cors/readCorsPolicy';
import { unknown } from '../../../server/src/core/effective/resolved';
import { parsePolicyDocument } from '../../../server/src/core/syntax/parsePolicyDocument';
import { sectionElements } from '../../../server/src/core/syntax/treeQueries';
import { policy } from './situations';

function allowed(text: string): AllowedOrigin {
  const document = parsePolicyDocument(
    policy(`<cors><allowed-origins><origin>${text}</origin></allowed-origins></cors>`),
    'api.xml',
    0,
  );
  const [element] = sectionElements(document, 'inbound')[0]?.children ?? [];
  assert.ok(element?.kind === 'element');
  const [origin] = readCorsPolicy(document, element, (name) => unknown(`no value of ${name}`)).origins;
  assert.ok(origin);
  return origin;
}

const httpOnly = { originScheme: 'http-only' } as const;
const anyScheme = { originScheme: 'any' } as const;

describe('matching an origin', () => {
  const cases: readonly (readonly [string, string, 'yes' | 'no' | 'unknown'])[] = [
    ['https://a.com', 'https://a.com', 'yes'],
    ['https://a.com/', 'https://a.com', 'yes'],
    ['HTTPS://A.com', 'https://a.com', 'yes'],
    ['https://a.com:443', 'https://a.com', 'yes'],
    ['http://a.com:80', 'http://a.com', 'yes'],
    ['http://a.com:443', 'http://a.com', 'no'],
    ['https://a.com:080', 'https://a.com:80', 'yes'],
    ['http://localhost', 'http://localhost:4200', 'no'],
    ['http://localhost:4200', 'http://localhost:4200', 'yes'],
    ['http://a.com', 'https://a.com', 'no'],
    ['https://a.com', 'https://a.com.evil.example', 'no'],
    ['https://a.com', 'https://evil-a.com', 'no'],
    ['https://b.a.com', 'https://a.com', 'no'],
    ['http://[::1]:3000', 'http://[::1]:3000', 'yes'],
    ['*', 'https://a.com', 'yes'],
    ['*', 'null', 'yes'],
    ['null', 'null', 'no'],
    ['https://a.com', 'null', 'no'],
    ['file://', 'file://', 'yes'],
    ['capacitor://localhost', 'capacitor://localhost', 'no'],
    ['https://*.a.com', 'https://b.a.com', 'no'],
    ['https://a.com,https://b.com', 'https://a.com', 'no'],
    ['https://a.com/path', 'https://a.com', 'no'],
    ['{{spa-origin}}', 'https://a.com', 'unknown'],
    ['@(context.Variables["o"])', 'https://a.com', 'unknown'],
    ['@("https://a.com")', 'https://a.com', 'yes'],
    ['@(context.Request.Headers.GetValueOrDefault("Origin",""))', 'https://any.example', 'yes'],
    ['@{ return context.Request.Headers.GetValueOrDefault("Origin"); }', 'https://any.example', 'yes'],
  ];
  for (const [listed, origin, expected] of cases) {
    it(`${listed} admits ${origin}: ${expected}`, () => {
      assert.equal(matchesOrigin(allowed(listed), origin, httpOnly), expected);
    });
  }

  it('takes other schemes where the switch says so', () => {
    assert.equal(matchesOrigin(allowed('capacitor://localhost'), 'capacitor://localhost', anyScheme), 'yes');
    assert.equal(matchesOrigin(allowed('null'), 'null', anyScheme), 'yes');
  });
});

describe('what the service refuses as an origin', () => {
  const cases: readonly (readonly [string, ReturnType<typeof originRefusal>])[] = [
    ['https://a.com', undefined],
    ['https://a.com/', undefined],
    ['http://[::1]', undefined],
    ['*', undefined],
    ['{{spa-origin}}', undefined],
    ['', 'empty'],
    ['https://*.a.com', 'pattern'],
    ['https://(a|b).com', 'pattern'],
    ['*.a.com', 'pattern'],
    ['a.com', 'no-scheme'],
    ['https://a.com;https://b.com', 'several'],
    ['https://a.com/shop', 'path'],
    ['https://a.com?x=1', 'query'],
    ['https://a.com#x', 'query'],
    ["'https://a.com'", 'quotes'],
    ['https://a.com:99999', 'host'],
    ['https://', 'host'],
    ['https://user@a.com', 'host'],
    ['null', 'scheme'],
    ['chrome-extension://abc', 'scheme'],
    ['file://', undefined],
  ];
  for (const [text, expected] of cases) {
    it(`${text || '(empty)'}: ${expected ?? 'nothing'}`, () => {
      assert.equal(originRefusal(allowed(text), httpOnly), expected);
    });
  }

  it('finds white space inside', () => {
    assert.deepEqual(parseOrigin('https://a.com b'), { kind: 'invalid', problem: 'whitespace' });
  });
});

describe('serialising an origin', () => {
  it('writes it as a browser does', () => {
    const written = [
      'HTTPS://Shop.Contoso.com:443/',
      'http://localhost:80',
      'null',
      'https://a.com:8443',
      '*',
      'a.com',
    ];
    assert.deepEqual(written.map(serialiseOrigin), [
      'https://shop.contoso.com',
      'http://localhost',
      'null',
      'https://a.com:8443',
      undefined,
      undefined,
    ]);
  });
});
