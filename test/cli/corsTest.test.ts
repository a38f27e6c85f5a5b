import assert from 'node:assert/strict';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
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

/** Where the `cors` of the second case stands in the file of these three, which is one line. */
const decidingColumn = JSON.stringify([holds]).length + JSON.stringify(fails).indexOf('<cors') + 1;

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
    const { version, passed, failed, computed: onlyComputed, cases } = JSON.parse(out);
    assert.deepEqual([version, passed, failed, onlyComputed], [1, 1, 1, 1]);
    assert.deepEqual(
      cases.map(({ id, verdict, pass, expected, actual, difference }: Record<string, unknown>) => [
        id,
        verdict,
        pass,
        expected,
        (actual as { outcome: string }).outcome,
        difference,
      ]),
      [
        ['holds', 'passed', true, holds.expected, 'answered-by-cors', null],
        [
          'fails',
          'failed',
          false,
          fails.expected,
          'answered-by-cors',
          'outcome: expected not-found-404, got answered-by-cors; status: expected 404, got 200',
        ],
        ['computed', 'computed', true, null, 'answered-by-cors', null],
      ],
    );
    assert.deepEqual(cases[0].actual.deciding, {
      file: 'holds/api.xml',
      range: { start: { line: 2, character: 4 }, end: { line: 2, character: 10 } },
    });
  });

  it('prints a line a case, what differs, and the counts', async () => {
    const { exitCode, out } = await judge({ 'c.json': [holds, fails, computed] }, ['c.json']);
    assert.equal(exitCode, 1);
    assert.equal(
      out,
      `c.json
  pass  holds  The shop may read
  FAIL  fails
        Outcome: expected not-found-404, got answered-by-cors
        Status: expected 404, got 200
        Because: The cors of API under test admits https://shop.contoso.com, so it answers the
          preflight.
        Browser: allowed. The answer passes the CORS check.
        Decided in c.json:1:${decidingColumn}: <cors>
  info  computed  → answered-by-cors, browser: allowed (it expects nothing)

1 passed, 1 failed, 1 only computed
`,
    );
  });

  it('names the line of the repository that decides', async () => {
    const cases = [
      {
        id: 'shop-may-read',
        target: { file: 'apis/orders/policy.xml' },
        request: preflight,
        expected: { browser: 'allowed' },
      },
    ];
    const { exitCode, out } = await judge({ ...portalService, 'tests/cors-tests.json': cases }, []);
    assert.equal(exitCode, 1);
    assert.match(
      out,
      /^tests\/cors-tests\.json\n {2}FAIL {2}shop-may-read\n {8}Browser: expected allowed, got blocked\n/,
    );
    assert.match(out, /\n {8}Browser: blocked\. Response to preflight request doesn't pass access control check: No/);
    assert.match(out, /\n {8}Decided in policy\.xml:3:5: <cors /);
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
    'broken JSON': ['[\n  { "id": "a", }\n]', /^apim-policy: c\.json:2:16: This is not valid JSON/],
    'an empty file': ['', /^apim-policy: c\.json:1:1: This is not valid JSON/],
    'an object': ['{ "id": "a" }', /^apim-policy: c\.json:1:1: The file must hold a JSON array of cases\./],
    'a case without a request': [
      '[\n  { "id": "a", "policies": {} }\n]',
      /^apim-policy: c\.json:2:3: Case a: request is missing\./,
    ],
    'a key that nobody knows': [
      '[{ "id": "a", "policies": {}, "request": { "method": "GET", "orgin": "x" } }]',
      /^apim-policy: c\.json:1:61: Case a: request\.orgin is no known key; did you mean origin\?/,
    ],
    'two cases of one id': [
      JSON.stringify([holds, holds]),
      /^apim-policy: c\.json:1:\d+: There is another case holds in this file\./,
    ],
  };
  for (const [name, [text, message]] of Object.entries(malformed)) {
    it(`refuses a file with its place and exit code 2: ${name}`, async () => {
      const { exitCode, out, err } = await judge({ 'c.json': text }, ['c.json']);
      assert.deepEqual([exitCode, out], [2, '']);
      assert.match(err, message);
    });
  }

  it('cannot analyse a file that does not exist', async () => {
    assert.deepEqual(await judge({}, ['c.json']), {
      exitCode: 3,
      out: '',
      err: 'apim-policy: cannot read c.json: it does not exist.\n',
    });
  });

  describe('arguments', () => {
    const files = {
      'cors.cors-tests.json': [holds],
      'apis/orders/cors-tests.json': [{ ...holds, id: 'orders' }],
      'apis/orders/other.json': [{ ...holds, id: 'other' }],
      'node_modules/x/a.cors-tests.json': [{ ...holds, id: 'of a package' }],
    };
    const runs: readonly (readonly [title: string, argv: readonly string[], ids: readonly string[]])[] = [
      ['nothing: the working directory', [], ['orders', 'holds']],
      ['a folder, with what is below it', ['apis'], ['orders']],
      ['a file of any name', ['apis/orders/other.json'], ['other']],
      ['a glob, which fits any name', ['apis/**/*.json'], ['orders', 'other']],
      ['a glob above the working directory', ['./*.json'], ['holds']],
      [
        'a file, a folder and a glob that overlap',
        ['apis', 'apis/orders/cors-tests.json', '**/cors-tests.json'],
        ['orders'],
      ],
    ];
    for (const [title, argv, ids] of runs) {
      it(`takes ${title}`, async () => {
        const { exitCode, out, err } = await judge(files, [...argv, '--format', 'json']);
        assert.deepEqual([exitCode, err], [0, '']);
        assert.deepEqual(
          JSON.parse(out).cases.map(({ id }: { id: string }) => id),
          ids,
        );
      });
    }

    it('refuses what leads to no test, so that no build passes for nothing', async () => {
      const cases = { 'c.json': [holds], 'empty/x.txt': '' };
      assert.deepEqual(await judge(cases, ['empty']), {
        exitCode: 2,
        out: '',
        err: 'apim-policy: there is no file of CORS tests ({*.cors-tests,cors-tests}.json) in empty.\n',
      });
      assert.equal(
        (await judge(cases, ['**/*.cors-tests.json'])).err,
        'apim-policy: **/*.cors-tests.json fits no file.\n',
      );
    });
  });

  describe('JUnit', () => {
    it('prints a suite a file and a test case a case', async () => {
      const gone = { id: 'gone', target: { file: 'nope.xml' }, request: preflight };
      const { exitCode, out } = await judge({ 'a/c.json': [holds, fails, computed], 'b.json': [gone] }, [
        'a/c.json',
        'b.json',
        '--format',
        'junit',
      ]);
      assert.equal(exitCode, 3);
      assert.equal(
        out,
        `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="apim-policy cors-test" tests="4" failures="1" errors="1">
  <testsuite name="a/c.json" tests="3" failures="1" errors="0" skipped="1" file="a/c.json">
    <testcase name="holds: The shop may read" classname="a.c"/>
    <testcase name="fails" classname="a.c">
      <failure message="outcome: expected not-found-404, got answered-by-cors; status: expected 404, got 200" type="failure">outcome: expected not-found-404, got answered-by-cors
status: expected 404, got 200
Because: The cors of API under test admits https://shop.contoso.com, so it answers the preflight.
Browser: allowed. The answer passes the CORS check.
Decided in a/c.json:1:${decidingColumn}: &lt;cors&gt;
a/c.json:1</failure>
    </testcase>
    <testcase name="computed" classname="a.c">
      <skipped message="It expects nothing. Computed: answered-by-cors, browser: allowed"/>
    </testcase>
  </testsuite>
  <testsuite name="b.json" tests="1" failures="0" errors="1" skipped="0" file="b.json">
    <testcase name="gone" classname="b">
      <error message="cannot read nope.xml: it does not exist." type="error">b.json:1</error>
    </testcase>
  </testsuite>
</testsuites>
`,
      );
      assertJunit(out);
    });

    it('is well-formed whatever people write', async () => {
      const texts = ['<&>"\'', ']]>', 'a\nb\tc', '\0\u0008\u001f', '\ud800x\udc00', '\ufffe', '😀', '--', '&amp;'];
      const cases = texts.map((text, index) => ({
        ...fails,
        id: `${index} ${text}`,
        title: text,
        expected: { headers: { [`x-${index}`]: text }, via: text },
      }));
      const { out } = await judge({ 'c.json': cases }, ['c.json', '--format', 'junit']);
      const names = assertJunit(out).flatMap(({ name, attributes }) =>
        name === 'testcase' ? [attributes['name']] : [],
      );
      assert.equal(names.length, texts.length);
      assert.equal(names[0], `0 ${texts[0]}: ${texts[0]}`);
      assert.equal(names[2], `2 ${texts[2]}: ${texts[2]}`);
      assert.equal(names[3], '3 \ufffd\ufffd\ufffd: \ufffd\ufffd\ufffd');
    });
  });
});

