/** The effective policies of the samples and of real services, as documents to read. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  apiFactsOf,
  createLanguageService,
  DocumentStore,
  type LanguageService,
  loadWorkspace,
  type PlacedDocument,
} from '../../server/src/core';
import { parsePolicyDocument } from '../../server/src/core/syntax/parsePolicyDocument';
import { nodeHost } from '../../server/src/hosts/nodeHost';
import { findCorpus } from '../support/corpus';

/** One text for each operation and each way to call it, derived by hand from the sample's files. */
const expectations = 'test/projects/effective-policies';

async function openFolder(folder: string): Promise<LanguageService> {
  const store = new DocumentStore();
  const root = resolve(folder).replace(/\\/g, '/');
  await loadWorkspace(nodeHost, store, [{ path: root, kind: 'folder' }], { isCancelled: false });
  return createLanguageService(store, (what, error) => {
    throw new Error(what, { cause: error });
  });
}

function apiPoliciesOf(service: LanguageService): readonly (PlacedDocument & { readonly api: string })[] {
  return [...service.model().documents.values()].flatMap((placed) => {
    const scope = placed.placement.kind === 'definition' ? placed.placement.scope : undefined;
    return scope?.kind === 'api' && scope.api !== undefined ? [{ ...placed, api: scope.api }] : [];
  });
}

describe('effective policies of the samples', () => {
  for (const sample of ['contoso-apim', 'contoso-gateway']) {
    it(`of ${sample} are, for every operation and product, what the files say`, async () => {
      const service = await openFolder(join('samples', sample));
      const used = new Set<string>();
      let compared = 0;
      for (const { path, api, service: around } of apiPoliciesOf(service)) {
        const operations = apiFactsOf({ kind: 'api', api }, around)?.operations ?? [];
        assert.ok(operations.length > 0, `operations of ${api}`);
        for (const { id } of operations) {
          const own = around.definitions.get(`apis/${api}/operations/${id}`);
          for (const { chain } of service.effectivePolicies(own ?? path)) {
            // An operation without a policy of its own runs that of its API.
            const parts = [
              api,
              ...(own === undefined ? [] : [id]),
              ...(chain.product === undefined ? [] : [chain.product]),
            ];
            const name = `${parts.join('.')}.xml`;
            const text = service.effectivePolicyText(own ?? path, { product: chain.product, of: 'document' })?.text;
            assert.equal(text, readExpectation(sample, name), name);
            used.add(name);
            compared++;
          }
        }
      }
      assert.deepEqual([...used].sort(), readdirSync(join(expectations, sample)).sort());
      assert.equal(compared, sample === 'contoso-apim' ? 20 : 7);
    });
  }
});

function readExpectation(sample: string, name: string): string {
  const file = join(expectations, sample, name);
  assert.ok(existsSync(file), `${file} is missing`);
  return readFileSync(file, 'utf8').replace(/\r\n/g, '\n');
}

describe('effective policies of real services', function () {
  this.timeout(120_000);

  it('can be read without a problem where their files can, and each part is where it comes from', async () => {
    const corpus = findCorpus();
    if (corpus === undefined) return console.log('      (no corpus beside the project)');
    let read = 0;
    for (const name of readdirSync(join(corpus, 'layouts'))) {
      const service = await openFolder(join(corpus, 'layouts', name));
      for (const path of service.model().documents.keys()) {
        for (const { chain } of service.effectivePolicies(path)) {
          const written = service.effectivePolicyText(path, { product: chain.product, of: 'document' });
          assert.ok(written, path);
          const { text, origins } = written;
          const sources = new Set([path, ...origins.map((origin) => origin.path)]);
          const isSound = [...sources].every((source) => (service.document(source)?.problems.length ?? 0) === 0);
          if (isSound)
            assert.deepEqual(parsePolicyDocument(text, '/effective.xml', 1).problems, [], `${path}\n${text}`);
          for (const { kind, span, path: file, source } of origins) {
            if (kind !== 'statement') continue;
            assert.equal(text.slice(span.start, span.end), service.store.text(file)?.slice(source.start, source.end));
          }
          read++;
        }
      }
    }
    assert.ok(read > 100, `${read} effective policies`);
  });
});
