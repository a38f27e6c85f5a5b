import assert from 'node:assert/strict';
import { definition, shopCors } from '../support/policies';
import { applyFix, findingOf, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'manual-acao';
const orders = 'apis/orders/policy.xml';
const base = '    <base />';
const header = (name: string, value = 'https://shop.contoso.com', action = 'override') =>
  `    <set-header name="${name}" exists-action="${action}">\n      <value>${value}</value>\n    </set-header>`;
const allowOrigin = header('Access-Control-Allow-Origin');
const within = (section: string, statements: string): ServiceFiles => ({
  [orders]: definition(base).replace(`<${section}>\n`, `<${section}>\n${statements}\n`),
});
const marked = '<set-header name="Access-Control-Allow-O…';

describe(ruleId, () => {
  it('warns once for headers that stand side by side', () => {
    const files = within('outbound', `${allowOrigin}\n${header('access-control-allow-methods', 'GET')}`);
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "${marked}"`]);
    assert.equal(
      findingOf(files, orders, ruleId).message,
      'set-header writes Access-Control-Allow-Origin and access-control-allow-methods by hand. That answers no preflight request, so only the simplest calls of pages work; beside a cors, the two may contradict each other. Use a cors policy in the inbound section.',
    );
    assert.deepEqual(findingOf(files, orders, ruleId).fixes, []);
  });
  it('warns on headers that never reach the browser, and can remove them', () => {
    const files = within('inbound', allowOrigin);
    assert.equal(
      findingOf(files, orders, ruleId).message,
      'In inbound, set-header changes the request to the backend and not the answer: Access-Control-Allow-Origin never reaches the browser. Use a cors policy instead.',
    );
    const after = applyFix(files, orders, ruleId, 'remove-request-headers');
    assert.equal(after[orders], definition(base));
  });
  it('says that two may answer beside a cors, and can leave it to the cors', () => {
    const files = {
      [orders]: definition(`${shopCors}\n${base}`).replace('<outbound>\n', `<outbound>\n${allowOrigin}\n`),
    };
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "${marked}"`]);
    assert.equal(
      findingOf(files, orders, ruleId).message,
      'set-header writes Access-Control-Allow-Origin by hand beside the cors of this policy. The answer may then carry two values, and browsers refuse two. Leave it to the cors.',
    );
    assert.deepEqual(
      findingOf(files, orders, ruleId).fixes.map(({ title, isGuess }) => ({ title, isGuess })),
      [
        {
          title: 'Remove Access-Control-Allow-Origin: the cors then decides alone which sites may call',
          isGuess: true,
        },
      ],
    );
    assert.equal(applyFix(files, orders, ruleId, 'leave-to-cors')[orders], definition(`${shopCors}\n${base}`));
  });
  it('removes nothing that the cors does not write, and nothing from on-error', () => {
    const exposed = header('Access-Control-Expose-Headers', 'x-total');
    for (const [section, statements] of [
      ['outbound', `${allowOrigin}\n${exposed}`],
      ['on-error', allowOrigin],
    ]) {
      const text = definition(`${shopCors}\n${base}`).replace(`<${section}>\n`, `<${section}>\n${statements}\n`);
      assert.deepEqual(findingOf({ [orders]: text }, orders, ruleId).fixes, [], section);
    }
  });
  it('informs in on-error, where it is a known way out', () => {
    assert.deepEqual(lintAll(within('on-error', allowOrigin)), [`${orders}: information ${ruleId} "${marked}"`]);
  });
  it('looks into conditions, and says what a repeated origin means', () => {
    const repeated = header('Access-Control-Allow-Origin', '@(context.Request.Headers.GetValueOrDefault("Origin",""))');
    const files = within('outbound', `<choose><when condition="@(true)">${repeated}</when></choose>`);
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "${marked}"`]);
    assert.match(findingOf(files, orders, ruleId).message, / It repeats whatever origin asks, so pages of any site/);
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'for an answer of the policy’s own': within('inbound', `    <return-response>${allowOrigin}</return-response>`),
    'for a request of the policy’s own': within(
      'inbound',
      `    <send-request mode="new" response-variable-name="r"><set-url>https://a</set-url>${allowOrigin}</send-request>`,
    ),
    'for headers of requests': within('inbound', header('Access-Control-Request-Method', 'GET')),
    'for other headers, and for names that are decided at run time': within(
      'outbound',
      `${header('X-Total')}\n${header('@("Access-Control-" + "Allow-Origin")')}`,
    ),
    'for headers that are deleted': within('outbound', header('Access-Control-Allow-Origin', '', 'delete')),
    'in a fragment': {
      'policy fragments/f/policy.xml': `<fragment>${allowOrigin}</fragment>`,
      [orders]: definition(`    <include-fragment fragment-id="f" />\n${base}`),
    },
    'for a cors': { [orders]: definition(`${shopCors}\n${base}`) },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(files), []));
  }
});