interface JunitElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: JunitElement | undefined;
}

/** Elements, where they may stand, and their attributes: as junit-10.xsd of Jenkins' xUnit plugin has them. */
const junitSchema: Readonly<
  Record<string, readonly [parent: string, required: readonly string[], optional: readonly string[]]>
> = {
  testsuites: ['', [], ['name', 'time', 'tests', 'failures', 'errors']],
  testsuite: ['testsuites', ['name', 'tests', 'failures', 'errors'], ['group', 'time', 'skipped', 'timestamp', 'file']],
  testcase: ['testsuite', ['name'], ['time', 'classname', 'group']],
  failure: ['testcase', [], ['type', 'message']],
  error: ['testcase', [], ['type', 'message']],
  skipped: ['testcase', [], ['type', 'message']],
};

/** Reads the text with a strict XML reader and checks it by the schema and its own counts. */
function assertJunit(text: string): readonly JunitElement[] {
  const elements: JunitElement[] = [];
  const open: JunitElement[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => assert.fail(error));
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, parent: open.at(-1) };
    const [parent, required, optional] = junitSchema[name] ?? assert.fail(`<${name}> is not in the schema`);
    assert.equal(element.parent?.name ?? '', parent);
    const given = Object.keys(attributes);
    assert.deepEqual(
      given.filter((key) => ![...required, ...optional].includes(key)),
      [],
    );
    assert.deepEqual(
      required.filter((key) => !given.includes(key)),
      [],
    );
    elements.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  for (const suite of elements.filter(({ name }) => name === 'testsuite')) {
    const cases = elements.filter((element) => element.parent === suite);
    const count = (name: string): number =>
      elements.filter((element) => element.name === name && element.parent?.parent === suite).length;
    const { tests, failures, errors, skipped } = suite.attributes;
    assert.deepEqual([cases.length, count('failure'), count('error'), count('skipped')].map(String), [
      tests,
      failures,
      errors,
      skipped,
    ]);
  }
  return elements;
}
