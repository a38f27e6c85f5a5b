import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../cli/support/commandLine';
import { findCorpus, readCorpusManifest } from '../support/corpus';

/** Files for which the manifest's scope and ours differ, and who is right. */
interface Difference {
  /** Below `layouts/`: all files there that differ in the same way. */
  readonly folder: string;
  readonly manifest: string;
  readonly ours: string;
  readonly files: number;
  readonly right: 'manifest' | 'ours' | 'nobody' | 'cannot be told';
  readonly because: string;
}

const byCode =
  'the infrastructure code beside the file names the scope; from the folders and names alone, unknown is right';

const differences: readonly Difference[] = [
  {
    folder: 'ai-gateway-labs',
    manifest: 'api',
    ours: 'unknown',
    files: 96,
    right: 'manifest',
    because: `${byCode}; for 46 of them the manifest takes the API for granted`,
  },
  { folder: 'ai-gateway-labs', manifest: 'operation', ours: 'unknown', files: 9, right: 'manifest', because: byCode },
  {
    folder: 'ai-gateway-labs',
    manifest: 'api',
    ours: 'product',
    files: 2,
    right: 'manifest',
    because: 'the API is called product-catalog: our guess by the word in the name is wrong, and claims nothing',
  },
  { folder: 'ai-hub-gateway', manifest: 'api', ours: 'unknown', files: 1, right: 'manifest', because: byCode },
  { folder: 'apim-lza', manifest: 'api', ours: 'unknown', files: 1, right: 'manifest', because: byCode },
  {
    folder: 'apim-samples',
    manifest: 'api',
    ours: 'unknown',
    files: 14,
    right: 'cannot be told',
    because: 'the manifest takes everything in apim-policies for an API’s policy; Python code and notebooks decide',
  },
  {
    folder: 'apim-samples',
    manifest: 'operation',
    ours: 'api',
    files: 2,
    right: 'ours',
    because: '"all operations" of an API is what the portal calls its API scope; the manifest saw the word operations',
  },
  { folder: 'genai-toolkit', manifest: 'api', ours: 'unknown', files: 11, right: 'manifest', because: byCode },
  { folder: 'health-smart', manifest: 'api', ours: 'unknown', files: 2, right: 'manifest', because: byCode },
  { folder: 'health-smart', manifest: 'operation', ours: 'unknown', files: 48, right: 'manifest', because: byCode },
  {
    folder: 'monetization',
    manifest: 'product',
    ours: 'api',
    files: 1,
    right: 'nobody',
    because:
      'apis/billing-get_products.xml is for an operation, says the Bicep file; the manifest took the word products, we the folder apis',
  },
  { folder: 'remote-mcp', manifest: 'operation', ours: 'unknown', files: 5, right: 'manifest', because: byCode },
  { folder: 'sample-apis', manifest: 'api', ours: 'unknown', files: 5, right: 'manifest', because: byCode },
  { folder: 'tf-ai-gateway-lz', manifest: 'api', ours: 'unknown', files: 1, right: 'manifest', because: byCode },
  {
    folder: 'tf-ai-gateway-lz',
    manifest: 'unknown',
    ours: 'api',
    files: 4,
    right: 'nobody',
    because:
      'they are for operations of the API in their names, says the Terraform code; our guess got the API from the word',
  },
];

describe('scopes of the corpus of real repositories', function () {
  this.timeout(60_000);
  const folder = findCorpus();
  if (folder === undefined) {
    it('is not beside the project, so nothing is tested with it', () => {
      console.log('    There is no corpus of real policy files beside the project; the tests with it did not run.');
    });
    return;
  }

  /** Ours by path, from `apim-policy scopes` on each folder. */
  const ours = new Map<string, { readonly kind: string; readonly confidence: string }>();
  before(async () => {
    for (const layout of readdirSync(join(folder, 'layouts'))) {
      const { out, exitCode } = await run(['scopes', `layouts/${layout}`, '--format', 'json'], { cwd: folder });
      assert.equal(exitCode, 0, layout);
      for (const { file, scope, confidence } of JSON.parse(out).documents)
        ours.set(file, { kind: scope.kind, confidence });
    }
  });
  const manifest = new Map(
    readCorpusManifest(folder).flatMap(({ path, scope }) => (path.startsWith('layouts/') ? [[path, scope]] : [])),
  );

  it('are told for every policy file, and for no other', () => {
    assert.deepEqual([...ours.keys()].sort(), [...manifest.keys()].sort());
  });

  it('differ from the manifest only where this table says so', () => {
    const found = new Map<string, number>();
    for (const [path, { kind }] of ours) {
      const expected = manifest.get(path) ?? '';
      if (kind === expected) continue;
      const key = `${path.split('/')[1]}: ${expected}, ours ${kind}`;
      found.set(key, (found.get(key) ?? 0) + 1);
    }
    assert.deepEqual(
      [...found].map(([key, files]) => `${key}: ${files} files`).sort(),
      differences.map((row) => `${row.folder}: ${row.manifest}, ours ${row.ours}: ${row.files} files`).sort(),
    );
  });

  it('are never more than guessed where the manifest knows better', () => {
    for (const [path, { kind, confidence }] of ours) {
      if (kind !== manifest.get(path)) assert.equal(confidence, 'guessed', path);
    }
  });
});
