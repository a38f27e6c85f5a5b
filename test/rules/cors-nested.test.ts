import assert from 'node:assert/strict';
import { definition, globalDefinition, portalGlobal, shopCors } from '../support/policies';
import { applyFix, findingOf, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'cors-nested';
const orders = 'apis/orders/policy.xml';
const base = '    <base />';
const chosen = `    <choose>\n      <when condition="@(true)">\n${shopCors}\n      </when>\n    </choose>`;
const specification = (method: string) => ({
  'apis/orders/specification.json': JSON.stringify({
    openapi: '3.0.1',
    paths: { '/orders': { [method]: { operationId: 'one' } } },
  }),
});

describe(ruleId, () => {
  it('warns on a cors inside a condition', () => {
    const files = { [orders]: definition(`${chosen}\n${base}`), ...specification('get') };
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "<cors>"`]);
    assert.equal(
      findingOf(files, orders, ruleId).message,
      'This cors stands inside choose, and only those directly in the inbound section answer preflight requests: browsers are refused, unless an operation with the method OPTIONS answers them. Move the cors out of choose; what has to differ by request can be an expression in <origin>.',
    );
  });
  it('warns wherever it is nested, at every scope, and in fragments', () => {
    const retry = `    <retry condition="@(false)" count="1" interval="1">${shopCors}</retry>`;
    const files = {
      'policy.xml': globalDefinition(retry),
      'policy fragments/f/policy.xml': `<fragment><choose><otherwise>${shopCors}</otherwise></choose></fragment>`,
      [orders]: definition(`    <include-fragment fragment-id="f" />\n${base}`),
    };
    assert.deepEqual(lintAll(files), [
      `policy fragments/f/policy.xml: warning ${ruleId} "<cors>"`,
      `policy.xml: warning ${ruleId} "<cors>"`,
    ]);
    assert.match(findingOf(files, 'policy.xml', ruleId).message, /^This cors stands inside retry,/);
  });
  it('is told alone: the developer portal’s cors is not the only one then', () => {
    const files = { 'policy.xml': portalGlobal(), [orders]: definition(`${base}\n${chosen}`) };
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "<cors>"`]);
  });
  it('can be taken out, when somebody asks for it', () => {
    const files = { [orders]: definition(`${chosen}\n${base}`) };
    assert.deepEqual(
      findingOf(files, orders, ruleId).fixes.map(({ title, isGuess }) => ({ title, isGuess })),
      [{ title: 'Move this cors before choose: it then answers whatever choose decides', isGuess: true }],
    );
    const after = applyFix(files, orders, ruleId, 'hoist-cors');
    assert.equal(
      after[orders],
      definition(`${shopCors}\n    <choose>\n      <when condition="@(true)">\n      </when>\n    </choose>\n${base}`),
    );
    assert.deepEqual(lintAll(after), []);
  });
  it('is not taken out beside another cors', () => {
    const files = { [orders]: definition(`${shopCors}\n${chosen}\n${base}`) };
    assert.deepEqual(findingOf(files, orders, ruleId).fixes, []);
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'when an operation with the method OPTIONS decides': {
      [orders]: definition(`${chosen}\n${base}`),
      ...specification('options'),
    },
    'for a cors directly in inbound': { [orders]: definition(`${shopCors}\n${base}`) },
    'for an element of a body that has the name': {
      [orders]: definition('    <base />\n    <set-body><a><cors /></a></set-body>'),
    },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(files), []));
  }
});
