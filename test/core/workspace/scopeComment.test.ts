import assert from 'node:assert/strict';
import { chainsOf, openFiles, placeOf, workspaceFindingsOf } from '../../support/placements';
import { definition } from '../../support/policies';

const policy = definition('    <base />');

/** The place of a file whose text begins with the comment. */
function placeWith(comment: string, rest = policy): string {
  return placeOf({ '/repo/x.xml': `${comment}\n${rest}` }, '/repo/x.xml');
}

const placed: readonly (readonly [comment: string, expected: string])[] = [
  ['apim: scope=global', 'global scope'],
  ['apim: scope=workspace workspace=sales', 'workspace sales'],
  ['apim: scope=product product=starter', 'product starter'],
  ['apim: scope=api api=orders', 'API orders'],
  ['apim: scope=api api=orders revision=2', 'API orders (revision 2)'],
  ['apim: scope=api api="orders;rev=2"', 'API orders (revision 2)'],
  ['apim: scope=operation api=petstore operation=get-pets', 'operation get-pets of API petstore'],
  ['\n  APIM: operation="get pets"\n  api = petstore\n  scope = Operation\n', 'operation get pets of API petstore'],
];

describe('comment that names the scope', () => {
  for (const [comment, expected] of placed) {
    it(`places by <!--${comment.replace(/\n/g, '⏎')}-->`, () =>
      assert.equal(placeWith(`<!-- ${comment} -->`), `${expected} (certain: comment in the file)`));
  }
  it('counts beside a word that its scope does not take, which is reported', () => {
    const comment = '<!-- apim: scope=api api=orders revison=2 operation=get -->';
    assert.equal(placeWith(comment), 'API orders (certain: comment in the file)');
    assert.deepEqual(
      openFiles({ '/repo/x.xml': comment + policy })
        .workspaceFindings()
        .map(({ message }) => message),
      [
        'scope=api in this comment takes no revison=… and operation=…, so that has no effect. Remove it, or correct the scope.',
      ],
    );
  });
  it('places a fragment', () => {
    const expected = 'fragment cors (certain: comment in the file)';
    assert.equal(placeWith('<!-- apim: scope=fragment fragment=cors -->', '<fragment />'), expected);
  });
  it('may stand behind a BOM, a declaration and other comments, of which the first counts', () => {
    const before = '\uFEFF<?xml version="1.0"?>\n<!-- IMPORTANT: apim: scope=global -->\n<!-- apim: see the wiki -->';
    const comments = `${before}<!-- apim: scope=api api=a --><!-- apim: scope=api api=b -->`;
    assert.equal(placeWith(comments), 'API a (certain: comment in the file)');
  });
  it('is no comment inside the policy', () => {
    const inside = policy.replace('<base />', '<!-- apim: scope=global --><base />');
    assert.match(placeWith('', inside), /^unknown scope/);
  });

  it('comes before the folders, and after the project file', () => {
    const path = '/repo/apis/orders/policy.xml';
    const files = { [path]: `<!-- apim: scope=api api=other -->${policy}` };
    assert.equal(placeOf(files, path), 'API other (certain: comment in the file)');
    const mapped = {
      ...files,
      '/repo/apim-policy.config.json': '{ "scopes": [{ "glob": "apis/{api}/policy.xml", "scope": "api" }] }',
    };
    assert.equal(placeOf(mapped, path), 'API orders (certain: scopes in the project file (apis/{api}/policy.xml))');
  });
  it('joins the service around the file', () => {
    const files = {
      '/repo/policy.xml': policy,
      '/repo/apis/orders/policy.xml': policy,
      '/repo/apis/orders/operations/get/new.xml': `<!-- apim: scope=operation api=orders operation=get -->${policy}`,
    };
    assert.deepEqual(chainsOf(files, '/repo/apis/orders/operations/get/new.xml'), [
      '-: /repo/apis/orders/operations/get/new.xml, /repo/apis/orders/policy.xml, /repo/policy.xml',
    ]);
  });
  it('wins a scope from a file that only the folders place', () => {
    const files = {
      '/repo/policy.xml': policy,
      '/repo/apis/orders/policy.xml': policy,
      '/repo/x.xml': `<!-- apim: scope=global -->${policy}`,
    };
    assert.match(
      workspaceFindingsOf(files).join(),
      /^\/repo\/policy\.xml: x\.xml and policy\.xml both hold .*because a comment in it says so/,
    );
  });

  const refused: readonly (readonly [comment: string, because: string])[] = [
    ['scope=opration api=a', 'its scope is none of global, workspace, product, api, operation and fragment'],
    ['scope=', 'its scope is none of global, workspace, product, api, operation and fragment'],
    ['scope=operation operation=get', 'scope=operation needs api=…'],
    ['scope=operation api=""', 'scope=operation needs api=… and operation=…'],
  ];
  for (const [comment, because] of refused) {
    it(`is refused with a finding: ${comment}`, () => {
      const files = { '/repo/x.xml': `<!-- apim: ${comment} -->\n${policy}` };
      assert.match(placeOf(files, '/repo/x.xml'), /^unknown scope/);
      assert.deepEqual(workspaceFindingsOf(files), [
        `/repo/x.xml: This comment does not say where the policy belongs: ${because}. Write it as in <!-- apim: scope=operation api=orders operation=get-order -->.`,
      ]);
    });
  }
  it('counts anew when it is edited, and other edits leave the model as it is', () => {
    const service = openFiles({ '/repo/x.xml': `<!-- apim: scope=api api=a -->${policy}` });
    const model = service.model();
    service.store.setText('/repo/x.xml', `<!-- apim: scope=api api=a -->${policy}\n`, 2);
    assert.equal(service.model(), model);
    service.store.setText('/repo/x.xml', `<!-- apim: scope=api api=b -->${policy}`, 3);
    const { placement } = service.placed('/repo/x.xml') ?? {};
    assert.deepEqual(placement?.kind === 'definition' && placement.scope, { kind: 'api', api: 'b' });
  });
});
