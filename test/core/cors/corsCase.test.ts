import assert from 'node:assert/strict';
import { readCorsCase, situationOfCase } from '../../../server/src/core/cors/corsCase';
import { decideCors } from '../../../server/src/core/cors/corsDecision';
import { judgeCase } from '../../../server/src/core/cors/judgeCase';
import { brief, cors, policy, preflight, shop } from './situations';

const valid = { id: 'A-1', policies: { api: policy(cors(shop)) }, request: preflight };

function problems(value: unknown): readonly string[] {
  return readCorsCase(value, 6).problems.map(({ message }) => message);
}

function judge(value: object): ReturnType<typeof judgeCase> {
  const reading = readCorsCase({ ...valid, ...value }, 0);
  assert.deepEqual(reading.problems, []);
  assert.ok(reading.case);
  return judgeCase(reading.case, decideCors(situationOfCase(reading.case, undefined)));
}

describe('reading a case', () => {
  it('accepts keys for people, a target, and a case that expects nothing', () => {
    assert.deepEqual(problems({ ...valid, topic: 'preflight', confidence: 'documented', lintsAtLeast: [] }), []);
    const { policies: _, ...rest } = valid;
    assert.deepEqual(problems({ ...rest, target: { file: 'apis/orders/policy.xml', product: 'starter' } }), []);
  });

  it('says what is wrong, with the id or the place of the case', () => {
    const wrong: readonly (readonly [unknown, readonly string[]])[] = [
      [null, ['Case #7: must be an object.']],
      [[], ['Case #7: must be an object.']],
      [{ ...valid, id: 5 }, ['Case #7: id must be a text that is not empty.']],
      [{ id: 'B', policies: {} }, ['Case B: request is missing.']],
      [{ ...valid, request: {} }, ['Case A-1: request.method is missing.']],
      [{ ...valid, request: { method: 7 } }, ['Case A-1: request.method must be a text, and is 7.']],
      [{ ...valid, target: { file: 'a.xml' } }, ['Case A-1: needs either policies or a target.']],
      [{ ...valid, policies: undefined }, ['Case A-1: needs either policies or a target.']],
      [{ ...valid, policies: 'x' }, ['Case A-1: policies must be an object, and is "x".']],
      [
        { ...valid, policies: { api: 5, fragments: [] } },
        [
          'Case A-1: policies.api must be a text, and is 5.',
          'Case A-1: policies.fragments must be an object, and is [].',
        ],
      ],
      [
        { ...valid, expected: { outcome: 'fine' } },
        [/^Case A-1: expected\.outcome must be one of answered-by-cors, .*, and is "fine"\.$/.source],
      ],
      [
        { ...valid, assumptions: { terminateDefault: 'maybe' } },
        ['Case A-1: assumptions.terminateDefault must be one of true, false, unknown, and is "maybe".'],
      ],
      [
        { ...valid, context: { keyScope: 'user', failingPolicy: null } },
        [
          'Case A-1: context.keyScope must be one of product, api, all-access, and is "user".',
          'Case A-1: context.failingPolicy must be a text, and is null.',
        ],
      ],
    ];
    for (const [value, expected] of wrong) {
      const found = problems(value);
      assert.equal(found.length, expected.length, JSON.stringify(found));
      for (const [index, text] of expected.entries()) {
        if (text.startsWith('^')) assert.match(found[index] ?? '', new RegExp(text));
        else assert.equal(found[index], text);
      }
    }
  });

  it('finds typing errors in keys', () => {
    assert.match(
      problems({ ...valid, request: { method: 'GET', orgin: shop } })[0] ?? '',
      /^Case A-1: request\.orgin is no known key; did you mean origin\?$/,
    );
    assert.match(problems({ ...valid, request: { method: 'GET', __proto__x: 1 } })[0] ?? '', /no known key/);
    assert.match(problems({ ...valid, policies: { operations: '' } })[0] ?? '', /policies\.operations is no known key/);
    // A case that expects nothing never fails, so a typing error there would make a test of none.
    assert.deepEqual(problems({ ...valid, expect: { browser: 'blocked' } }), [
      'Case A-1: expect is no known key; did you mean expected?',
    ]);
  });

  it('treats a broken policy as what it would be in a repository: unknown', () => {
    for (const text of ['', 'no xml', '<fragment />', '<policies><inbound>', '\0']) {
      const reading = readCorsCase({ ...valid, policies: { api: text } }, 0);
      assert.ok(reading.case);
      const decision = decideCors(situationOfCase(reading.case, undefined));
      const isReadable = text.startsWith('<policies>');
      assert.equal(brief(decision), isReadable ? 'not-found-404 - blocked' : 'decided-at-runtime - unknown', text);
    }
  });
});

