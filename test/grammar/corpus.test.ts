import { strict as assert } from 'node:assert';
import type { IGrammar } from 'vscode-textmate';
import { parsePolicyDocument } from '../../server/src/core/syntax/parsePolicyDocument';
import type { PolicyDocument } from '../../server/src/core/syntax/policyTree';
import { allElements } from '../../server/src/core/syntax/treeQueries';
import type { Span } from '../../server/src/core/text/span';
import { findCorpus, readCorpus } from '../support/corpus';
import { createCsharpStub } from './csharpStub';
import { loadPolicyGrammar, type PolicyToken, readBuiltInCsharpGrammar, tokenizePolicy } from './tokenizePolicy';

/**
 * The grammar reads line by line, the parser reads the whole text: on real files both must see the same expressions,
 * named values and comments, and neither more than the other.
 */
describe('policy grammar on real files', () => {
  const folder = findCorpus();
  if (folder === undefined) {
    it('is not run: there is no corpus beside the project', () => {
      console.log('    The corpus of real policy files is not there, so the grammar is tested on small texts only.');
    });
    return;
  }
  const documents = readCorpus(folder).map(({ path, text }) => parsePolicyDocument(withoutMark(text), path, 1));
  const builtIn = readBuiltInCsharpGrammar();
  const grammars = [
    { name: "the stand-in for VS Code's C# grammar", load: () => loadPolicyGrammar(createCsharpStub()) },
    ...(builtIn ? [{ name: "VS Code's own C# grammar", load: () => loadPolicyGrammar(builtIn) }] : []),
  ];
  for (const { name, load } of grammars) {
    it(`sees what the parser sees with ${name}`, async function () {
      this.timeout(120_000);
      const grammar = await load();
      const differences = documents.flatMap((document) => differencesIn(document, grammar));
      assert.deepEqual(
        differences.filter((difference) => !known.some((one) => difference.startsWith(one))),
        [],
      );
    });
  }
});

const snippets = 'files/Azure+api-management-policy-snippets/examples';

/** Differences that are understood, each with its reason. */
const known: readonly string[] = [
  // Its expression is damaged over several lines; the two find different ends for it.
  `${snippets}/Call out to an HTTP endpoint and cache the response.policy.xml:41 sees an expression`,
  // The first comment is never closed. For the parser that is text, for the eye a comment up to the next end.
  `${snippets}/Filter response content based on product name.policy.xml:1 sees a comment`,
  // An end tag that nothing opened: still a tag to the eye.
  'layouts/ai-hub-gateway/infra/modules/apim/policies/frag-llm-usage.xml:62 sees an element',
  // An expression in CDATA: the parser takes CDATA for text.
];

/** One line for each kind of thing that the grammar misses in a document, or that it alone sees there. */
function differencesIn(document: PolicyDocument, grammar: IGrammar): readonly string[] {
  const tokens = tokenizePolicy(grammar, document.text);
  const csharpComments = marksOf(
    spansOf(tokens, (scopes) => /comment\.[\w.-]+\.cs/.test(scopes)),
    document.text,
  );
  const kinds = [
    {
      what: 'an element',
      parsed: tagNamesOf(document),
      coloured: spansOf(tokens, (scopes) => /^meta\.tag\.xml entity\.name\.tag/.test(scopes)),
    },
    {
      what: 'an expression',
      parsed: document.expressions.map(({ span }) => span),
      coloured: spansOf(tokens, (scopes) => scopes.includes('meta.embedded.expression.csharp')),
    },
    {
      what: 'a named value',
      // The C# grammar takes a comment in one match, and nothing can be coloured in it.
      parsed: document.namedValues.map(({ span }) => span).filter(({ start }) => csharpComments[start] === 0),
      coloured: spansOf(tokens, (scopes) => scopes.includes('variable.other.constant.named-value.apim-policy')),
    },
    {
      what: 'a comment',
      parsed: commentsOf(document),
      coloured: spansOf(tokens, (scopes) => scopes.includes('comment.block.xml')),
    },
  ];
  return kinds.flatMap(({ what, parsed, coloured }) => {
    const inParsed = marksOf(parsed, document.text);
    const inColoured = marksOf(coloured, document.text);
    const at = [...inParsed].findIndex((mark, offset) => mark !== inColoured[offset]);
    if (at < 0) return [];
    const line = document.text.slice(0, at).split('\n').length;
    return [`${document.path}:${line} ${inParsed[at] === 1 ? 'misses' : 'sees'} ${what}`];
  });
}

/** Which characters are in a span. White space counts for neither side: a token never holds a line's end. */
function marksOf(spans: readonly Span[], text: string): Uint8Array {
  const marks = new Uint8Array(text.length);
  for (const { start, end } of spans) marks.fill(1, start, end);
  for (const { index } of text.matchAll(/\s/g)) marks[index] = 0;
  return marks;
}

function spansOf(tokens: readonly PolicyToken[], wanted: (scopes: string) => boolean): readonly Span[] {
  return tokens.filter(({ scopes }) => wanted(scopes)).map(({ start, text }) => ({ start, end: start + text.length }));
}

function tagNamesOf(document: PolicyDocument): readonly Span[] {
  return [...allElements(document)].flatMap(({ name, nameSpan, endTagSpan }) => {
    if (endTagSpan === undefined) return [nameSpan];
    const start = endTagSpan.start + '</'.length;
    return [nameSpan, { start, end: start + name.length }];
  });
}

function commentsOf(document: PolicyDocument): readonly Span[] {
  const nodes = [...document.nodes, ...[...allElements(document)].flatMap(({ children }) => children)];
  return nodes.filter(({ kind }) => kind === 'comment').map(({ span }) => span);
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
