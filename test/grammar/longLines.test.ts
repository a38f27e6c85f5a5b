import { strict as assert } from 'node:assert';
import type { IGrammar } from 'vscode-textmate';
import { loadPolicyGrammar, tokenizePolicy } from './tokenizePolicy';

/** Lines as real files have them, but longer: there 714 characters are the most, and VS Code gives up at 20,000. */
const lines: Readonly<Record<string, (length: number) => string>> = {
  'a literal value': (length) => `<a b="${repeat('text ', length)}" />`,
  'a value with named values': (length) => `<a b="${repeat('https://{{host}}/', length)}" />`,
  'a tag with many attributes': (length) => `<a ${repeat('name="value" ', length)}/>`,
  'a tag that does not end': (length) => `<a ${repeat('name="value" ', length)}`,
  'a comment': (length) => `<!-- ${repeat('words and <tags/> ', length)}-->`,
  'one expression': (length) => `<a b="@(${repeat('f("x", d["y"]) + ', length)}1)" />`,
  'one expression with generics and conditions': (length) =>
    `<a b="@(${repeat('a.As<B>() != null && c < 1 || ', length)}true)" />`,
  'one expression in text': (length) => `<a>@(${repeat('f("x") + ', length)}1)</a>`,
  'one expression with entities': (length) =>
    `<a b="@(${repeat('f(&quot;x&quot;) &lt; 1 &amp;&amp; ', length)}true)" />`,
  'an expression that lacks its end': (length) => `<a b="@(${repeat('f("x") + ', length)}" />`,
  'an expression that lacks end and quote': (length) => `<a b="@(${repeat('f("x") + ', length)}`,
  'an expression with an open string': (length) => `<a b="@("${repeat('text ', length)}) />`,
  'text without tags': (length) => repeat('{"name": "value"}, ', length),
  'a Liquid template': (length) =>
    `<set-body template="liquid">${repeat('{"a": "{{body.a}}"}{% if b %}c{% endif %}', length)}</set-body>`,
  'a Liquid template that does not end': (length) =>
    `<set-body template="liquid">${repeat('{{body.a} {% if ', length)}`,
  'placeholders that do not end': (length) => repeat('${a #b {{c ', length),
};

describe('policy grammar on long lines', function () {
  this.timeout(120_000);
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadPolicyGrammar();
  });

  for (const [name, lineOfLength] of Object.entries(lines)) {
    it(`takes time in proportion to ${name}`, () => {
      const [short, long] = [lineOfLength(4_000), lineOfLength(16_000)];
      const factors: number[] = [];
      // Other work on the machine makes a run slow, never fast: what looks slow is measured again.
      for (let attempt = 0; attempt < 5; attempt++) {
        const [shortMs, longMs] = [fastestMs(grammar, short), fastestMs(grammar, long)];
        factors.push(longMs / shortMs);
        // Four times the text: 4 is linear, 16 is quadratic.
        if (longMs / shortMs < 9 || longMs < 5) return;
      }
      assert.fail(`Four times the text took ${factors.map((factor) => factor.toFixed(1)).join(', ')} times as long`);
    });
  }
});

function fastestMs(grammar: IGrammar, line: string): number {
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    tokenizePolicy(grammar, line);
    return performance.now() - start;
  });
  return Math.min(...times);
}

function repeat(part: string, length: number): string {
  return part.repeat(Math.ceil(length / part.length));
}
