import { strict as assert } from 'node:assert';
import { assertProblems, outline, parse } from '../../support/syntax';
import { assertTreeInvariants } from '../../support/treeInvariants';

/** The marked spans are all that is reported, with these rules, and the tree has this outline. */
function broken(fixture: string, ruleIds: readonly string[], expectedOutline?: string): void {
  const document = assertProblems(fixture, ...ruleIds);
  assertTreeInvariants(document);
  if (expectedOutline !== undefined) assert.equal(outline(document), expectedOutline);
}

const unclosed = 'syntax-unclosed-element';
const unexpected = 'syntax-unexpected-end-tag';
const malformed = 'syntax-malformed';
const incomplete = 'syntax-incomplete-tag';
const noValue = 'syntax-attribute-without-value';
const missingQuote = 'syntax-missing-quote';
const missingSpace = 'syntax-missing-space';
const invalidName = 'syntax-invalid-name';
const bareLess = 'syntax-bare-less-than';
const markup = 'syntax-incomplete-markup';
const dashes = 'syntax-comment-dashes';
const outside = 'syntax-text-outside-root';

describe('broken markup: end tags', () => {
  it('reports an element that its parent ends', () => {
    broken(
      '<policies><inbound><«choose»><when></when></inbound></policies>',
      [unclosed],
      'policies(inbound(choose!(when)))',
    );
  });

  it('reports every element between an end tag and its start tag', () => {
    broken('<policies><a><«b»><«c»>d</a></policies>', [unclosed, unclosed], 'policies(a(b!(c!("d"))))');
  });

  it('reports what is open at the end of the text', () => {
    broken('<policies>\n<inbound>\n<base /«>»\n', [unclosed], 'policies!(inbound!(base))');
    broken('<«policies»>\n<base />\n', [unclosed], 'policies!(base)');
  });

  it('lets the next section end a section that is never closed', () => {
    broken(
      '<policies>\n<«inbound»>\n<base/>\n<backend>\n<base/>\n</backend>\n<outbound/></policies>',
      [unclosed],
      'policies(inbound!(base) backend(base) outbound)',
    );
  });

  it('leaves sections alone that are nested and closed', () => {
    broken('<policies><inbound><backend></backend></inbound></policies>', [], 'policies(inbound(backend))');
  });

  it('reports an end tag that closes nothing and keeps it as a node', () => {
    broken('<policies><a>«</b>»</a></policies>', [unexpected], 'policies(a(skipped:"</b>"))');
    broken('<policies></policies>\n«</policies>»', [unexpected], 'policies skipped:"</policies>"');
  });

  it('reports a misspelt end tag once, and says where its start tag is', () => {
    broken('<policies><inbound><value>a«</valu>»\n</inbound></policies>', [unexpected]);
    const [problem] = parse('<policies><value>a</valu>\n</policies>').problems;
    assert.deepEqual(problem?.related, [{ span: { start: 11, end: 16 }, message: 'value is opened here.' }]);
  });

  it('reports an end tag that closes nothing as well as an element that is not closed behind it', () => {
    broken('<policies><«a»>«</b>»<c/></policies>', [unclosed, unexpected]);
  });

  it('accepts white space in an end tag, and reports anything else', () => {
    broken('<policies><a></a\n></policies>', [], 'policies(a)');
    broken('<policies><a></a «b="c"»></policies>', [malformed], 'policies(a)');
  });

  it('ends an end tag without > before the next tag', () => {
    broken('<policies><abc><d>«</d»</abc></policies>', [incomplete], 'policies(abc(d))');
    broken('<policies><value>a«</value»\n</policies>', [incomplete], 'policies(value("a"))');
    broken('<policies><value>a«</value»</policies>', [incomplete], 'policies(value("a"))');
    broken('<policies>«</policies»', [incomplete], 'policies');
  });
});

