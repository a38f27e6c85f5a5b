import { strict as assert } from 'node:assert';
import { runRules } from '../../../server/src/core/rules/runRules';
import { defaultSettings } from '../../../server/src/core/workspace/projectSettings';
import { assertProblems, parse } from '../../support/syntax';

const ampersand = 'syntax-bare-ampersand';
const less = 'syntax-bare-less-than';
const entity = 'syntax-unknown-entity';
const tag = 'syntax-incomplete-tag';
const markup = 'syntax-incomplete-markup';

describe('literal text', () => {
  it('has a bare & reported once a value or text', () => {
    assertProblems('<policies><a b="/x?c=1«&»d=2&e=3" f="g«&»h"/></policies>', ampersand, ampersand);
    assertProblems('<policies><a>b «&» c & d &amp; e</a></policies>', ampersand);
    assertProblems('<policies><a b="«&»"/></policies>', ampersand);
    assertProblems('<policies><a b="x«&»quot and"/></policies>', ampersand);
  });

  it('may have the five entities and numbers of characters', () => {
    assertProblems('<policies><a b="&amp;&lt;&gt;&quot;&apos;&#10;&#xA;&#x1F600;">&amp;&#169;</a></policies>');
  });

  it('has entities reported that XML does not know', () => {
    assertProblems('<policies><a b="c«&nbsp;»d">«&copy;» 2026</a></policies>', entity, entity);
    assertProblems('<policies><a b="«&#0;»" c="«&#xD800;»" d="«&#x110000;»"/></policies>', entity, entity, entity);
  });

  it('has a < reported in a value, as a lesser case', () => {
    const document = assertProblems('<policies><a b="c «<» d < e"/></policies>', less);
    const severities = runRules(
      document,
      { settings: defaultSettings, namedValues: () => assert.fail() },
      assert.fail,
    ).map(({ severity }) => severity);
    assert.deepEqual(severities, ['warning']);
  });

  it('says what white space behind a < does', () => {
    const [problem] = assertProblems('<policies><inbound>«<» base/></inbound></policies>', less).problems;
    assert.match(problem?.message ?? '', /white space follows it/);
  });

  it('may show escaped tags, and have entities that the document type declares', () => {
    assertProblems('<policies><a>&lt;input disabled /> &lt;option selected value="1"> &lt;/a></a></policies>');
    assertProblems('<!DOCTYPE policies [<!ENTITY b "c">]><policies><a>&b;</a></policies>');
  });

  it('is told behind an expression, but not in the C# of a value that has more than that', () => {
    assertProblems('<policies><a>@(b && c) «&» d</a><a b="@(c && d < e) f"/></policies>', ampersand);
  });

  it('has white space behind a < told only in what is a tag otherwise', () => {
    const fixes = (text: string) =>
      parse(text)
        .problems[0]?.fixes?.()
        .map(({ id }) => id);
    assert.deepEqual(fixes('<policies><value>x < y </value></policies>'), ['escape']);
    assert.deepEqual(fixes('<policies><value>x < y and z > a</value></policies>'), ['escape']);
    assert.deepEqual(fixes('<policies>< base /></policies>'), ['join', 'escape']);
    assert.deepEqual(fixes('<policies><a/>b< a></a></policies>'), ['join', 'escape']);
  });

  it('has the beginning of a comment told that is not quite one', () => {
    assertProblems('<policies>«<!-» a --></policies>', markup);
    assertProblems('<policies>«<! --» a --></policies>', markup);
  });

  it('is C# in expressions, and free in comments and CDATA', () => {
    assertProblems('<policies><a b="@(c && d < e)">@(f && g)</a><!-- & < --><h><![CDATA[& < &nbsp;]]></h></policies>');
  });

  it('may have whatever stands in the tokens of deployment templates', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text has Terraform's placeholders.
    assertProblems('<policies><a b="${c && d}">%{ if e && f }</a></policies>');
  });

  it('has a tag reported that lost its <', () => {
    assertProblems('<policies><inbound>\n  «base» />\n</inbound></policies>', tag);
    assertProblems('<policies>\n  «set-header» name="a" exists-action="skip" />\n</policies>', tag);
    assertProblems('<policies>\n  <b/>\n  «inbound»>\n    <c/>\n  </inbound>\n</policies>', tag);
    assertProblems('<policies><«b»>c «/b»>\n</policies>', 'syntax-unclosed-element', tag);
  });

  it('has an expression’s tag reported that lost its <, up to the C# that looks like one', () => {
    const [first] = parse('<policies>\n  set-variable name="a" value="@(b.As<string>("c"))" />\n</policies>').problems;
    assert.deepEqual([first?.ruleId, first?.span], [tag, { start: 13, end: 25 }]);
  });

  it('may have a > in Liquid, and = and quotes without any', () => {
    assertProblems('<policies><set-body template="liquid">{% if a > b %}c />{% endif %}</set-body></policies>');
    assertProblems('<policies><value>Bearer error="invalid_token"</value></policies>');
    assertProblems('<policies><value>a -> b > c</value></policies>');
    assertProblems('<policies><message>Latency > 100 ms</message><value>a > b</value></policies>');
    assertProblems('<policies><set-body>SELECT *\nFROM t\nWHERE\n  age > 5</set-body></policies>');
    assertProblems('<policies><message>if a > b then set x="1"</message></policies>');
  });

  it('has ends of comments and CDATA sections reported that nothing began', () => {
    assertProblems('<policies><a>b «-->» c</a><d>e «]]>» f</d></policies>', markup, markup);
  });
});

