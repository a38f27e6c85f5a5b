import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { cors, portalGlobal } from '../support/policies';
import { applyFix, findingOf, lint } from '../support/service';

const ruleId = 'star-with-credentials-lists';
const origins = ['https://shop.contoso.com'];
const attributes = ' allow-credentials="true"';
const exposing = (name: string) =>
  cors({ origins, attributes }).replace(
    '    </cors>',
    `      <expose-headers>\n        <header>${name}</header>\n      </expose-headers>\n    </cors>`,
  );
const methods = cors({ origins, methods: ['*'], attributes });
const headers = cors({ origins, headers: ['*'], attributes });
const operations = {
  'apis/orders/specification.json': JSON.stringify({
    openapi: '3.0.1',
    paths: { '/orders': { get: { operationId: 'list' }, post: { operationId: 'add' } } },
  }),
};

describe(ruleId, () => {
  it('hints once for a cors, at its first *', () => {
    assert.deepEqual(lintCors(headers), [`hint ${ruleId} "<header>*</header>"`]);
    assert.deepEqual(lintCors(exposing('*').replace('>GET<', '>*<')), [`hint ${ruleId} "<method>*</method>"`]);
  });
  it('says what works and what does not', () => {
    assert.equal(
      findingOf(withCors(headers), ordersPolicy, ruleId).message,
      'In calls with cookies, browsers take * in allowed-headers for a plain name. Calls work as long as the gateway repeats the requested names, as has been seen, instead of sending the *. List the names that pages use, or set allow-credentials="false" if they send no cookies.',
    );
    assert.match(
      findingOf(withCors(exposing('*')), ordersPolicy, ruleId).message,
      /in expose-headers for a plain name\. Pages cannot read response headers that are exposed by \* alone\. List/,
    );
  });
  it('is left with expose-headers where the project file says that names are repeated', () => {
    const settings = { cors: { assume: { listEcho: 'echo-requested' } } };
    assert.deepEqual(lintCors(headers, settings), []);
    assert.deepEqual(lintCors(exposing('*'), settings), [`hint ${ruleId} "<header>*</header>"`]);
  });

  it('stays silent for the developer portal’s own cors', () => {
    assert.deepEqual(lint({ 'policy.xml': portalGlobal(), 'apis/a/policy.xml': '<policies />' }, 'policy.xml'), []);
  });
  const silent: Readonly<Record<string, string>> = {
    'for names': exposing('x-trace'),
    'without credentials': headers.replace('"true"', '"false"'),
    'where an expression decides on credentials': headers.replace('"true"', '"@(MyTest(context))"'),
    'for an unknown name': cors({ origins, headers: ['{{any}}'], attributes }),
  };
  for (const [title, text] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintCors(text), []));
  }
  it('leaves a * among the origins to the graver rule', () => {
    const all = cors({ origins: ['*'], headers: ['*'], attributes });
    assert.deepEqual(lintCors(all), ['warning wildcard-with-credentials "*"']);
  });

  it('sets allow-credentials to false, as a guess', () => {
    const files = withCors(headers);
    const after = applyFix(files, ordersPolicy, ruleId, 'set-credentials-false');
    assert.equal(after[ordersPolicy], files[ordersPolicy]?.replace('"true"', '"false"'));
    assert.deepEqual(lint(after, ordersPolicy), []);
    assert.deepEqual(
      findingOf(files, ordersPolicy, ruleId).fixes.map(({ id, isGuess }) => [id, isGuess]),
      [['set-credentials-false', true]],
    );
  });
  it('lists the methods of the API’s operations, where nothing else has a *', () => {
    const files = { ...withCors(methods), ...operations };
    const after = applyFix(files, ordersPolicy, ruleId, 'list-methods');
    const listed = cors({ origins, methods: ['GET', 'POST'], attributes });
    assert.equal(after[ordersPolicy], withCors(listed)[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
  });
});
