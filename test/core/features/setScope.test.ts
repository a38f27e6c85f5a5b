import assert from 'node:assert/strict';
import {
  applyEdits,
  broaderMapping,
  createLanguageService,
  DocumentStore,
  describeScope,
  refuseChoice,
  removeFromProjectFile,
  type ScopeChoice,
  type ScopeRefusal,
  type ScopeWriting,
  writeAsComment,
  writeToProjectFile,
} from '../../../server/src/core';
import { definition } from '../../support/policies';
import { absolute, openService } from '../../support/service';

const orders: ScopeChoice = { scope: 'api', api: 'orders' };

function textAfter(before: string, writing: ScopeWriting | ScopeRefusal): string {
  if ('because' in writing) return `refused: ${writing.because}`;
  return writing.newFile ?? applyEdits(before, writing.edits);
}

describe('choosing a scope by hand', () => {
  describe('in the project file', () => {
    const write = (
      text: string | undefined,
      choice: ScopeChoice = orders,
      path = '/repo/policies/orders.xml',
    ): string => textAfter(text ?? '', writeToProjectFile(choice, path, { folder: '/repo', text }));

    it('makes the file where there is none', () => {
      assert.equal(
        write(undefined),
        `{
  "scopes": [
    {
      "glob": "policies/orders.xml",
      "scope": "api",
      "api": "orders"
    }
  ]
}
`,
      );
    });

    it('comes before other entries, and leaves comments and formatting alone', () => {
      const before = `{
\t// the first that matches counts
\t"scopes": [
\t\t{ "glob": "policies/{api}.xml", "scope": "api" }, // most of them
\t],
\t"rules": {}
}
`;
      assert.equal(
        write(before, { scope: 'operation', api: 'orders', operation: 'get', workspace: ' ' }),
        `{
\t// the first that matches counts
\t"scopes": [
\t\t{
\t\t\t"glob": "policies/orders.xml",
\t\t\t"scope": "operation",
\t\t\t"api": "orders",
\t\t\t"operation": "get"
\t\t},
\t\t{ "glob": "policies/{api}.xml", "scope": "api" }, // most of them
\t],
\t"rules": {}
}
`,
      );
    });

    it('replaces the entry for the same file, and adds scopes to settings without any', () => {
      const once = write('{ "rules": {} }\n');
      assert.deepEqual(JSON.parse(once).scopes, [{ glob: 'policies/orders.xml', scope: 'api', api: 'orders' }]);
      const twice = write(once, { scope: 'product', product: 'starter', workspace: 'sales', api: 'ignored' });
      assert.deepEqual(JSON.parse(twice), {
        rules: {},
        scopes: [{ glob: 'policies/orders.xml', scope: 'product', workspace: 'sales', product: 'starter' }],
      });
      const [edit, ...others] = removeFromProjectFile('/repo/policies/orders.xml', '/repo', twice);
      assert.deepEqual(others, []);
      assert.deepEqual(JSON.parse(edit === undefined ? '' : applyEdits(twice, [edit])).scopes, []);
    });

    it('refuses to write into a text that it cannot read', () => {
      const why = 'apim-policy.config.json cannot be read as JSON, so nothing is written into it. Mend it first.';
      for (const text of ['{ "scopes": [', '[]', '{ "scopes": {} }', '7']) assert.equal(write(text), `refused: ${why}`);
      assert.match(write('  '), /"glob": "policies\/orders.xml"/);
    });

    it('is for exactly this file, whatever its name', () => {
      for (const name of [
        'a b (1).xml',
        '{api}.xml',
        'a*b.xml',
        '[x].xml',
        '!x+@y.xml',
        '$a^b|c?.xml',
        '.hidden.xml',
      ]) {
        const text = write(undefined, orders, `/repo/policies/${name}`);
        const store = new DocumentStore();
        store.setText('/repo/apim-policy.config.json', text, 1);
        for (const file of [name, 'another.xml']) {
          store.setText(`/repo/policies/${file}`, definition('    <base />'), 1);
        }
        const service = createLanguageService(store, (what, error) => {
          throw new Error(what, { cause: error });
        });
        const scopeOf = (file: string): string => {
          const placement = service.placed(`/repo/policies/${file}`)?.placement;
          return placement?.kind === 'definition' ? describeScope(placement.scope) : 'none';
        };
        assert.deepEqual([scopeOf(name), scopeOf('another.xml')], ['API orders', 'unknown scope'], name);
      }
    });
  });

  describe('as a comment', () => {
    const write = (text: string, choice: ScopeChoice = orders): string =>
      textAfter(text, writeAsComment(choice, '/repo/x.xml', text));

    it('stands before the first element, behind an XML declaration', () => {
      assert.equal(write('<policies />\n'), '<!-- apim: scope=api api=orders -->\n<policies />\n');
      assert.equal(write('\uFEFF<policies />'), '\uFEFF<!-- apim: scope=api api=orders -->\n<policies />');
      assert.equal(
        write('<?xml version="1.0"?>\r\n<policies />\r\n'),
        '<?xml version="1.0"?>\r\n<!-- apim: scope=api api=orders -->\r\n<policies />\r\n',
      );
      assert.equal(
        write('<?xml version="1.0"?><policies />'),
        '<?xml version="1.0"?>\n<!-- apim: scope=api api=orders --><policies />',
      );
    });

    it('replaces the one that is there, and no other', () => {
      const before = '<!-- licence -->\n<!--apim:scope=global-->\n<policies><!-- apim: scope=api --></policies>';
      assert.equal(
        write(before, { scope: 'fragment', fragment: 'signed in', workspace: 'sales' }),
        '<!-- licence -->\n<!-- apim: scope=fragment workspace=sales fragment="signed in" -->\n<policies><!-- apim: scope=api --></policies>',
      );
    });

    it('is what says where the file belongs', () => {
      const scopeWith = (choice: ScopeChoice): string => {
        const path = 'notes/draft.xml';
        const service = openService({ [path]: write(definition('    <base />'), choice) });
        const { placement } = service.placed(absolute(path)) ?? {};
        if (placement?.kind === 'fragment') return `fragment ${placement.fragmentId} of ${placement.workspace}`;
        return placement?.kind === 'definition' ? describeScope(placement.scope) : 'none';
      };
      assert.deepEqual(
        [
          scopeWith({ scope: 'global' }),
          scopeWith({ scope: 'workspace', workspace: 'sales' }),
          scopeWith({ scope: 'product', product: "o'hara" }),
          scopeWith(orders),
          scopeWith({ scope: 'api', api: 'orders;rev=2' }),
          scopeWith({ scope: 'operation', api: 'a=b', operation: 'get order' }),
          scopeWith({ scope: 'fragment', fragment: 'signed in', workspace: 'sales' }),
        ],
        [
          'global scope',
          'workspace sales',
          "product o'hara",
          'API orders',
          'API orders (revision 2)',
          'operation get order of API a=b',
          'fragment signed in of sales',
        ],
      );
    });

    it('is refused for an id that would end it', () => {
      const why = 'An id with a quotation mark or with -- cannot stand in a comment. Use the project file.';
      assert.equal(write('<policies />', { scope: 'api', api: 'a--b' }), `refused: ${why}`);
    });
  });

  it('needs the ids that the scope has', () => {
    assert.equal(refuseChoice(orders), undefined);
    assert.deepEqual(refuseChoice({ scope: 'operation', api: 'orders' }), {
      because: 'A policy of scope operation needs the id of its operation.',
    });
  });

  it('knows an entry of the project file that would come before a comment', () => {
    const projectFile = (glob: string) => ({
      'apim-policy.config.json': JSON.stringify({ scopes: [{ glob, scope: 'global' }] }),
      'x/orders.xml': definition('    <base />'),
    });
    const path = absolute('x/orders.xml');
    const broader = (glob: string) => broaderMapping(path, openService(projectFile(glob)).settings(path));
    assert.equal(broader('x/*.xml'), 'x/*.xml');
    assert.equal(broader('x/orders.xml'), undefined);
    assert.equal(broader('y/*.xml'), undefined);
  });

  it('offers the ids that the service knows', () => {
    const service = openService({
      'policy.xml': definition(''),
      'apis/orders/policy.xml': definition('    <base />'),
      'apis/orders;rev=2/policy.xml': definition('    <base />'),
      'apis/orders/specification.json':
        '{ "openapi": "3.0.0", "paths": { "/orders": { "get": { "operationId": "list" } } } }',
      'apis/catalog/apiInformation.json': '{ "properties": { "displayName": "Catalogue" } }',
      'workspaces/sales/apis/leads/policy.xml': definition('    <base />'),
      'policy fragments/signed-in/policy.xml': '<fragment />',
      'stray/x.xml': definition('    <base />'),
    });
    const ids = (query: Parameters<ReturnType<typeof service.scopeTree>['suggestions']>[1]) =>
      service
        .scopeTree()
        .suggestions(absolute('stray/x.xml'), query)
        .map(({ id, detail }) => (detail === undefined ? id : `${id} (${detail})`));
    assert.deepEqual(ids({ kind: 'api' }), ['catalog (Catalogue)', 'orders', 'orders;rev=2']);
    assert.deepEqual(ids({ kind: 'api', workspace: 'sales' }), ['leads']);
    assert.deepEqual(ids({ kind: 'operation', api: 'Orders' }), ['list (GET /orders)']);
    assert.deepEqual(ids({ kind: 'workspace' }), ['sales']);
    assert.deepEqual(ids({ kind: 'fragment' }), ['signed-in']);
    assert.deepEqual(ids({ kind: 'product' }), []);
  });
});
