import assert from 'node:assert/strict';
import type { ScopeTree, ScopeTreeNode } from '../../../server/src/core';
import { assertLinearTime } from '../../support/linearTime';
import { definition, portalGlobal, shopCors } from '../../support/policies';
import { absolute, openService, type ServiceFiles } from '../../support/service';

const specification = `openapi: 3.0.1
paths:
  /orders:
    post: { operationId: create-order }
  /orders/{id}:
    get: { operationId: get-order }
`;

const files: ServiceFiles = {
  'policy.xml': portalGlobal(),
  'policy fragments/signed-in/policy.xml': '<fragment />',
  'policy fragments/in-json/policyFragmentInformation.json': '{ "properties": { "value": "<fragment />" } }',
  'products/starter/productInformation.json': '{}',
  'products/starter/policy.xml': definition('    <base />'),
  'products/free/productInformation.json': '{}',
  'apis/orders/policy.xml': definition(`    <base />\n${shopCors}`),
  'apis/orders/specification.yaml': specification,
  'apis/orders/apiInformation.json': '{ "properties": { "displayName": "Orders" } }',
  'apis/orders/operations/get-order/policy.xml': '<policies><inbound /><outbound><base /></outbound></policies>',
  'apis/catalog/apiInformation.json': '{ "properties": { "displayName": "Catalogue" } }',
  'apis/orders;rev=2/policy.xml': definition('    <base />'),
  'workspaces/sales/apis/leads/policy.xml': definition('    <base />'),
  'notes/draft.xml': definition('    <base />'),
};

/** Every line of the tree, indented, with what is told of it. */
function draw(files: ServiceFiles): readonly string[] {
  const tree = openService(files).scopeTree();
  const lines: string[] = [];
  const add = (node: ScopeTreeNode, depth: number): void => {
    lines.push(`${'  '.repeat(depth)}${lineOf(tree, node)}`);
    const children = tree.children(node.id);
    assert.equal(children.length > 0, node.isExpandable, `${node.id} is expandable`);
    for (const child of children) {
      assert.equal(child.parent, node.id);
      assert.deepEqual(tree.node(child.id), child);
      add(child, depth + 1);
    }
  };
  for (const root of tree.children(undefined)) add(root, 0);
  return lines;
}

