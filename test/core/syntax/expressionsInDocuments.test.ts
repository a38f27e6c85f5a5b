import { strict as assert } from 'node:assert';
import { allElements, textOf } from '../../../server/src/core/syntax/treeQueries';
import { textWithSpans } from '../../support/markers';
import { assertProblems, outline, parse } from '../../support/syntax';
import { assertTreeInvariants } from '../../support/treeInvariants';

const unterminated = 'syntax-unterminated-expression';
const unbalanced = 'syntax-unbalanced-expression';
const missingQuote = 'syntax-missing-quote';

/** The marked spans are the expressions of the text, and nothing is wrong with it. */
function assertExpressions(fixture: string): void {
  const { text, spans } = textWithSpans(fixture);
  const document = parse(text);
  assert.deepEqual(document.problems, []);
  assert.deepEqual(
    document.expressions.map(({ span }) => text.slice(span.start, span.end)),
    spans.map(({ start, end }) => text.slice(start, end)),
  );
  assert.deepEqual(
    document.expressions.map(({ span }) => span),
    spans,
  );
  assertTreeInvariants(document);
}

describe('expressions in documents', () => {
  it('are whole attribute values and whole element texts, white space around them or not', () => {
    assertExpressions(
      '<policies><a b="«@(c)»" d=" «@{ e; }»\n"><f>«@(g)»</f><h>\n  «@{ return i; }»\n</h></a></policies>',
    );
  });

  it('may have quotes, < and && in an attribute of the same quote', () => {
    assertExpressions(
      '<policies><when condition="«@(a["b"] < 1 && c.Get<string>("d>") != $"{e["f"]}</g>")»"><h/></when></policies>',
    );
    assertExpressions("<policies><when condition='«@(a == 'b' && c == \"d\")»'/></policies>");
  });

  it('may have tags in strings and comparisons in element text', () => {
    assertExpressions('<policies><v>«@{ var a = "<b></v>"; // it\'s </v>\n return c < d; }»</v></policies>');
  });

  it('may be escaped, also beside raw ones in the same file', () => {
    assertExpressions(
      '<policies><a b="«@(c == &quot;d)&quot; &amp;&amp; e)»" f="«@(g == "h)")»">«@(i == &quot;j)&quot;)»</a></policies>',
    );
  });

  it('may have line breaks of both kinds', () => {
    assertExpressions('<policies>\r\n<a b="«@{\r\n  // c )\r\n  return d;\r\n}»"/></policies>');
    assertExpressions('<policies><a b="«@{&#xA; // c )&#xA; return d;&#xA;}»"/></policies>');
  });

  it('may be the whole text of a CDATA section, where nothing is escaped', () => {
    assertExpressions(
      '<policies><a><![CDATA[ «@{ return b < c && d["&amp;"] != "</a>"; }» ]]></a><e>«@(f)»</e></policies>',
    );
    assertExpressions('<policies><a><![CDATA[b @(c) @{]]></a></policies>');
    const [, a] = [...allElements(parse('<policies><a><![CDATA[@(b)]]></a></policies>'))];
    const [node] = a?.children ?? [];
    assert.ok(node?.kind === 'cdata' && node.expression?.isTerminated);
    assertProblems('<policies><a><![CDATA[«@(»b(c]]></a></policies>', unterminated);
    assertProblems('<policies><a><![CDATA[@(b«[»0)]]></a></policies>', unbalanced);
  });

  it('are none where other text stands before them', () => {
    assertExpressions('<policies><a b="someone@(not)" c="x @{d}">someone@(not) and (this</a></policies>');
  });

  it('are none in comments', () => {
    assertExpressions('<policies><!-- @(a) --><!-- <b c="@(d)"/> --></policies>');
  });

  it('have a form, and their code without the brackets', () => {
    const document = parse('<policies><a b="@(c)">@{ d }</a></policies>');
    assert.deepEqual(
      document.expressions.map(({ form, codeSpan, isTerminated }) => [form, textOf(document, codeSpan), isTerminated]),
      [
        ['singleStatement', 'c', true],
        ['multiStatement', ' d ', true],
      ],
    );
  });

  it('are known to the attribute or text that they fill', () => {
    const document = parse('<policies><a b="@(c)" d="e">@(f)</a><g>@(h) i</g></policies>');
    const [, a, g] = [...allElements(document)];
    assert.equal(a?.attributes[0]?.expression, document.expressions[0]);
    assert.equal(a?.attributes[1]?.expression, undefined);
    assert.ok(a?.children[0]?.kind === 'text' && a.children[0].expression === document.expressions[1]);
    assert.ok(g?.children[0]?.kind === 'text' && g.children[0].expression === undefined);
  });

  it('may have text behind them that nothing is certain about', () => {
    const document = assertProblems('<policies><a b="@(c)/d"/><e>@(f) g</e></policies>');
    assert.equal(outline(document), 'policies(a[b=@(c)/d] e("@(f) g"))');
    assert.equal(document.expressions.length, 2);
  });
});

