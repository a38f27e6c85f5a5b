import assert from 'node:assert/strict';
import { cors, definition, globalDefinition } from '../support/policies';
import { applyFix, findingOf, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'methods-missing';
const orders = 'apis/orders/policy.xml';
const base = '    <base />';
const specification = (...methods: readonly string[]): ServiceFiles => ({
  'apis/orders/specification.json': JSON.stringify({
    openapi: '3.0.1',
    paths: {
      '/orders': Object.fromEntries(methods.map((method) => [method, { operationId: `${method}-order` }])),
    },
  }),
});
const shop = (methods: readonly string[]) => cors({ origins: ['https://shop.contoso.com'], methods });
const list = '"<allowed-methods preflight-result-max-ag…"';
const withoutList = shop(['GET']).replace(/\n *<allowed-methods[^>]*>[\s\S]*<\/allowed-methods>/, '');
const api = (own: string): ServiceFiles => ({ [orders]: definition(`${own}\n${base}`) });

describe(ruleId, () => {
  it('warns on methods of operations that the list lacks', () => {
    const files = { ...specification('get', 'put', 'delete'), ...api(shop(['GET'])) };
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} ${list}`]);
    assert.equal(
      findingOf(files, orders, ruleId).message,
      'This cors does not allow PUT and DELETE, the methods of PUT /orders and DELETE /orders. Browsers refuse such calls. Add them, unless only servers use those methods.',
    );
    const after = applyFix(files, orders, ruleId, 'add-methods');
    assert.equal(after[orders], api(shop(['GET', 'PUT', 'DELETE']))[orders]);
    assert.deepEqual(lintAll(after), []);
  });
  it('warns where the list is missing and an operation needs more than GET and POST', () => {
    const files = { ...specification('get', 'patch'), ...api(withoutList) };
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "<cors>"`]);
    assert.match(
      findingOf(files, orders, ruleId).message,
      /^Without allowed-methods this cors allows GET and POST alone, and not PATCH, the method of PATCH \/orders\./,
    );
    const after = applyFix(files, orders, ruleId, 'add-methods');
    assert.equal(
      after[orders],
      api(shop(['GET', 'POST', 'PATCH']).replace(' preflight-result-max-age="300"', ''))[orders],
    );
    assert.deepEqual(lintAll(after), [`${orders}: hint max-age "<allowed-methods>"`]);
  });
  it('informs where the list is missing and no specification tells the operations', () => {
    const files = api(withoutList);
    assert.deepEqual(lintAll(files), [`${orders}: information ${ruleId} "<cors>"`]);
    assert.deepEqual(findingOf(files, orders, ruleId).fixes, []);
  });
  it('looks at one operation for an operation’s policy', () => {
    const operation = 'apis/orders/operations/put-order/policy.xml';
    const files = {
      ...specification('get', 'put', 'delete'),
      [operation]: definition(`${shop(['DELETE'])}\n${base}`),
      'apis/orders/operations/get-order/policy.xml': definition(`${shop(['DELETE'])}\n${base}`),
    };
    assert.deepEqual(lintAll(files), [`${operation}: warning ${ruleId} ${list}`]);
  });
  it('leaves out operations whose own policy puts another cors first', () => {
    const allowing = shop(['PUT']).replace('<cors>', '<cors terminate-unmatched-request="false">');
    const files = {
      ...specification('get', 'put'),
      ...api(shop(['GET']).replace('<cors>', '<cors terminate-unmatched-request="false">')),
      'apis/orders/operations/put-order/policy.xml': definition(`${allowing}\n${base}`),
    };
    assert.deepEqual(lintAll(files), []);
  });

  it('leaves an empty list to element-order, and tells it where that one’s fix is taken', () => {
    const empty = shop(['GET']).replace(/(<allowed-methods[^>]*)>[\s\S]*<\/allowed-methods>/, '$1 />');
    const files = { ...specification('get', 'put'), ...api(empty) };
    assert.deepEqual(lintAll(files), [`${orders}: warning element-order ${list}`]);
    const [fix] = findingOf(files, orders, 'element-order').fixes;
    assert.match(fix?.title ?? '', /; methods-missing then shows here$/);
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'for methods that browsers need not ask for': { ...specification('get', 'head', 'post'), ...api(shop(['PUT'])) },
    'for OPTIONS and TRACE': { ...specification('trace'), ...api(shop(['GET'])) },
    'for a star': { ...specification('put'), ...api(shop(['*'])) },
    'where an entry is decided at run time': { ...specification('put'), ...api(shop(['GET', '{{more}}'])) },
    'where GET and POST will do': { ...specification('get', 'post'), ...api(withoutList) },
    'for an inherited cors': {
      ...specification('put'),
      'policy.xml': globalDefinition(shop(['GET'])),
      [orders]: definition(base),
    },
    'for a list that a deployment tool fills': {
      ...specification('put'),
      ...api(shop(['GET']).replace('<method>GET</method>', '#{methods}#')),
    },
    'for a list without a specification': api(shop(['GET'])),
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      const lines = lintAll(files).filter((line) => !/ (unresolved-named-value|options-operation) /.test(line));
      assert.deepEqual(lines, []);
    });
  }
});
