import { strict as assert } from 'node:assert';
import { applyEdits } from '../../../server/src/core';
import { parse } from '../../support/syntax';

/** The fix of the only problem that has one with this id, as the text after it, where nothing is wrong any more. */
function assertFix(text: string, ruleId: string, fixId: string, expected: string, title?: string): void {
  const fixes = parse(text).problems.flatMap((problem) =>
    problem.ruleId === ruleId ? (problem.fixes?.() ?? []).filter(({ id }) => id === fixId) : [],
  );
  assert.equal(fixes.length, 1, `fixes ${fixId} of ${ruleId} in ${text}`);
  const after = applyEdits(text, fixes[0]?.edits ?? []);
  assert.equal(after, expected);
  if (title !== undefined) assert.equal(fixes[0]?.title, title);
  assert.deepEqual(
    parse(after).problems.map((problem) => problem.ruleId),
    [],
  );
}

describe('fixes of syntax', () => {
  it('close an element behind its text, on a line of its own, or as an empty one', () => {
    const rule = 'syntax-unclosed-element';
    assertFix('<policies>\n  <value>a\n</policies>', rule, 'close', '<policies>\n  <value>a</value>\n</policies>');
    assertFix(
      '<policies>\r\n\t<when>\r\n\t\t<a/>\r\n\t<b/>\r\n</policies>',
      rule,
      'close',
      '<policies>\r\n\t<when>\r\n\t\t<a/>\r\n\t</when>\r\n\t<b/>\r\n</policies>',
      'Add </when>',
    );
    assertFix(
      '<policies>\n  <base>\n  <a/>\n</policies>',
      rule,
      'self-close',
      '<policies>\n  <base />\n  <a/>\n</policies>',
    );
    assertFix(
      '<policies>\n  <inbound>\n    <a/>\n',
      rule,
      'close',
      '<policies>\n  <inbound>\n    <a/>\n  </inbound>\n</policies>\n',
      'Add </inbound> </policies>',
    );
    assertFix('<policies><a>b<a></policies>', rule, 'end-tag', '<policies><a>b</a></policies>');
    assertFix('<policies><a>b<a /></policies>', rule, 'end-tag', '<policies><a>b</a></policies>');
  });

  it('remove an end tag, or give it the name that belongs there', () => {
    const rule = 'syntax-unexpected-end-tag';
    assertFix('<policies>\n  <a/>\n  </a>\n</policies>', rule, 'remove', '<policies>\n  <a/>\n</policies>');
    assertFix('<policies><value>a</valu></policies>', rule, 'rename-end', '<policies><value>a</value></policies>');
    assertFix('<policies><valu>a</value></policies>', rule, 'rename-start', '<policies><value>a</value></policies>');
  });

  it('complete a tag', () => {
    const rule = 'syntax-incomplete-tag';
    assertFix(
      '<policies>\n<a b="c"\n<d/></a></policies>',
      rule,
      'add',
      '<policies>\n<a b="c">\n<d/></a></policies>',
      'Add > at the end of the tag',
    );
    assertFix('<policies>\n<a b="c"\n<d/></policies>', rule, 'add', '<policies>\n<a b="c" />\n<d/></policies>');
    assertFix('<policies><a>b</a</policies>', rule, 'add', '<policies><a>b</a></policies>');
    assertFix('<policies><a / ></policies>', rule, 'join', '<policies><a /></policies>');
    assertFix('<policies><a/>\n base />\n</policies>', rule, 'add', '<policies><a/>\n <base />\n</policies>');
  });

  it('give an attribute its quotes, its = and its white space', () => {
    const quote = 'syntax-missing-quote';
    assertFix('<policies><a b=c d="e"/></policies>', quote, 'quote', '<policies><a b="c" d="e"/></policies>');
    assertFix('<policies><a b=c" d="e"/></policies>', quote, 'add', '<policies><a b="c" d="e"/></policies>');
    assertFix('<policies>\n<a b="c>\n<d/></a></policies>', quote, 'add', '<policies>\n<a b="c">\n<d/></a></policies>');
    assertFix('<policies><a b="c\' d="e"/></policies>', quote, 'replace', '<policies><a b="c" d="e"/></policies>');
    assertFix(
      '<policies><a b="@(c["d"]) e="f"/></policies>',
      quote,
      'add',
      '<policies><a b="@(c["d"])" e="f"/></policies>',
    );
    assertFix('<policies><a b=“c d” e="f"/></policies>', quote, 'quote', '<policies><a b="c d" e="f"/></policies>');
    assertFix(
      '<policies><a b "c"/></policies>',
      'syntax-attribute-without-value',
      'add',
      '<policies><a b="c"/></policies>',
    );
    assertFix(
      '<policies><a b="c"d="e"/></policies>',
      'syntax-missing-space',
      'add',
      '<policies><a b="c" d="e"/></policies>',
    );
  });

  it('remove one of two attributes, and say which', () => {
    const rule = 'syntax-duplicate-attribute';
    assertFix(
      '<policies><a b="1" b="2"/></policies>',
      rule,
      'remove-second',
      '<policies><a b="1"/></policies>',
      'Remove b="2"',
    );
    assertFix(
      '<policies><a b="1" b="2"/></policies>',
      rule,
      'remove-first',
      '<policies><a b="2"/></policies>',
      'Remove b="1"',
    );
    const [problem] = parse('<policies><a b="1" b="1"/></policies>').problems;
    assert.deepEqual(
      problem?.fixes?.().map(({ id }) => id),
      ['remove-second'],
    );
  });

  it('close an expression, or a bracket in it', () => {
    const unterminated = 'syntax-unterminated-expression';
    const unbalanced = 'syntax-unbalanced-expression';
    assertFix(
      '<policies><a b="@(c("d")" e="f"/></policies>',
      unterminated,
      'close',
      '<policies><a b="@(c("d"))" e="f"/></policies>',
    );
    assertFix(
      '<policies><a>@{ return b;\n</a></policies>',
      unterminated,
      'close',
      '<policies><a>@{ return b;}\n</a></policies>',
    );
    assertFix(
      '<policies><a>@(b[0)</a></policies>',
      unbalanced,
      'close',
      '<policies><a>@(b[0])</a></policies>',
      'Add ] before )',
    );
    assertFix('<policies><a b="@(c))"/></policies>', unbalanced, 'remove', '<policies><a b="@(c)"/></policies>');
    const [problem] = parse('<policies><a>@{ b = "c;\n }</a></policies>').problems;
    assert.equal(problem?.fixes, undefined);
  });

  it('escape characters', () => {
    assertFix(
      '<policies><a b="c&d &amp; e&f"/></policies>',
      'syntax-bare-ampersand',
      'escape',
      '<policies><a b="c&amp;d &amp; e&amp;f"/></policies>',
    );
    assertFix(
      '<policies><a b="&quot c"/></policies>',
      'syntax-bare-ampersand',
      'end',
      '<policies><a b="&quot; c"/></policies>',
    );
    assertFix(
      '<policies><a>b < c < d</a></policies>',
      'syntax-bare-less-than',
      'escape',
      '<policies><a>b &lt; c &lt; d</a></policies>',
    );
    assertFix(
      '<policies><a b="<"/></policies>',
      'syntax-bare-less-than',
      'escape',
      '<policies><a b="&lt;"/></policies>',
    );
    assertFix('<policies>< a/></policies>', 'syntax-bare-less-than', 'join', '<policies><a/></policies>');
    assertFix(
      '<policies><a>b&nbsp;c</a></policies>',
      'syntax-unknown-entity',
      'number',
      '<policies><a>b&#160;c</a></policies>',
    );
    assertFix(
      '<policies><a>b&cc;</a></policies>',
      'syntax-unknown-entity',
      'escape',
      '<policies><a>b&amp;cc;</a></policies>',
    );
    assertFix(
      '<policies><a>\u0001b\u0002</a></policies>',
      'syntax-invalid-character',
      'remove',
      '<policies><a>b</a></policies>',
    );
  });

  it('mend comments and what stands around the root', () => {
    assertFix(
      '<policies><!-- a -- b --- c --></policies>',
      'syntax-comment-dashes',
      'separate',
      '<policies><!-- a - - b - - - c --></policies>',
    );
    assertFix(
      '<policies><!-- a ---></policies>',
      'syntax-comment-dashes',
      'separate',
      '<policies><!-- a - --></policies>',
    );
    assertFix(
      '<policies><!-- @(a --></policies>',
      'syntax-comment-code',
      'remove-at',
      '<policies><!-- (a --></policies>',
    );
    assertFix(
      '<policies>\n<!-- a\n<b/>\n</policies>',
      'syntax-incomplete-markup',
      'close',
      '<policies>\n<!-- a -->\n<b/>\n</policies>',
    );
    assertFix('<policies>a --></policies>', 'syntax-incomplete-markup', 'remove', '<policies>a </policies>');
    assertFix('a b\n<policies/>\n', 'syntax-text-outside-root', 'remove', '<policies/>\n');
    assertFix(
      '<!-- a -->\n<?xml version="1.0"?>\n<policies/>',
      'syntax-misplaced-declaration',
      'remove',
      '<!-- a -->\n<policies/>',
    );
  });

  it('mend what stands in a tag without being an attribute', () => {
    const rule = 'syntax-malformed';
    assertFix('<policies><a b=="c"/></policies>', rule, 'remove', '<policies><a b="c"/></policies>');
    assertFix('<policies><a ="60" b="c"/></policies>', rule, 'remove', '<policies><a  b="c"/></policies>');
    assertFix('<policies><a 1b="x" c="d"/></policies>', rule, 'remove', '<policies><a  c="d"/></policies>');
    assertFix('<policies><a b="1";c="2"/></policies>', rule, 'remove', '<policies><a b="1" c="2"/></policies>');
    assertFix('<policies><a></a b="c"></policies>', rule, 'remove', '<policies><a></a></policies>');
    const tag = 'syntax-incomplete-tag';
    assertFix('<policies>\n<a b="c" /\n</policies>', tag, 'add', '<policies>\n<a b="c" />\n</policies>');
    assertFix(
      '<policies><valueabc</value></policies>',
      tag,
      'add',
      '<policies><value>abc</value></policies>',
      'Write <value>',
    );
  });

  it('are offered only where they are certain', () => {
    const fixesOf = (text: string) => parse(text).problems.flatMap(({ fixes }) => fixes?.().map(({ id }) => id) ?? []);
    assert.deepEqual(fixesOf('<policies><a b="c"d"/></policies>'), []);
    assert.deepEqual(fixesOf('<policies><a b= c="d"/></policies>'), []);
    assert.deepEqual(fixesOf('<policies></POLICIES>'), ['rename-end']);
    assert.deepEqual(fixesOf('<policies><b*>c</bb></policies>'), ['rename-start']);
    assert.deepEqual(fixesOf('<policies><a>@{ if (b { return 1; } }</a></policies>'), []);
    assert.deepEqual(fixesOf('<policies><1a b="c"/></policies>'), []);
  });

  it('see the end tag of a section in its start tag', () => {
    assertFix(
      '<policies>\n  <inbound>\n    <base />\n  <inbound>\n  <backend />\n</policies>',
      'syntax-unclosed-element',
      'end-tag',
      '<policies>\n  <inbound>\n    <base />\n  </inbound>\n  <backend />\n</policies>',
    );
  });

  it('give a misspelt end tag its name, whatever follows it', () => {
    assertFix(
      '<policies>\n  <when>\n    <a/>\n  </whn>\n  <!-- else -->\n  <otherwise/>\n</policies>',
      'syntax-unexpected-end-tag',
      'rename-end',
      '<policies>\n  <when>\n    <a/>\n  </when>\n  <!-- else -->\n  <otherwise/>\n</policies>',
    );
  });

  it('quote a value of several words, and close CDATA before the end tag', () => {
    assertFix(
      '<policies><a b=c d e." f="g"/></policies>',
      'syntax-missing-quote',
      'add',
      '<policies><a b="c d e." f="g"/></policies>',
    );
    assertFix(
      '<policies>\n<value><![CDATA[x</value>\n<b/>\n</policies>',
      'syntax-incomplete-markup',
      'close',
      '<policies>\n<value><![CDATA[x]]></value>\n<b/>\n</policies>',
    );
  });

  it('write what is left of a mark, and mend every entity of a value', () => {
    assertFix(
      '<policies>\n<!-- a --\n<b/>\n</policies>',
      'syntax-incomplete-markup',
      'close',
      '<policies>\n<!-- a -->\n<b/>\n</policies>',
    );
    assertFix(
      '<policies><a>&nbsp;b&nbsp;</a></policies>',
      'syntax-unknown-entity',
      'number',
      '<policies><a>&#160;b&#160;</a></policies>',
    );
    assertFix('<policies><!- a --></policies>', 'syntax-incomplete-markup', 'open', '<policies><!-- a --></policies>');
  });

  it('close the string of an expression', () => {
    const rule = 'syntax-unbalanced-expression';
    assertFix(
      '<policies><a b="@(c == "GET)" d="e"/></policies>',
      rule,
      'close',
      '<policies><a b="@(c == "GET")" d="e"/></policies>',
      'Add " before )',
    );
    const [problem] = parse('<policies><a b="@("x" + y")" d="e"/></policies>').problems;
    assert.deepEqual([problem?.ruleId, problem?.span, problem?.fixes], [rule, { start: 25, end: 26 }, undefined]);
  });

  it('write an ordinary blank for one that XML does not know', () => {
    const rule = 'syntax-missing-space';
    assertFix(
      '<policies><a\u00A0b="c"\u200B d="e"/></policies>'.replace('\u200B ', ' '),
      rule,
      'add',
      '<policies><a b="c" d="e"/></policies>',
    );
    assert.equal(parse('<policies><set-header\u00A0name="a"></set-header></policies>').problems.length, 1);
  });

  it('see the last end tag in a start tag, and a section in a misspelt tag', () => {
    assertFix('<policies>\n<a/>\n<policies>', 'syntax-unclosed-element', 'end-tag', '<policies>\n<a/>\n</policies>');
    assertFix(
      '<policies><onerror></on-error></policies>',
      'syntax-unexpected-end-tag',
      'rename-start',
      '<policies><on-error></on-error></policies>',
    );
  });

  it('are not offered in their thousands', () => {
    const [problem] = parse('<policies><a>'.repeat(30_000)).problems;
    assert.deepEqual(problem?.fixes?.(), []);
  });
});
