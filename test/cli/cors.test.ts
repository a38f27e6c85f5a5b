import assert from 'node:assert/strict';
import { cors, definition } from '../support/policies';
import { makeFolder, type Ran, run } from './support/commandLine';
import { portalService } from './support/service';

const orders = 'apis/orders/policy.xml';
const shop = ['--origin', 'https://shop.contoso.com'];
const json = ['--header', 'content-type:application/json'];

function explain(argv: readonly string[], files: Readonly<Record<string, string>> = portalService): Promise<Ran> {
  return run(['cors', ...argv], { cwd: makeFolder(files) });
}

async function explainJson(argv: readonly string[], files?: Readonly<Record<string, string>>) {
  const { out, err, exitCode } = await explain([...argv, '--format', 'json'], files);
  assert.deepEqual([exitCode, err], [0, '']);
  return JSON.parse(out);
}

/** Every part stands in the text after the one before it, however the lines are broken. */
function assertInOrder(text: string, parts: readonly string[]): void {
  const flat = text.replace(/\s+/g, ' ');
  let end = 0;
  for (const part of parts) {
    const start = flat.indexOf(part, end);
    assert.ok(start >= 0, `"${part}" is not in its place in\n${text}`);
    end = start + part.length;
  }
}

describe('apim-policy cors', () => {
  it('explains a call as JSON: why it asks first, the decision with its place, and what the browser prints', async () => {
    const call = await explainJson([orders, ...shop, '--operation', 'list-orders', ...json]);
    assert.deepEqual(
      [call.version, call.needsPreflight, call.why, call.actual, call.browser, call.cachedForSeconds],
      [1, true, 'content-type: application/json is not safelisted', null, 'blocked', 0],
    );
    const { preflight } = call;
    assert.deepEqual(
      [preflight.outcome, preflight.by, preflight.status, preflight.headers],
      ['terminated-empty-200', 'global', 200, {}],
    );
    assert.deepEqual(
      [preflight.deciding.file, preflight.deciding.range.start],
      ['policy.xml', { line: 2, character: 4 }],
    );
    assert.deepEqual(preflight.assumptions, { terminateDefault: 'true' });
    const [alternative] = preflight.alternatives;
    assert.deepEqual(alternative.when, { terminateDefault: 'false' });
    assert.deepEqual(
      [alternative.outcome, alternative.by, alternative.browser],
      ['answered-by-cors', 'api', 'allowed'],
    );
    const [step] = preflight.steps;
    assert.deepEqual(
      [step.what, step.scope, step.file, step.result],
      ['cors', 'global', 'policy.xml', 'origin not listed'],
    );
    assert.match(step.source, /^https:/);
    assert.match(
      call.console,
      /^Access to fetch at '<URL of the API>\/orders' from origin 'https:\/\/shop\.contoso\.com' has been blocked by CORS policy: /,
    );
  });

  it('explains the same in words, in the order of what happens', async () => {
    const argv = [orders, ...shop, '--operation', 'create-order', ...json];
    const { out, err, exitCode } = await explain(argv);
    assert.deepEqual([exitCode, err], [0, '']);
    assert.ok(out.split('\n').every((line) => line.length <= 100));
    const { why, preflight, console } = await explainJson(argv);
    const [first, second] = preflight.steps;
    assertInOrder(out, [
      'POST from https://shop.contoso.com to operation create-order of API orders',
      'apis/orders/policy.xml',
      'The API is also in product starter: --product shows calls with a key of it.',
      `The browser asks first: ${why}.`,
      'Preflight request',
      `1. cors of global scope: ${first.result} policy.xml:3:5`,
      first.because,
      `2. cors of API orders: ${second.result} apis/orders/policy.xml:4:5`,
      '→ terminated-empty-200, by global scope',
      preflight.because,
      'decided in policy.xml:3:5',
      'answer: status 200, no CORS headers from the gateway',
      `browser: blocked. ${preflight.browserBecause}`,
      'taken for true: a cors without terminate-unmatched-request ends requests',
      'otherwise: if a cors without terminate-unmatched-request lets requests of other origins go on → answered-by-cors by api, browser: allowed.',
      preflight.alternatives[0].because,
      'POST request not sent, since the preflight request failed',
      'Result: the browser blocks the call This may come out differently: see "otherwise" above.',
      `Console: ${console}`,
    ]);
  });

  it('says how the page could do without the preflight', async () => {
    const { out } = await explain([orders, ...shop, ...json]);
    assert.match(out, /\n {2}Hint: A GET has no body, so content-type says nothing/);
  });

  it('tells both requests of a call that works, and how long the browser remembers', async () => {
    const portal = ['--origin', 'https://contoso.developer.azure-api.net', '--header', 'ocp-apim-subscription-key'];
    const call = await explainJson([orders, ...portal]);
    assert.deepEqual([call.browser, call.console, call.cachedForSeconds], ['allowed', null, 300]);
    assert.deepEqual([call.preflight.outcome, call.actual.outcome], ['answered-by-cors', 'passes-with-cors-headers']);
    const { out } = await explain([orders, ...portal]);
    assert.match(
      out,
      /Result: the browser lets the page read the answer\n {2}The browser asks again after 300 seconds/,
    );
  });

  it('needs no origin for a server, and sends one that is given', async () => {
    const server = await explainJson([orders, '--client', 'server', '--method', 'PUT']);
    assert.deepEqual(
      [server.needsPreflight, server.actual.outcome, server.browser],
      [false, 'not-cross-origin', 'not-applicable'],
    );
    const proxy = await explainJson([orders, '--client', 'server', ...shop]);
    assert.equal(proxy.actual.outcome, 'terminated-empty-200');
  });

  it('takes the first origin of the project file, and asks for one where there is none', async () => {
    assert.ok(
      (await explainJson([orders])).notes.includes(
        'The origin is the first of cors.origins in the project file: https://shop.contoso.com.',
      ),
    );
    const { exitCode, out, err } = await explain([orders], { ...portalService, 'apim-policy.config.json': '{}' });
    assert.deepEqual([exitCode, out], [2, '']);
    assert.match(err, /add --origin https:\/\/shop\.contoso\.com .* or --client server/);
  });

  it('writes the origin as a browser does, and refuses what is none', async () => {
    const { preflight, notes } = await explainJson([orders, '--origin', 'HTTPS://Shop.Contoso.com:443/', ...json]);
    assert.match(preflight.because, /does not list https:\/\/shop\.contoso\.com;/);
    assert.ok(notes.includes('A browser writes the origin https://shop.contoso.com.'));
    for (const origin of ['shop.contoso.com', 'https://shop.contoso.com/cart', '*']) {
      assert.equal((await explain([orders, '--origin', origin])).exitCode, 2, origin);
    }
  });

  it("uses the project file's switches", async () => {
    const config = '{ "cors": { "assume": { "terminateDefault": "false" } } }';
    const call = await explainJson([orders, ...shop, ...json], { ...portalService, 'apim-policy.config.json': config });
    assert.deepEqual([call.preflight.outcome, call.preflight.by, call.browser], ['answered-by-cors', 'api', 'allowed']);
  });

  it("uses the operation's own policy and method", async () => {
    const { out } = await explain([orders, ...shop, '--operation', 'create-order']);
    assert.match(out, /^POST from https:\/\/shop\.contoso\.com to operation create-order of API orders\n/);
    const file = 'apis/orders/operations/create-order/policy.xml';
    const ownCors = { ...portalService, [file]: definition(cors({ origins: ['https://shop.contoso.com'] })) };
    const asOperation = await explainJson([orders, ...shop, '--operation', 'create-order'], ownCors);
    const asFile = await explainJson([file, ...shop], ownCors);
    assert.deepEqual([asOperation.actual.by, asFile.actual.by], ['operation', 'operation']);
    assert.equal(asOperation.actual.deciding.file, file);
  });

  it('finds the OPTIONS operation of the same URL, and says when it cannot tell which URL is called', async () => {
    const named = await explainJson([orders, ...shop, '--operation', 'update-order']);
    assert.equal(named.preflight.outcome, 'goes-to-backend-options');
    const other = await explainJson([orders, ...shop, '--operation', 'list-orders', ...json]);
    assert.equal(other.preflight.outcome, 'terminated-empty-200');
    // The API's only PUT is that operation.
    assert.equal(
      (await explainJson([orders, ...shop, '--method', 'PUT'])).preflight.outcome,
      'goes-to-backend-options',
    );
    // DELETE may be sent to either URL.
    const either = await explainJson([orders, ...shop, '--method', 'DELETE']);
    assert.equal(either.preflight.alternatives.at(-1).outcome, 'goes-to-backend-options');
  });

  it('says that an OPTIONS operation may exist where there is no specification', async () => {
    const { 'apis/orders/specification.yaml': _, ...files } = portalService;
    const call = await explainJson([orders, ...shop, ...json], files);
    assert.ok(call.notes.some((note: string) => note.startsWith('The API has no specification here')));
    assert.equal(call.preflight.alternatives.at(-1).outcome, 'goes-to-backend-options');
  });

  it('leaves it to the backend where the gateway has no cors', async () => {
    const call = await explainJson(['policy.xml', ...shop], {
      'policy.xml': '<policies><inbound /></policies>',
      'apis/a/policy.xml': definition(''),
    });
    assert.deepEqual([call.actual.outcome, call.browser], ['passes-with-backend-headers', 'depends-on-backend']);
  });

  it("runs the product's policy only where the gateway can tell the product", async () => {
    const product = definition(`${cors({ origins: ['https://shop.contoso.com'], methods: ['GET'] })}\n    <base />`);
    const files = { ...portalService, 'products/starter/policy.xml': product };
    const query = await explainJson([orders, ...shop, '--product', 'starter', '--key', 'query', ...json], files);
    assert.deepEqual([query.preflight.by, query.browser], ['product', 'allowed']);
    const header = await explainJson([orders, ...shop, '--product', 'starter', '--key', 'header'], files);
    assert.deepEqual([header.preflight.by, header.browser], ['global', 'blocked']);
  });

  it('takes an open product for a call without a key', async () => {
    const open = {
      ...portalService,
      'products/starter/productInformation.json': '{ "properties": { "subscriptionRequired": false } }',
    };
    const call = await explainJson([orders, ...shop], open);
    assert.ok(call.notes.includes('Product starter is open and the call has no key, so it runs in that product.'));
  });

  it('tells a call without a key that the API wants one', async () => {
    const strict = {
      ...portalService,
      'apis/orders/apiInformation.json': '{ "properties": { "subscriptionRequired": true } }',
    };
    const origin = ['--origin', 'https://contoso.developer.azure-api.net'];
    const withoutKey = await explainJson([orders, ...origin], strict);
    assert.equal(withoutKey.actual.status, 401);
    assert.ok(withoutKey.notes.some((note: string) => note.includes('--key header sends one')));
    const withKey = await explainJson([orders, ...origin, '--header', 'Ocp-Apim-Subscription-Key:1'], strict);
    assert.equal(withKey.actual.outcome, 'passes-with-cors-headers');
  });

  it('tells what the page sees where a statement rejects the call', async () => {
    const strict = {
      ...portalService,
      'apis/orders/policy.xml': definition(`<validate-jwt />\n${cors({ origins: ['https://shop.contoso.com'] })}`),
    };
    const call = await explainJson([orders, ...shop, '--fails', 'validate-jwt'], strict);
    assert.deepEqual([call.actual.outcome, call.actual.status], ['error-without-cors-headers', 401]);
    const { exitCode, err } = await explain([orders, ...shop, '--fails', 'quota'], strict);
    assert.equal(exitCode, 2);
    assert.match(err, /--fails quota: calls reach no such statement\. There is validate-jwt and forward-request\./);
  });

  it('tells which response headers the page may read', async () => {
    const portal = ['--origin', 'https://contoso.developer.azure-api.net'];
    assert.equal((await explainJson([orders, ...portal])).readableHeaders, 'all');
    assert.ok((await explainJson([orders, ...portal, '--credentials', 'include'])).readableHeaders.includes('*'));
  });

  it('sends nothing with a method that browsers refuse', async () => {
    const { out } = await explain([orders, ...shop, '--method', 'TRACE']);
    assert.match(out, /No preflight request: browsers do not let a page send TRACE\./);
    assert.doesNotMatch(out, /not sent, since/);
  });

  const refused: Readonly<Record<string, readonly [argv: readonly string[], message: string]>> = {
    'an unknown operation': [
      [orders, '--operation', 'nope'],
      'API orders has no operation nope. It has list-orders, create-order, update-order and preflight-order.',
    ],
    'an unknown product': [
      [orders, '--product', 'gold'],
      'API orders is not known to be in product gold. It is in starter.',
    ],
    'the policy of a product': [
      ['products/starter/policy.xml'],
      "requests go to APIs, and this is the policy of a product. Name an API's policy, and --product starter. It holds orders.",
    ],
    'an operation of no API': [
      ['policy.xml', '--operation', 'x'],
      '--operation x: only APIs have operations, and this is the policy of global scope.',
    ],
  };
  for (const [name, [argv, message]] of Object.entries(refused)) {
    it(`is refused with exit code 2 and what is known: ${name}`, async () => {
      assert.deepEqual(await explain([...argv, ...shop]), { exitCode: 2, out: '', err: `apim-policy: ${message}\n` });
    });
  }

  it('refuses headers that are none, and says which ones a page cannot set', async () => {
    assert.equal((await explain([orders, '--header', ': x'])).exitCode, 2);
    assert.ok(
      (await explainJson([orders, '--header', 'Cookie:a=b'])).notes.includes(
        'Browsers do not let a page set Cookie, so it plays no part.',
      ),
    );
  });

  it('cannot analyse what is missing or no policy', async () => {
    assert.equal((await explain(['nope.xml', ...shop])).exitCode, 3);
    assert.equal((await explain(['x.xml', ...shop], { 'x.xml': '' })).exitCode, 3);
    assert.equal((await explain(['f/policy.xml', ...shop], { 'f/policy.xml': '<fragment />' })).exitCode, 2);
  });
});
