import assert from 'node:assert/strict';
import { formatDocument, formatRange } from '../../../server/src/core/features/formatting/formatDocument';
import type { FormattingStyle } from '../../../server/src/core/features/formatting/formattingStyle';
import { keptPlaces } from '../../../server/src/core/features/formatting/keptPlaces';
import { applyEdits } from '../../../server/src/core/text/textEdits';
import { textWithSpans } from '../../support/markers';
import { parse } from '../../support/syntax';

const blanks: FormattingStyle = { indentation: '  ' };
const tabs: FormattingStyle = { indentation: '\t' };

function format(text: string, style = blanks): string {
  return applyEdits(text, formatDocument(parse(text), style));
}

/** Formats a text and the result of that, which must stay. */
function becomes(before: string, after: string, style = blanks): void {
  assert.equal(format(before, style), after);
  stays(after, style);
}

function stays(text: string, style = blanks): void {
  assert.deepEqual(formatDocument(parse(text), style), []);
}

/** Formats what is marked. */
function formatMarked(fixture: string, style = blanks): string {
  const { text, spans } = textWithSpans(fixture);
  const [span] = spans;
  assert.ok(span);
  return applyEdits(text, formatRange(parse(text), span, style));
}

describe('formatting: elements', () => {
  it('gives every element its own line, one step deeper than the one around it', () => {
    becomes(
      '<policies><inbound><base/><choose><when condition="@(a)"><return-response/></when></choose></inbound></policies>',
      `<policies>
  <inbound>
    <base />
    <choose>
      <when condition="@(a)">
        <return-response />
      </when>
    </choose>
  </inbound>
</policies>`,
    );
  });
  it('indents with tabs as the service does', () => {
    becomes(
      '<policies>\n    <inbound>\n      <base />\n</inbound>\n</policies>\n',
      '<policies>\n\t<inbound>\n\t\t<base />\n\t</inbound>\n</policies>\n',
      tabs,
    );
  });
  it('leaves a document of the service as it is, mixed line ends and all', () => {
    stays(
      '<!--\n    IMPORTANT:\n    - Policies are applied in the order of their appearance.\n-->\r\n<policies>\r\n\t<inbound>\r\n\t\t<base />\r\n\t\t<set-header name="a" exists-action="override">\r\n\t\t\t<value>b</value>\r\n\t\t</set-header>\r\n\t</inbound>\r\n\t<outbound />\r\n</policies>',
      tabs,
    );
  });
  it('keeps blank lines, without the blanks on them and at the ends of lines', () => {
    becomes(
      '\n<policies>  \n\n   \n  <inbound>\t\n    <base />\n \n  </inbound>\n</policies>  \n \n',
      '\n<policies>\n\n\n  <inbound>\n    <base />\n\n  </inbound>\n</policies>\n\n',
    );
  });
  it('keeps empty elements in the form that they have', () => {
    stays('<policies>\n  <inbound></inbound>\n  <outbound />\n  <on-error>\n  </on-error>\n</policies>');
  });
  it('takes new line ends from the line they are on, or from the one before', () => {
    becomes(
      '<policies>\r\n<inbound><base /></inbound>\n</policies>',
      '<policies>\r\n  <inbound>\n    <base />\n  </inbound>\n</policies>',
    );
    becomes(
      '<!-- a -->\r\n<policies><inbound /></policies>',
      '<!-- a -->\r\n<policies>\r\n  <inbound />\r\n</policies>',
    );
  });
  it('keeps a byte order mark, an XML declaration and the end of the last line', () => {
    becomes('\uFEFF<policies><inbound/></policies>', '\uFEFF<policies>\n  <inbound />\n</policies>');
    becomes(
      '<?xml version="1.0"?><policies>\n<inbound/></policies>\n',
      '<?xml version="1.0"?>\n<policies>\n  <inbound />\n</policies>\n',
    );
  });
  it('changes no more than it must', () => {
    const document = parse('<policies>\n  <inbound>\n   <base />\n  </inbound>\n</policies>\n');
    assert.deepEqual(formatDocument(document, blanks), [{ span: { start: 23, end: 26 }, newText: '    ' }]);
  });
});

