import assert from 'node:assert/strict';
import { cors, definition, globalDefinition } from '../support/policies';
import { applyFix, findingOf, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'operation-override-behind-base';
const orders = 'apis/orders/policy.xml';
const operation = 'apis/orders/operations/delete-order/policy.xml';
const base = '    <base />';
const lets = ' terminate-unmatched-request="false"';
const shop = (methods: readonly string[], attributes = '') =>
  cors({ origins: ['https://shop.contoso.com'], methods, attributes });

describe(ruleId, () => {
  it('warns on an operation’s cors whose origins the API’s answers, and stands for cors-shadowed', () => {
    const files = {
      [orders]: definition(shop(['GET'], lets)),
      [operation]: definition(`${base}\n${shop(['GET', 'DELETE'])}`),
    };
    assert.deepEqual(lintAll(files), [`${operation}: warning ${ruleId} "<cors>"`]);
    const { message } = findingOf(files, operation, ruleId);
    assert.match(message, /^This cors does not override the cors of API orders: .* without method DELETE\./);
  });
  it('is told beside the rule that comes before it, where an origin is refused', () => {
    const files = {
      [orders]: definition(
        cors({ origins: ['https://admin.contoso.com'], attributes: ' terminate-unmatched-request="true"' }),
      ),
      [operation]: definition(`${base}\n${shop(['DELETE'])}`),
    };
    assert.deepEqual(lintAll(files), [
      `${operation}: warning base-inherits-restrictive-cors "<base />"`,
      `${orders}: information unmatched-empty-200 "terminate-unmatched-request="true""`,
    ]);
    const { related } = findingOf(files, operation, 'base-inherits-restrictive-cors');
    assert.deepEqual(
      related.flatMap((place) => place.ruleId ?? []),
      ['cors-shadowed', ruleId],
    );
  });
  it('can be mended by moving the cors before <base />', () => {
    const files = {
      [orders]: definition(shop(['GET'], lets)),
      [operation]: definition(`${base}\n${shop(['DELETE'])}`),
    };
    const after = applyFix(files, operation, ruleId, 'move-own-before-base');
    assert.equal(after[operation], definition(`${shop(['DELETE'], lets)}\n${base}`));
    assert.deepEqual(lintAll(after), []);
  });
  it('leaves an API’s cors to cors-shadowed', () => {
    const files = {
      'policy.xml': globalDefinition(shop(['GET'], lets)),
      [orders]: definition(`${base}\n${shop(['DELETE'])}`),
    };
    assert.deepEqual(lintAll(files), [`${orders}: warning cors-shadowed "<cors>"`]);
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'when the API’s allows as much': {
      [orders]: definition(shop(['*'])),
      [operation]: definition(`${base}\n${shop(['DELETE'])}`),
    },
    'when it stands before <base />': {
      [orders]: definition(shop(['GET'], lets)),
      [operation]: definition(`${shop(['DELETE'], lets)}\n${base}`),
    },
    'when its origin is decided at run time': {
      [orders]: definition(shop(['GET'], lets)),
      [operation]: definition(`${base}\n${cors({ origins: ['@(context.Variables.GetValueOrDefault("o",""))'] })}`),
    },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      assert.deepEqual(
        lintAll(files).filter((line) => !line.includes('origin-expression')),
        [],
      );
    });
  }
});
