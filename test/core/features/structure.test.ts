import assert from 'node:assert/strict';
import { foldingRanges } from '../../../server/src/core/features/foldingRanges';
import { selectionSpans } from '../../../server/src/core/features/selectionSpans';
import { tagPairAt } from '../../../server/src/core/features/tagPair';
import { parsePolicyDocument } from '../../../server/src/core/syntax/parsePolicyDocument';
import { textWithCursor } from '../../support/markers';

function parseAt(marked: string) {
  const { text, offset } = textWithCursor(marked);
  return { text, offset, document: parsePolicyDocument(text, '/policy.xml', 1) };
}

describe('folding ranges', () => {
  /** `from-to kind`, lines from 1; what stands on one line is left out. */
  const folded = (text: string): readonly string[] => {
    const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
    return foldingRanges(parsePolicyDocument(text, '/policy.xml', 1))
      .map(({ span, kind }) => `${lineOf(span.start)}-${lineOf(span.end)} ${kind}`)
      .filter((range) => !/^(\d+)-\1 /.test(range));
  };

  it('are elements without their end tag’s line, comments, C#, and regions', () => {
    const text = `<policies>
  <!-- #region in -->
  <inbound>
    <!-- one
         two -->
    <set-body>@{
      return "x";
    }</set-body>
  </inbound>
  <!-- #endregion -->
</policies>`;
    assert.deepEqual(folded(text), [
      '1-11 element',
      '2-10 region',
      '3-9 element',
      '4-5 comment',
      '6-8 element',
      '6-8 element',
    ]);
  });
  it('begin with a start tag’s first line, however many it has', () => {
    assert.deepEqual(folded('<a\n  b="c"\n  d="e"\n>\n  <f />\n</a>'), ['1-6 element']);
    assert.deepEqual(folded('<a\n  b="c"\n/>'), ['1-3 element']);
  });
  it('are runs of comments that have a line each', () => {
    const text =
      '<a>\n  <!-- 1 -->\n\n  <!-- 2 -->\n  <b />\n  <!-- 3 -->\n  <!-- 4\n  -->\n  <!-- 5 --><!-- 6 -->\n</a>';
    assert.deepEqual(folded(text), ['1-10 element', '2-4 comment', '7-8 comment']);
  });
  it('are the blocks of C#, whose strings and comments hide their braces', () => {
    const text = `<a b="@{
  if (c) {
    d("{");
    // {
  }
  else
  {
    e($"{f}");
  }
}" g="@(h.Select(i => {
  return i;
}))" />`;
    assert.deepEqual(folded(text), [
      '1-12 element',
      '1-10 element',
      '2-5 element',
      '7-9 element',
      '10-12 element',
      '10-12 element',
    ]);
  });
});

describe('selection spans', () => {
  it('grow from a value to the document', () => {
    const { text, offset, document } = parseAt('<policies><inbound><trace id="a¦b">x</trace></inbound></policies>');
    assert.deepEqual(
      selectionSpans(document, offset).map(({ start, end }) => text.slice(start, end)),
      [
        'ab',
        '"ab"',
        'id="ab"',
        '<trace id="ab">',
        '<trace id="ab">x</trace>',
        '<inbound><trace id="ab">x</trace></inbound>',
        text,
      ],
    );
  });
  describe('in C#', () => {
    const inCode = (marked: string): readonly string[] => {
      const { text, offset, document } = parseAt(`<value>${marked}</value>`);
      const spans = selectionSpans(document, offset).map(({ start, end }) => text.slice(start, end));
      assert.equal(spans.at(-1), text);
      return spans.slice(0, -1);
    };
    it('grow from a string to its quotes, its argument, and the brackets around', () => {
      assert.deepEqual(inCode('@(a.B("c d¦", e[1]))'), [
        'c d',
        '"c d"',
        '"c d", e[1]',
        '("c d", e[1])',
        'a.B("c d", e[1])',
        '@(a.B("c d", e[1]))',
      ]);
      assert.deepEqual(inCode('@(a.B(c, e[¦1]))').slice(0, 4), ['1', '[1]', 'e[1]', 'c, e[1]']);
    });
    it('are statements, and blocks with their braces', () => {
      assert.deepEqual(inCode('@{ var a = 1; if (b) { ¦c(); d(); } return a; }'), [
        'c();',
        'c(); d();',
        '{ c(); d(); }',
        'if (b) { c(); d(); }',
        ' var a = 1; if (b) { c(); d(); } return a; ',
        '@{ var a = 1; if (b) { c(); d(); } return a; }',
      ]);
      assert.deepEqual(inCode('@{ var a = 1; ret¦urn a; }').slice(0, 1), ['return a;']);
    });
    it('take a named value for one thing', () => {
      assert.deepEqual(inCode('@(a("x {{na¦me}} y"))').slice(0, 4), [
        'name',
        '{{name}}',
        'x {{name}} y',
        '"x {{name}} y"',
      ]);
      assert.deepEqual(inCode('x {{na¦me}} y').slice(0, 3), ['name', '{{name}}', 'x {{name}} y']);
    });
    it('read escaped code, and as much as they can of code that is broken', () => {
      assert.deepEqual(inCode('@(a(&quot;b¦&quot;) &amp;&amp; c)').slice(0, 3), [
        'b',
        '&quot;b&quot;',
        '(&quot;b&quot;)',
      ]);
      assert.deepEqual(inCode('@(a(b¦]c))').slice(0, 2), ['b]c', '(b]c)']);
    });
  });
  it('are the text of a comment before the comment, at the top, too', () => {
    const { text, offset, document } = parseAt('<!-- a ¦b -->\n<policies> c </policies>');
    assert.deepEqual(
      selectionSpans(document, offset).map(({ start, end }) => text.slice(start, end)),
      ['a b', '<!-- a b -->', text],
    );
    const inText = parseAt('<policies> c¦ d </policies>');
    assert.deepEqual(
      selectionSpans(inText.document, inText.offset).map(({ start, end }) => inText.text.slice(start, end)),
      ['c d', ' c d ', inText.text],
    );
  });
  it('nest strictly, wherever they are asked', () => {
    const { text, document } = parseAt('¦<policies><!-- c --><inbound><a b=\'@(1 < 2)\' c="" /><d><e></d></inbound>');
    for (let offset = 0; offset <= text.length; offset++) {
      const spans = selectionSpans(document, offset);
      assert.deepEqual(spans.at(-1), { start: 0, end: text.length });
      spans.slice(1).forEach((outer, index) => {
        const inner = spans[index] ?? outer;
        assert.ok(outer.start <= inner.start && inner.end <= outer.end && outer !== inner, `at ${offset}`);
      });
    }
  });
});

describe('tag pairs', () => {
  const pairAt = (marked: string) => {
    const { text, offset, document } = parseAt(marked);
    const pair = tagPairAt(document, offset);
    return pair && [pair.start, pair.end].map(({ start, end }) => `${start}:${text.slice(start, end)}`);
  };
  it('are found from either name', () => {
    assert.deepEqual(pairAt('<policies><inb¦ound><a/></inbound></policies>'), ['11:inbound', '25:inbound']);
    assert.deepEqual(pairAt('<policies><inbound><a/></inbound¦></policies>'), ['11:inbound', '25:inbound']);
  });
  it('are not found elsewhere, nor where a tag has no partner', () => {
    assert.equal(pairAt('<policies><inbound><a ¦/></inbound></policies>'), undefined);
    assert.equal(pairAt('<policies><inb¦ound></policies>'), undefined);
    assert.equal(pairAt('<policies><inbound>te¦xt</inbound></policies>'), undefined);
  });
});