function lineOf(tree: ScopeTree, { id, kind, name, group, count, detail, policyState }: ScopeTreeNode): string {
  const state = tree.state(id);
  return [
    group === undefined ? `${kind} ${name}` : `${group} (${count})`,
    detail === undefined ? '' : `"${detail}"`,
    policyState ?? '',
    state?.inheritsOnly ? 'inherits only' : '',
    state === undefined || state.dropsBase.length === 0 ? '' : `drops base in ${state.dropsBase.join()}`,
    state?.worst === undefined ? '' : `${state.findingCount} ${state.worst}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

describe('tree of scopes', () => {
  it('holds every scope that a file speaks of, with what its policy does', () => {
    assert.deepEqual(draw(files), [
      'service /service',
      '  global global, own',
      '  workspaces (1)',
      '    workspace sales, none',
      '      apis (1)',
      '        api leads, own, inherits only, 1 information',
      '  products (2)',
      '    product free, none',
      '    product starter, own, inherits only',
      '  apis (3)',
      '    api catalog, "Catalogue", none',
      '    api orders, "Orders", own, 1 warning',
      '      operation create-order, "POST /orders", none',
      '      operation get-order, "GET /orders/{id}", own, drops base in inbound,backend,on-error, 3 information',
      '    api orders;rev=2, own, inherits only, 1 information',
      '  fragments (2)',
      '    fragment in-json, own, 1 information',
      '    fragment signed-in, own, 1 information',
      'unsettled (1)',
      '  unsettled /service/notes/draft.xml, own, inherits only',
    ]);
  });

  it('keeps services apart, and says what may exist elsewhere', () => {
    const api = definition('    <base />');
    assert.deepEqual(draw({ 'dev/apis/orders/policy.xml': api, 'prod/apis/orders/policy.xml': api }), [
      'service /service/dev',
      '  global global, unknown',
      '  apis (1)',
      '    api orders, own, inherits only',
      'service /service/prod',
      '  global global, unknown',
      '  apis (1)',
      '    api orders, own, inherits only',
    ]);
    assert.deepEqual(draw({ 'readme.json': '{}' }), []);
  });

  it('shows a file that lost its scope to another, and why', () => {
    const service = openService({
      'apim-policy.config.json': '{ "scopes": [{ "glob": "mine/orders.xml", "scope": "api", "api": "orders" }] }',
      'mine/orders.xml': definition('    <base />'),
      'apis/orders/policy.xml': definition('    <base />'),
      'apis/orders/apiInformation.json': '{}',
      'policy.xml': portalGlobal(),
    });
    const [, , lost] = service.scopeTree().pathTo(absolute('apis/orders/policy.xml'));
    assert.equal(lost?.kind, 'unsettled');
    assert.equal(lost?.because, 'another file holds the same scope');
    const settled = service.scopeTree().pathTo(absolute('apis/orders/apiInformation.json')).at(-1);
    assert.deepEqual([settled?.kind, settled?.name], ['api', 'orders']);
  });

  it('shows a file of which only the kind of its scope is known, and why', () => {
    const service = openService({
      'apim-policy.config.json': '{ "scopes": [{ "glob": "mine/*.xml", "scope": "api" }] }',
      'mine/orders.xml': definition('    <base />'),
      'policy.xml': portalGlobal(),
      'apis/orders/policy.xml': definition('    <base />'),
    });
    const place = service.placed(absolute('mine/orders.xml'))?.placement;
    const [, , node] = service.scopeTree().pathTo(absolute('mine/orders.xml'));
    assert.deepEqual([node?.kind, node?.because], ['unsettled', place?.why]);
  });

  it('finds the way to a file', () => {
    const tree = openService(files).scopeTree();
    const wayTo = (path: string): readonly string[] =>
      tree.pathTo(absolute(path)).map(({ kind, group, name }) => group ?? `${kind} ${name}`);
    const way = ['service /service', 'apis', 'api orders'];
    assert.deepEqual(wayTo('apis/orders/policy.xml'), way);
    assert.deepEqual(wayTo('apis/orders/specification.yaml'), way);
    assert.deepEqual(wayTo('apis/orders/operations/get-order/policy.xml'), [...way, 'operation get-order']);
    assert.deepEqual(wayTo('workspaces/sales/apis/leads/policy.xml'), [
      'service /service',
      'workspaces',
      'workspace sales',
      'apis',
      'api leads',
    ]);
    assert.deepEqual(wayTo('notes/draft.xml'), ['unsettled', 'unsettled /service/notes/draft.xml']);
    assert.deepEqual(wayTo('nowhere.xml'), []);
    assert.deepEqual(tree.children('/elsewhere#apis/orders'), []);
    assert.equal(tree.node('/service#apis/gone'), undefined);
  });

  it('opens the specification or the information where there is no policy', () => {
    const tree = openService(files).scopeTree();
    const of = (key: string) => tree.node(`/service#${key}`);
    assert.equal(of('apis/catalog')?.information, absolute('apis/catalog/apiInformation.json'));
    assert.equal(of('apis/orders/operations/create-order')?.specification, absolute('apis/orders/specification.yaml'));
    assert.equal(of('products/free')?.information, absolute('products/free/productInformation.json'));
  });

  it('lists thousands of operations in the time that their number takes', () => {
    assertLinearTime((length) => {
      const ids = Array.from({ length: length / 24 }, (_, index) => `get-thing-${index}`);
      const paths = Object.fromEntries(ids.map((id) => [`/${id}`, { get: { operationId: id } }]));
      const large: Record<string, string> = {
        'apis/things/specification.json': JSON.stringify({ openapi: '3.0.1', paths }),
      };
      for (const id of ids) large[`apis/things/operations/${id}/policy.xml`] = '<policies />';
      const tree = openService(large).scopeTree();
      const things = absolute('').replace(/\/$/, '#apis/things');
      return () => {
        const operations = tree.children(things);
        assert.equal(operations.length, ids.length);
        assert.match(operations[0]?.detail ?? '', /^GET \/get-thing-/);
        for (const { id } of operations) assert.ok(tree.node(id));
      };
    });
  });
});
