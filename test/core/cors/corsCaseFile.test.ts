import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Schema, Validator } from '@cfworker/json-schema';
import { compareWithExpected } from '../../../server/src/core/cors/caseComparison';
import { readCorsCase } from '../../../server/src/core/cors/corsCase';
import { readCorsCaseFile } from '../../../server/src/core/cors/corsCaseFile';
import { runCorsCase } from '../../../server/src/core/cors/corsCaseRun';
import { corsTestsSchema } from '../../../server/src/core/cors/corsCaseShape';
import { completeCorsCase } from '../../../server/src/core/features/completeCorsCase';
import { createLanguageService } from '../../../server/src/core/languageService';
import { DocumentStore } from '../../../server/src/core/workspace/documentStore';
import { defaultSettings } from '../../../server/src/core/workspace/projectSettings';
import { readMarkers } from '../../support/markers';
import { cors, policy, preflight, shop } from './situations';

/** Every problem as the text it points at, and its message. */
function problems(text: string): readonly string[] {
  return readCorsCaseFile(text).problems.map(({ span, message }) => `${text.slice(span.start, span.end)} → ${message}`);
}

describe('a file of CORS tests', () => {
  it('gives its cases with their places', () => {
    const text = `[
  { "id": "a", "policies": {}, "request": { "method": "GET" }, "expected": { "headers": { "Vary": "Origin" } } },
  { "id": "b", "target": { "file": "x.xml" }, "request": { "method": "GET" } }
]`;
    const { cases, problems: none } = readCorsCaseFile(text);
    assert.deepEqual(none, []);
    const [a, b] = cases;
    const at = (span: { start: number; end: number } | undefined) => span && text.slice(span.start, span.end);
    assert.equal(at(b?.span), '{ "id": "b", "target": { "file": "x.xml" }, "request": { "method": "GET" } }');
    assert.equal(at(a?.partSpan(['expected', 'headers', 'Vary'])), '"Vary": "Origin"');
    assert.equal(at(b?.partSpan(['target', 'file'])), '"file": "x.xml"');
    assert.equal(b?.partSpan(['expected']), undefined);
    assert.deepEqual([JSON.stringify(a?.expected), b?.expected], ['{"headers":{"Vary":"Origin"}}', undefined]);
  });

  it('points at what is wrong, and keeps the cases that are right', () => {
    const wrong: readonly (readonly [marked: string, message: string])[] = [
      [
        '[{ "id": "a", "policies": {}, "request": { "method": «7» } }]',
        'Case a: request.method must be a text, and is 7.',
      ],
      [
        '[{ "id": "a", "policies": {}, "request": { "method": "GET", «"orgin"»: "x" } }]',
        'Case a: request.orgin is no known key; did you mean origin?',
      ],
      ['[{ "id": "a", "policies": {}, "request": «{}» }]', 'Case a: request.method is missing.'],
      [
        '[{ "id": «5», "policies": {}, "request": { "method": "GET" } }]',
        'Case #1: id must be a text that is not empty.',
      ],
      ['[«{ "policies": {}, "request": { "method": "GET" } }»]', 'Case #1: id must be a text that is not empty.'],
      ['[«7»]', 'Case #1: must be an object.'],
      [
        '[{ "id": "a", "policies": {}, "request": { "method": "GET" }, "expected": { "headersAbsent": ["a", «1»] } }]',
        'Case a: expected.headersAbsent[1] must be a text, and is 1.',
      ],
    ];
    for (const [marked, message] of wrong) {
      const { text, spans } = readMarkers(marked);
      assert.deepEqual(readCorsCaseFile(text).problems[0], { span: spans[0], message }, marked);
    }
    assert.deepEqual(problems('{}'), ['{ → The file must hold a JSON array of cases.']);
    assert.match(problems('[{ "id": "a" }')[0] ?? '', /This is not valid JSON \(close bracket expected\)\.$/);
    assert.match(problems('')[0] ?? '', /This is not valid JSON \(value expected\)\.$/);
    assert.match(problems('[] // no JSON')[0] ?? '', /This is not valid JSON \(invalid comment token\)\.$/);
    const ok = '{ "id": "ok", "policies": {}, "request": { "method": "GET" } }';
    const mixed = readCorsCaseFile(`[7, ${ok}, ${ok}]`);
    assert.deepEqual(
      mixed.cases.map((each) => each.case.id),
      ['ok'],
    );
    assert.deepEqual(
      mixed.problems.map(({ message }) => message),
      ['Case #1: must be an object.', 'There is another case ok in this file.'],
    );
  });

  it('is read at every moment while it is typed, and completed', () => {
    const text = readFileSync('samples/contoso-gateway/cors.cors-tests.json', 'utf8');
    const surroundings = {
      path: '/a/cors-tests.json',
      folders: [],
      model: createLanguageService(new DocumentStore(), assert.fail).model(),
      settings: defaultSettings,
      findTarget: () => undefined,
    };
    for (let length = 0; length < text.length; length++) {
      const typed = text.slice(0, length);
      assert.ok(readCorsCaseFile(typed).problems.length > 0 || length === text.trimEnd().length, `${length}`);
      completeCorsCase(typed, length, surroundings);
      completeCorsCase(text, length, surroundings);
    }
  });

  it('is read whatever it is, in any depth', () => {
    for (const text of ['\uFEFF[]', '[', ']', '"', '\0', 'null', '[[[[]]]]']) readCorsCaseFile(text);
    assert.deepEqual(problems('['.repeat(200_000)), ['[ → The file is nested too deeply to be read.']);
    assert.equal(readCorsCaseFile('\uFEFF[]').problems.length, 0);
  });

  it('knows where a place in an inline policy is written, escapes and all', () => {
    const fragment = `<fragment>\n\t${cors('https://a.contoso.com', '')}\n</fragment>`;
    const value = {
      id: 'a "b"',
      policies: { api: policy('<include-fragment fragment-id="c" />'), fragments: { c: fragment } },
      request: preflight,
    };
    const text = JSON.stringify([value]);
    const [written] = readCorsCaseFile(text).cases;
    assert.ok(written);
    const { deciding } = runCorsCase(written.case, undefined).decision;
    assert.ok(deciding);
    const span = written.inlineSpan(deciding);
    assert.equal(text.slice(span?.start, span?.end), '<cors >');
    assert.equal(written.inlineSpan({ ...deciding, document: { ...deciding.document, path: 'x.xml' } }), undefined);
  });
});