describe('formatting: tags', () => {
  it('puts one blank between attributes and before />, none beside = and before >', () => {
    becomes(
      '<policies >\n  <a   b = "c"\t d=\'  e  \'/>\n  <a b="c"  >\n    <f   />\n  </a >\n</policies>',
      '<policies>\n  <a b="c" d=\'  e  \' />\n  <a b="c">\n    <f />\n  </a>\n</policies>',
    );
  });
  it('keeps the lines of attributes, and indents them by one step', () => {
    becomes(
      '<policies>\n<a\nb="c"   d="e" \n        f="g"\n>\n<h\n   i="j"\n/>\n</a>\n</policies>',
      '<policies>\n  <a\n    b="c" d="e"\n    f="g"\n  >\n    <h\n      i="j"\n    />\n  </a>\n</policies>',
    );
  });
  it('keeps attributes under the first one where they were', () => {
    becomes(
      '<policies>\n      <a b="c"\n         d="e"\n         f="g" />\n      <h i="j"\n  k="l" />\n</policies>',
      '<policies>\n  <a b="c"\n     d="e"\n     f="g" />\n  <h i="j"\n    k="l" />\n</policies>',
    );
    becomes(
      '<policies>\n    <a b="c"\n       d="e" />\n</policies>',
      '<policies>\n\t<a b="c"\n\t   d="e" />\n</policies>',
      tabs,
    );
  });
  it('leaves the text of a value alone, whatever lines it has', () => {
    becomes('<policies>\n<a b="  c\n d  "/>\n</policies>', '<policies>\n  <a b="  c\n d  " />\n</policies>');
  });
});

describe('formatting: C#', () => {
  it('moves with the line on which it begins, and keeps its own indentation', () => {
    becomes(
      `<policies>
      <a b="@{
          if (c) {
                return d;
          }

          return e;
      }" />
<value>@{
  return f;
}</value>
</policies>`,
      `<policies>
  <a b="@{
      if (c) {
            return d;
      }

      return e;
  }" />
  <value>@{
    return f;
  }</value>
</policies>`,
    );
  });
  it('moves as far left as its leftmost line allows', () => {
    becomes(
      '<policies>\n        <a b="@(\n    c +\n  d)" />\n</policies>',
      '<policies>\n  <a b="@(\n  c +\nd)" />\n</policies>',
    );
  });
  it('counts a tab as four blanks where both are mixed', () => {
    becomes(
      '<policies>\n\t\t<a b="@{\n            c;\n\t\t\td;\n        }" />\n</policies>',
      '<policies>\n    <a b="@{\n        c;\n    \td;\n    }" />\n</policies>',
      { indentation: '    ' },
    );
    // Where the tag does not move, nothing moves: this is how the service mixes them.
    stays('<policies>\n\t<a b="@{\n            c;\n        }" />\n</policies>', tabs);
  });
  it('never changes a line of a string', () => {
    becomes(
      `<policies>
      <a b="@{
          var one = @"first
          second ""quoted""
      third";
          var two = $@"{c}
       {d("e")}
       ";
          var raw = """
            text
            """;
          // not a string: @"
          return '"';
      }" />
</policies>`,
      `<policies>
  <a b="@{
      var one = @"first
          second ""quoted""
      third";
      var two = $@"{c}
       {d("e")}
       ";
      var raw = """
            text
            """;
      // not a string: @"
      return '"';
  }" />
</policies>`,
    );
  });
  it('reads escaped strings', () => {
    becomes(
      '<policies>\n<a b="@{\nvar c = @&quot;d\n  e&quot;;\n  f;}" />\n</policies>',
      '<policies>\n  <a b="@{\n  var c = @&quot;d\n  e&quot;;\n    f;}" />\n</policies>',
    );
  });
  it('puts an expression that has its own line one step deeper, and the end tag below its start tag', () => {
    becomes(
      '<policies>\n<set-body>\n@{\n  return a;\n}\n      </set-body>\n</policies>',
      '<policies>\n  <set-body>\n    @{\n      return a;\n    }\n  </set-body>\n</policies>',
    );
  });
  it('moves what stands behind an expression on its last line', () => {
    becomes(
      '<policies>\n    <a b="@{\n    c;\n    }" d="@{\n      e;\n    }"\n f="g" />\n</policies>',
      '<policies>\n  <a b="@{\n  c;\n  }" d="@{\n    e;\n  }"\n    f="g" />\n</policies>',
    );
  });
});

