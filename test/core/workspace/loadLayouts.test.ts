import assert from 'node:assert/strict';
import { DocumentStore, loadWorkspace, playsPart, type WorkspaceHost } from '../../../server/src/core';
import { createMemoryHost } from '../../../server/src/hosts/memoryHost';
import type { Files } from '../../support/placements';
import { definition } from '../../support/policies';

const policy = definition('    <base />');
const template = '{ "parameters": { "ApimServiceName": {} }, "resources": [] }';
const toolkitSource =
  'using Microsoft.Azure.ApiManagement.PolicyToolkit.Authoring;\n[Document] class A : IDocument { }';

/** The paths that are read where one file is opened without a folder. */
async function readAround(path: string, files: Files): Promise<readonly string[]> {
  const store = new DocumentStore();
  const failed = await loadWorkspace(createMemoryHost(files), store, [{ path, kind: 'file' }], { isCancelled: false });
  assert.deepEqual(failed, []);
  return store.paths();
}

/** The paths that are read where a folder is opened. */
async function readBelow(folder: string, files: Files): Promise<readonly string[]> {
  const store = new DocumentStore();
  await loadWorkspace(createMemoryHost(files), store, [{ path: folder, kind: 'folder' }], { isCancelled: false });
  return store.paths();
}

describe('loading what surrounds one file', () => {
  const unrelated = { '/repo/src/deep/other.xml': policy, '/repo/readme.md': '#' };
  const cases: Readonly<Record<string, readonly [opened: string, read: readonly string[]]>> = {
    'resource kit': [
      '/repo/service/policies/a-apiPolicy.xml',
      ['/repo/service/policies/globalServicePolicy.xml', '/repo/service/x-apis.template.json'],
    ],
    'Git repository of the service': [
      '/repo/api-management/policies/apis/a.xml',
      ['/repo/api-management/apis/a/configuration.json', '/repo/api-management/policies/global.xml'],
    ],
    'action apim-policy-update': [
      '/repo/policies/a/operations/get.xml',
      ['/repo/policies/a/api.xml', '/repo/policy_manifest.yaml'],
    ],
    'the resource kit’s creator': ['/repo/kit/xml/a.xml', ['/repo/kit/contoso.yaml', '/repo/kit/xml/all.xml']],
    'fragment in an information file': [
      '/repo/policyFragments/log/policyFragmentInformation.json',
      ['/repo/apis/a/policy.xml', '/repo/policy.xml'],
    ],
    'scopes at the end of names': [
      '/repo/x/operations/a.get.operation.xml',
      ['/repo/x/a.api.xml', '/repo/x/global.xml'],
    ],
    'temporary files': [
      '/u/ms-azuretools.vscode-apimanagement/vscode-azureapim/0123456789/a-b-tempFile.policy.xml',
      ['/u/ms-azuretools.vscode-apimanagement/vscode-azureapim/0123456789/a-tempFile.policy.xml'],
    ],
  };
  for (const [layout, [opened, others]] of Object.entries(cases)) {
    it(`brings the rest of a service: ${layout}`, async () => {
      const textOf = (path: string) =>
        path.endsWith('.json') ? template : path.endsWith('.yaml') ? 'apimServiceName: a\npolicies: {}' : policy;
      const files = Object.fromEntries([opened, ...others].map((path) => [path, textOf(path)]));
      assert.deepEqual(await readAround(opened, { ...files, ...unrelated }), [opened, ...others].sort());
    });
  }
});

describe('loading a folder', () => {
  it('reads templates, YAML and C# files that are about policies, and no others', async () => {
    const files = {
      '/repo/a.template.json': template,
      '/repo/b.template.json': '{ "resources": [{ "type": "Microsoft.Storage/storageAccounts" }] }',
      '/repo/EchoPolicy.cs': toolkitSource,
      '/repo/RetryPolicy.cs': 'class RetryPolicy { }',
      '/repo/EchoPolicyTests.cs': toolkitSource,
      '/repo/Program.cs': toolkitSource,
      '/repo/apis/a/configuration.json': '{}',
      '/repo/kit.yml': '# ours\napimServiceName: contoso\n',
      '/repo/values.yaml': 'image:\n  apimServiceName: contoso\n',
    };
    assert.deepEqual(await readBelow('/repo', files), [
      '/repo/EchoPolicy.cs',
      '/repo/a.template.json',
      '/repo/kit.yml',
    ]);
  });
  it('looks at files of every extension under which policies were seen, and skips other folders', async () => {
    const names = ['a.xml', 'b.cshtml', 'c.tpl', 'd.xml.tpl', 'e.tftpl', 'f.tpl.xml', 'g.xml.example', 'h.XML'];
    const others = [
      'i.md',
      'j.config',
      'node_modules/k.xml',
      '.git/l.xml',
      'bin/m.xml',
      'OBJ/n.xml',
      '.terraform/o.xml',
    ];
    const files = Object.fromEntries([...names, ...others].map((name) => [`/repo/${name}`, policy]));
    assert.deepEqual(
      (await readBelow('/repo', files)).map((path) => path.slice(6)),
      [...names].sort(),
    );
  });
  it('does not take a file of millions of characters that begins like a policy for one, and says so', async () => {
    const store = new DocumentStore();
    const files = { '/repo/large.xml': `${policy}${' '.repeat(2_000_000)}`, '/repo/small.xml': policy };
    const host: WorkspaceHost = {
      ...createMemoryHost(files),
      readBeginning: async (path) => ({
        text: (files[path as keyof typeof files] ?? '').slice(0, 8192),
        isWhole: false,
      }),
    };
    await loadWorkspace(host, store, [{ path: '/repo', kind: 'folder' }], { isCancelled: false });
    assert.deepEqual(store.paths(), ['/repo/small.xml']);
    assert.deepEqual(store.unreadablePaths(), [
      { path: '/repo/large.xml', because: 'it has more than two million characters, which no policy has' },
    ]);
  });
  it('takes a Razor page for no policy', () => {
    assert.equal(playsPart('/repo/Index.cshtml', '@page\n@model IndexModel\n<policies />'), false);
    assert.equal(playsPart('/repo/good.global.cshtml', policy), true);
  });
});
