import { strict as assert } from 'node:assert';
import { assertProblems, outline, parse } from '../../support/syntax';
import { assertTreeInvariants } from '../../support/treeInvariants';

const notAPolicy = 'not-a-policy';

function messageOf(text: string): string {
  const { problems } = parse(text);
  assert.equal(problems.length, 1);
  return problems[0]?.message ?? '';
}

describe('bad input', () => {
  it('says that a file is empty', () => {
    for (const text of ['', ' \n\t', '\uFEFF', '\uFEFF\r\n']) {
      assertProblems(`«»${text}`, notAPolicy);
      assert.match(messageOf(text), /^This file is empty/);
    }
  });

  it('says that a file has no element', () => {
    assertProblems('«»<!-- a -->\n<!-- b -->', notAPolicy);
    assert.match(messageOf('{ "a": "b" }'), /has no element/);
    assert.match(messageOf('@{ return a; }'), /has no element/);
  });

  it('says one thing about a binary file, and does not read it', () => {
    const text = '\uFFFDPNG\0\0<a><b>';
    assertProblems('\uFFFDPNG«\0»\0<a><b>', notAPolicy);
    assert.match(messageOf(text), /NUL characters.*UTF-8/);
    assert.equal(outline(parse(text)), `skipped:${JSON.stringify(text)}`);
    assertTreeInvariants(parse(text));
  });

  it('says which root was found and which ones are known', () => {
    assertProblems('<?xml version="1.0"?>\n<«html»><body/></html>', notAPolicy);
    assert.match(messageOf('<html/>'), /first element is <html>.*<policies>.*<fragment>.*<http-data-source>/);
  });

  it('says where a section or a policy without root belongs', () => {
    assert.match(messageOf('<inbound><base /></inbound>'), /Put this section into <policies>/);
    assert.match(messageOf('<set-header name="a"/>'), /into a section of <policies>, or into <fragment>/);
  });

  it('reads the rest of a file with a wrong root', () => {
    const document = assertProblems('<«policie»><a «b»/></policie>', notAPolicy, 'syntax-attribute-without-value');
    assert.equal(outline(document), 'policie(a[b=])');
  });

  it('sorts all problems of a text by where they are', () => {
    assertProblems(
      '«a»<policies><«b»><c d="«@(»e" «d»="f"/></policies><«g»/>',
      'syntax-text-outside-root',
      'syntax-unclosed-element',
      'syntax-unterminated-expression',
      'syntax-duplicate-attribute',
      'syntax-several-roots',
    );
  });

  it('reads a file of a megabyte', () => {
    const sections = '<inbound><set-header name="a"><value>@(b["c"])</value></set-header></inbound>\n'.repeat(14_000);
    const document = parse(`<policies>${sections}</policies>`);
    assert.ok(document.text.length > 1_000_000);
    assert.deepEqual(document.problems, []);
    assert.equal(document.expressions.length, 14_000);
  });

  it('never says in the words of sax what is wrong', () => {
    const texts = [
      '<',
      '<a',
      '<a b',
      '<a b=',
      '<a b="',
      '</',
      '</a',
      '</a>',
      '<!',
      '<!-',
      '<!--',
      '<?',
      '<a><b></a>',
      '&',
      '<a>&',
      ']]>',
    ];
    for (const text of texts) {
      for (const { message } of parse(text).problems)
        assert.doesNotMatch(message, /Line:|Column:|Unencoded|Unexpected|Unmatched/);
    }
  });
});