describe('formatting: comments', () => {
  it('moves one that begins its line, with all its lines', () => {
    becomes(
      '<policies>\n      <!-- one\n             two\n\n      three -->\n<inbound />\n</policies>',
      '<policies>\n  <!-- one\n         two\n\n  three -->\n  <inbound />\n</policies>',
    );
  });
  it('leaves one behind something on its line', () => {
    becomes(
      '<policies>\n<inbound>  <!-- why -->\n<base /> <!-- what\n  for -->\n</inbound>\n</policies>',
      '<policies>\n  <inbound>  <!-- why -->\n    <base /> <!-- what\n      for -->\n  </inbound>\n</policies>',
    );
  });
  it('keeps an element with nothing but a comment on one line', () => {
    stays('<policies>\n  <inbound><!-- nothing --></inbound>\n</policies>');
  });
});

describe('formatting: what stays as it is', () => {
  it('is text, with its white space', () => {
    becomes(
      '<policies>\n<value>  a  </value>\n<value> </value>\n<message>one\n   two\n</message>\n<value><![CDATA[ b ]]></value>\n</policies>',
      '<policies>\n  <value>  a  </value>\n  <value> </value>\n  <message>one\n   two\n</message>\n  <value><![CDATA[ b ]]></value>\n</policies>',
    );
  });
  it('is the content of a body or a style sheet, and of xml:space', () => {
    for (const content of [
      '<set-body template="liquid">\n {{ a }}\n<b/>\n</set-body>',
      '<set-body>\n<b/><!-- c -->\n</set-body>',
      '<set-body template="liquid">\n @(a)\n</set-body>',
      '<set-body> \n </set-body>',
      '<xsl-transform>\n<xsl:stylesheet><xsl:text>\n</xsl:text></xsl:stylesheet>\n</xsl-transform>',
      '<a xml:space="preserve">\n<b/></a>',
    ]) {
      becomes(`<policies>\n${content}\n</policies>`, `<policies>\n  ${content}\n</policies>`);
    }
  });
  it('is everything beside text that stands between elements', () => {
    becomes(
      '<policies>\n<inbound>\n%{ if a }\n<base/>\n%{ endif }\n</inbound>\n<outbound><base/></outbound>\n</policies>',
      '<policies>\n  <inbound>\n%{ if a }\n<base/>\n%{ endif }\n</inbound>\n  <outbound>\n    <base />\n  </outbound>\n</policies>',
    );
  });
  it('is an element that cannot be read, and the white space before it', () => {
    // `choose` is never closed, and the attribute of `a` is there twice.
    becomes(
      `<policies>
<backend>
<choose>
<base/>
</backend>
<outbound>
<base/>
<a b=c d="e"/>
<base/>
<base/>
</outbound>
</policies>`,
      `<policies>
  <backend>
<choose>
<base/>
</backend>
  <outbound>
    <base />
<a b=c d="e"/>
    <base />
    <base />
  </outbound>
</policies>`,
    );
  });
  it('is a text that is no markup at all, or nothing', () => {
    for (const text of ['', '   ', '\uFEFF', 'policies', '<', '\0<policies> </policies>', '<policies><inbound>']) {
      assert.equal(format(text), text === '   ' ? '' : text);
    }
  });
  it('is a byte order mark without anything', () => {
    assert.equal(format('\uFEFF \n '), '\uFEFF\n');
  });
  it('are elements deeper than anybody can read', () => {
    const text = format('<a>'.repeat(100) + '</a>'.repeat(100));
    assert.equal(Math.max(...text.split('\n').map((line) => line.search(/\S/))), 64);
  });
});

