import { strict as assert } from 'node:assert';
import { assertProblems, outline } from '../../support/syntax';

const unclosed = 'syntax-unclosed-element';
const unexpected = 'syntax-unexpected-end-tag';

describe('where a lost tag is reported', () => {
  it('is the start tag, where the end tag is missing close to it', () => {
    assertProblems('<policies>\n  <«a»>\n    <b/>\n  <c/>\n</policies>', unclosed);
  });

  it('is the place where the end tag is missing, far below', () => {
    const document = assertProblems(
      '<policies>\n  <when>\n    <b/>\n    <c/>\n    <d/>\n  <«otherwise»>\n    <e/>\n  </otherwise>\n</policies>',
      unclosed,
    );
    assert.deepEqual(
      document.problems[0]?.related?.map(({ span }) => document.text.slice(span.start, span.end)),
      ['when'],
    );
  });

  it('is the end tag that ends the element, where the indentation does not tell', () => {
    assertProblems('<policies>\n<a>\n<b/>\n<c/>\n<d/>\n</«policies»>', unclosed);
  });

  it('is the end of the text, once, for all that is open there', () => {
    const document = assertProblems('<policies>\n  <inbound>\n    <a/>\n    <b/«>»\n', unclosed);
    assert.match(document.problems[0]?.message ?? '', /policies and inbound are not closed/);
    assertProblems('<policies>\n<a/>\n<b/>\n<c/«>»', unclosed);
  });

  it('is a start tag, or an empty element, that was meant to be the end tag', () => {
    assertProblems('<policies>\n  <value>a<«value»>\n  <b/>\n</policies>', unclosed);
    assertProblems('<policies>\n  <value>a<«value»/>\n  <b/>\n</policies>', unclosed);
    assert.equal(
      outline(
        assertProblems(
          '<policies><a b="c"><«a» b="d"></a></policies>'.replace(/[«»]/g, '').replace('<a b="d">', '<a b="d"/>'),
        ),
      ),
      'policies(a[b=c](a[b=d]))',
    );
  });

  it('is what stands deeper than it should, where a start tag is missing far above its end tag', () => {
    assertProblems(
      '<policies>\n  <a/>\n    <«b»/>\n    <c/>\n    <d/>\n    <e/>\n  </choose>\n</policies>',
      unexpected,
    );
    assertProblems('<policies>\n  <a/>\n    <b/>\n  «</choose>»\n</policies>', unexpected);
    assertProblems('<policies>\n  <a/>\n  <b/>\n  <c/>\n  <d/>\n  <e/>\n  «</choose>»\n</policies>', unexpected);
  });
});
