import assert from 'node:assert/strict';
import { definition } from '../support/policies';
import { makeFolder, run } from './support/commandLine';
import { portalService } from './support/service';

interface Item {
  readonly name: string | null;
  readonly text?: string;
  readonly unknown?: string;
  readonly origin: { readonly scope: string; readonly file: string | null; readonly range: unknown };
  readonly via: readonly string[];
  readonly ifPassedOnBy?: readonly unknown[];
}

interface EffectiveJson {
  readonly version: number;
  readonly document: string;
  readonly scope: unknown;
  readonly chains: readonly {
    readonly product: string | null;
    readonly scopes: readonly { readonly kind: string; readonly file: string | null; readonly state: string }[];
    readonly sections: Readonly<Record<string, readonly Item[]>>;
    readonly missingSections: readonly unknown[];
  }[];
}

async function effectiveJson(files: Readonly<Record<string, string>>, argv: readonly string[]): Promise<EffectiveJson> {
  const { out, exitCode } = await run(['effective', ...argv, '--format', 'json'], { cwd: makeFolder(files) });
  assert.equal(exitCode, 0);
  return JSON.parse(out) as EffectiveJson;
}

const orders = 'apis/orders/policy.xml';

describe('apim-policy effective', () => {
  it('prints every chain as JSON, with the origin of each statement and the way it came in', async () => {
    const result = await effectiveJson(portalService, [orders]);
    assert.deepEqual([result.version, result.document, result.scope], [1, orders, { kind: 'api', api: 'orders' }]);
    assert.deepEqual(
      result.chains.map(({ product, scopes }) => [
        product,
        scopes.map(({ kind, file, state }) => `${kind} ${file} ${state}`),
      ]),
      [
        [null, [`api ${orders} present`, 'global policy.xml present']],
        [
          'starter',
          [`api ${orders} present`, 'product products/starter/policy.xml present', 'global policy.xml present'],
        ],
      ],
    );
    const [chain, ofStarter] = result.chains;
    assert.deepEqual(Object.keys(chain?.sections ?? {}), ['inbound', 'backend', 'outbound', 'on-error']);
    assert.deepEqual(
      ofStarter?.sections['inbound']?.map(({ name, origin, via }) => [name, origin.scope, origin.file, via]),
      [
        ['cors', 'global', 'policy.xml', ['base', 'base']],
        ['rate-limit-by-key', 'global', 'policy.xml', ['base', 'base']],
        ['quota', 'product', 'products/starter/policy.xml', ['base']],
        ['cors', 'api', orders, []],
      ],
    );
    const quota = ofStarter?.sections['inbound']?.[2];
    assert.equal(quota?.text, '<quota calls="10" renewal-period="60" />');
    assert.deepEqual(quota?.origin.range, { start: { line: 3, character: 4 }, end: { line: 3, character: 44 } });
  });

  it('shows one chain with --product and one section with --section', async () => {
    const { chains } = await effectiveJson(portalService, [orders, '--product', 'STARTER', '--section', 'backend']);
    assert.deepEqual(
      chains.map(({ product, sections }) => [product, Object.keys(sections)]),
      [['starter', ['backend']]],
    );
  });

  it('names the fragment that a statement comes from', async () => {
    const fragment = 'policy fragments/log/policy.xml';
    const { chains } = await effectiveJson(
      {
        'apis/a/policy.xml': definition('    <include-fragment fragment-id="log" />'),
        [fragment]: '<fragment><trace /></fragment>',
      },
      ['apis/a/policy.xml', '--section', 'inbound'],
    );
    const [item] = chains[0]?.sections['inbound'] ?? [];
    assert.deepEqual(
      [item?.name, item?.origin.scope, item?.origin.file, item?.via],
      ['trace', 'fragment', fragment, ['fragment:log']],
    );
  });

  it('keeps what cannot be read as an item without a name', async () => {
    const inbound = '    <base />\n    <include-fragment fragment-id="gone" />\n    <set-header name="x" />';
    const { chains } = await effectiveJson({ 'apis/a/policy.xml': definition(inbound) }, ['apis/a/policy.xml']);
    assert.equal(chains[0]?.scopes[1]?.state, 'unknown');
    assert.deepEqual(
      chains[0]?.sections['inbound']?.map(({ name, unknown, origin, via }) => [
        name,
        unknown,
        origin.scope,
        origin.file,
        via,
      ]),
      [
        [null, 'the global policy is not in the workspace', 'global', null, ['base']],
        [null, 'the fragment gone is not in the workspace', 'fragment', null, ['fragment:gone']],
        ['set-header', undefined, 'api', 'apis/a/policy.xml', []],
      ],
    );
  });

  it('prints documents to read, with comments where each part begins and ends', async () => {
    const files = { ...portalService, 'policy.xml': '<policies>\n<inbound>\n<trace />\n</inbound>\n</policies>' };
    const argv = ['effective', orders, '--product', 'starter', '--section', 'inbound'];
    const { out, err, exitCode } = await run(argv, { cwd: makeFolder(files) });
    assert.deepEqual([exitCode, err], [0, '']);
    assert.equal(
      out,
      `<!--
  Effective policy of API orders, in product starter
    API orders       apis/orders/policy.xml
    product starter  products/starter/policy.xml
    global scope     policy.xml
-->
<policies>
  <inbound>
    <!-- begin of API orders: apis/orders/policy.xml -->
    <!-- begin of product starter: products/starter/policy.xml -->
    <!-- begin of global scope: policy.xml -->
    <trace />
    <!-- end of global scope: policy.xml -->
    <quota calls="10" renewal-period="60" />
    <!-- end of product starter: products/starter/policy.xml -->
    <cors>
      <allowed-origins>
        <origin>https://shop.contoso.com</origin>
      </allowed-origins>
      <allowed-methods preflight-result-max-age="300">
        <method>GET</method>
        <method>PUT</method>
      </allowed-methods>
      <allowed-headers>
        <header>content-type</header>
        <header>authorization</header>
      </allowed-headers>
    </cors>
    <!-- end of API orders: apis/orders/policy.xml -->
  </inbound>
</policies>
`,
    );
  });

  it('prints one document a chain, without --product', async () => {
    const { out } = await run(['effective', orders], { cwd: makeFolder(portalService) });
    assert.deepEqual(out.match(/Effective policy of .*/g), [
      'Effective policy of API orders, without a product',
      'Effective policy of API orders, in product starter',
    ]);
  });

  it('moves statements to one indentation, and leaves C# and texts as they are written', async () => {
    const policy = `<policies>
\t<inbound>
\t\t\t<set-body>@{
  var text = @"a
b";
    return text;
}</set-body>
\t\t\t<choose>
\t\t\t\t<when condition="@(a
 < b && c > d)">
\t\t\t\t\t<trace />
\t\t\t\t</when>
\t\t\t</choose>
\t</inbound>
</policies>`;
    const argv = ['effective', 'apis/a/policy.xml', '--section', 'inbound'];
    const { out } = await run(argv, { cwd: makeFolder({ 'apis/a/policy.xml': policy }) });
    assert.ok(
      out.includes(`
\t\t<set-body>@{
  var text = @"a
b";
    return text;
}</set-body>
\t\t<choose>
\t\t\t<when condition="@(a
 < b && c > d)">
\t\t\t\t<trace />
\t\t\t</when>
\t\t</choose>
`),
      out,
    );
  });

  it('writes unknown parts, missing sections and hyphens as comments that XML allows', async () => {
    const policy =
      '<policies>\n  <inbound>\n    <base />\n    <include-fragment fragment-id="a--b" />\n  </inbound>\n</policies>';
    const { out } = await run(['effective', 'apis/a/policy.xml'], { cwd: makeFolder({ 'apis/a/policy.xml': policy }) });
    assert.match(
      out,
      /<!-- UNKNOWN: Global scope may contribute anything here, since the global policy is not in the workspace -->/,
    );
    assert.match(out, /<!-- UNKNOWN: Fragment a- -b may contribute anything here, since the fragment a- -b is not/);
    assert.match(out, /<outbound>\n {4}<!-- API a has no <outbound>: taken as inheriting nothing here -->/);
    for (const [comment] of out.matchAll(/<!--[\s\S]*?-->/g)) assert.ok(!comment.slice(4, -3).includes('--'), comment);
  });

  it('has no chain for a fragment, and says so', async () => {
    const file = 'policy fragments/log/policy.xml';
    const cwd = makeFolder({ ...portalService, [file]: '<fragment><trace /></fragment>' });
    const json = await run(['effective', file, '--format', 'json'], { cwd });
    assert.deepEqual(JSON.parse(json.out), {
      version: 1,
      document: file,
      scope: { kind: 'fragment', fragment: 'log' },
      chains: [],
    });
    assert.match(json.err, /is a policy fragment: it has no scope of its own/);
  });

  it('names the known products where one is not known', async () => {
    const cwd = makeFolder(portalService);
    const unknown = await run(['effective', orders, '--product', 'gold'], { cwd });
    assert.deepEqual(unknown, {
      exitCode: 2,
      out: '',
      err: 'apim-policy: API orders is not known to be in product gold. It is in starter.\n',
    });
    assert.equal((await run(['effective', 'policy.xml', '--product', 'starter'], { cwd })).exitCode, 2);
  });

  it('cannot analyse what is missing or no policy', async () => {
    const cwd = makeFolder({ 'x.xml': '<project />' });
    const missing = await run(['effective', 'nope.xml'], { cwd });
    assert.deepEqual(missing, { exitCode: 3, out: '', err: 'apim-policy: cannot read nope.xml: it does not exist.\n' });
    const other = await run(['effective', 'x.xml'], { cwd });
    assert.deepEqual([other.exitCode, other.out], [3, '']);
    assert.match(other.err, /first element is <project>/);
  });

  it('notes a broken project file on standard error, and answers all the same', async () => {
    const cwd = makeFolder({ ...portalService, 'apim-policy.config.json': '{ "rulez": {} }' });
    const { exitCode, err } = await run(['effective', orders], { cwd });
    assert.equal(exitCode, 0);
    assert.match(err, /^apim-policy: apim-policy\.config\.json:1:3: "rulez" is not a setting here/);
  });
});
