import { strict as assert } from 'node:assert';
import { findExpressionEnd } from '../../../server/src/core/syntax/expressionScanner';
import { textWithCursor } from '../../support/markers';

/** The expression begins at the text's first character and must end at the cursor. */
function assertEndsAtCursor(fixture: string): void {
  const { text, offset } = textWithCursor(fixture);
  assert.deepEqual(findExpressionEnd(text, 0, '"'), { isTerminated: true, end: offset });
}

/** `openedAt` is where the cursor is. */
function assertBreaks(fixture: string, reason: string): void {
  const { text, offset } = textWithCursor(fixture);
  const end = findExpressionEnd(text, 0, '"');
  assert.ok(!end.isTerminated, `It ends at ${JSON.stringify(end)}`);
  assert.deepEqual({ reason: end.reason, openedAt: end.openedAt }, { reason, openedAt: offset });
}

describe('expressionScanner: where an expression ends', () => {
  const endings: Readonly<Record<string, string>> = {
    'at its own bracket': '@(a)¦)',
    'at its own brace': '@{ return a; }¦}',
    'behind nested brackets of every kind': '@{ if (a[b(c)]) { d(new[] { e }); } }¦',
    'with an index in brackets and a lambda': '@(a.Where(b => b["c"] == 1).First())¦',
    'with comparisons, && and generics': '@(a < b && c > d && new Dictionary<string, List<int>>().Count >= 0)¦',
    'with a shift and a generic method': '@(a << 2 + b.Get<string>("c"))¦',
    'with brackets in a string': '@("a)b}c]" + d)¦',
    'with an escaped quote in a string': '@("a\\")" + b)¦',
    'with a backslash at the end of a string': '@("a\\\\" + b)¦',
    'with empty strings': '@("" + "" == "")¦',
    'with a verbatim string': '@(@"a""b)\\" + c)¦',
    'with a verbatim string over lines': '@(@"a\n)\n" + c)¦',
    'with an interpolated string': '@($"a{b}c)")¦',
    'with a string in a hole': '@($"a{b["c)"]}d)")¦',
    'with interpolated strings in holes': '@($"a{$"b{$"c{d})"})"})")¦',
    'with a format in a hole': '@($"{a:yyyy-MM-dd\'T\'HH:mm})")¦',
    'with an alignment and a format': '@($"{a,-10:0.00})")¦',
    'with a ternary in brackets in a hole': '@($"{(a ? "b" : "c")})")¦',
    'with global:: in a hole': '@($"{global::System.Math.PI})")¦',
    'with escaped braces in an interpolated string': '@($"{{a}} }} {{ {b}")¦',
    'with a braced hole in escaped braces': '@($"{{{a}}}")¦',
    'with a verbatim interpolated string': '@($@"a""{b["c"]}\n)")¦',
    'with the prefixes the other way round': '@(@$"a""{b}\n)")¦',
    'with a raw string': '@("""a")b""c""")¦',
    'with a raw interpolated string': '@($"""a{b["c"]})""")¦',
    'with a raw string whose holes need two braces': '@($$"""{a} {{b}} )""")¦',
    'with a raw string of four quotes': '@(""""a"""b)"""")¦',
    'with brackets as characters': "@(a.Split('(', ')', '{'))¦",
    'with quotes as characters': "@(a.Trim('\"', '\\'', '\\\\'))¦",
    'with a line comment': '@{ // it\'s a "comment" )\n return a; }¦',
    'with a block comment': '@{ /* it\'s " ) */ return a; }¦',
    'with a division': '@(a / b / (c))¦',
    'with an address in a string': '@("https://a/b")¦',
    'with preprocessor lines': "@{\n  #region it's (open\n  return a;\n  #endregion }\n}¦",
    'with a named value': '@("{{a}}" + {{b}} + $"{{c}}{d}")¦',
    'with an XML end tag in a string': '@("</a><b/>" + c)¦',
    'with an escaped string': '@(a == &quot;b)&quot;)¦',
    'with a numbered entity as quote': '@(a == &#34;b)&#x22;)¦',
    'with an escaped quote in an escaped string': '@(&quot;a\\&quot;)&quot; + b)¦',
    'with an escaped verbatim string': '@(@&quot;a&quot;&quot;)&quot; + b)¦',
    'with an escaped interpolated string': '@($&quot;{a[&quot;b)&quot;]})&quot;)¦',
    'with an escaped character': '@(a[0] == &apos;)&apos; || b == &#39;(&#39;)¦',
    'with an escaped quote as character': "@(a == '&quot;')¦",
    'with a quote in an escaped string': '@(&quot;a")&quot; + b)¦',
    'with an entity in a raw string': '@("&quot;)" + a)¦',
    'with a line break as entity behind a comment': '@{ // a )&#xA; return b; }¦',
    'with an escaped comparison': '@(a &lt; b &amp;&amp; c &gt; d)¦',
  };
  for (const [name, fixture] of Object.entries(endings)) {
    it(name, () => assertEndsAtCursor(fixture));
  }
});

describe('expressionScanner: why an expression never ends', () => {
  it('a bracket is open at the end of the text', () => assertBreaks('@¦(a', 'openBracket'));
  it('an inner bracket is open at the end of the text', () => assertBreaks('@(a¦(b', 'openBracket'));
  it('an end tag comes first', () => assertBreaks('@{ if (a) ¦{ return b; </value>}}', 'openBracket'));
  it('the end of a tag comes first', () => assertBreaks('@(a¦(b />', 'openBracket'));
  it('a bracket is closed by one of another kind', () => assertBreaks('@{ if ¦(a } return b;', 'wrongBracket'));
  it('a brace meets a bracket', () => assertBreaks('@(a¦{b)', 'wrongBracket'));
  it('a string is open at the end of its line', () => assertBreaks('@(a + ¦"b)\n"', 'openString'));
  it('a string is open at a line break that is an entity', () => assertBreaks('@(¦&quot;b)&#xA;&quot;)', 'openString'));
  it('a backslash does not take a string over the end of its line', () => assertBreaks('@(¦"b\\\n")', 'openString'));
  it('a character is open at the end of its line', () => assertBreaks("@(a + ¦'b)\n')", 'openString'));
  it('an interpolated string is open behind its hole', () => assertBreaks('@(¦$"{a}b)\n")', 'openString'));
  it('a format runs over the end of its line', () => assertBreaks('@(¦$"{a:b\n}")', 'openString'));
  it('a verbatim string is open at the end of the text', () => assertBreaks('@(¦@"a\n)', 'openString'));
  it('a block comment is open at the end of the text', () => assertBreaks('@{ ¦/* a }', 'openComment'));
  it('the quote of the attribute comes, where the code writes its own as entities', () => {
    assertBreaks('@¦(a(&quot;b&quot;)" c="d")', 'openBracket');
  });
});