describe('the text as such', () => {
  it('has a merge conflict reported, with its other lines', () => {
    const text = '<policies>\n«<<<<<<< HEAD»\n<a/>\n=======\n<b/>\n>>>>>>> other\n</policies>';
    const [problem] = assertProblems(text, 'syntax-conflict-marker').problems;
    assert.deepEqual(
      problem?.related?.map(({ message }) => message),
      ['The other version begins here.', 'The conflict ends here.'],
    );
    assertProblems('«<<<<<<< HEAD»\n<policies/>\n=======\n>>>>>>> other', 'syntax-conflict-marker');
  });

  it('has the first character reported that no XML may hold', () => {
    const [problem] = assertProblems(
      '<policies><a>b«\u0001»c\u0002</a></policies>',
      'syntax-invalid-character',
    ).problems;
    assert.match(problem?.message ?? '', /U\+0001/);
  });

  it('has an XML declaration reported that is not at the start', () => {
    assertProblems('\uFEFF<?xml version="1.0"?><policies/>');
    assertProblems('\n«<?xml» version="1.0"?><policies/>', 'syntax-misplaced-declaration');
    assertProblems('<!-- a -->«<?xml»?><policies/>', 'syntax-misplaced-declaration');
    assertProblems('<policies><?xml-stylesheet a?></policies>');
  });
});

describe('comments', () => {
  const code = 'syntax-comment-code';

  it('have an expression reported that never ends', () => {
    assertProblems('<policies><!-- <a b="«@(»c("d")" /> --></policies>', code);
    assertProblems('<policies><!-- <a>«@{» if (b) { c; </a> --><d/></policies>', code);
  });

  it('may have expressions that end, and addresses', () => {
    assertProblems('<policies><!-- <a b="@(c("d"))" /> <e>@{ return f; }</e> someone@(not --></policies>');
  });

  it('have -- and unfinished code reported each', () => {
    assertProblems('<policies><!-- a «--» b «@(»c --></policies>', 'syntax-comment-dashes', code);
  });

  it('that hide the whole document are the reason given', () => {
    assertProblems('«»«<!--» a\n<!-- b -->\n', 'not-a-policy', markup);
  });
});
