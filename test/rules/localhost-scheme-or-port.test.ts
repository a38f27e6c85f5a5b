import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { cors } from '../support/policies';
import { applyFix, findingOf, lint } from '../support/service';

const ruleId = 'localhost-scheme-or-port';
const listing = (...origins: readonly string[]) => cors({ origins });
const served = (...origins: readonly string[]) => ({ cors: { origins } });

describe(ruleId, () => {
  it('hints where the project file names another localhost', () => {
    const settings = served('http://localhost:4200', 'https://shop.contoso.com');
    for (const listed of ['http://localhost:3000', 'https://localhost:4200', 'http://127.0.0.1:4200']) {
      assert.deepEqual(lintCors(listing(listed), settings), [`hint ${ruleId} "${listed}"`], listed);
    }
    assert.equal(
      findingOf(withCors(listing('http://localhost:3000'), settings), ordersPolicy, ruleId).message,
      'The project file names http://localhost:4200 among your pages’ origins, and this cors lists another localhost. Scheme, host and port must all be equal, so calls from there are refused. List it too.',
    );
  });
  it('hints at a lone http://localhost without port', () => {
    assert.deepEqual(lintCors(listing('https://a.example', 'http://localhost')), [`hint ${ruleId} "http://localhost"`]);
  });

  const silent: readonly (readonly [title: string, text: string, settings: object])[] = [
    ['where all are listed', listing('http://localhost:4200'), served('http://localhost:4200/')],
    ['without any localhost in the list', listing('https://a.example'), served('http://localhost:4200')],
    ['for a port, where nothing else is known', listing('http://localhost:4200'), {}],
    ['for https://localhost, which Capacitor uses', listing('https://localhost'), {}],
    ['where another localhost stands beside the bare one', listing('http://localhost', 'http://localhost:4200'), {}],
    ['for unknown values', listing('{{dev}}'), served('http://localhost:4200')],
  ];
  for (const [title, text, settings] of silent) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintCors(text, settings), []));
  }
  it('stays silent beside a *', () => {
    const lines = lintCors(listing('*', 'http://localhost'), served('http://localhost:4200'));
    assert.deepEqual(lines, ['warning wildcard-mixed "*"']);
  });

  it('adds the project file’s localhost origins', () => {
    const settings = served('http://localhost:4200', 'http://localhost:5173');
    const after = applyFix(withCors(listing('http://localhost:4200'), settings), ordersPolicy, ruleId, 'add-localhost');
    const expected = withCors(listing('http://localhost:4200', 'http://localhost:5173'));
    assert.equal(after[ordersPolicy], expected[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
  });
});
