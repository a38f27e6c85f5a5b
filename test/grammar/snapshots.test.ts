import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { IGrammar } from 'vscode-textmate';
import { loadPolicyGrammar, readBuiltInCsharpGrammar, tokenizePolicy } from './tokenizePolicy';
import { renderTokens, withoutCsharpScopes } from './tokenSnapshot';

/** Policies that show one part of the grammar each; beside each the tokens that it has. */
const folder = resolve('test', 'grammar', 'fixtures');
const isUpdate = process.env['APIM_POLICY_UPDATE_SNAPSHOTS'] === '1';

describe('token snapshots', () => {
  const fixtures = readdirSync(folder).filter((name) => name.endsWith('.xml'));
  const builtIn = readBuiltInCsharpGrammar();
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadPolicyGrammar();
  });

  it('belong to a fixture each', () => {
    const snapshots = readdirSync(folder).filter((name) => !name.endsWith('.xml'));
    assert.deepEqual(snapshots, isUpdate ? snapshots : fixtures.map((name) => `${name}.snap`));
  });

  for (const fixture of fixtures) {
    const text = readFileSync(resolve(folder, fixture), 'utf8');
    const snapshot = resolve(folder, `${fixture}.snap`);

    it(`are what ${fixture} has`, () => {
      const actual = renderTokens(text, tokenizePolicy(grammar, text));
      if (isUpdate) writeFileSync(snapshot, actual);
      const expected = existsSync(snapshot) ? readFileSync(snapshot, 'utf8') : '';
      assert.equal(actual, expected, 'If the new tokens are right: npm test -- --update-snapshots');
    });

    if (builtIn === undefined) continue;
    it(`have the same outlines of C# in ${fixture} with VS Code's own C# grammar`, async () => {
      // Where the C# grammar cannot finish a statement, the blanks before the closing bracket belong to it.
      const outline = (of: IGrammar) =>
        renderTokens(text, withoutCsharpScopes(tokenizePolicy(of, text))).replace(
          /^(#\^+ .*csharp) source\.cs$/gm,
          '$1',
        );
      assert.equal(outline(await loadPolicyGrammar(builtIn)), outline(grammar));
    });
  }
});
