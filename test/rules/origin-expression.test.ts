import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { cors } from '../support/policies';
import { findingOf } from '../support/service';

const ruleId = 'origin-expression';
const listing = (...origins: readonly string[]) => cors({ origins });

describe(ruleId, () => {
  it('informs of each expression whose result is not known', () => {
    assert.deepEqual(lintCors(listing('@(MyOrigin(context))', 'https://a.example', '@{ return MyOrigin(); }')), [
      `information ${ruleId} "@(MyOrigin(context))"`,
      `information ${ruleId} "@{ return MyOrigin(); }"`,
    ]);
  });
  it('says what a preflight request lacks', () => {
    const reading = '@(context.Variables["a"] + context.User.Id)';
    assert.equal(
      findingOf(withCors(listing(reading)), ordersPolicy, ruleId).message,
      'Whom this expression admits is decided at run time, and Microsoft’s page does not list origin among the places for expressions. It reads context.Variables and context.User: on a preflight request nothing but cors has run and no key is sent, so that may be missing there. Test it with a preflight request of each page.',
    );
    const { message } = findingOf(withCors(listing('@(MyOrigin(context))')), ordersPolicy, ruleId);
    assert.doesNotMatch(message, /It reads/);
  });

  it('says which named value keeps it from being known', () => {
    const files = withCors(listing('@("{{list}}".Split(\',\')[0])'));
    assert.match(
      findingOf(files, ordersPolicy, ruleId).message,
      /at run time \(the named value \{\{list\}\} is not in/,
    );
  });

  const silent = {
    'for a test of the origin that can be followed':
      '@{ var o = context.Request.Headers.GetValueOrDefault("Origin", ""); return new[] { "https://a.example" }.Contains(o) ? o : ""; }',
    'for a constant': '@("https://a.example")',
    'for a named value that is not known': '{{spa}}',
    'for an origin': 'https://a.example',
  };
  for (const [title, origin] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintCors(listing(origin)), []));
  }
  it('leaves an expression that admits everybody to the graver rule', () => {
    const reflecting = listing('@(context.Request.Headers.GetValueOrDefault("Origin",""))');
    assert.deepEqual(
      lintCors(reflecting).map((line) => line.split(' ')[1]),
      ['origin-reflects-anything'],
    );
  });
});
