import assert from 'node:assert/strict';
import { applyEdits, type CorsRequestForm, readCorsCase } from '../../../../server/src/core';
import { definition, portalGlobal, serviceArtifact, shopCors } from '../../../support/policies';
import { absolute, openService, type ServiceFiles } from '../../../support/service';

const orders = 'apis/orders/policy.xml';
const files: ServiceFiles = {
  ...serviceArtifact,
  'policy.xml': portalGlobal(' terminate-unmatched-request="false"'),
  [orders]: definition(`    <base />\n${shopCors}`),
};
const shop: CorsRequestForm = { origin: 'https://shop.contoso.com' };
const json = [{ name: 'content-type', value: 'application/json' }];

function write(
  form: CorsRequestForm,
  expect: 'as-now' | 'allowed',
  text: string | undefined,
  path = 'tests/orders.cors-tests.json',
) {
  const written = openService(files).writeCorsTest(absolute(orders), form, expect, { path: absolute(path), text });
  assert.ok(written && 'edits' in written, JSON.stringify(written));
  return { ids: written.ids, text: applyEdits(text ?? '', written.edits) };
}

describe('saving a CORS request as a test', () => {
  it('makes a file with one case for each request that is sent, which cors-test can read', () => {
    const { ids, text } = write({ ...shop, method: 'POST', headers: json }, 'as-now', undefined);
    assert.deepEqual(ids, ['orders-post-from-shop-contoso-com-preflight', 'orders-post-from-shop-contoso-com']);
    const target = { file: '../apis/orders/policy.xml' };
    assert.deepEqual(JSON.parse(text), [
      {
        id: 'orders-post-from-shop-contoso-com-preflight',
        title: 'Preflight of POST from https://shop.contoso.com',
        target,
        request: {
          method: 'OPTIONS',
          origin: 'https://shop.contoso.com',
          accessControlRequestMethod: 'POST',
          accessControlRequestHeaders: 'content-type',
        },
        expected: { outcome: 'answered-by-cors', by: 'api', browser: 'allowed' },
      },
      {
        id: 'orders-post-from-shop-contoso-com',
        title: 'POST from https://shop.contoso.com',
        target,
        request: { method: 'POST', origin: 'https://shop.contoso.com' },
        expected: { outcome: 'passes-with-cors-headers', by: 'api', browser: 'allowed' },
      },
    ]);
    const readings = (JSON.parse(text) as unknown[]).map(readCorsCase);
    assert.deepEqual(
      readings.flatMap(({ problems }) => problems),
      [],
    );
  });

  it('adds to a file as its writer has laid it out, with ids of its own', () => {
    const before =
      '[\n    {\n        "id": "orders-get-from-shop-contoso-com",\n        "request": { "method": "GET" }\n    }\n]\n';
    const { ids, text } = write(shop, 'as-now', before);
    assert.deepEqual(ids, ['orders-get-from-shop-contoso-com-2']);
    assert.ok(text.startsWith(before.slice(0, before.lastIndexOf('\n]'))), 'what was there stays as it was');
    assert.match(text, /\n {4}\},?\n {4}\{\n {8}"id": "orders-get-from-shop-contoso-com-2"/);
    assert.equal((JSON.parse(text) as unknown[]).length, 2);
  });

  for (const empty of ['', ' \n', '[]', '[\n]\n']) {
    it(`adds to ${JSON.stringify(empty)}`, () => {
      assert.equal((JSON.parse(write(shop, 'as-now', empty).text) as unknown[]).length, 1);
    });
  }

  it('can say what should come out instead, for the call that is not sent today, too', () => {
    const form: CorsRequestForm = { origin: 'https://other.contoso.com', method: 'PUT' };
    const { text } = write(form, 'allowed', undefined, 'orders.cors-tests.json');
    const cases = JSON.parse(text) as { expected: unknown; target: unknown }[];
    assert.deepEqual(
      cases.map(({ expected }) => expected),
      [{ browser: 'allowed' }, { browser: 'allowed' }],
    );
    assert.deepEqual(cases[0]?.target, { file: orders });
  });

  it('keeps the reading of an open question that was looked at', () => {
    const { text } = write({ ...shop, assume: { laterCorsOnActual: 'ignored' } }, 'as-now', undefined);
    const [only] = JSON.parse(text) as { assumptions: unknown; expected: { browser: string } }[];
    assert.deepEqual(only?.assumptions, { laterCorsOnActual: 'ignored' });
    assert.equal(only?.expected.browser, 'blocked');
  });

  it('leaves a file alone that holds no array, and a request that is none', () => {
    const service = openService(files);
    const file = (text: string) => ({ path: absolute('a.cors-tests.json'), text });
    for (const text of ['{}', '[', '[] []', 'x']) {
      assert.deepEqual(service.writeCorsTest(absolute(orders), shop, 'as-now', file(text)), {
        because: 'The file holds no JSON array of cases, so nothing can be added to it.',
      });
    }
    assert.deepEqual(service.writeCorsTest(absolute(orders), { origin: 'shop' }, 'as-now', file('')), {
      because: 'An origin is scheme, host and port, such as https://shop.contoso.com.',
    });
  });
});
