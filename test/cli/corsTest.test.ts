import assert from 'node:assert/strict';
import { join } from 'node:path';
import { cors, definition } from '../support/policies';
import { makeFolder, run } from './support/commandLine';
import { portalService } from './support/service';

const preflight = { method: 'OPTIONS', origin: 'https://shop.contoso.com', accessControlRequestMethod: 'GET' };
const inline = { request: preflight, policies: { api: definition(cors({ origins: ['https://shop.contoso.com'] })) } };
const holds = {
  id: 'holds',
  title: 'The shop may read',
  ...inline,
  expected: { outcome: 'answered-by-cors', by: 'api', browser: 'allowed' },
};
const fails = { id: 'fails', ...inline, expected: { outcome: 'not-found-404', status: 404 } };
const computed = { id: 'computed', ...inline };

function judge(files: Readonly<Record<string, unknown>>, argv: readonly string[], cwd = '.') {
  const texts = Object.entries(files).map(([path, value]) => [
    path,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const folder = makeFolder(Object.fromEntries(texts));
  return run(['cors-test', ...argv], { cwd: join(folder, cwd) });
}

describe('apim-policy cors-test', () => {
  it("passes every case of the project's rule book", async () => {
    const { exitCode, out, err } = await run(['cors-test', 'test/cors-vectors.json', '--format', 'json']);
    assert.deepEqual([exitCode, err], [0, '']);
    const { passed, failed, cases } = JSON.parse(out);
    assert.equal(failed, 0);
    assert.equal(cases.length, passed);
    assert.ok(passed >= 84);
  });

  it('prints id, verdict, expectation, decision and difference as JSON', async () => {
    const { exitCode, out } = await judge({ 'c.json': [holds, fails, computed] }, ['c.json', '--format', 'json']);
    assert.equal(exitCode, 1);
    const { version, passed, failed, cases } = JSON.parse(out);
    assert.deepEqual([version, passed, failed], [1, 2, 1]);
    assert.deepEqual(
      cases.map(({ id, pass, expected, actual, difference }: Record<string, unknown>) => [
        id,
        pass,
        expected,
        (actual as { outcome: string }).outcome,
        difference,
      ]),
      [
        ['holds', true, holds.expected, 'answered-by-cors', null],
        [
          'fails',
          false,
          fails.expected,
          'answered-by-cors',
          'outcome: expected not-found-404, got answered-by-cors; status: expected 404, got 200',
        ],
        ['computed', true, null, 'answered-by-cors', null],
      ],
    );
    assert.equal(cases[0].actual.deciding.file, 'holds/api.xml');
  });

  it('prints a line a case, what differs, and the counts', async () => {
    const { exitCode, out } = await judge({ 'c.json': [holds, fails, computed] }, ['c.json']);
    assert.equal(exitCode, 1);
    const withoutReason = out.replace(/ {8}because: \S[\s\S]*?(?=\n {2}pass)/, '        because: …');
    assert.equal(
      withoutReason,
      `c.json
  pass  holds  The shop may read
  FAIL  fails
        Outcome: expected not-found-404, got answered-by-cors; status: expected 404, got 200
        because: …
  pass  computed  → answered-by-cors, browser: allowed

2 passed, 1 failed
`,
    );
  });

  it('judges files of the repository with what the repository tells, the context of the case first', async () => {
    const target = { file: 'apis/orders/policy.xml', operation: 'list-orders' };
    const options = { file: 'apis/orders/policy.xml', operation: 'update-order' };
    const cases = [
      { id: 'portal', target, request: preflight, expected: { outcome: 'terminated-empty-200', by: 'global' } },
      {
        id: 'assumed',
        target,
        request: preflight,
        assumptions: { terminateDefault: 'false' },
        expected: { outcome: 'answered-by-cors', by: 'api' },
      },
      {
        id: 'options',
        target: options,
        request: { ...preflight, accessControlRequestMethod: 'PUT' },
        expected: { outcome: 'goes-to-backend-options' },
      },
      {
        id: 'context',
        target,
        context: { optionsOperation: true },
        request: preflight,
        expected: { outcome: 'goes-to-backend-options' },
      },
      { id: 'product', target: { ...target, product: 'starter' }, request: preflight, expected: { by: 'global' } },
    ];
    const { exitCode, out } = await judge({ ...portalService, 'c.json': cases }, ['c.json']);
    assert.match(out, /\n5 passed, 0 failed\n$/);
    assert.equal(exitCode, 0);
  });

  it('finds targets beside the case file first, then in the working directory', async () => {
    const cases = [{ id: 'a', target: { file: 'policy.xml' }, request: preflight, expected: { by: 'global' } }];
    const none = definition('');
    const beside = { 'tests/c.json': cases, 'tests/policy.xml': portalService['policy.xml'], 'policy.xml': none };
    // Beside apis/, policy.xml is the global policy of an APIOps root.
    const files = { ...beside, 'tests/apis/a/policy.xml': none, 'apis/a/policy.xml': none };
    assert.equal((await judge(files, ['tests/c.json'])).exitCode, 0);
    const inCwd = { 'tests/c.json': cases, 'policy.xml': portalService['policy.xml'], 'apis/a/policy.xml': none };
    assert.equal((await judge(inCwd, ['tests/c.json'])).exitCode, 0);
  });

  it('fails a case whose target is missing, judges the others, and ends with 3', async () => {
    const cases = [{ id: 'gone', target: { file: 'nope.xml' }, request: preflight }, holds];
    const { exitCode, out, err } = await judge({ 'c.json': cases }, ['c.json', '--format', 'json']);
    assert.equal(exitCode, 3);
    assert.equal(err, 'apim-policy: case gone of c.json: cannot read nope.xml: it does not exist.\n');
    assert.deepEqual(
      JSON.parse(out).cases.map(({ id, pass }: Record<string, unknown>) => [id, pass]),
      [
        ['gone', false],
        ['holds', true],
      ],
    );
  });

  it('ends with 2 where a target names what does not exist', async () => {
    const cases = [{ id: 'x', target: { file: 'apis/orders/policy.xml', product: 'gold' }, request: preflight }];
    const { exitCode, err } = await judge({ ...portalService, 'c.json': cases }, ['c.json']);
    assert.equal(exitCode, 2);
    assert.match(err, /case x of c\.json: API orders is not known to be in product gold\. It is in starter\./);
  });

  const malformed: Readonly<Record<string, readonly [text: string, message: RegExp]>> = {
    'broken JSON': ['[\n  { "id": "a", }\n]', /^apim-policy: c\.json:2:16: this is not valid JSON/],
    'an empty file': ['', /^apim-policy: c\.json:1:1: this is not valid JSON/],
    'an object': ['{ "id": "a" }', /^apim-policy: c\.json:1:1: the file must hold a JSON array of cases\./],
    'a case without a request': [
      '[\n  { "id": "a", "policies": {} }\n]',
      /^apim-policy: c\.json:2:3: Case a: request is missing\./,
    ],
    'a key that nobody knows': [
      '[{ "id": "a", "policies": {}, "request": { "method": "GET", "orgin": "x" } }]',
      /^apim-policy: c\.json:1:2: Case a: request\.orgin is no known key/,
    ],
    'two cases of one id': [JSON.stringify([holds, holds]), /there is another case holds in this file/],
  };
  for (const [name, [text, message]] of Object.entries(malformed)) {
    it(`refuses a file with its place and exit code 2: ${name}`, async () => {
      const { exitCode, out, err } = await judge({ 'c.json': text }, ['c.json']);
      assert.deepEqual([exitCode, out], [2, '']);
      assert.match(err, message);
    });
  }

  it('cannot analyse a file that does not exist, and takes no folder', async () => {
    assert.deepEqual(await judge({}, ['c.json']), {
      exitCode: 3,
      out: '',
      err: 'apim-policy: cannot read c.json: it does not exist.\n',
    });
    assert.equal((await judge({ 'x/c.json': [] }, ['x'])).exitCode, 2);
  });
});
