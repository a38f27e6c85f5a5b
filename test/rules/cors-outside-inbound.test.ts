import assert from 'node:assert/strict';
import { definition, shopCors } from '../support/policies';
import { applyFix, findingOf, lint, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'cors-outside-inbound';
const orders = 'apis/orders/policy.xml';
const base = '    <base />';
const withCorsIn = (section: string, cors = shopCors) =>
  definition(base).replace(`<${section}>\n`, `<${section}>\n${cors}\n`);

describe(ruleId, () => {
  for (const section of ['backend', 'outbound', 'on-error']) {
    it(`reports a cors in ${section}`, () => {
      assert.deepEqual(lint({ [orders]: withCorsIn(section) }, orders), [`error ${ruleId} "<cors>"`]);
    });
  }
  it('says where it belongs', () => {
    assert.equal(
      findingOf({ [orders]: withCorsIn('outbound') }, orders, ruleId).message,
      'This cors stands in the outbound section. The cors policy can be used in inbound only: it answers before the backend is called. Move it to the inbound section.',
    );
  });
  it('reports one inside a condition', () => {
    const choose = `<choose><when condition="@(true)">${shopCors}</when></choose>`;
    assert.deepEqual(lint({ [orders]: withCorsIn('outbound', choose) }, orders), [`error ${ruleId} "<cors>"`]);
  });
  it('reports a fragment that brings one in', () => {
    const files = {
      'policy fragments/spa/policy.xml': `<fragment>${shopCors}</fragment>`,
      [orders]: withCorsIn('outbound', '    <include-fragment fragment-id="spa" />'),
    };
    assert.deepEqual(lintAll(files), [`${orders}: error ${ruleId} "<include-fragment fragment-id="spa" />"`]);
    assert.match(findingOf(files, orders, ruleId).message, /^This fragment brings a cors into the outbound section\./);
    assert.deepEqual(
      findingOf(files, orders, ruleId).fixes.map(({ title }) => title),
      ['Move this include-fragment to the start of inbound; cors-in-fragment then shows here'],
    );
  });
  it('can be mended by moving it', () => {
    const after = applyFix({ [orders]: withCorsIn('outbound') }, orders, ruleId, 'move-to-inbound');
    assert.equal(after[orders], definition(`${shopCors}\n${base}`));
    assert.deepEqual(lintAll(after), []);
  });
  it('offers no repair beside a cors in inbound, or without an inbound section', () => {
    const beside = definition(`${shopCors}\n${base}`).replace('<outbound>\n', `<outbound>\n${shopCors}\n`);
    assert.deepEqual(findingOf({ [orders]: beside }, orders, ruleId).fixes, []);
    const without = `<policies><outbound>${shopCors}<base /></outbound></policies>`;
    assert.deepEqual(findingOf({ [orders]: without }, orders, ruleId).fixes, []);
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'for a cors in inbound': { [orders]: definition(`${shopCors}\n${base}`) },
    'for an element of a body that has the name': {
      [orders]: withCorsIn('outbound', '    <set-body><cors>yes</cors></set-body>'),
    },
    'for a fragment that is not in the workspace': {
      [orders]: withCorsIn('outbound', '    <include-fragment fragment-id="@(context.Api.Id)" />'),
    },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(files), []));
  }
});
