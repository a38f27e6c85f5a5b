import assert from 'node:assert/strict';
import { definition, globalDefinition, shopCors } from '../support/policies';
import { findingOf, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'options-operation';
const orders = 'apis/orders/policy.xml';
const operation = 'apis/orders/operations/preflight/policy.xml';
const base = '    <base />';
const own = definition(`${shopCors}\n${base}`);

function specification(paths: Readonly<Record<string, readonly string[]>>): ServiceFiles {
  const items = Object.entries(paths).map(([path, methods]) => [
    path,
    Object.fromEntries(methods.map((method) => [method, method === 'options' ? { operationId: 'preflight' } : {}])),
  ]);
  return {
    'apis/orders/specification.json': JSON.stringify({ openapi: '3.0.1', paths: Object.fromEntries(items) }),
  };
}

describe(ruleId, () => {
  it('names the operations where the cors does not answer', () => {
    const files = { ...specification({ '/orders': ['get', 'options'] }), [orders]: own };
    assert.deepEqual(lintAll(files), [`${orders}: information ${ruleId} "<cors>"`]);
    assert.equal(
      findingOf(files, orders, ruleId).message,
      'The API declares OPTIONS /orders, so this cors answers no preflight request there: it runs the whole pipeline instead, key and token checks included, and the backend answers. Remove the operation if the cors is to answer.',
    );
  });
  it('counts those that it does not name', () => {
    const many = { '/a': ['options'], '/b': ['options'], '/c': ['options'], '/d': ['options'] };
    assert.match(
      findingOf({ ...specification(many), [orders]: own }, orders, ruleId).message,
      /^The API declares OPTIONS \/a, OPTIONS \/b and 2 more, so/,
    );
  });
  it('is told at <base /> where the cors is inherited', () => {
    const files = {
      ...specification({ '/orders': ['options'] }),
      'policy.xml': globalDefinition(shopCors),
      [orders]: definition(base),
    };
    assert.deepEqual(lintAll(files), [`${orders}: information ${ruleId} "<base />"`]);
  });
  it('is told at the cors of the OPTIONS operation itself, too', () => {
    const files = { ...specification({ '/orders': ['options'] }), [operation]: own };
    assert.deepEqual(lintAll(files), [`${operation}: information ${ruleId} "<cors>"`]);
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'without such an operation': { ...specification({ '/orders': ['get'] }), [orders]: own },
    'without a cors': {
      ...specification({ '/orders': ['options'] }),
      'policy.xml': globalDefinition(''),
      [orders]: definition(base),
    },
    'without a specification': { [orders]: own },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(files), []));
  }
});
