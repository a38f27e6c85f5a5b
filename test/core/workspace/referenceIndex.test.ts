import assert from 'node:assert/strict';
import { DocumentStore } from '../../../server/src/core';
import { readReferences } from '../../../server/src/core/workspace/documentReferences';
import { createReferenceIndex } from '../../../server/src/core/workspace/referenceIndex';
import { buildWorkspaceModel, type WorkspaceModel } from '../../../server/src/core/workspace/workspaceModel';
import { textWithSpans } from '../../support/markers';
import { parse } from '../../support/syntax';

/** Every reference of a text, as `kind name`, with a `=` behind a variable that is set; their places are marked. */
function referencesIn(marked: string): readonly string[] {
  const { text, spans } = textWithSpans(marked);
  const { references, openKinds } = readReferences(parse(text));
  assert.deepEqual(
    references.map(({ span }) => span),
    spans.map(({ start, end }) => ({ start, end })),
  );
  return [
    ...references.map(({ kind, name, isWritten }) => `${kind} ${name}${isWritten ? '=' : ''}`),
    ...openKinds.map((kind) => `open ${kind}`),
  ];
}

describe('references of a text', () => {
  it('are the attributes that the policy reference tells of, by their place', () => {
    assert.deepEqual(
      referencesIn(`<policies><inbound>
        <validate-jwt output-token-variable-name="«jwt»"><issuer-signing-keys><key certificate-id="«k»" /></issuer-signing-keys></validate-jwt>
        <get-authorization-context provider-id="«p»" authorization-id="«c»" context-variable-name="«auth»" />
        <validate-content><content schema-id="«s»" /></validate-content>
        <rate-limit><api id="«orders»" /></rate-limit>
        <return-response response-variable-name="«r»" />
        <key certificate-id="no" /><api id="no" /><set-header name="no" />
      </inbound></policies>`),
      [
        'variable jwt=',
        'certificate k',
        'credentialProvider p',
        'connection c',
        'variable auth=',
        'schema s',
        'api orders',
        'variable r',
      ],
    );
  });
  it('are named values anywhere, and variables in C# of either form and in Liquid', () => {
    assert.deepEqual(
      referencesIn(
        '<policies><inbound><a b="{{«x»}}" c="@(context.Variables["«v»"] + "{{«y»}}")" d="@(context.Variables[&quot;«w»&quot;])" /><set-body template="liquid">{{context.Variables["«l»"]}} {{body.id}}</set-body></inbound></policies>',
      ),
      ['namedValue x', 'variable v', 'namedValue y', 'variable w', 'variable l'],
    );
  });
  it('are not the parts of names that are put together', () => {
    assert.deepEqual(
      referencesIn(
        '<set-body>@(context.Variables["a" + "b"] + context.Variables.ContainsKey("c" + n) + context.Variables.GetValueOrDefault("«d»", "" + n))</set-body>',
      ),
      ['variable d'],
    );
  });
  it('leave open what is filled in later, and say so', () => {
    const text =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text has Terraform's placeholders.
      '<fragment><include-fragment fragment-id="${id}" /><set-backend-service backend-id="@(a)" /></fragment>';
    assert.deepEqual(referencesIn(text), ['open fragment', 'open backend']);
  });
  it('are none in comments, and none for empty names', () => {
    assert.deepEqual(
      referencesIn(
        '<policies><!-- {{a}} <include-fragment fragment-id="a" /> --><include-fragment fragment-id="" /></policies>',
      ),
      [],
    );
  });
});

describe('reference index', () => {
  const files = {
    '/s/policy.xml': '<policies><inbound><include-fragment fragment-id="a" /></inbound></policies>',
    '/s/apis/one/policy.xml': '<policies><inbound><include-fragment fragment-id="A" /></inbound></policies>',
    '/s/backends/b/backendInformation.json': '{ "properties": { "url": "{{u}}" } }',
    '/s/apis/one/specification.json': '{ "info": "{{u}}" }',
  };
  function open() {
    const store = new DocumentStore();
    for (const [path, text] of Object.entries(files)) store.setText(path, text, 1);
    let model: WorkspaceModel | undefined;
    const current = (): WorkspaceModel => {
      if (model?.structureVersion !== store.structureVersion) model = buildWorkspaceModel(store, {});
      return model;
    };
    const index = createReferenceIndex(store, current);
    const service = () => current().documents.get('/s/policy.xml')?.service as never;
    return { store, index, uses: (id: string) => index.uses('fragment', id, service()).map(({ path }) => path) };
  }

  it('reads policies and information files, one a step', () => {
    assert.equal([...open().index.reading()].length, 3);
  });
  it('reads a text once, and again when it has changed', () => {
    const { store, index, uses } = open();
    const one = '/s/apis/one/policy.xml';
    assert.deepEqual(uses('a'), [one, '/s/policy.xml']);
    const before = index.referencesOf(one);
    store.setText('/s/policy.xml', '<policies />', 2);
    store.setText(one, files[one], 2);
    assert.deepEqual(uses('a'), [one]);
    assert.equal(index.referencesOf(one), before);
    store.setText(one, '<policies><inbound><include-fragment fragment-id="b" /></inbound></policies>', 3);
    assert.deepEqual([uses('a'), uses('b')], [[], [one]]);
    store.delete(one);
    assert.deepEqual(uses('b'), []);
    assert.equal(index.referencesOf(one), undefined);
  });
  it('keeps services apart', () => {
    const { store, uses } = open();
    store.setText('/t/policy.xml', files['/s/policy.xml'], 1);
    store.setText('/t/apis/x/apiInformation.json', '{}', 1);
    assert.deepEqual(uses('a'), ['/s/apis/one/policy.xml', '/s/policy.xml']);
  });
});
