import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cors, definition, portalGlobal } from '../support/policies';
import { makeFolder, run } from './support/commandLine';
import { portalService } from './support/service';

const shop = 'https://shop.contoso.com';

describe('apim-policy cors-map', () => {
  it('prints columns, a row for every operation, and what the letters mean', async () => {
    const { out, err, exitCode } = await run(['cors-map'], { cwd: makeFolder(portalService) });
    assert.deepEqual([exitCode, err], [0, '']);
    assert.equal(
      out,
      `CORS map of .
Each cell is one call by a page in a browser: the operation’s own method, Content-Type:
application/json where it has a body, and the headers that the policies of its scopes check; a
subscription key in its header where the API requires one, of whichever product; credentials:
same-origin. It is allowed only if the browser’s preflight request, where it sends one, and the call
itself are both allowed.
- Backends are taken to send no CORS headers of their own where a cors policy answers.

  1  https://shop.contoso.com                 cors.origins of the project file
  2  https://contoso.developer.azure-api.net  listed by 1 cors policy
  *  any other origin                         stands for every origin that no cors names

                                         1  2  *
orders  Orders
  GET     /orders       list-orders      B? A  Bg
  POST    /orders       create-order +   B? A  Bg
  OPTIONS /orders/{id}  preflight-order  –  –  –
  PUT     /orders/{id}  update-order     Db Db Bn

  A  allowed: the browser lets the page read the answer (2 cells)
  Bg blocked by the cors of global scope (2 cells)
  Bn blocked: no cors lets it in (1 cell)
  B? blocked as the documentation is read here; it can be read otherwise (2 cells)
  Db depends on the CORS headers of the backend (2 cells)
  –  CORS plays no part (3 cells)
  +  an operation with a policy of its own

apim-policy cors <file> --operation <id> --origin <O> explains one cell.
`,
    );
  });

  it('fits a terminal with twenty origins, and colours the letters there', async () => {
    const cwd = makeFolder({
      'policy.xml': portalGlobal(' terminate-unmatched-request="true"'),
      'apis/a-rather-long-name/policy.xml': definition('    <base />'),
      'apis/a-rather-long-name/specification.json': JSON.stringify({
        openapi: '3.0.1',
        paths: { [`/things/${'very/'.repeat(20)}long`]: { get: { operationId: 'get-something-far-away' } } },
      }),
    });
    const origins = Array.from({ length: 19 }, (_, index) => ['--origin', `https://app-${index}.contoso.com`]).flat();
    const { out } = await run(['cors-map', ...origins], { cwd, io: { columns: 100 }, isTty: true });
    const lines = out.split('\n');
    const row = lines.find((line) => line.includes('/things')) ?? '';
    const plain = row.replace(/\u001b\[\d+m/g, '');
    assert.ok(plain.length <= 100, `${plain.length} characters: ${plain}`);
    assert.ok(plain.includes('…') && row.includes('\u001b[31mBg'), row);
  });

  it('prints JSON with every answer once', async () => {
    const { out, exitCode } = await run(['cors-map', '--format', 'json', '--method', 'POST'], {
      cwd: makeFolder(portalService),
    });
    assert.equal(exitCode, 0);
    const { version, services } = JSON.parse(out);
    assert.equal(version, 1);
    const [{ root, terms, origins, apis, rows, answers, notes, ...rest }] = services;
    assert.deepEqual([services.length, root, rest, notes.length], [1, '.', {}, 1]);
    assert.deepEqual(terms, { product: null, method: 'POST', headers: [], credentials: 'same-origin', key: null });
    assert.deepEqual(origins[0], { origin: shop, kind: 'page', why: 'cors.origins of the project file' });
    assert.deepEqual(apis, [
      {
        api: 'orders',
        revision: null,
        workspace: null,
        title: 'orders',
        displayName: 'Orders',
        listsOperations: true,
        policy: 'apis/orders/policy.xml',
      },
    ]);
    assert.deepEqual(rows, [
      {
        api: 0,
        operation: 'create-order',
        urlTemplate: '/orders',
        policy: 'apis/orders/operations/create-order/policy.xml',
        call: { method: 'POST', headers: ['content-type: application/json'], key: 'none' },
        cells: [0, 1, 2],
      },
    ]);
    assert.deepEqual(answers[0], {
      verdict: 'depends',
      code: 'B?',
      by: 'global',
      request: 'preflight',
      outcome: 'terminated-empty-200',
      on: 'documentation',
      because:
        'The preflight request is ended by the cors of global scope, which does not admit it, with an empty 200. That is as the documentation is read here: a cors without terminate-unmatched-request ends requests of other origins with an empty 200. Read otherwise, it may pass.',
    });
  });

  it('writes one page that its own policy lets run nothing but itself, whatever names hold', async () => {
    const evil = '</script><script>alert(1)</script>';
    const cwd = makeFolder({
      ...portalService,
      'apis/orders/apiInformation.json': JSON.stringify({ properties: { displayName: evil } }),
    });
    const { out, exitCode } = await run(['cors-map', '--format', 'html'], { cwd });
    assert.equal(exitCode, 0);
    assert.ok(!out.includes('alert(1)</script>'), 'a name ends no element');
    assert.ok(!out.includes(cwd), 'no path of this machine');
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(out)?.[1] ?? '';
    const hash = (text: string | undefined): string =>
      `'sha256-${createHash('sha256')
        .update(text ?? '')
        .digest('base64')}'`;
    const script = /<script>(.*)<\/script>\n<\/body>/s.exec(out)?.[1];
    const style = /<style>(.*)<\/style>/s.exec(out)?.[1];
    assert.equal(
      policy,
      `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`,
    );
    assert.doesNotMatch(out, /(src|href)=|url\(|@import/, 'nothing is loaded');
    const data = /<script type="application\/json" id="services">(.*?)<\/script>/s.exec(out)?.[1] ?? '';
    const [{ map, title }] = JSON.parse(data);
    assert.deepEqual([title, map.apis[0].displayName], ['.', evil]);
  });

  it('has a map for each service of a folder, and that of a file', async () => {
    const service = (origin: string) => ({ global: portalGlobal(), api: definition(cors({ origins: [origin] })) });
    const [dev, prod] = [service('https://dev.example'), service('https://prod.example')];
    const cwd = makeFolder({
      'dev/policy.xml': dev.global,
      'dev/apis/a/policy.xml': dev.api,
      'prod/policy.xml': prod.global,
      'prod/apis/a/policy.xml': prod.api,
    });
    const titles = async (...path: readonly string[]): Promise<readonly string[]> =>
      (await run(['cors-map', ...path], { cwd })).out.split('\n').filter((line) => line.startsWith('CORS map of'));
    assert.deepEqual(await titles(), ['CORS map of dev', 'CORS map of prod']);
    assert.deepEqual(await titles('prod'), ['CORS map of prod']);
    assert.deepEqual(await titles('prod/apis/a/policy.xml'), ['CORS map of prod']);
    assert.deepEqual(await titles('dev/apis'), ['CORS map of dev']);
  });

  it('says where there is nothing, and what cannot be used', async () => {
    assert.deepEqual(await run(['cors-map'], { cwd: makeFolder({ 'readme.md': '' }) }), {
      exitCode: 0,
      out: '',
      err: 'apim-policy: there is no API and no global policy in this folder.\n',
    });
    const cwd = makeFolder(portalService);
    const refused: readonly (readonly [argv: readonly string[], message: RegExp, code: number])[] = [
      [['--origin', 'shop.contoso.com'], /an origin is scheme, host and port/, 2],
      [['--product', 'gold'], /there is no such product here\. There is starter\./, 2],
      [['--method', 'G T'], /Write a method such as GET/, 2],
      [['--key', 'cookie'], /Allowed choices are none, header, query/, 2],
      [['--format', 'xml'], /Use text or json or html/, 2],
      [['nowhere'], /cannot read nowhere: it does not exist/, 3],
    ];
    for (const [argv, message, code] of refused) {
      const { exitCode, out, err } = await run(['cors-map', ...argv], { cwd });
      assert.deepEqual([exitCode, out], [code, ''], argv.join(' '));
      assert.match(err, message);
    }
  });
});
