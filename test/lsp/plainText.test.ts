import assert from 'node:assert/strict';
import { plainText } from '../../server/src/lsp/plainText';

describe('plain text of Markdown', () => {
  const cases: readonly (readonly [markdown: string, text: string])[] = [
    ['**Effective CORS policy** of API orders', 'Effective CORS policy of API orders'],
    ['methods `*` · headers `*`', 'methods * · headers *'],
    ['`` a`b `` and `<base />`', 'a`b and <base />'],
    ['[policy.xml](file:///a/policy.xml#L3,5) · **answers first**', 'policy.xml · answers first'],
    ['[my\\_api/\\[1\\].xml](file:///a.xml)', 'my_api/[1].xml'],
    ['one\n\n---\n\ntwo', 'one\n\ntwo'],
    ['*Not known:* 2 \\* 3 \\<x\\>', 'Not known: 2 * 3 <x>'],
  ];
  for (const [markdown, text] of cases)
    it(`of ${JSON.stringify(markdown)}`, () => assert.equal(plainText(markdown), text));
});
