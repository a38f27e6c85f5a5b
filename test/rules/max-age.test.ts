import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { shopCors } from '../support/policies';
import { applyFix, findingOf, lint } from '../support/service';

const ruleId = 'max-age';
const seconds = (value: string) => shopCors.replace('"300"', `"${value}"`);
const absent = shopCors.replace(' preflight-result-max-age="300"', '');

describe(ruleId, () => {
  it('hints where no answer is kept', () => {
    assert.deepEqual(lintCors(absent), [`hint ${ruleId} "<allowed-methods>"`]);
    assert.deepEqual(lintCors(seconds('0')), [`hint ${ruleId} "preflight-result-max-age="0""`]);
    assert.equal(
      findingOf(withCors(absent), ordersPolicy, ruleId).message,
      'preflight-result-max-age is not set, which means 0, so browsers keep no answer to a preflight request: every call that needs one costs two requests. Set it to 300 seconds, for instance.',
    );
  });
  it('hints at a time that no browser keeps', () => {
    assert.deepEqual(lintCors(seconds('86401')), [`hint ${ruleId} "preflight-result-max-age="86401""`]);
    assert.equal(
      findingOf(withCors(seconds('604800')), ordersPolicy, ruleId).message,
      'No browser keeps the answer to a preflight request for 604800 seconds: Firefox stops at 86400, Chromium at 7200.',
    );
  });
  it('resolves named values', () => {
    const files = withCors(seconds('{{age}}'), { namedValues: { age: '0' } });
    assert.deepEqual(lint(files, ordersPolicy), [`hint ${ruleId} "preflight-result-max-age="{{age}}""`]);
    assert.deepEqual(findingOf(files, ordersPolicy, ruleId).fixes, []);
  });

  const silent: Readonly<Record<string, string>> = {
    'for a time that browsers keep': seconds('86400'),
    'for an expression': seconds('@(MyAge(context))'),
    'for a named value that is not known': seconds('{{age}}'),
    'for what a deployment tool replaces': seconds('#{age}#'),
    'without allowed-methods': shopCors.replace(/ *<allowed-methods[\s\S]*<\/allowed-methods>\n/, ''),
  };
  for (const [title, text] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      assert.deepEqual(
        lintCors(text).filter((line) => line.includes(ruleId)),
        [],
      );
    });
  }

  const repairs: Readonly<Record<string, readonly [before: string, after: string]>> = {
    'writes the attribute': [absent, shopCors],
    'replaces a 0': [seconds('0'), shopCors],
    'writes the longest time that a browser keeps': [seconds('604800'), seconds('86400')],
  };
  for (const [title, [before, expected]] of Object.entries(repairs)) {
    it(title, () => {
      const after = applyFix(withCors(before), ordersPolicy, ruleId, 'set-max-age');
      assert.equal(after[ordersPolicy], withCors(expected)[ordersPolicy]);
      assert.deepEqual(lint(after, ordersPolicy), []);
    });
  }
});
