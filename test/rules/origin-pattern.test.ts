import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { cors } from '../support/policies';
import { applyFix, findingOf, lint } from '../support/service';

const ruleId = 'origin-pattern';
const listing = (...origins: readonly string[]) => cors({ origins });

describe(ruleId, () => {
  it('reports wildcards and regular expressions, one finding for each origin', () => {
    const patterns = [
      'https://*.contoso.com',
      '*.contoso.com',
      'http://localhost:*',
      '^https://.*contoso$',
      'https://{{host}}.*',
    ];
    assert.deepEqual(
      lintCors(listing(...patterns)),
      patterns.map((pattern) => `error ${ruleId} "${pattern}"`),
    );
  });
  it('says what is supported', () => {
    assert.equal(
      findingOf(withCors(listing('https://*.contoso.com')), ordersPolicy, ruleId).message,
      'The origin "https://*.contoso.com" is a pattern, and only whole origins or a single * are supported: the service refuses to save it. List each host, or let an expression decide.',
    );
  });
  it('reports a pattern from a named value', () => {
    const settings = { namedValues: { spa: 'https://*.contoso.com' } };
    assert.deepEqual(lintCors(listing('{{spa}}'), settings), [`error ${ruleId} "{{spa}}"`]);
  });

  const silent = {
    'for whole origins': 'https://shop.contoso.com',
    'for a named value that is not known': '{{spa}}',
    'for what a deployment tool replaces': 'https://#{host}#.contoso.com',
  };
  for (const [title, origin] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintCors(listing(origin)), []));
  }
  it('leaves a lone * to other rules', () => {
    assert.deepEqual(lintCors(listing('*')), ['hint wildcard-origin "*"']);
  });

  it('lists the project file’s origins that the pattern means', () => {
    const settings = {
      cors: {
        origins: ['https://shop.contoso.com', 'https://Admin.contoso.com/', 'https://contoso.com', 'https://x.example'],
      },
    };
    const files = withCors(listing('https://*.contoso.com'), settings);
    const after = applyFix(files, ordersPolicy, ruleId, 'list-matching');
    const expected = withCors(listing('https://shop.contoso.com', 'https://admin.contoso.com'), settings);
    assert.equal(after[ordersPolicy], expected[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
  });
  it('writes an expression that admits every subdomain, which can be followed', () => {
    const files = withCors(listing('https://*.contoso.com:8443'));
    const { fixes } = findingOf(files, ordersPolicy, ruleId);
    assert.deepEqual(
      fixes.map(({ id, isGuess, title }) => `${id} ${isGuess}: ${title}`),
      ['use-expression true: Let an expression admit every subdomain (not documented for origins)'],
    );
    const after = applyFix(files, ordersPolicy, ruleId, 'use-expression');
    const expression =
      '@{ var origin = context.Request.Headers.GetValueOrDefault("Origin", ""); return (origin.StartsWith("https://") ? origin.EndsWith(".contoso.com:8443") : false) ? origin : ""; }';
    assert.equal(after[ordersPolicy], withCors(listing(expression))[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
  });
  it('writes a regular expression for other wildcards, one label for each', () => {
    const files = withCors(listing('https://shop-*.contoso.com'));
    const after = applyFix(files, ordersPolicy, ruleId, 'use-expression');
    const expression =
      '@{ var origin = context.Request.Headers.GetValueOrDefault("Origin", ""); return System.Text.RegularExpressions.Regex.IsMatch(origin, @"^https://shop-[a-z0-9-]+\\.contoso\\.com$") ? origin : ""; }';
    assert.equal(after[ordersPolicy], withCors(listing(expression))[ordersPolicy]);
    assert.deepEqual(
      findingOf(files, ordersPolicy, ruleId).fixes.map(({ title }) => title),
      [
        'Let an expression test the request’s origin, one label for each * (not documented for origins); origin-expression then shows here',
      ],
    );
  });
  it('offers no expression for a pattern that would admit other people’s sites, or that it cannot read', () => {
    for (const origin of ['https://*', 'https://*.com', '^https://.*contoso$']) {
      assert.deepEqual(findingOf(withCors(listing(origin)), ordersPolicy, ruleId).fixes, [], origin);
    }
  });
});
