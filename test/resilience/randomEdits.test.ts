import { strict as assert } from 'node:assert';
import { findCorpus, readCorpus } from '../support/corpus';
import { createRandom, type Random } from '../support/random';
import { parse } from '../support/syntax';
import { assertTreeInvariants } from '../support/treeInvariants';

/** Has everything that scanners stumble over, so that the test means something without the corpus as well. */
const sample = `\uFEFF<?xml version="1.0"?>
<!-- a -->
<policies>
  <inbound>
    <base />
    <set-variable name="a" value="@{
      // it's "b" )
      var c = new Dictionary<string, int> { ["d"] = 1 };
      return $"{{e}} {c["d"]:0.0} {(f ? @"g""h" : 'i')}";
    }" />
    <choose>
      <when condition='@(a &lt; b &amp;&amp; c == &quot;d)&quot;)'>
        <set-body template="liquid">{{body.a}} {{b}}</set-body>
      </when>
    </choose>
    <set-header name="j&k" exists-action="override"><value>@(l("m") < n)</value></set-header>
    <set-body><![CDATA[<o p="q">]]></set-body>
  </inbound>\r
  <backend><forward-request timeout="{{r}}" /></backend>
  <outbound />
</policies>
`;

const insertions = [
  ...[
    '<',
    '>',
    '"',
    "'",
    '/',
    '=',
    ' ',
    '\n',
    '\r',
    '&',
    '#',
    '\\',
    ':',
    '[',
    ']',
    '(',
    ')',
    '{',
    '}',
    '@',
    '$',
    '-',
    '!',
    '?',
  ],
  ...[
    '@(',
    '@{',
    '&quot;',
    '&#xA;',
    '<!--',
    '-->',
    '--',
    ']]>',
    '<![CDATA[',
    '<?',
    '?>',
    '</',
    '/>',
    '{{',
    '}}',
    '${',
    '<!a',
  ],
  ...[
    '$"',
    '@"',
    '"""',
    '//',
    '/*',
    '<a',
    '</a>',
    '<inbound>',
    '</inbound>',
    '<policies>',
    'é',
    '\u00A0',
    '\uFEFF',
    '\0',
  ],
];

function editAtRandom(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const kind = random.below(4);
  if (kind === 0) return text.slice(0, at) + random.oneOf(insertions) + text.slice(at);
  if (kind === 1) return text.slice(0, at) + text.slice(at + 1 + random.below(5));
  if (kind === 2) return text.slice(0, at) + random.oneOf(insertions) + text.slice(at + 1);
  const from = random.below(text.length + 1);
  return text.slice(0, at) + text.slice(from, from + random.below(60)) + text.slice(at);
}

function assertReadable(text: string, how: string): void {
  try {
    const document = parse(text);
    assertTreeInvariants(document);
    // The scanner prepares the text so that sax refuses nothing in it; these two sentences would say that it did.
    for (const { message } of document.problems)
      assert.doesNotMatch(message, /cannot be read as XML|not well-formed XML/);
  } catch (error) {
    throw new Error(`${how}: ${JSON.stringify(text.slice(0, 3000))}`, { cause: error });
  }
}

describe('any text is read', () => {
  const folder = findCorpus();
  const random = createRandom(20250820);

  it('every prefix of a text', () => {
    for (let length = 0; length <= sample.length; length++) assertReadable(sample.slice(0, length), `Prefix ${length}`);
  });

  it('every suffix of a text', () => {
    for (let start = 0; start <= sample.length; start++) assertReadable(sample.slice(start), `Suffix ${start}`);
  });

  it('a text without any one of its characters', () => {
    for (let at = 0; at < sample.length; at++)
      assertReadable(sample.slice(0, at) + sample.slice(at + 1), `Without ${at}`);
  });

  it('a text with random edits', function () {
    this.timeout(30_000);
    const texts = folder === undefined ? [sample] : [sample, ...shortTexts(folder)];
    for (let run = 0; run < 3000; run++) {
      let text = random.oneOf(texts);
      const edits = 1 + random.below(6);
      for (let edit = 0; edit < edits; edit++) text = editAtRandom(text, random);
      assertReadable(text, `Edit ${run}`);
    }
  });

  it('prefixes of real files', function () {
    this.timeout(30_000);
    if (folder === undefined) {
      console.log('    There is no corpus of real policy files beside the project; this test did not run.');
      return;
    }
    const texts = shortTexts(folder);
    for (let run = 0; run < 2000; run++) {
      const text = random.oneOf(texts);
      assertReadable(text.slice(0, random.below(text.length)), `Prefix ${run}`);
    }
  });
});

function shortTexts(folder: string): readonly string[] {
  return readCorpus(folder).flatMap(({ text }) => (text.length < 10_000 ? [text] : []));
}
