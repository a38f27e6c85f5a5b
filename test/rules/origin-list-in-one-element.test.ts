import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { cors } from '../support/policies';
import { applyFix, findingOf, lint } from '../support/service';

const ruleId = 'origin-list-in-one-element';
const listing = (...origins: readonly string[]) => cors({ origins });

describe(ruleId, () => {
  it('reports commas, semicolons and blanks between origins, once for each element', () => {
    const lists = [
      'https://a.example,https://b.example',
      'https://a.example; https://b.example',
      'https://a.example https://b.example',
      'https://*.a.example;https://b.example',
    ];
    assert.deepEqual(
      lintCors(listing(...lists)),
      lists.map((list) => `error ${ruleId} "${list}"`),
    );
  });
  it('says how many are not admitted', () => {
    assert.equal(
      findingOf(withCors(listing('https://a.example,https://b.example')), ordersPolicy, ruleId).message,
      'The origin "https://a.example,https://b.example" is a list, and one element holds one origin: none of the 2 is let in. Write an <origin> for each.',
    );
  });
  it('reports a named value that holds a list', () => {
    const settings = { namedValues: { origins: 'https://a.example;https://b.example' } };
    assert.deepEqual(lintCors(listing('{{origins}}'), settings), [`error ${ruleId} "{{origins}}"`]);
  });

  const silent = {
    'for an origin each': ['https://a.example', 'https://b.example'],
    'for a named value that is not known': ['{{origins}}'],
    'for what a deployment tool replaces': ['#{origins}#'],
  };
  for (const [title, origins] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintCors(listing(...origins)), []));
  }

  it('splits the list, and leaves out what is listed already', () => {
    const files = withCors(listing('https://b.example', 'https://a.example, https://b.example ,https://c.example'));
    const after = applyFix(files, ordersPolicy, ruleId, 'split-origins');
    const expected = withCors(listing('https://b.example', 'https://a.example', 'https://c.example'));
    assert.equal(after[ordersPolicy], expected[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
  });
  it('keeps the line where everything stands on one', () => {
    const text = '<cors><allowed-origins><origin>https://a.example,https://b.example</origin></allowed-origins></cors>';
    const after = applyFix(withCors(text), ordersPolicy, ruleId, 'split-origins');
    assert.ok(
      after[ordersPolicy]?.includes(
        '<allowed-origins><origin>https://a.example</origin><origin>https://b.example</origin></allowed-origins>',
      ),
    );
  });
  it('names the next finding where a part is a pattern', () => {
    const files = withCors(listing('https://*.a.example;https://b.example'));
    const [fix] = findingOf(files, ordersPolicy, ruleId).fixes;
    assert.equal(fix?.title, 'Write 2 <origin> elements, one for each; origin-pattern then shows here');
  });
  it('lets an expression split a named value', () => {
    const settings = { namedValues: { origins: 'https://a.example, https://b.example' } };
    const files = withCors(listing('{{origins}}'), settings);
    const { fixes } = findingOf(files, ordersPolicy, ruleId);
    assert.deepEqual(
      fixes.map(({ id, isGuess }) => [id, isGuess]),
      [['use-expression', true]],
    );
    const after = applyFix(files, ordersPolicy, ruleId, 'use-expression');
    const expression =
      '@{ var origin = context.Request.Headers.GetValueOrDefault("Origin", ""); return "{{origins}}".Replace(" ", "").Split(\',\').Contains(origin) ? origin : ""; }';
    assert.equal(after[ordersPolicy], withCors(listing(expression))[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
  });
});
