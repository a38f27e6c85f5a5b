import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { cors } from '../support/policies';
import { findingOf } from '../support/service';

const ruleId = 'origin-scheme';
const listing = (...origins: readonly string[]) => cors({ origins });
const odd = ['capacitor://localhost', 'ionic://localhost', 'chrome-extension://abcdef', 'null', 'file://'];

describe(ruleId, () => {
  it('warns of other schemes, of null and of file', () => {
    assert.deepEqual(
      lintCors(listing(...odd)),
      odd.map((origin) => `warning ${ruleId} "${origin}"`),
    );
  });
  it('tells the reason of each', () => {
    const message = (origin: string) => findingOf(withCors(listing(origin)), ordersPolicy, ruleId).message;
    assert.match(
      message('capacitor://localhost'),
      /^The service has refused .* pages on capacitor:\/\/ may stay refused/,
    );
    assert.match(message('null'), /every site can call: any page can open a sandboxed frame/);
    assert.match(message('file://'), /^This admits nobody: .* browsers send "null"/);
  });
  it('reports file alone where the project file takes other schemes for accepted', () => {
    assert.deepEqual(lintCors(listing(...odd), { cors: { assume: { originScheme: 'any' } } }), [
      `warning ${ruleId} "file://"`,
    ]);
  });
  it('judges named values by their value, and stays silent for unknown ones, expressions, http and https', () => {
    assert.deepEqual(lintCors(listing('{{app}}'), { namedValues: { app: 'ionic://localhost' } }), [
      `warning ${ruleId} "{{app}}"`,
    ]);
    assert.deepEqual(
      lintCors(listing('{{app}}', '@("ionic://localhost")', 'http://a.example', 'https://localhost')),
      [],
    );
  });
});
