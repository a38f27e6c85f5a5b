import assert from 'node:assert/strict';
import { DocumentStore } from '../../../server/src/core';

const policy = '<policies><inbound /></policies>';

/** The versions before and after something is done to the store. */
function moved(store: DocumentStore, change: () => void): { readonly structure: boolean; readonly content: boolean } {
  const [structure, content] = [store.structureVersion, store.contentVersion];
  change();
  return { structure: store.structureVersion !== structure, content: store.contentVersion !== content };
}

describe('document store', () => {
  it('holds texts by path, and tells those of policies by their beginning', () => {
    const store = new DocumentStore();
    store.setText('/s/policy.xml', policy, 1);
    store.setText('/s/pom.xml', '<project />', 1);
    store.setText('/s/notes.txt', policy, 1);
    assert.equal(store.text('/s/policy.xml'), policy);
    assert.equal(store.text('/s/none.xml'), undefined);
    assert.deepEqual(
      store.paths().filter((path) => store.isPolicy(path)),
      ['/s/policy.xml'],
    );
  });
  it('takes the word of an editor for what a policy is', () => {
    const store = new DocumentStore();
    store.setText('/s/notes.txt', 'not yet', 1, true);
    store.setText('/s/policy.xml', policy, 1, false);
    assert.equal(store.isPolicy('/s/notes.txt'), true);
    assert.equal(store.isPolicy('/s/policy.xml'), false);
  });
  it('lists what is directly in a folder', () => {
    const store = new DocumentStore();
    const own = ['/s/a', '/s/a-b.xml', '/s/a.xml', '/s/a0.xml', '/s/z'];
    for (const path of [...own, '/s/a/b/c', '/s/a/d', '/s/y/e', '/s0', '/r/a']) store.setText(path, policy, 1);
    assert.deepEqual(store.pathsIn('/s'), own);
    assert.deepEqual(store.pathsIn('/s/a'), ['/s/a/d']);
    assert.deepEqual(store.pathsIn('/'), ['/s0']);
    assert.deepEqual(store.pathsIn('/none'), []);
  });

  describe('versions', () => {
    const filled = (): DocumentStore => {
      const store = new DocumentStore();
      store.setText('/s/policy.xml', policy, 1);
      store.setText('/s/apis.json', '[]', 1);
      return store;
    };
    const changes: readonly (readonly [
      title: string,
      change: (store: DocumentStore) => void,
      structure: boolean,
      content: boolean,
    ])[] = [
      ['stay where nothing changed', (store) => store.setText('/s/policy.xml', policy, 1), false, false],
      ['a new text of a policy', (store) => store.setText('/s/policy.xml', `${policy} `, 2), false, true],
      ['a new version of the same text', (store) => store.setText('/s/apis.json', '[]', 2), false, true],
      ['a new text of an information file', (store) => store.setText('/s/apis.json', '[ ]', 2), true, true],
      ['a policy that becomes a fragment', (store) => store.setText('/s/policy.xml', '<fragment />', 2), true, true],
      [
        'a comment that names the scope',
        (store) => store.setText('/s/policy.xml', `<!-- apim: scope=global -->${policy}`, 2),
        true,
        true,
      ],
      ['a policy that no longer is one', (store) => store.setText('/s/policy.xml', '<project />', 2), true, true],
      ['a new file', (store) => store.setText('/s/other.xml', policy, 1), true, true],
      ['a file that went', (store) => store.delete('/s/policy.xml'), true, true],
      ['no file that could go', (store) => store.delete('/s/other.xml'), false, false],
      ['a file that cannot be read', (store) => store.setUnreadable('/s/other.xml', 'it is locked'), true, true],
    ];
    for (const [title, change, structure, content] of changes) {
      it(`${title}: structure ${structure}, content ${content}`, () => {
        const store = filled();
        assert.deepEqual(
          moved(store, () => change(store)),
          { structure, content },
        );
      });
    }
  });

  it('lists what lies below a folder, and nothing of its neighbours', () => {
    const store = new DocumentStore();
    for (const path of ['/s/b.xml', '/s/a/z.xml', '/s/a/b/c.xml', '/s/a.xml', '/s/a0/x.xml', '/s/a b/x.xml']) {
      store.setText(path, policy, 1);
    }
    assert.deepEqual(store.pathsBelow('/s/a'), ['/s/a/b/c.xml', '/s/a/z.xml']);
    assert.deepEqual(store.pathsBelow('/s/none'), []);
    assert.equal(store.pathsBelow('/s').length, 6);
    assert.equal(store.pathsBelow('/').length, 6);
  });

  it('remembers what cannot be read until it can', () => {
    const store = new DocumentStore();
    store.setText('/s/policy.xml', policy, 1);
    store.setUnreadable('/s/policy.xml', 'permission is denied');
    store.setUnreadable('/s/a.xml', 'it is locked');
    assert.equal(store.has('/s/policy.xml'), false);
    assert.deepEqual(store.unreadablePaths(), [
      { path: '/s/a.xml', because: 'it is locked' },
      { path: '/s/policy.xml', because: 'permission is denied' },
    ]);
    store.setText('/s/policy.xml', policy, 2);
    store.delete('/s/a.xml');
    assert.deepEqual(store.unreadablePaths(), []);
  });

  describe('the tree of a text', () => {
    it('is one and the same as long as the text is, however many others are asked for', () => {
      const store = new DocumentStore();
      const paths = Array.from({ length: 1000 }, (_, index) => `/s/apis/${index}/policy.xml`);
      for (const path of paths) store.setText(path, policy, 1);
      const trees = paths.map((path) => store.document(path));
      assert.ok(paths.every((path, index) => store.document(path) === trees[index]));
    });
    it('is another for another text or version', () => {
      const store = new DocumentStore();
      store.setText('/s/policy.xml', policy, 1);
      const first = store.document('/s/policy.xml');
      store.setText('/s/policy.xml', policy, 2);
      const second = store.document('/s/policy.xml');
      assert.notEqual(second, first);
      assert.equal(second?.version, 2);
      store.delete('/s/policy.xml');
      assert.equal(store.document('/s/policy.xml'), undefined);
    });
  });

  describe('reading', () => {
    const lengthOf = (text: string): { readonly length: number } => ({ length: text.length });

    it('is done once for a text, by each reader for itself', () => {
      const store = new DocumentStore();
      store.setText('/s/apis.json', '[]', 1);
      const first = store.read('/s/apis.json', lengthOf);
      assert.deepEqual(first, { length: 2 });
      store.setText('/s/apis.json', '[]', 2);
      assert.equal(store.read('/s/apis.json', lengthOf), first);
      assert.deepEqual(
        store.read('/s/apis.json', (text, path) => path + text),
        '/s/apis.json[]',
      );
      store.setText('/s/apis.json', '[ ]', 3);
      assert.deepEqual(store.read('/s/apis.json', lengthOf), { length: 3 });
    });
    it('remembers that there was nothing to make of a text', () => {
      const store = new DocumentStore();
      store.setText('/s/apis.json', '[]', 1);
      let count = 0;
      const reader = (): undefined => {
        count++;
      };
      store.read('/s/apis.json', reader);
      store.read('/s/apis.json', reader);
      assert.equal(count, 1);
      assert.equal(store.read('/s/none.json', reader), undefined);
      assert.equal(count, 1);
    });
  });
});
