import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { cors, definition, portalGlobal } from '../support/policies';
import { applyFix, findingOf, lint, lintAll } from '../support/service';

const ruleId = 'unmatched-empty-200';
const operation = 'apis/orders/operations/put-order/policy.xml';
const lets = ' terminate-unmatched-request="false"';
const stops = ' terminate-unmatched-request="true"';
const shop = (value: string, origins: readonly string[] = ['https://shop.contoso.com']) =>
  cors({ origins, attributes: ` terminate-unmatched-request="${value}"` });

describe(ruleId, () => {
  it('informs at the attribute', () => {
    assert.deepEqual(lintCors(shop('true')), [`information ${ruleId} "terminate-unmatched-request="true""`]);
    assert.equal(
      findingOf(withCors(shop('true')), ordersPolicy, ruleId).message,
      'GET and HEAD requests with an Origin that is not listed end here with an empty 200: the backend is not called, and programs that send an Origin header get the same as browsers. It looks like a success and holds nothing. With "false" such requests go on, without CORS headers, and browsers keep the answer from the page.',
    );
  });
  it('resolves named values, and then offers no edit of the policy', () => {
    const files = withCors(shop('{{stop}}'), { namedValues: { stop: 'True' } });
    assert.deepEqual(lint(files, ordersPolicy), [`information ${ruleId} "terminate-unmatched-request="{{stop}}""`]);
    assert.deepEqual(findingOf(files, ordersPolicy, ruleId).fixes, []);
  });
  it('leaves it to cors-shadowed where another cors of the chain is stopped, too', () => {
    const files = { 'policy.xml': portalGlobal(), ...withCors(shop('true')) };
    assert.deepEqual(lintAll(files), [
      `${ordersPolicy}: warning cors-shadowed "<cors terminate-unmatched-request="true"…"`,
    ]);
  });
  it('waits until the cors is reached', () => {
    const first = cors({ origins: ['https://shop.contoso.com'], headers: ['*'], attributes: lets });
    const files = {
      [ordersPolicy]: definition(first),
      [operation]: definition(
        `    <base />\n${cors({ origins: ['https://shop.contoso.com'], methods: ['PUT'], attributes: stops })}`,
      ),
    };
    const told = `${operation}: warning operation-override-behind-base "<cors terminate-unmatched-request="true"…"`;
    assert.deepEqual(lintAll(files), [told]);
  });

  const silent: Readonly<Record<string, string>> = {
    'for false': shop('false'),
    'for an expression': shop('@(MyTest(context))'),
    'for a named value that is not known': shop('{{stop}}'),
    'where the attribute is absent': cors({ origins: ['https://shop.contoso.com'] }),
  };
  for (const [title, text] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintCors(text), []));
  }
  it('stays silent beside a *, which matches every origin', () => {
    assert.deepEqual(lintCors(shop('true', ['*'])), ['hint wildcard-origin "*"']);
  });

  it('sets false, and never by itself', () => {
    const after = applyFix(withCors(shop('true')), ordersPolicy, ruleId, 'set-terminate-false');
    assert.equal(after[ordersPolicy], withCors(shop('false'))[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
    assert.equal(findingOf(withCors(shop('true')), ordersPolicy, ruleId).fixes[0]?.isGuess, true);
  });
});
