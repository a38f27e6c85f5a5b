import assert from 'node:assert/strict';
import { createLanguageService, DocumentStore, describeScope } from '../../../server/src/core';
import { definition } from '../../support/policies';

const policy = definition('    <base />');

/** `path: scope (confidence)` of every document, with `in <root>` where the root is not `/repo`. */
function scopesOf(files: Readonly<Record<string, string>>): readonly string[] {
  const store = new DocumentStore();
  for (const [path, text] of Object.entries(files)) store.setText(path, text, 1);
  const service = createLanguageService(store, (what, error) => {
    throw new Error(what, { cause: error });
  });
  return [...service.model().documents.values()].map(({ path, placement, service: { root } }) => {
    const scope = placement.kind === 'definition' ? describeScope(placement.scope) : placement.kind;
    const workspace =
      placement.kind === 'definition' && 'workspace' in placement.scope ? ` of ${placement.scope.workspace}` : '';
    return `${path}: ${scope}${workspace} (${placement.confidence})${root === '/repo' ? '' : ` in ${root}`}`;
  });
}

describe('the root of an APIOps service', () => {
  describe('of which only workspaces are in the repository', () => {
    const expected = [
      '/repo/workspaces/sales/apis/leads/policy.xml: API leads of sales (certain)',
      '/repo/workspaces/sales/policy.xml: workspace sales of sales (certain)',
    ];
    it('is above the workspaces', () => {
      const files = {
        '/repo/workspaces/sales/policy.xml': policy,
        '/repo/workspaces/sales/apis/leads/policy.xml': policy,
      };
      assert.deepEqual(scopesOf(files), expected);
    });
    it('is above a workspace that has no more than its policy and its information', () => {
      const files = {
        '/repo/workspaces/sales/policy.xml': policy,
        '/repo/workspaces/sales/workspaceInformation.json': '{}',
      };
      assert.deepEqual(scopesOf(files), expected.slice(1));
    });
    it('is above a workspace whose policy stands beside other artifacts', () => {
      for (const other of ['products/p/policy.xml', 'products/p/productInformation.json', 'tags/t/tag.json']) {
        const files = { '/repo/workspaces/sales/policy.xml': policy, [`/repo/workspaces/sales/${other}`]: policy };
        assert.ok(scopesOf(files).includes(expected[1] as string), other);
      }
    });
    it('is never the root of a disk: development containers keep repositories in /workspaces', () => {
      for (const disk of ['', 'c:', 'vscode-remote://codespaces', 'memfs:']) {
        const root = `${disk}/workspaces/contoso`;
        const files = { [`${root}/policy.xml`]: policy, [`${root}/apis/orders/policy.xml`]: policy };
        assert.deepEqual(scopesOf(files), [
          `${root}/apis/orders/policy.xml: API orders (certain) in ${root}`,
          `${root}/policy.xml: global scope (certain) in ${root}`,
        ]);
        const inContainer = {
          [`${root}/workspaces/sales/policy.xml`]: policy,
          [`${root}/workspaces/sales/apis/leads/policy.xml`]: policy,
        };
        assert.deepEqual(scopesOf(inContainer), [
          `${root}/workspaces/sales/apis/leads/policy.xml: API leads of sales (certain) in ${root}`,
          `${root}/workspaces/sales/policy.xml: workspace sales of sales (certain) in ${root}`,
        ]);
      }
    });
  });

  describe('of which only products are in the repository', () => {
    for (const information of [
      'productInformation.json',
      'product_information.json',
      'apis.json',
      'apis/orders/productApiInformation.json',
      'apis/orders/product_api_information.json',
    ]) {
      it(`is found by ${information}`, () => {
        const files = { '/repo/products/starter/policy.xml': policy, [`/repo/products/starter/${information}`]: '{}' };
        assert.deepEqual(scopesOf(files), ['/repo/products/starter/policy.xml: product starter (certain)']);
      });
    }
    it('is not known without any of them', () => {
      assert.deepEqual(scopesOf({ '/repo/products/starter/policy.xml': policy }), [
        '/repo/products/starter/policy.xml: unknown scope (guessed) in /repo/products/starter',
      ]);
    });
    it('is never the product, whatever lies in it', () => {
      const files = {
        '/repo/products/starter/policy.xml': policy,
        '/repo/products/starter/apis.json': '[]',
        '/repo/products/starter/groups/developers/productGroupInformation.json': '{}',
        '/repo/products/starter/apis/orders/productApiInformation.json': '{}',
      };
      assert.deepEqual(scopesOf(files), ['/repo/products/starter/policy.xml: product starter (certain)']);
    });
  });

  it('is found by any artifact’s information', () => {
    const files = {
      '/repo/policy fragments/cors/policy.xml': '<fragment />',
      '/repo/policy fragments/cors/policyFragmentInformation.json': '{}',
    };
    assert.deepEqual(scopesOf(files), ['/repo/policy fragments/cors/policy.xml: fragment (certain)']);
  });
  it('may itself lie in a folder with the name of a collection', () => {
    const files = {
      '/repo/products/contoso/policy.xml': policy,
      '/repo/products/contoso/apis/orders/policy.xml': policy,
      '/repo/products/contoso/apis/orders/apiInformation.json': '{}',
      '/repo/products/contoso/products/p/productInformation.json': '{}',
    };
    assert.deepEqual(scopesOf(files), [
      '/repo/products/contoso/apis/orders/policy.xml: API orders (certain) in /repo/products/contoso',
      '/repo/products/contoso/policy.xml: global scope (certain) in /repo/products/contoso',
    ]);
  });
  it('is judged once, however many files there are', () => {
    const store = new DocumentStore();
    // No root at all: the dearest case, since every folder above is looked at in vain.
    for (let item = 0; item < 20_000; item++) store.setText(`/repo/tags/${item}/tags/x/policy.xml`, policy, 1);
    let listed = 0;
    const pathsBelow = store.pathsBelow.bind(store);
    store.pathsBelow = (folder) => {
      const paths = pathsBelow(folder);
      listed += paths.length;
      return paths;
    };
    createLanguageService(store, () => {}).model();
    assert.ok(listed <= 20_000 * 8, `${listed} paths were listed`);
  });
});