describe('the schema of files of CORS tests', () => {
  const validator = new Validator(corsTestsSchema() as Schema, '7', false);

  /** The reader wants one more thing than a schema can say: that ids differ. */
  function agree(value: object): boolean {
    const isValid = validator.validate([value]).valid;
    const isRead = readCorsCase(value, 0).case !== undefined;
    assert.equal(isValid, isRead, JSON.stringify(value));
    return isRead;
  }

  it('accepts the rule book and the samples', () => {
    for (const file of [
      'test/cors-vectors.json',
      'samples/contoso-apim/cors.cors-tests.json',
      'samples/contoso-gateway/cors.cors-tests.json',
    ]) {
      const text = readFileSync(file, 'utf8');
      assert.deepEqual(readCorsCaseFile(text).problems, []);
      assert.deepEqual(validator.validate(JSON.parse(text)).errors, []);
    }
  });

  it('accepts what the reader accepts, and nothing else', () => {
    const valid = {
      id: 'a',
      title: 'T',
      topic: 'for people',
      target: { file: 'a.xml', product: 'p', operation: 'o' },
      request: { method: 'GET', origin: shop, credentials: 'include', subscriptionKeyIn: 'query', client: 'browser' },
      context: { optionsOperation: 'unknown', keyError: true, namedValues: { a: 'b' }, portalBackendOrigins: ['x'] },
      assumptions: { terminateDefault: 'true' },
      expected: {
        outcome: 'not-found-404',
        by: null,
        via: 'x',
        status: 200,
        headers: {},
        headersInclude: { a: ['b'] },
      },
    };
    assert.ok(agree(valid));
    const others: readonly unknown[] = [null, 7, -1.5, true, '', 'x', [], [7], {}, { x: 1 }];
    let tried = 0;
    // Every part of the case, replaced by every other kind of value, and left out.
    const replaceParts = (part: unknown, rebuild: (value: unknown) => object): void => {
      for (const other of others) {
        agree(rebuild(other));
        tried++;
      }
      if (typeof part !== 'object' || part === null || Array.isArray(part)) return;
      for (const [key, value] of Object.entries(part)) {
        if (key === 'title' || key === 'topic') continue;
        const { [key]: _, ...rest } = part as Record<string, unknown>;
        agree(rebuild(rest));
        replaceParts(value, (other) => rebuild({ ...part, [key]: other }));
      }
      agree(rebuild({ ...part, zzzzzzzz: 1 }));
    };
    for (const [key, part] of Object.entries(valid)) {
      if (key !== 'title' && key !== 'topic') replaceParts(part, (other) => ({ ...valid, [key]: other }));
    }
    const { target: _, ...withoutTarget } = valid;
    agree(withoutTarget);
    agree({ ...valid, policies: {} });
    assert.ok(tried > 200, `${tried}`);
  });
});

describe('what was expected beside what came out', () => {
  it('differs in nothing but what differs', () => {
    const value = {
      id: 'a',
      policies: { api: policy(cors(shop)) },
      request: preflight,
      expected: {
        outcome: 'answered-by-cors',
        status: 204,
        because: 'for people',
        headers: { 'access-control-allow-origin': shop, Vary: 'Origin' },
        headersInclude: { 'Access-Control-Allow-Headers': ['X-A'], 'Access-Control-Allow-Methods': ['PUT'] },
        headersAbsent: ['X-B', 'access-control-max-age'],
      },
    };
    const [written] = readCorsCaseFile(JSON.stringify([value])).cases;
    assert.ok(written?.case.expected);
    const { decision } = runCorsCase(written.case, undefined);
    const { expected, actual } = compareWithExpected(written.case.expected, decision);
    const changed = actual.split('\n').filter((line, index) => line !== expected.split('\n')[index]);
    assert.deepEqual(changed, [
      '  "status": 200,',
      '    "Vary": null',
      '      "get"',
      '    "access-control-max-age: 0"',
    ]);
  });
});
