import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { cors } from '../support/policies';
import { applyFix, findingOf, lint } from '../support/service';

const ruleId = 'origin-reflects-anything';
const reflecting = '@(context.Request.Headers.GetValueOrDefault("Origin",""))';
const listing = (...origins: readonly string[]) => cors({ origins });

describe(ruleId, () => {
  it('warns of the shapes that return the request’s Origin', () => {
    const shapes = [
      reflecting,
      '@(context.Request.Headers["Origin"][0])',
      '@{ return context.Request.Headers.GetValueOrDefault("origin"); }',
      '@{ var o = context.Request.Headers.GetValueOrDefault("Origin", ""); return o.Length >= 0 ? o : ""; }',
    ];
    for (const shape of shapes) {
      assert.deepEqual(
        lintCors(listing(shape)).map((line) => line.split(' ').slice(0, 2).join(' ')),
        [`warning ${ruleId}`],
      );
    }
  });
  it('says who may call, and with what', () => {
    assert.equal(
      findingOf(withCors(listing(reflecting)), ordersPolicy, ruleId).message,
      'This expression returns the request’s own Origin without a test, so pages of every site may call and read the answers. Return it only where it is on a list.',
    );
    const withCookies = cors({ origins: [reflecting], attributes: ' allow-credentials="true"' });
    assert.match(
      findingOf(withCors(withCookies), ordersPolicy, ruleId).message,
      /may call with the user’s cookies and read/,
    );
  });
  it('sees it through a named value, and offers no edit of it that would lose the name', () => {
    const settings = { namedValues: { spa: reflecting } };
    assert.deepEqual(lintCors(listing('{{spa}}'), settings), [`warning ${ruleId} "{{spa}}"`]);
  });

  const silent = {
    'for a test against a list':
      '@{ var origin = context.Request.Headers.GetValueOrDefault("Origin", ""); return new[] { "https://a.example" }.Contains(origin) ? origin : ""; }',
    'for another header': '@(context.Request.Headers.GetValueOrDefault("Referer",""))',
    'for a named value that is not known': '{{spa}}',
  };
  for (const [title, origin] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      assert.deepEqual(
        lintCors(listing(origin)).filter((line) => line.includes(ruleId)),
        [],
      );
    });
  }

  it('lists the project file’s origins instead', () => {
    const settings = { cors: { origins: ['https://shop.contoso.com', 'http://localhost:4200'] } };
    const after = applyFix(withCors(listing(reflecting), settings), ordersPolicy, ruleId, 'list-project-origins');
    const expected = withCors(listing('https://shop.contoso.com', 'http://localhost:4200'), settings);
    assert.equal(after[ordersPolicy], expected[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
  });
  it('keeps the origins beside it', () => {
    const files = withCors(listing('https://shop.contoso.com', reflecting));
    const after = applyFix(files, ordersPolicy, ruleId, 'remove-expression');
    assert.equal(after[ordersPolicy], withCors(listing('https://shop.contoso.com'))[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
  });
  it('writes a test to fill in, and never by itself', () => {
    const files = withCors(listing(reflecting));
    const { fixes } = findingOf(files, ordersPolicy, ruleId);
    assert.deepEqual(
      fixes.map(({ id, isGuess }) => [id, isGuess]),
      [['use-allow-list', true]],
    );
    const after = applyFix(files, ordersPolicy, ruleId, 'use-allow-list');
    assert.match(
      after[ordersPolicy] ?? '',
      /new\[\] \{ "https:\/\/shop\.example\.com", .*\.Contains\(origin\) \? origin : ""; \}</,
    );
    assert.deepEqual(lint(after, ordersPolicy), []);
  });
});
