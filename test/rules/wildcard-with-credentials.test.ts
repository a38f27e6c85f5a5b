import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { cors, definition, globalDefinition } from '../support/policies';
import { applyFix, findingOf, lint, type ServiceFiles } from '../support/service';

const ruleId = 'wildcard-with-credentials';
const withCookies = (...origins: readonly string[]) => cors({ origins, attributes: ' allow-credentials="true"' });

describe(ruleId, () => {
  it('warns at the *, and shows both outcomes', () => {
    assert.deepEqual(lintCors(withCookies('*')), [`warning ${ruleId} "*"`]);
    assert.equal(
      findingOf(withCors(withCookies('*')), ordersPolicy, ruleId).message,
      'Every site is admitted, and allow-credentials is true. If the gateway repeats the caller’s origin, any page that a user visits can call with that user’s cookies and read the answer; if it sends a literal *, browsers refuse such calls. Neither is documented. List the sites that may call, or set allow-credentials="false".',
    );
  });
  it('names the one outcome that the project file takes for true', () => {
    const settings = { cors: { assume: { wildcardWithCredentials: 'literal-star' } } };
    assert.match(
      findingOf(withCors(withCookies('*'), settings), ordersPolicy, ruleId).message,
      /true\. The gateway sends a literal \*, which browsers refuse for calls with cookies\. List/,
    );
  });
  it('is the one finding where other origins and other lists have the same cause', () => {
    const all = withCookies('*', 'https://a.example').replace('<method>GET<', '<method>*<');
    assert.deepEqual(lintCors(all), [`warning ${ruleId} "*"`]);
    const { related } = findingOf(withCors(all), ordersPolicy, ruleId);
    assert.deepEqual(
      related.map((place) => place.ruleId),
      ['wildcard-mixed'],
    );
  });
  it('resolves named values', () => {
    const settings = { namedValues: { any: '*', yes: 'True' } };
    const named = cors({ origins: ['{{any}}'], attributes: ' allow-credentials="{{yes}}"' });
    assert.deepEqual(lintCors(named, settings), [`warning ${ruleId} "{{any}}"`]);
  });

  const silent: Readonly<Record<string, string>> = {
    'for whole origins': withCookies('https://a.example'),
    'for a named value that is not known': withCookies('{{any}}'),
  };
  for (const [title, text] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintCors(text), []));
  }
  it('leaves the * without credentials, or with unknown ones, to the lesser rule', () => {
    for (const attributes of ['', ' allow-credentials="false"', ' allow-credentials="@(context.Api.Id == "a")"']) {
      assert.deepEqual(lintCors(cors({ origins: ['*'], attributes })), ['hint wildcard-origin "*"']);
    }
  });

  it('removes the *, where other origins stand beside it', () => {
    const files = withCors(withCookies('*', 'https://a.example'));
    const after = applyFix(files, ordersPolicy, ruleId, 'remove-star');
    assert.equal(after[ordersPolicy], withCors(withCookies('https://a.example'))[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
  });
  it('lists the project file’s origins', () => {
    const settings = { cors: { origins: ['https://a.example'] } };
    const after = applyFix(withCors(withCookies('*'), settings), ordersPolicy, ruleId, 'list-project-origins');
    assert.equal(after[ordersPolicy], withCors(withCookies('https://a.example'), settings)[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
  });
  it('sets allow-credentials to false, and names what shows then', () => {
    const files = withCors(withCookies('*'));
    const { fixes } = findingOf(files, ordersPolicy, ruleId);
    assert.deepEqual(
      fixes.map(({ title, isGuess }) => [title, isGuess]),
      [
        [
          'Set allow-credentials="false": calls with cookies are then refused, all others work as before; wildcard-origin then shows here',
          true,
        ],
      ],
    );
    const after = applyFix(files, ordersPolicy, ruleId, 'set-credentials-false');
    assert.equal(after[ordersPolicy], files[ordersPolicy]?.replace('"true"', '"false"'));
    assert.deepEqual(lint(after, ordersPolicy), ['hint wildcard-origin "*"']);
  });
  it('says where else something shows when the * of an API is gone, and for whom a global one is', () => {
    const operation = 'apis/orders/operations/get-order/policy.xml';
    const own = cors({ origins: ['https://b.example'] });
    const star = withCookies('*', 'https://a.example');
    const ofApi = { ...withCors(star), [operation]: definition(`    <base />\n${own}`) };
    const titleIn = (files: ServiceFiles, path: string) =>
      findingOf(files, path, ruleId).fixes.find(({ id }) => id === 'remove-star')?.title;
    assert.equal(
      titleIn(ofApi, ordersPolicy),
      `Remove the *: only https://a.example may call then; base-inherits-restrictive-cors then shows in ${operation}`,
    );
    const ofAll = { 'policy.xml': globalDefinition(star), [ordersPolicy]: definition(`    <base />\n${own}`) };
    assert.equal(
      titleIn(ofAll, 'policy.xml'),
      'Remove the *: only https://a.example may call then, for every API that inherits it',
    );
  });
});