describe('judging a case', () => {
  it('passes nothing that expects nothing', () => {
    for (const expected of [undefined, {}, { headers: {}, headersAbsent: [] }, { because: 'it is so' }]) {
      assert.deepEqual(judge({ expected }), { verdict: 'computed', differences: [] });
    }
  });

  it('compares all that is expected, and says what differs', () => {
    assert.equal(
      judge({ expected: { outcome: 'answered-by-cors', by: 'api', status: 200, via: null, browser: 'allowed' } })
        .verdict,
      'passed',
    );
    assert.deepEqual(judge({ expected: { outcome: 'not-found-404', by: null, status: 404, browser: 'allowed' } }), {
      verdict: 'failed',
      differences: [
        { path: ['outcome'], text: 'outcome: expected not-found-404, got answered-by-cors' },
        { path: ['by'], text: 'by: expected nothing, got api' },
        { path: ['status'], text: 'status: expected 404, got 200' },
      ],
    });
  });

  it('compares headers without regard to the case of their names', () => {
    assert.equal(judge({ expected: { headers: { 'access-control-allow-origin': shop } } }).verdict, 'passed');
    assert.deepEqual(
      judge({
        expected: { headers: { 'Access-Control-Max-Age': '300' }, headersAbsent: ['access-control-allow-methods'] },
      }),
      {
        verdict: 'failed',
        differences: [
          { path: ['headers', 'Access-Control-Max-Age'], text: 'Access-Control-Max-Age: expected 300, got 0' },
          { path: ['headersAbsent', '0'], text: 'access-control-allow-methods: expected none, got GET' },
        ],
      },
    );
    assert.equal(
      judge({ expected: { headersInclude: { 'Access-Control-Allow-Headers': ['X-A'] } } }).verdict,
      'passed',
    );
    assert.equal(
      judge({ expected: { headersInclude: { 'Access-Control-Allow-Headers': ['x-b'] } } }).verdict,
      'failed',
    );
  });

  it('accepts the alternative under the assumptions of the case, and no other', () => {
    const policies = { global: policy(cors('https://other.contoso.com', '')), api: policy(`<base />${cors(shop)}`) };
    const allowed = { outcome: 'answered-by-cors', by: 'api', browser: 'allowed' };
    const blocked = { outcome: 'terminated-empty-200', by: 'global', browser: 'blocked' };
    assert.equal(judge({ policies, expected: blocked }).verdict, 'passed');
    assert.equal(judge({ policies, expected: allowed }).verdict, 'failed');
    assert.equal(judge({ policies, expected: allowed, assumptions: { terminateDefault: 'false' } }).verdict, 'passed');
    assert.equal(
      judge({ policies, expected: allowed, assumptions: { mismatchScope: 'whole-policy' } }).verdict,
      'failed',
    );
    assert.equal(judge({ policies, expected: allowed, assumptions: { terminateDefault: 'true' } }).verdict, 'failed');
  });

  it('does not take what is open at run time for any of its outcomes', () => {
    const policies = { api: policy(cors('{{spa-origin}}')) };
    const expected = { outcome: 'answered-by-cors', by: 'api', browser: 'allowed' };
    assert.equal(judge({ policies, expected, assumptions: { terminateDefault: 'true' } }).verdict, 'failed');
    assert.equal(
      judge({ policies, expected: { outcome: 'decided-at-runtime', browser: 'unknown' } }).verdict,
      'passed',
    );
  });
});
