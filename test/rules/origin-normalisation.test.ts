import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { cors } from '../support/policies';
import { applyFix, findingOf, lint } from '../support/service';

const ruleId = 'origin-normalisation';
const listing = (...origins: readonly string[]) => cors({ origins });
const odd: readonly (readonly [written: string, normal: string, what: string])[] = [
  ['https://a.example/', 'https://a.example', 'a slash at the end'],
  ['https://A.example', 'https://a.example', 'upper case'],
  ['https://a.example:443', 'https://a.example', 'the default port 443'],
  ['HTTP://a.example:80/', 'http://a.example', 'upper case, the default port 80 and a slash at the end'],
  ['http://a.example:08080', 'http://a.example:8080', 'zeros before the port'],
  ['http://a.example:', 'http://a.example', 'a colon without port'],
];

describe(ruleId, () => {
  for (const [written, normal, what] of odd) {
    it(`hints at ${what}, and writes ${normal}`, () => {
      const files = withCors(listing(written));
      assert.deepEqual(lintCors(listing(written)), [`hint ${ruleId} "${written}"`]);
      assert.equal(
        findingOf(files, ordersPolicy, ruleId).message,
        `The origin "${written}" has ${what}, which no browser sends. It is taken for ${normal} all the same, as far as is known; write that.`,
      );
      const after = applyFix(files, ordersPolicy, ruleId, 'normalise-origin');
      assert.equal(after[ordersPolicy], withCors(listing(normal))[ordersPolicy]);
      assert.deepEqual(lint(after, ordersPolicy), []);
    });
  }
  it('hints at hosts outside ASCII, and does not guess their Punycode', () => {
    const files = withCors(listing('https://bücher.example'));
    assert.match(findingOf(files, ordersPolicy, ruleId).message, /^Browsers send host names in ASCII \(Punycode/);
    assert.deepEqual(findingOf(files, ordersPolicy, ruleId).fixes, []);
  });
  it('tells of a named value’s text, which stands in another file', () => {
    const files = withCors(listing('{{spa}}'), { namedValues: { spa: 'https://a.example/' } });
    const finding = findingOf(files, ordersPolicy, ruleId);
    assert.match(finding.message, /^The origin "\{\{spa\}\}", which stands for "https:\/\/a\.example\/", has a slash/);
    assert.deepEqual(finding.fixes, []);
  });
  it('stays silent for what browsers send, for unknown values and for what is no origin', () => {
    assert.deepEqual(lintCors(listing('https://a.example', 'http://a.example:443', '{{spa}}')), []);
    assert.deepEqual(lintCors(listing('https://A.example/app')), [
      'error origin-not-an-origin "https://A.example/app"',
    ]);
  });
});