describe('unterminated expressions', () => {
  it('are reported at their start and end before the quote of their attribute', () => {
    const document = assertProblems('<policies><a b="«@(»c("d")" e="f"><g h="i"/></a></policies>', unterminated);
    assert.equal(outline(document), 'policies(a[b=@! e=f](g[h=i]))');
    assert.equal(document.expressions[0]?.isTerminated, false);
    assert.equal(textOf(document, document.expressions[0]?.span ?? { start: 0, end: 0 }), '@(c("d")');
    assert.equal(textOf(document, document.expressions[0]?.codeSpan ?? { start: 0, end: 0 }), 'c("d")');
  });

  it('end before a quote that is followed by the end of the tag', () => {
    for (const end of ['>', '/>', ' />', '\n>', ' >']) {
      const document = parse(`<policies><a b="@(c("d")"${end}\n<e f="g"/></policies>`);
      assert.equal(outline(document).includes('[b=@!]'), true, end);
      assert.equal(outline(document).includes('e[f=g]'), true, end);
    }
  });

  it('end before the next end tag in element text, but not before one in their strings', () => {
    const document = assertProblems(
      '<policies><set-body>«@{»\n  return "<p>" + a + "</p>";\n</set-body><b/></policies>',
      unterminated,
    );
    assert.equal(outline(document), 'policies(set-body(@!) b)');
  });

  it('do not take the next expression with them', () => {
    assertProblems('<policies><a b="«@(»c" d="@(e)"/><f>@(g)</f></policies>', unterminated);
    assertProblems(
      '<policies><a b="@{ if (c) { d; }" e="f"/><g>@(h)</g></policies>'.replace('@{', '«@{»'),
      unterminated,
    );
    assertProblems('<policies><f>«@(»g</f><h>@(i)</h></policies>', unterminated);
  });

  it('end before a quote over several lines', () => {
    const document = assertProblems(
      '<policies>\n<set-variable name="a" value="«@{»\n  if (b) { return "c";\n}" />\n<d e="f" /></policies>',
      unterminated,
    );
    assert.equal(outline(document), 'policies(set-variable[name=a value=@!] d[e=f])');
  });

  it('end before a line that begins with a tag, where their attribute has no quote', () => {
    const document = assertProblems('<policies>\n<a b="«@(»c(d />\n<e f="g" />\n</policies>', unterminated);
    assert.equal(outline(document), 'policies(a[b=@!] e[f=g])');
  });

  it('are reported with what is open in them', () => {
    const problem = (text: string) => {
      const [first] = parse(text).problems;
      assert.equal(first?.ruleId, unterminated);
      return (first?.related ?? []).map(({ span }) => text.slice(span.start - 1, span.end + 1));
    };
    assert.deepEqual(problem('<policies><a>@{ if (b) { c; </a></policies>'), [' { ']);
    assert.deepEqual(problem('<policies><a>@{ if (b { c; </a></policies>'), [' { ']);
    assert.deepEqual(problem('<policies><a>@( b</a></policies>'), []);
    assert.deepEqual(problem('<policies><a b="@(c(d)"/></policies>'), []);
  });

  it('at the end of the text take what is there', () => {
    assertProblems('<policies><a>«@(»«b»', unterminated, 'syntax-unclosed-element');
    assert.equal(outline(parse('<policies><a b="@(c')), 'policies!(a![b=@!])');
  });

  it('are reported each, also in one tag', () => {
    assertProblems('<policies><a b="«@(»c" d="«@{»e"/></policies>', unterminated, unterminated);
  });

  it('with a quote missing behind a closed bracket are only that', () => {
    const document = assertProblems(
      '<policies>\n<a b="@(c["d"]«)» e="f" />\n<g h="@(i«)» />\n</policies>',
      missingQuote,
      missingQuote,
    );
    assert.equal(outline(document), 'policies(a[b=@ e=f] g[h=@])');
  });

  it('do not end at a string that looks like the end of a tag', () => {
    const document = assertProblems(
      '<policies><a b="@{\n  c.Replace(">", "/>");\n  d(«"»e);\n}" />\n<f/></policies>',
      unbalanced,
    );
    assert.equal(outline(document), 'policies(a[b=@] f)');
  });

  it('are not what a bracket too many, or one too few before a closed one, makes', () => {
    assertProblems('<policies><a b="@(c.d"e") == f«)»" g="h"/></policies>', unbalanced);
    assertProblems('<policies><a b="@(c)«)»" d="e"/><f>@(g)«)»</f></policies>', unbalanced, unbalanced);
  });
});

