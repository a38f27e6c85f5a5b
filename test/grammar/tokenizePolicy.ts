import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { type IGrammar, INITIAL, type IRawGrammar, parseRawGrammar, Registry } from 'vscode-textmate';
import { createCsharpStub } from './csharpStub';

/** A token with its place in the text. The scopes are joined by a space and leave out the root scope. */
export interface PolicyToken {
  readonly start: number;
  readonly text: string;
  readonly scopes: string;
}

const rootScope = 'text.xml.apim-policy';
const grammarPath = resolve('syntaxes', 'apim-policy.tmLanguage.json');

/** The grammar as it is in the file, for tests about the file itself. */
export function readPolicyGrammar(): unknown {
  return JSON.parse(readFileSync(grammarPath, 'utf8'));
}

/**
 * VS Code's own C# grammar where the server for the tests in a real VS Code is installed, else undefined.
 * Exact scopes of C# must not be asserted on it: they differ between its versions.
 */
export function readBuiltInCsharpGrammar(): IRawGrammar | undefined {
  const path = resolve(
    'test/vscode-server/node_modules/code-server/lib/vscode/extensions/csharp/syntaxes/csharp.tmLanguage.json',
  );
  return existsSync(path) ? parseRawGrammar(readFileSync(path, 'utf8'), path) : undefined;
}

/** Loads the policy grammar with the given grammar as source.cs. */
export async function loadPolicyGrammar(csharp: IRawGrammar = createCsharpStub()): Promise<IGrammar> {
  const registry = new Registry({
    onigLib: onigLib(),
    loadGrammar: async (scopeName) => {
      if (scopeName === rootScope) return parseRawGrammar(readFileSync(grammarPath, 'utf8'), grammarPath);
      return scopeName === 'source.cs' ? csharp : null;
    },
  });
  const grammar = await registry.loadGrammar(rootScope);
  assert.ok(grammar, 'the policy grammar loads');
  return grammar;
}

/** All tokens of a text, line by line as the editor does it. */
export function tokenizePolicy(grammar: IGrammar, text: string): PolicyToken[] {
  const tokens: PolicyToken[] = [];
  let state = INITIAL;
  let lineStart = 0;
  for (const lineWithReturn of text.split('\n')) {
    const line = lineWithReturn.replace(/\r$/, '');
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    for (const { startIndex, endIndex, scopes } of result.tokens) {
      assert.equal(scopes[0], rootScope);
      tokens.push({
        start: lineStart + startIndex,
        text: line.slice(startIndex, endIndex),
        scopes: scopes.slice(1).join(' '),
      });
    }
    lineStart += lineWithReturn.length + 1;
  }
  return tokens;
}

/**
 * Asserts the scopes of the parts of a text that are marked with « and », in order. A marked part must be exactly one
 * token; the message shows all tokens where it is not.
 */
export function assertMarkedScopes(grammar: IGrammar, markedText: string, ...expected: readonly string[]): void {
  const parts = markedText.split(/[«»]/);
  const marks = (parts.length - 1) / 2;
  assert.equal(marks, expected.length, 'as many marked parts as expected scopes');
  const tokens = tokenizePolicy(grammar, parts.join(''));
  const actual: string[] = [];
  let start = 0;
  parts.forEach((part, index) => {
    if (index % 2 === 1) {
      const token = tokens.find((one) => one.start === start && one.text === part);
      actual.push(token === undefined ? `${part} is not one token in:\n${show(tokens)}` : token.scopes);
    }
    start += part.length;
  });
  assert.deepEqual(actual, [...expected]);
}

function show(tokens: readonly PolicyToken[]): string {
  return tokens.map(({ text, scopes }) => `  ${JSON.stringify(text)}  ${scopes}`).join('\n');
}

let loading: Promise<{ createOnigScanner: typeof createOnigScanner; createOnigString: typeof createOnigString }>;

function onigLib(): typeof loading {
  loading ??= (async () => {
    const wasm = createRequire(join(process.cwd(), 'package.json')).resolve('vscode-oniguruma/release/onig.wasm');
    const bytes = readFileSync(wasm);
    await loadWASM(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    return { createOnigScanner, createOnigString };
  })();
  return loading;
}
