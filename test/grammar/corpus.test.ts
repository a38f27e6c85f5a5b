import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IGrammar } from 'vscode-textmate';
import { createCsharpStub } from './csharpStub';
import { loadPolicyGrammar, type PolicyToken, readBuiltInCsharpGrammar, tokenizePolicy } from './tokenizePolicy';

/** The corpus of real policy files is not part of the project; it is used where it lies beside it. */
const corpus = resolve('..', 'shared', 'corpus');

describe('policy grammar on real files', () => {
  const files = existsSync(corpus) ? findXmlFiles(corpus) : [];
  if (files.length === 0) {
    it('is not run: there is no corpus beside the project', () => {
      console.log('    The corpus of real policy files is not there, so the grammar is tested on small texts only.');
    });
    return;
  }
  const builtIn = readBuiltInCsharpGrammar();
  const grammars = [
    { name: "the stand-in for VS Code's C# grammar", load: () => loadPolicyGrammar(createCsharpStub()) },
    ...(builtIn ? [{ name: "VS Code's own C# grammar", load: () => loadPolicyGrammar(builtIn) }] : []),
  ];
  for (const { name, load } of grammars) {
    it(`comes back to XML with ${name}`, async function () {
      this.timeout(120_000);
      const grammar = await load();
      const reached: string[] = [];
      const missed: string[] = [];
      const unbalanced: string[] = [];
      let unfinished = 0;
      for (const file of files) {
        const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
        const tokens = tokenizePolicy(grammar, text);
        if (countEnds(tokens, 'begin') !== countEnds(tokens, 'end')) unbalanced.push(file);
        const rootEnd = findRootEnd(grammar, text);
        if (rootEnd === undefined) unfinished++;
        else if (isTagName(tokens, rootEnd)) reached.push(file);
        else missed.push(file);
      }
      const share = reached.length / (reached.length + missed.length);
      const closed = 1 - unbalanced.length / files.length;
      console.log(
        `    ${files.length} files, ${unfinished} without a root end tag at the end; ` +
          `the root end tag is a tag in ${percent(share)}, every expression ends in ${percent(closed)}.`,
      );
      assert.ok(share >= 0.995, `root end tag not reached in:\n${missed.join('\n')}`);
      assert.ok(closed >= 0.99, `expressions without their end in:\n${unbalanced.join('\n')}`);
    });
  }
});

/** Offset of the name in the root's end tag where that is the last thing in the file, else undefined. */
function findRootEnd(grammar: IGrammar, text: string): number | undefined {
  const last = /<\/([\w.:-]+)\s*>\s*$/.exec(text);
  const first = tokenizePolicy(grammar, text.slice(0, 8192)).find(
    ({ scopes }) => scopes.includes('entity.name.tag') && !scopes.includes('preprocessor'),
  );
  return last !== null && last[1] === first?.text ? last.index + 2 : undefined;
}

function isTagName(tokens: readonly PolicyToken[], offset: number): boolean {
  const token = tokens.find(({ start }) => start === offset);
  return token?.scopes.startsWith('meta.tag.xml entity.name.tag.xml ') ?? false;
}

function countEnds(tokens: readonly PolicyToken[], part: 'begin' | 'end'): number {
  return tokens.filter(({ scopes }) => scopes.endsWith(`punctuation.section.embedded.${part}.apim-policy`)).length;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

function findXmlFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return findXmlFiles(path);
    return entry.name.endsWith('.xml') ? [path] : [];
  });
}
