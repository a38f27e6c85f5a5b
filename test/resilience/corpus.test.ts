import { strict as assert } from 'node:assert';
import { SaxesParser } from 'saxes';
import type { PolicyDocument } from '../../server/src/core/syntax/policyTree';
import { sniffPolicy } from '../../server/src/core/syntax/sniffPolicy';
import { allElements } from '../../server/src/core/syntax/treeQueries';
import { type CorpusFile, findCorpus, readCorpus, readCorpusManifest } from '../support/corpus';
import { parse } from '../support/syntax';
import { assertTreeInvariants } from '../support/treeInvariants';

/** Files that are damaged in truth, each with what is wrong: a finding in any other file is a defect of ours. */
const damagedFiles: Readonly<Record<string, readonly [why: string, ...ruleIds: string[]]>> = {
  'extracted/Azure-Samples+ai-hub-gateway-solution-accelerator/guides__pii-masking-apim.md.0.xml': [
    'when and choose are never closed',
    'syntax-unclosed-element',
  ],
  'extracted/calvinchengx+azure-apim-emulator/third_party__microsoft__policy-reference__include-fragment-policy.md.0.xml':
    ['an excerpt of a document with [...] between its sections', 'syntax-text-outside-root'],
  'extracted/calvinchengx+azure-apim-emulator/third_party__microsoft__policy-reference__rewrite-uri-policy.md.0.xml': [
    'a bare & in a literal value',
    'syntax-bare-ampersand',
  ],
  'extracted/calvinchengx+azure-apim-emulator/third_party__microsoft__policy-reference__set-backend-service-policy.md.1.xml':
    ['an expression lacks a bracket', 'syntax-unterminated-expression'],
  'files/Azure+api-management-policy-snippets/examples/Call out to an HTTP endpoint and cache the response.policy.xml':
    ['an expression lacks a brace, and so the end of its value', 'syntax-malformed', 'syntax-unterminated-expression'],
  'files/Azure+api-management-policy-snippets/examples/Filter response content based on product name.policy.xml': [
    'a comment is never closed',
    'syntax-incomplete-markup',
  ],
  'layouts/ai-hub-gateway/infra/modules/apim/policies/frag-llm-usage.xml': [
    'an end tag has the name of another policy',
    'syntax-unexpected-end-tag',
  ],
};

describe('the corpus of real policy files', () => {
  const folder = findCorpus();
  if (folder === undefined) {
    it('is not beside the project, so nothing is tested with it', () => {
      console.log('    There is no corpus of real policy files beside the project; the tests with it did not run.');
    });
    return;
  }
  const manifest = readCorpusManifest(folder);
  let files: readonly CorpusFile[];
  let documents: ReadonlyMap<string, PolicyDocument>;

  before('all files are read in one run', function () {
    this.timeout(60_000);
    files = readCorpus(folder);
    documents = new Map(files.map(({ path, text }) => [path, parse(text)]));
  });

  const ruleIdsOf = (path: string): readonly string[] =>
    [...new Set(documents.get(path)?.problems.map(({ ruleId }) => ruleId))]
      .filter((id) => id !== 'not-a-policy')
      .sort();

  it('is read without an exception, and every tree is whole', () => {
    assert.equal(files.length, 741);
    for (const [path, document] of documents) {
      try {
        assertTreeInvariants(document);
      } catch (error) {
        throw new Error(path, { cause: error });
      }
    }
  });

  it('has no finding about its syntax but in the files that are damaged', () => {
    const excerpts = [...documents].filter(([, { kind }]) => kind === 'unrecognised').map(([path]) => path);
    const damaged = [...documents]
      .filter(([, { problems }]) => problems.some(({ ruleId }) => ruleId !== 'not-a-policy'))
      .map(([path]) => path);
    const share = (count: number): string => `${((100 * count) / files.length).toFixed(2)} %`;
    console.log(
      `    ${share(files.length - damaged.length)} of ${files.length} files have no finding about their syntax;`,
    );
    console.log(`    ${excerpts.length} more are no policy documents but excerpts, and said to be so.`);
    assert.deepEqual(
      damaged.map((path) => [path, ...ruleIdsOf(path)]),
      Object.entries(damagedFiles).map(([path, [, ...ruleIds]]) => [path, ...ruleIds]),
    );
    assert.ok(damaged.length <= 0.02 * files.length);
    // An excerpt begins with a section or a policy; the manifest knows which.
    const roots = new Map(manifest.map(({ path, root }) => [path, root]));
    assert.deepEqual(
      excerpts.map((path) => roots.get(path)),
      excerpts.map((path) => documents.get(path)?.root?.name),
    );
    assert.ok(excerpts.every((path) => path.startsWith('extracted/')));
  });

  it('has a finding wherever the manifest knows of damage', () => {
    const known = manifest.filter(({ lenientIssues }) => lenientIssues !== null).map(({ path }) => path);
    for (const path of known) assert.ok(documents.get(path)?.problems.length, path);
  });

  it('has as many expressions as the manifest counts', () => {
    const counted = manifest.filter(({ path }) => damagedFiles[path] === undefined && path.endsWith('.xml'));
    const differing = counted
      .map(({ path, expressionCount }) => [path, expressionCount, documents.get(path)?.expressions.length])
      .filter(([, expected, found]) => expected !== found);
    // The manifest does not count the one in a CDATA section.
    const inCdata = 'layouts/apim-samples/shared/apim-policies/fragments/pf-ensure-stream-include-usage.xml';
    assert.deepEqual(differing, [[inCdata, 4, 5]]);
  });

  it('is recognised by its beginning as by its tree', () => {
    for (const [path, { text, kind }] of documents) assert.equal(sniffPolicy(text), kind, path);
  });

  it('has the elements and attributes that saxes finds, where saxes accepts the file', () => {
    let accepted = 0;
    for (const [path, document] of documents) {
      const expected = readWithSaxes(document.text);
      if (expected === undefined) continue;
      accepted++;
      const found = [...allElements(document)].map(({ name, attributes }) => [
        name,
        ...attributes.map((one) => one.name),
      ]);
      assert.deepEqual(found, expected, path);
    }
    console.log(
      `    saxes accepts ${accepted} of ${files.length} files; all have the same elements and attributes here.`,
    );
    assert.ok(accepted > 200);
  });
});

/** Every element with its attributes' names, in order; undefined where the text is not well-formed. */
function readWithSaxes(text: string): readonly (readonly string[])[] | undefined {
  const elements: string[][] = [];
  const parser = new SaxesParser({ xmlns: false });
  parser.on('opentag', ({ name, attributes }) => elements.push([name, ...Object.keys(attributes)]));
  let isWellFormed = true;
  parser.on('error', () => {
    isWellFormed = false;
  });
  parser.write(text).close();
  return isWellFormed ? elements : undefined;
}
