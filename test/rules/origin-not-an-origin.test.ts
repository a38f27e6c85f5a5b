import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { cors } from '../support/policies';
import { absolute, applyFix, findingOf, lint, openService } from '../support/service';

const ruleId = 'origin-not-an-origin';
const listing = (...origins: readonly string[]) => cors({ origins });

describe(ruleId, () => {
  it('reports each origin that is none, at its text, and an empty one at its element', () => {
    const odd = listing(
      'https://a.example/orders',
      'https://a.example?x=1',
      'a.example',
      '"https://a.example"',
      '[ADD YOUR ORIGINS]',
      'https://user@a.example',
      'https://a.example:99999',
      '',
    );
    assert.deepEqual(lintCors(odd), [
      `error ${ruleId} "https://a.example/orders"`,
      `error ${ruleId} "https://a.example?x=1"`,
      `error ${ruleId} "a.example"`,
      `error ${ruleId} ""https://a.example""`,
      `error ${ruleId} "[ADD YOUR ORIGINS]"`,
      `error ${ruleId} "https://user@a.example"`,
      `error ${ruleId} "https://a.example:99999"`,
      `error ${ruleId} "<origin></origin>"`,
    ]);
  });
  it('says what is wrong with it and what to write', () => {
    assert.equal(
      findingOf(withCors(listing('https://a.example/orders')), ordersPolicy, ruleId).message,
      'The origin "https://a.example/orders" has a path, and an origin is scheme, host and port only. The service refuses to save it ("Origin must be a valid URL consisting of scheme, host, and port only"). Write it as a browser sends it, such as https://shop.contoso.com.',
    );
  });
  it('judges a named value by its value, and says so', () => {
    const settings = { namedValues: { spa: 'https://a.example/app' } };
    assert.deepEqual(lintCors(listing('{{spa}}'), settings), [`error ${ruleId} "{{spa}}"`]);
    const finding = findingOf(withCors(listing('{{spa}}'), settings), ordersPolicy, ruleId);
    assert.match(
      finding.message,
      /^The origin "\{\{spa\}\}", which stands for "https:\/\/a\.example\/app", has a path/,
    );
    assert.deepEqual(finding.fixes, []);
  });
  it('says of a constant expression that it admits nobody: nothing is checked when it is saved', () => {
    const files = withCors(listing('@("https://a.example/app")'));
    assert.match(
      findingOf(files, ordersPolicy, ruleId).message,
      /No page has such an origin, so it admits nobody\. Write/,
    );
  });
  it('judges the text around a named value that is not known, where the value cannot matter', () => {
    assert.deepEqual(lintCors(listing('https://{{host}}/orders', 'https://{{host}}', '{{any}}/orders')), [
      `error ${ruleId} "https://{{host}}/orders"`,
    ]);
  });
  it('never shows what a secret named value holds', () => {
    const files = {
      ...withCors(listing('{{secret}}')),
      'named values/secret/namedValueInformation.json':
        '{ "properties": { "displayName": "secret", "secret": true, "value": "hidden/text" } }',
    };
    assert.deepEqual(lint(files, ordersPolicy), []);
  });
  it('looks at fragments, at cors inside choose, and at excerpts', () => {
    const bad = listing('a.example');
    const fragment = 'policy fragments/f/policy.xml';
    const including = withCors('    <include-fragment fragment-id="f" />');
    assert.deepEqual(lint({ ...including, [fragment]: `<fragment>${bad}</fragment>` }, fragment), [
      `error ${ruleId} "a.example"`,
    ]);
    const excerpt = openService({ 'excerpt.xml': '' });
    for (const text of [bad, `<inbound>${bad}</inbound>`, `<choose><when condition="@(true)">${bad}</when></choose>`]) {
      excerpt.store.setText(absolute('excerpt.xml'), text, 2, true);
      const rules = excerpt.findings(absolute('excerpt.xml')).map((finding) => finding.ruleId);
      assert.ok(rules.includes(ruleId), text);
    }
    const nested = `<choose><when condition="@(true)">${bad}</when></choose>`;
    assert.ok(lintCors(nested).includes(`error ${ruleId} "a.example"`));
  });
  it('looks at a fragment that is a string in a JSON file, and offers no edit of it', () => {
    const path = 'policy fragments/f/policyFragmentInformation.json';
    const value = `<fragment>${listing('{{spa}}')}</fragment>`;
    const files = {
      ...withCors('    <include-fragment fragment-id="f" />', { namedValues: { spa: 'a.example' } }),
      [path]: JSON.stringify({ properties: { format: 'rawxml', value } }),
    };
    assert.deepEqual(lint(files, path), [`error ${ruleId} "{{spa}}"`]);
    assert.deepEqual(findingOf(files, path, ruleId).fixes, []);
  });
  it('is told while the rest of the workspace is still being read', () => {
    const service = openService(withCors(listing('a.example', '{{spa}}')));
    const rules = service.textFindings(absolute(ordersPolicy)).map((finding) => finding.ruleId);
    assert.deepEqual(rules, [ruleId]);
  });

  const silent = {
    'for an origin': 'https://shop.contoso.com:8443',
    'for IPv6': 'http://[::1]:3000',
    'for an expression': '@("https://" + context.Variables["host"])',
    'for what a deployment tool replaces': '#{origin}#/app',
  };
  for (const [title, origin] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      assert.deepEqual(
        lintCors(listing(origin)).filter((line) => line.includes(ruleId)),
        [],
      );
    });
  }
  it('stays silent for an element of a body that has the name', () => {
    const body = `    <set-body>${listing('a.example').trim()}</set-body>`;
    assert.deepEqual(lintCors(body), []);
  });
  it('stays silent where no cors is allowed: the place is the mistake', () => {
    const files = { [ordersPolicy]: `<policies><outbound>${listing('a.example')}</outbound></policies>` };
    assert.ok(lint(files, ordersPolicy).every((line) => !line.includes(ruleId)));
  });

  const repairs: readonly (readonly [before: string, after: string, isGuess: boolean])[] = [
    ['https://A.example/orders?x=1', 'https://a.example', false],
    ['"https://a.example"', 'https://a.example', false],
    ['a.example:8443', 'https://a.example:8443', true],
    ['localhost:4200', 'http://localhost:4200', true],
    ['https://a.example or so', 'https://a.example', true],
  ];
  for (const [before, after, isGuess] of repairs) {
    it(`writes ${after} for ${before}${isGuess ? ', as a guess' : ''}`, () => {
      const files = withCors(listing(before));
      const repaired = applyFix(files, ordersPolicy, ruleId, 'strip-to-origin');
      assert.equal(repaired[ordersPolicy], withCors(listing(after))[ordersPolicy]);
      assert.deepEqual(lint(repaired, ordersPolicy), []);
      assert.equal(findingOf(files, ordersPolicy, ruleId).fixes[0]?.isGuess, isGuess);
    });
  }
  it('offers nothing where no origin can be read', () => {
    const { fixes } = findingOf(withCors(listing('[ADD YOUR ORIGINS]')), ordersPolicy, ruleId);
    assert.deepEqual(fixes, []);
  });
});
