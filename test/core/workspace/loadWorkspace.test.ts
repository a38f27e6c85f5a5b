import assert from 'node:assert/strict';
import { DocumentStore, type LoadTarget, loadWorkspace, type WorkspaceHost } from '../../../server/src/core';
import { createMemoryHost } from '../../../server/src/hosts/memoryHost';
import { definition } from '../../support/policies';

const policy = definition('    <base />');
const folder: readonly LoadTarget[] = [{ path: '/repo', kind: 'folder' }];
const running = { isCancelled: false };

/** One policy in each of many folders, which is how services are laid out. */
function service(apiCount: number): Readonly<Record<string, string>> {
  const files: Record<string, string> = { '/repo/policy.xml': policy };
  for (let api = 0; api < apiCount; api++) files[`/repo/apis/api-${api}/policy.xml`] = policy;
  return files;
}

/** Answers after some turns of the event loop, and counts how many questions wait at once. */
function slowHost(files: Readonly<Record<string, string>>, turns: (path: string) => number) {
  const host = createMemoryHost(files);
  const seen = { mostAtOnce: 0, waiting: 0, questions: 0 };
  const slowly = async <T>(path: string, ask: () => Promise<T>): Promise<T> => {
    seen.questions++;
    seen.waiting++;
    seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.waiting);
    try {
      for (let turn = 0; turn < turns(path); turn++) await new Promise((resolve) => setImmediate(resolve));
      return await ask();
    } finally {
      seen.waiting--;
    }
  };
  const slow: WorkspaceHost = {
    listFolder: (path) => slowly(path, () => host.listFolder(path)),
    readText: (path) => slowly(path, () => host.readText(path)),
    readBeginning: (path) => slowly(path, () => host.readBeginning(path)),
  };
  return { host: slow, seen };
}

describe('loading a workspace', () => {
  it('reads many folders at once, but never more than the host can bear', async () => {
    const { host, seen } = slowHost(service(200), () => 3);
    const store = new DocumentStore();
    assert.deepEqual(await loadWorkspace(host, store, folder, running), []);
    assert.equal(store.paths().length, 201);
    assert.equal(seen.mostAtOnce, 32);
  });
  it('asks nothing more once it is cancelled, and ends', async () => {
    const cancellation = { isCancelled: false };
    const { host, seen } = slowHost(service(200), () => {
      if (seen.questions > 60) cancellation.isCancelled = true;
      return 2;
    });
    const store = new DocumentStore();
    await loadWorkspace(host, store, folder, cancellation);
    assert.ok(seen.questions < 100, `${seen.questions} questions`);
    assert.equal(seen.waiting, 0);
  });
  it('comes to the same whichever answer comes first', async () => {
    const files = {
      ...service(40),
      '/repo/apim-policy.config.json': '{}',
      '/repo/apis/api-1/apiInformation.json': '{}',
      '/repo/readme.md': '# no part',
    };
    const load = async (turns: (path: string) => number) => {
      const store = new DocumentStore();
      const { host } = slowHost(files, turns);
      await loadWorkspace(host, store, [...folder, { path: '/repo/none', kind: 'folder' }], running);
      return store.paths().map((path) => [path, store.text(path), store.isPolicy(path)]);
    };
    const inOrder = await load(() => 0);
    assert.equal(inOrder.length, 43);
    assert.deepEqual(await load((path) => path.length % 7), inOrder);
    assert.deepEqual(await load((path) => (path.includes('1') ? 9 : 1)), inOrder);
  });
  it('tells which targets could not be read, in their order', async () => {
    const failed = await loadWorkspace(
      createMemoryHost(service(1)),
      new DocumentStore(),
      [
        { path: '/none', kind: 'folder' },
        { path: '/repo/policy.xml', kind: 'file' },
        { path: '/repo/none.xml', kind: 'file' },
      ],
      running,
    );
    assert.deepEqual(failed, [
      { path: '/none', because: 'it does not exist' },
      { path: '/repo/none.xml', because: 'it does not exist' },
    ]);
  });
  it('takes a file that is named whatever it holds, also where its folder is named before it', async () => {
    const store = new DocumentStore();
    const targets: readonly LoadTarget[] = [...folder, { path: '/repo/new.xml', kind: 'file' }];
    await loadWorkspace(createMemoryHost({ ...service(1), '/repo/new.xml': '' }), store, targets, running);
    assert.equal(store.isPolicy('/repo/new.xml'), true);
  });
  it('notes what cannot be read, and keeps the rest', async () => {
    const memory = createMemoryHost(service(3));
    const host: WorkspaceHost = {
      ...memory,
      listFolder: async (path) => {
        if (path.endsWith('/api-1')) throw new Error('permission is denied');
        return memory.listFolder(path);
      },
      readBeginning: async (path) => {
        if (path.includes('/api-2/')) throw new Error('it is locked');
        return memory.readBeginning(path);
      },
    };
    const store = new DocumentStore();
    assert.deepEqual(await loadWorkspace(host, store, folder, running), []);
    assert.deepEqual(store.unreadablePaths(), [
      { path: '/repo/apis/api-1', because: 'permission is denied' },
      { path: '/repo/apis/api-2/policy.xml', because: 'it is locked' },
    ]);
    assert.deepEqual(store.paths(), ['/repo/apis/api-0/policy.xml', '/repo/policy.xml']);
  });
  it('brings the service around a file, and the project files above it', async () => {
    const files = { ...service(2), '/repo/docs/x.xml': policy, '/apim-policy.config.json': '{}' };
    const store = new DocumentStore();
    await loadWorkspace(
      createMemoryHost(files),
      store,
      [{ path: '/repo/apis/api-1/policy.xml', kind: 'file' }],
      running,
    );
    assert.deepEqual(store.paths(), [
      '/apim-policy.config.json',
      '/repo/apis/api-0/policy.xml',
      '/repo/apis/api-1/policy.xml',
      '/repo/policy.xml',
    ]);
  });
  it('lists each folder above many files once', async () => {
    const files = service(50);
    const listed: string[] = [];
    const memory = createMemoryHost(files);
    const host: WorkspaceHost = {
      ...memory,
      listFolder: (path) => {
        listed.push(path);
        return memory.listFolder(path);
      },
    };
    const targets = Object.keys(files).map((path): LoadTarget => ({ path, kind: 'file' }));
    await loadWorkspace(host, new DocumentStore(), targets, running);
    // Once for its project file, and once more to load it.
    assert.ok(Math.max(...[...new Set(listed)].map((path) => listed.filter((other) => other === path).length)) <= 2);
  });
});
