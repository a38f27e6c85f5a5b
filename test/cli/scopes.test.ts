import assert from 'node:assert/strict';
import { definition } from '../support/policies';
import { makeFolder, run } from './support/commandLine';
import { portalService } from './support/service';

describe('apim-policy scopes', () => {
  it('prints scope, confidence, reason and parents of every document as JSON', async () => {
    const cwd = makeFolder({ ...portalService, 'policy fragments/log/policy.xml': '<fragment />' });
    const { out, err, exitCode } = await run(['scopes', '--format', 'json'], { cwd });
    assert.deepEqual([exitCode, err], [0, '']);
    const { version, documents } = JSON.parse(out);
    assert.equal(version, 1);
    assert.deepEqual(
      documents.map(({ file, kind, scope }: Record<string, unknown>) => [file, kind, scope]),
      [
        [
          'apis/orders/operations/create-order/policy.xml',
          'definition',
          { kind: 'operation', api: 'orders', operation: 'create-order' },
        ],
        ['apis/orders/policy.xml', 'definition', { kind: 'api', api: 'orders' }],
        ['policy fragments/log/policy.xml', 'fragment', { kind: 'fragment', fragment: 'log' }],
        ['policy.xml', 'definition', { kind: 'global' }],
        ['products/starter/policy.xml', 'definition', { kind: 'product', product: 'starter' }],
      ],
    );
    assert.deepEqual(documents[1], {
      file: 'apis/orders/policy.xml',
      kind: 'definition',
      scope: { kind: 'api', api: 'orders' },
      confidence: 'certain',
      why: 'APIOps layout',
      parents: [
        { product: null, scopes: [{ kind: 'global', file: 'policy.xml', state: 'present' }] },
        {
          product: 'starter',
          scopes: [
            { kind: 'product', product: 'starter', file: 'products/starter/policy.xml', state: 'present' },
            { kind: 'global', file: 'policy.xml', state: 'present' },
          ],
        },
      ],
    });
  });

  it('prints a table, with the reasons for what is missing below it', async () => {
    const cwd = makeFolder({ 'apis/a/policy.xml': definition('') });
    const { out } = await run(['scopes'], { cwd });
    assert.equal(
      out,
      `FILE               SCOPE  CONFIDENCE  WHY            PARENTS
apis/a/policy.xml  API a  certain     APIOps layout  global scope: unknown

Global scope is unknown: the global policy is not in the workspace.
`,
    );
  });

  it('gives each product a line of parents', async () => {
    const { out } = await run(['scopes', 'apis/orders/policy.xml'], { cwd: makeFolder(portalService) });
    const [, first, second, ...rest] = out.split('\n');
    assert.match(
      first ?? '',
      /^apis\/orders\/policy\.xml {2}API orders {2}certain {5}APIOps layout {2}global scope: present$/,
    );
    assert.match(second ?? '', /^ +in starter: product starter: present, global scope: present$/);
    assert.deepEqual(rest, ['']);
  });

  it('takes the project file for what the layout does not tell', async () => {
    const config = '{ "scopes": [{ "glob": "p/{api}.xml", "scope": "api" }], "absent": ["global"] }';
    const cwd = makeFolder({ 'apim-policy.config.json': config, 'p/shop.xml': definition('') });
    const { out } = await run(['scopes', 'p', '--format', 'json'], { cwd });
    const [document] = JSON.parse(out).documents;
    assert.deepEqual(document.scope, { kind: 'api', api: 'shop' });
    assert.deepEqual(document.parents[0].scopes, [
      { kind: 'global', file: null, state: 'absent', because: 'the project file says that there is none' },
    ]);
  });

  it('names the service of what is missing, where another has it', async () => {
    const cwd = makeFolder({
      'dev/policy.xml': definition(''),
      'dev/apis/a/policy.xml': definition(''),
      'prod/apis/a/policy.xml': definition(''),
      'prod/apis/a/operations/get/policy.xml': definition(''),
      'test/apis/a/operations/get/policy.xml': definition(''),
    });
    const { out } = await run(['scopes'], { cwd });
    assert.deepEqual(out.trimEnd().split('\n').slice(-2), [
      'In prod and test, global scope is unknown: the global policy is not in the workspace.',
      'In test, API a is absent: the extractor writes every policy that exists, and here is none.',
    ]);
  });

  it('tells scopes without ids, notes, and every reason for what is missing', async () => {
    const cwd = makeFolder({
      'src/GlobalPolicy.cs':
        'using Microsoft.Azure.ApiManagement.PolicyToolkit.Authoring;\nclass GlobalPolicy : IDocument { }',
      'target/GlobalPolicy.xml': definition(''),
      'policies/a-b-c-operationPolicy.xml': definition(''),
      'policies/globalServicePolicy.xml': definition(''),
      'x.xml': definition(''),
    });
    const { out } = await run(['scopes'], { cwd });
    assert.equal(
      out,
      `FILE                                SCOPE                                       CONFIDENCE  WHY                                                                         PARENTS
policies/a-b-c-operationPolicy.xml  operation (id unknown) of API (id unknown)  derived     resource kit, by its name, which does not tell API and operation apart      API (id unknown): unknown, global scope: present
policies/globalServicePolicy.xml    global scope                                certain     resource kit, by its name                                                   none
target/GlobalPolicy.xml             global scope                                guessed     its name hints at it; generated from GlobalPolicy.cs, where changes belong  none
x.xml                               unknown scope                               guessed     no known folder layout; name its scope in apim-policy.config.json           global scope: unknown

API (id unknown) is unknown: nothing tells which one it is.
In this folder, global scope is unknown: the scope of this file is not known, so neither is what it inherits.
`,
    );
    const { documents } = JSON.parse((await run(['scopes', '--format', 'json'], { cwd })).out);
    assert.deepEqual(
      documents.map(({ scope, note }: Record<string, unknown>) => [scope, note]),
      [
        [{ kind: 'operation' }, undefined],
        [{ kind: 'global' }, undefined],
        [{ kind: 'global' }, 'generated from GlobalPolicy.cs, where changes belong'],
        [{ kind: 'unknown' }, undefined],
      ],
    );
  });

  it('says of the copy that another extension fetched which file to name', async () => {
    const folder = 'ms-azuretools.vscode-apimanagement/vscode-azureapim/0123456789';
    const cwd = makeFolder({
      [`${folder}/a-tempFile.policy.xml`]: definition(''),
      [`${folder}/a.policy.xml`]: definition(''),
    });
    const { err, exitCode } = await run(['scopes', `${folder}/a.policy.xml`], { cwd });
    assert.equal(exitCode, 3);
    assert.match(
      err,
      /the copy that the extension Azure API Management fetched\. Name the file .* -tempFile\.policy\.xml/,
    );
  });

  it('says where there is nothing, and cannot analyse what is missing or no policy', async () => {
    const cwd = makeFolder({ 'pom.xml': '<project />' });
    assert.deepEqual(await run(['scopes'], { cwd }), {
      exitCode: 0,
      out: '',
      err: 'apim-policy: there is no policy document in this folder.\n',
    });
    assert.deepEqual(await run(['scopes', 'nope'], { cwd }), {
      exitCode: 3,
      out: '',
      err: 'apim-policy: cannot read nope: it does not exist.\n',
    });
    assert.equal((await run(['scopes', 'pom.xml'], { cwd })).exitCode, 3);
  });
});