describe('what formatting leaves out because of a syntax problem', () => {
  /** What is left out, in a text where it is marked. */
  function leavesOut(fixture: string, ...kinds: readonly string[]): void {
    const { text, spans } = textWithSpans(fixture);
    const places = keptPlaces(parse(text), blanks);
    assert.deepEqual(
      places.map(({ span }) => text.slice(span.start, span.end)),
      spans.map(({ start, end }) => text.slice(start, end)),
    );
    assert.deepEqual(
      places.map(({ span }) => span.start),
      spans.map(({ start }) => start),
    );
    assert.deepEqual(
      places.map(({ kind }) => kind),
      kinds,
    );
  }

  it('is an element with a problem of its own, named once with all that is in it', () => {
    leavesOut('<policies>\n<inbound>«<a b=c/>»</inbound>\n</policies>', 'element');
    leavesOut('<policies>\n  <inbound>\n    «<a b=c/>»\n  </inbound>\n</policies>', 'element');
    leavesOut(
      '<policies><inbound>«<a b=c><d e=f/></a>»<base/></inbound><outbound>«<a b="@(c(" />»</outbound></policies>',
      'element',
      'element',
    );
  });
  it('is the white space beside the root where something else stands there', () => {
    leavesOut('<policies>\n<inbound />\n</policies>\n«x»', 'besideRoot');
    leavesOut('«</a>»<policies><inbound><a b="c"/></inbound></policies>', 'besideRoot');
  });
  it('is everything where what is wrong leaves the rest open', () => {
    leavesOut('<«policies»>\n<inbound><base/></inbound>', 'document');
    leavesOut('<a b=«"»<policies><inbound/></policies>', 'document');
  });
  it('is nothing where all is laid out, whatever is wrong', () => {
    leavesOut('<policies>\n<inbound><!-- a -- b --><a b="c & d" e="" e="&nbsp;"/></inbound>\n</policies>');
    leavesOut('<cors/>');
    leavesOut('<policies/><policies/>');
    leavesOut('');
    leavesOut('<policies><value> text </value><set-body> b <c/></set-body></policies>');
  });
});

describe('formatting a range', () => {
  it('changes the lines that it touches, each as in the whole document', () => {
    assert.equal(
      formatMarked('<policies>\n<inbound>\n<ba«se/>\n<b»ase/>\n<base/>\n</inbound>\n</policies>'),
      '<policies>\n<inbound>\n    <base />\n    <base />\n<base/>\n</inbound>\n</policies>',
    );
  });
  it('does not touch the line at whose beginning a selection of whole lines ends', () => {
    assert.equal(
      formatMarked('<policies>\n«<inbound>\n»<base/>\n</inbound>\n</policies>'),
      '<policies>\n  <inbound>\n<base/>\n</inbound>\n</policies>',
    );
  });
  it('moves C#, comments and aligned attributes as a whole, by the line on which they begin', () => {
    const inside = '<a b="@{\n  c;\n}"\n   d="e" />\n<!--\n  f\n-->';
    const moved = '  <a b="@{\n    c;\n  }"\n     d="e" />\n  <!--\n    f\n  -->';
    assert.equal(formatMarked(`<policies>\n«${inside}»\n</policies>`), `<policies>\n${moved}\n</policies>`);
    const second = formatMarked('<policies>\n<a b="@{\n«  c;\n»}"\n   d="e" />\n</policies>');
    assert.equal(second, '<policies>\n<a b="@{\n  c;\n}"\n   d="e" />\n</policies>');
  });
});