describe('broken markup: start tags', () => {
  it('ends a start tag without > behind its last attribute', () => {
    broken('<policies><«inbound»\n<base /></inbound></policies>', [incomplete], 'policies(inbound(base))');
    broken('<policies><«a» b="c"<base /></a></policies>', [incomplete], 'policies(a[b=c](base))');
    broken('<policies><«inbound»<base /></inbound></policies>', [incomplete], 'policies(inbound(base))');
    broken('<policies><inbound><«bas»</inbound></policies>', [incomplete], 'policies(inbound(bas!))');
  });

  it('keeps a start tag that is being written at the end of the text', () => {
    broken('<«policies»><«set-header» name="a"', [unclosed, incomplete], 'policies!(set-header![name=a])');
  });

  it('reports an attribute without value, or without quotes', () => {
    broken('<policies><a «b» c="d"/></policies>', [noValue], 'policies(a[b= c=d])');
    broken('<policies><a «b»=/></policies>', [noValue], 'policies(a[b=])');
    broken('<policies><a b=«c» d="e"/></policies>', [missingQuote], 'policies(a[b=c d=e])');
    broken('<policies><a b=«@(c("d >"))» e="f"/></policies>', [missingQuote], 'policies(a[b=@ e=f])');
    broken('<policies><a b=«c»" d="e"/></policies>', [missingQuote], 'policies(a[b=c d=e])');
  });

  it('reports a missing =, and reads the value nevertheless', () => {
    broken('<policies><a «b»"c" d="e"/></policies>', [noValue], 'policies(a[b=c d=e])');
    broken('<policies><a «b» "@(c["d"])" e="f"/></policies>', [noValue], 'policies(a[b=@ e=f])');
  });

  it('reports white space that is missing between attributes', () => {
    broken('<policies><a b="c"«d»="e"/></policies>', [missingSpace], 'policies(a[b=c d=e])');
  });

  it('reports characters that mean nothing in a tag', () => {
    broken('<policies><a «"b"» c="d"/></policies>', [malformed], 'policies(a[c=d])');
    broken('<policies><a «,» c="d"/></policies>', [malformed], 'policies(a[c=d])');
    broken('<policies><a b="c" «/ >»</policies>', [incomplete], 'policies(a[b=c])');
  });

  it('reports one thing a tag: the rest is mostly a consequence', () => {
    broken('<policies><a «b» c=d "e" f/></policies>', [noValue]);
  });

  it('ends a value that lacks its closing quote at the tag or at the line', () => {
    broken('<policies>\n<a b=«"»x>\n<c d="e"/></a></policies>', [missingQuote], 'policies(a[b=x](c[d=e]))');
    broken('<policies>\n<a b=«"»x />\n<c d="e"/></policies>', [missingQuote], 'policies(a[b=x] c[d=e])');
    broken('<policies>\n<a b=«"»x c="d">\n<e f="g"/></a></policies>', [missingQuote], 'policies(a[b=x c=d](e[f=g]))');
    broken('<policies><a b=«"»c/></policies>', [missingQuote], 'policies(a[b=c])');
  });

  it('takes the text between two quotes as value where nothing better is certain', () => {
    broken('<policies><a b="x"«y»"/></policies>', [missingSpace], 'policies(a[b=x y=])');
  });

  it('accepts a value over several lines', () => {
    broken('<policies><a b="c\n &lt;d>\n e" f="g"/></policies>', [], 'policies(a[b=c\n &lt;d>\n e f=g])');
  });

  it('reports a duplicate attribute on the second one, and names the first', () => {
    broken('<policies><a b="1" «b»="2" c="3" «b»="4"/></policies>', [
      'syntax-duplicate-attribute',
      'syntax-duplicate-attribute',
    ]);
    const [problem] = parse('<policies><a b="1" b="2"/></policies>').problems;
    assert.deepEqual(problem?.related?.[0]?.span, { start: 13, end: 14 });
  });

  it('reports a name with a character that XML does not allow there', () => {
    broken(
      '<policies><«set$header»>a</«set$header»></policies>',
      [invalidName, invalidName],
      'policies(set$header("a"))',
    );
    broken('<policies><a «b,c»="d"/></policies>', [invalidName], 'policies(a[b,c=d])');
    const [problem] = parse('<policies><set\u00A0header/></policies>').problems;
    assert.match(problem?.message ?? '', /U\+00A0/);
  });

  it('accepts the tokens of deployment templates in a tag', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text has Terraform's placeholders.
    broken('<policies><a ${b} c="${d}" %{ if e } {{f}}/></policies>', [], 'policies(a[c=${d}])');
  });
});

describe('broken markup: the rest', () => {
  it('reports a < in text that opens nothing, once a text', () => {
    broken('<policies><a>b «<» c < d</a></policies>', [bareLess], 'policies(a("b < c < d"))');
    broken('<policies><a>«<»</a></policies>', [bareLess], 'policies(a("<"))');
  });

  it('ends a comment that is never closed before the next line that begins with a tag', () => {
    broken('<policies>\n«<!--» a\n<b/>\n</policies>', [markup], 'policies(skipped:"<!-- a" b)');
  });

  it('ends a comment that is never closed before the next comment', () => {
    broken(
      '<policies>\n«<!--» a <b/>\nc <!-- d -->\n<e/></policies>',
      [markup],
      'policies(skipped:"<!-- a <b/>\\nc" comment e)',
    );
    broken(
      '«<!--»\n  IMPORTANT:\n  - <inbound> and <outbound>\n\n<policies/>',
      [markup],
      'skipped:"<!--\\n  IMPORTANT:\\n  - <inbound> and <outbound>" policies',
    );
  });

  it('does the same for CDATA and instructions', () => {
    broken('<policies>\n«<![CDATA[» a\n<b/></policies>', [markup], 'policies(skipped:"<![CDATA[ a" b)');
    broken('<policies>\n«<?» a\n<b/></policies>', [markup], 'policies(skipped:"<? a" b)');
  });

  it('reports -- in a comment, which XML does not allow', () => {
    broken('<policies><!-- a «--» b -- c --></policies>', [dashes], 'policies(comment)');
    broken('<policies><!-- a «--»-></policies>', [dashes], 'policies(comment)');
  });

  it('reports text outside the root', () => {
    broken('«a»\n<policies/>\n«b c»\n', [outside, outside], '"a" policies "b c"');
  });

  it('accepts the tokens of deployment templates outside the root', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text has Terraform's placeholders.
    broken('%{ if a }\n<policies/>\n%{ endif }\n${b} #c# #{d}#', []);
  });

  it('reports a second root element, and no more than the second', () => {
    broken(
      '<policies>a</policies>\n<«policies»>b</policies><c/>',
      ['syntax-several-roots'],
      'policies("a") policies("b") c',
    );
  });
});