describe('expressions that do not balance', () => {
  it('are reported at what has no partner, where they have an end of their own', () => {
    assertProblems('<policies><a>@{ if «(»b { c; } }</a></policies>', unbalanced);
    assertProblems('<policies><a b="@(c«[»0)"/></policies>', unbalanced);
    assertProblems('<policies><a>@{ b = «"»c;\n }</a></policies>', unbalanced);
    assertProblems("<policies><a>@{ b = «'»c;\n }</a></policies>", unbalanced);
    assertProblems('<policies><a>@{ return b; «/»* c }</a></policies>', unbalanced);
    assertProblems('<policies><a>@{\n  b = $«"»{c;\n}</a></policies>'.replace('$«"»', '«$»"'), unbalanced);
  });

  it('are reported at a bracket that closes nothing', () => {
    assertProblems('<policies><a>@{ if b.C)«)» { d; } }</a></policies>'.replace(')«)»', '«)»)'), unbalanced);
    assertProblems('<policies><a>@{ b(c)«)»; }</a></policies>', unbalanced);
  });

  it('are broken by the end of a statement in round or square brackets', () => {
    assertProblems('<policies><a>@{ var b = c.First«(»d;\n  return e(f);\n}</a></policies>', unbalanced);
    assertProblems('<policies><a b="@{ var c = d«[»0; return c; }"/></policies>', unbalanced);
  });

  it('are not broken by the semicolons of for, of blocks in brackets, and of entities', () => {
    assertExpressions('<policies><a>«@{ for (var b = 0; b < 3; b++) { c(d => { e; }); } return f; }»</a></policies>');
    assertExpressions('<policies><a b="«@(c(d &amp;&amp; e &lt; 3 &#38;&#38; f))»"/></policies>');
  });

  it('end where they would end if they did', () => {
    const document = parse('<policies><a b="@(c[0)" d="e"/><f>@(g)</f></policies>');
    assert.equal(outline(document), 'policies(a[b=@ d=e] f(@))');
    assert.deepEqual(
      document.expressions.map(({ isTerminated, codeSpan }) => [isTerminated, textOf(document, codeSpan)]),
      [
        [true, 'c[0'],
        [true, 'g'],
      ],
    );
  });
});
