import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { semanticTokenTypes } from '../../server/src/core';

const page = readFileSync('docs/colours.md', 'utf8');

/** What is in backticks in the first column of the table rows. */
const named = [...page.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
);

describe('the page on colours', () => {
  it('names every scope of our own that the grammar gives', () => {
    const grammar = readFileSync('syntaxes/apim-policy.tmLanguage.json', 'utf8');
    const given = [...grammar.matchAll(/"name": "([^"]+)"/g)]
      .flatMap(([, names = '']) => names.split(' '))
      .filter((name) => name.endsWith('.apim-policy'));
    const described = named.filter((name) => name.endsWith('.apim-policy'));
    assert.deepEqual(described.sort(), [...new Set(given)].sort());
  });
  it('names every type of semantic token', () => {
    const missing = semanticTokenTypes.filter((type) => !named.includes(type));
    assert.deepEqual(missing, []);
  });
});
