import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  applyEdits,
  createLanguageService,
  DocumentStore,
  type LanguageService,
  loadWorkspace,
  questionOfCase,
  readCorsCaseFile,
  runCorsCase,
} from '../../server/src/core';
import { nodeHost } from '../../server/src/hosts/nodeHost';

async function openSample(name: string): Promise<{ service: LanguageService; root: string }> {
  const root = resolve('samples', name).replace(/\\/g, '/');
  const store = new DocumentStore();
  const failed = await loadWorkspace(nodeHost, store, [{ path: root, kind: 'folder' }], { isCancelled: false });
  assert.deepEqual(failed, []);
  const service = createLanguageService(store, (what, error) => {
    throw new Error(what, { cause: error });
  });
  return { service, root };
}

function findingsOf(service: LanguageService, root: string): readonly string[] {
  const documents = [...service.model().documents.keys()].flatMap((path) => service.findings(path));
  return [...documents, ...service.workspaceFindings()].map(
    ({ path, severity, ruleId }) => `${path.slice(root.length + 1)}: ${severity} ${ruleId}`,
  );
}

/** Without `<base />`, what is not inherited any more is told. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  'remove-base': [
    'apis/orders/policy.xml: information base-removed',
    'apis/orders/policy.xml: information portal-cors-not-inherited',
  ],
  'replace-base': [
    'apis/orders/policy.xml: information base-removed',
    'apis/orders/policy.xml: information portal-cors-not-inherited',
  ],
};

function failedCases({ service, root }: { service: LanguageService; root: string }): readonly string[] {
  const { cases, problems } = readCorsCaseFile(readFileSync(`${root}/cors.cors-tests.json`, 'utf8'));
  assert.deepEqual(problems, []);
  return cases.flatMap(({ case: each }) => {
    const target = service.corsTarget(`${root}/${each.target?.file}`, questionOfCase(each))?.target;
    assert.ok(target, each.id);
    return runCorsCase(each, target).verdict === 'failed' ? [each.id] : [];
  });
}

describe('samples', () => {
  it('contoso-apim shows the portal case, the unreachable operation and what an API leaves out, and nothing else', async () => {
    const { service, root } = await openSample('contoso-apim');
    assert.deepEqual(findingsOf(service, root), [
      'apis/catalog/operations/delete-item/policy.xml: warning operation-override-behind-base',
      'apis/orders/policy.xml: warning base-inherits-portal-cors',
      'apis/quotes-passthrough/policy.xml: information base-removed',
    ]);
  });
  it('contoso-gateway has no finding', async () => {
    const { service, root } = await openSample('contoso-gateway');
    assert.deepEqual(findingsOf(service, root), []);
  });
  it('have CORS tests: all pass but those that are the cases (a) and (b), which every fix of the portal case makes pass', async () => {
    const gateway = await openSample('contoso-gateway');
    assert.deepEqual(failedCases(gateway), []);
    const apim = await openSample('contoso-apim');
    assert.deepEqual(failedCases(apim), ['shop-may-change-orders', 'back-office-may-remove-items']);
    const [finding] = apim.service.findings(`${apim.root}/apis/orders/policy.xml`);
    for (const { id, edits } of finding?.fixes ?? []) {
      const fresh = await openSample('contoso-apim');
      for (const path of new Set(edits.map((edit) => edit.path))) {
        const ofFile = edits.filter((edit) => edit.path === path);
        fresh.service.store.setText(path, applyEdits(fresh.service.store.text(path) ?? '', ofFile), 1);
      }
      const failed = failedCases(fresh);
      assert.equal(failed.includes('shop-may-change-orders'), false, id);
    }
  });
  it('every one of the five fixes of the portal case removes its finding and brings no other warning', async () => {
    const { service, root } = await openSample('contoso-apim');
    const before = findingsOf(service, root);
    const [finding] = service.findings(`${root}/apis/orders/policy.xml`);
    assert.deepEqual(
      finding?.fixes.map(({ id }) => id),
      ['set-terminate-false', 'add-origins', 'move-own-before-base', 'remove-base', 'replace-base'],
    );
    for (const { id, edits } of finding?.fixes ?? []) {
      const { service: fresh } = await openSample('contoso-apim');
      for (const path of new Set(edits.map((edit) => edit.path))) {
        const ofFile = edits.filter((edit) => edit.path === path);
        fresh.store.setText(path, applyEdits(fresh.store.text(path) ?? '', ofFile), 1);
      }
      const left = before.filter((line) => !line.endsWith('base-inherits-portal-cors'));
      const expected = [...left, ...(leftOut[id] ?? [])].sort();
      assert.deepEqual(findingsOf(fresh, root), expected, id);
    }
  });
});
