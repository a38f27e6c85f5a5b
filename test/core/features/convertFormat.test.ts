import assert from 'node:assert/strict';
import { SaxesParser } from 'saxes';
import { type ConversionTarget, convertFormat } from '../../../server/src/core/features/convertFormat';
import { csharpParts } from '../../../server/src/core/features/csharpParts';
import { policyFormatOf } from '../../../server/src/core/features/policyFormat';
import { allElements } from '../../../server/src/core/syntax/treeQueries';
import { decodeEntities } from '../../../server/src/core/syntax/xmlEntities';
import { applyEdits } from '../../../server/src/core/text/textEdits';
import { findCorpus, readCorpus } from '../../support/corpus';
import { textWithCursor, textWithSpans } from '../../support/markers';
import { createRandom, type Random } from '../../support/random';
import { parse } from '../../support/syntax';

const inbound = (statement: string): string => `<policies><inbound>${statement}</inbound></policies>`;

/** The text in the other form, and what stays as it is: where, and the beginning of the reason. */
function convert(text: string, to: ConversionTarget): { readonly text: string; readonly kept: readonly string[] } {
  const { edits, kept } = convertFormat(parse(text), to);
  return {
    text: applyEdits(text, edits),
    kept: kept.map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`),
  };
}

function converted(text: string, to: ConversionTarget): string {
  const result = convert(text, to);
  assert.deepEqual(result.kept, []);
  return result.text;
}

/** Both ways, each from the other. */
function assertPair(raw: string, escaped: string): void {
  assert.equal(converted(inbound(raw), 'xml'), inbound(escaped));
  assert.equal(converted(inbound(escaped), 'rawxml'), inbound(raw));
  assert.equal(converted(inbound(raw), 'rawxml'), inbound(raw));
  assert.equal(converted(inbound(escaped), 'xml'), inbound(escaped));
}

/** Element names, attribute names, and decoded values and expressions: what must be the same in both forms. */
function decodedTree(text: string): readonly string[] {
  const document = parse(text);
  return [...allElements(document)].flatMap(({ name, attributes, children }) => [
    name,
    ...attributes.map((attribute) => `${attribute.name}=${decodeEntities(attribute.value)} ${!!attribute.expression}`),
    ...children.flatMap((child) =>
      child.kind === 'text'
        ? [`${decodeEntities(text.slice(child.span.start, child.span.end))} ${!!child.expression}`]
        : [],
    ),
  ]);
}

/** What another XML reader sees: its first complaint, and the values of attributes in order. */
function readStrictly(text: string): { readonly complaint: string | undefined; readonly values: readonly string[] } {
  let complaint: string | undefined;
  const values: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    complaint ??= error.message;
  });
  parser.on('opentag', ({ attributes }) => values.push(...Object.values(attributes)));
  parser.write(text.replace(/^\uFEFF/, '')).close();
  return { complaint, values };
}

describe('policy format', () => {
  const formatOf = (statement: string) => policyFormatOf(parse(inbound(statement)));
  it('is told by expressions alone', () => {
    assert.equal(formatOf('<a b="@(c(&quot;d&quot;))" />'), 'xml');
    assert.equal(formatOf('<a b="@(c("d"))" />'), 'rawxml');
    assert.equal(formatOf('<a>@(b &amp;&amp; c)</a>'), 'xml');
    assert.equal(formatOf('<a>@(b && c)</a>'), 'rawxml');
    assert.equal(formatOf('<a b="@(c)">@(d("e") > 1)</a>'), 'either');
    assert.equal(formatOf('<a b="x &amp; y &lt;">&quot;</a>'), 'either');
  });
  it('is mixed where both occur, in one expression, too', () => {
    assert.equal(formatOf('<a b="@(c("d"))" /><a b="@(c(&quot;d&quot;))" />'), 'mixed');
    assert.equal(formatOf('<a b="@(c("d") &amp;&amp; e)" />'), 'mixed');
  });
  it('does not follow from broken expressions', () => {
    assert.equal(formatOf('<a b="@(c("d")" /><a>@(x &amp;&amp; y)</a>'), 'xml');
  });
});

describe('converting between raw and escaped expressions', () => {
  it('escapes the attribute’s own quote and what is markup, in attributes', () => {
    assertPair(
      '<a b="@(c("d") && e < 1 || f > 2 || g == \'h\')" />',
      '<a b="@(c(&quot;d&quot;) &amp;&amp; e &lt; 1 || f &gt; 2 || g == \'h\')" />',
    );
    assertPair("<a b='@(c(\"d\") && e == 'f')' />", '<a b=\'@(c("d") &amp;&amp; e == &apos;f&apos;)\' />');
  });
  it('leaves quotes and line breaks in element text', () => {
    assertPair(
      '<a>\n  @{\n    // b < c\n    return d["e"] < 1 && f;\n  }\n</a>',
      '<a>\n  @{\n    // b &lt; c\n    return d["e"] &lt; 1 &amp;&amp; f;\n  }\n</a>',
    );
  });
  it('writes a line break in an attribute as an entity only where a blank would change the code', () => {
    assertPair(
      '<a b="@{\n\tvar c = "d"; // e\r\n\treturn @"f\n\tg" + /* h\n i */ c;\n}" />',
      '<a b="@{\n\tvar c = &quot;d&quot;; // e&#xD;&#xA;\treturn @&quot;f&#xA;&#x9;g&quot; + /* h\n i */ c;\n}" />',
    );
    assertPair('<a b="@{\n#if c // d\nreturn 1;\n}" />', '<a b="@{\n#if c // d&#xA;return 1;\n}" />');
    assertPair('<a b="@{ #region c\nreturn 1;\n}" />', '<a b="@{ #region c&#xA;return 1;\n}" />');
    assertPair(
      '<a b="@{\n  #if c\n\n  d();\r\n\t#endif // e\r\n}" />',
      '<a b="@{\n  #if c&#xA;\n  d();&#xD;&#xA;\t#endif // e&#xD;&#xA;}" />',
    );
  });
  it('touches nothing but expressions', () => {
    const around = '<?xml version="1.0"?><!-- @(a && "b") --><policies>\r\n\t<inbound x="&amp;&quot;\n">&lt;{{n}}';
    const rest = '<![CDATA[@(a && b)]]></inbound></policies>';
    assert.equal(
      converted(`${around}<a b = " @("c")\n"/>${rest}`, 'xml'),
      `${around}<a b = " @(&quot;c&quot;)\n"/>${rest}`,
    );
    assert.equal(converted(`${around}${rest}`, 'rawxml'), `${around}${rest}`);
  });
  it('brings an expression with both spellings into one', () => {
    const mixed = inbound('<a b="@(c != "d" &amp;&amp; e < 2)" />');
    assert.equal(converted(mixed, 'rawxml'), inbound('<a b="@(c != "d" && e < 2)" />'));
    assert.equal(converted(mixed, 'xml'), inbound('<a b="@(c != &quot;d&quot; &amp;&amp; e &lt; 2)" />'));
  });
  it('leaves other spellings of entities as they are, unless they are decoded', () => {
    const escaped = inbound('<a b="@(c(&#34;d&#x22;) > 1)" />');
    assert.equal(converted(escaped, 'xml'), escaped);
    assert.equal(converted(escaped, 'rawxml'), inbound('<a b="@(c("d") > 1)" />'));
  });
  it('converts one expression where that is asked for', () => {
    const { text, offset } = textWithCursor(inbound('<a b="@(c("d¦"))" e="@(f("g"))" />'));
    const { edits } = convertFormat(parse(text), 'xml', { start: offset, end: offset });
    assert.equal(applyEdits(text, edits), inbound('<a b="@(c(&quot;d&quot;))" e="@(f("g"))" />'));
  });

  const assertKept = (statement: string, to: ConversionTarget, reason: string): void => {
    const { text, spans } = textWithSpans(inbound(statement));
    const { edits, kept } = convertFormat(parse(text), to);
    assert.deepEqual(edits, []);
    assert.deepEqual(
      kept.map(({ span }) => span),
      spans,
    );
    for (const { message } of kept) assert.ok(message.includes(reason), message);
  };
  it('keeps a raw expression whose strings hold entities: nobody says whether they are decoded', () => {
    assertKept('<a b="«@(c.Replace("&", "&amp;"))»" />', 'xml', 'is not documented');
    assertKept('<a b="«@(c.Replace("&", "&amp;"))»" />', 'rawxml', 'is not documented');
    assertKept('<a b="«@{ /* &lt; */ return "x"; }»" />', 'xml', 'is not documented');
  });
  it('keeps an escaped expression whose code has the text of an entity', () => {
    assertKept('<a b="«@(c(&quot;&amp;amp;&quot;))»" />', 'rawxml', 'the text of an entity');
    assertKept('<a b="@(c(&quot;&amp;amp;&quot;))" />', 'xml', '');
  });
  it('keeps an escaped expression in an attribute whose code is another when a line break counts', () => {
    const reason = 'XML readers make a blank of it';
    assertKept('<a b="«@{ return @&quot;c\nd&quot;; }»" />', 'rawxml', reason);
    assertKept('<a b="«@{ return @&quot;c\r\nd&quot;; }»" />', 'rawxml', reason);
    assertKept('<a b="«@(&quot;c\td&quot;)»" />', 'rawxml', reason);
    assertKept("<a b='«@(&apos;\t&apos;)»' />", 'rawxml', reason);
    assertKept('<a b="«@{ var c = 1 &lt; 2; // d\n return c; }»" />', 'rawxml', reason);
    assertKept('<a b="«@{\n#region &lt;c&gt;\nreturn 1;\n}»" />', 'rawxml', reason);
    assertKept('<a b="«@{\n return 1 &lt; 2;\n #endregion&#xA;}»" />', 'rawxml', reason);
  });
  it('does not mind line breaks where they are blanks to C#, in entities, and in element text', () => {
    assert.equal(
      converted(inbound('<a b="@{\n\t/* c\n d\t*/ return\t&quot;e&quot;; // f\t&#xA;}" />'), 'rawxml'),
      inbound('<a b="@{\n\t/* c\n d\t*/ return\t"e"; // f\t\n}" />'),
    );
    assert.equal(
      converted(inbound('<a b="@{\r\n return @&quot;c&#xD;&#xA;d&#x9;&quot;;\r\n}" />'), 'rawxml'),
      inbound('<a b="@{\r\n return @"c\r\nd\t";\r\n}" />'),
    );
    assert.equal(
      converted(inbound('<a>@{ return @"c\n\t" &amp; d; // e\n}</a>'), 'rawxml'),
      inbound('<a>@{ return @"c\n\t" & d; // e\n}</a>'),
    );
  });
  it('keeps what is escaped twice, in both directions', () => {
    assertKept('<a b="«@(c(&amp;quot;d&amp;quot;))»" />', 'rawxml', 'escaped twice');
    assertKept('<a b="«@(c(&amp;quot;d&amp;quot;))»" />', 'xml', 'escaped twice');
  });
  it('keeps broken expressions, and those with other text beside them', () => {
    assertKept('<a b="«@(c("d")»" e="f" />', 'xml', 'is broken');
    assertKept('<a>«@(b && c)» d</a>', 'xml', 'is broken');
    assertKept('<a b=«@(c<d)» />', 'xml', 'is broken');
    assertKept('<a>@(b) d</a>', 'xml', '');
  });
  it('keeps what XML cannot hold', () => {
    assertKept('<a b="«@("\u0001")»" />', 'xml', 'XML does not allow');
    assertKept('<a b="«@(c(&quot;&#x1;&quot;))»" />', 'rawxml', 'XML does not allow');
    assertKept('<a b="«@("\uD800")»" />', 'xml', 'XML does not allow');
  });
});

describe('what is wrong outside expressions', () => {
  const malformed = (statement: string): readonly string[] => {
    const text = inbound(statement);
    return convertFormat(parse(text), 'xml').malformed.map(
      ({ ruleId, span }) => `${ruleId}: ${text.slice(span.start, span.end)}`,
    );
  };
  it('is told, in the order of the text', () => {
    assert.deepEqual(malformed('<a b="c & d" e="@(f && g)" h="i < j"><k l="" l="" /></a>'), [
      'syntax-bare-ampersand: &',
      'syntax-bare-less-than: <',
      'syntax-duplicate-attribute: l',
    ]);
  });
  it('is not what stands in an expression, or what XML allows', () => {
    assert.deepEqual(malformed('<a b="@(c && d < 1)" e="f &amp; g" h="@(i[)" /><!-- < & --><j>@(k < 1)</j>'), []);
    assert.deepEqual(malformed('<a>--></a>'), []);
    assert.deepEqual(convertFormat(parse('<cors />'), 'xml').malformed, []);
  });
});

describe('converting random expressions', function () {
  this.timeout(30_000);
  const characters = [...'abcé&<>"\'\\{}()[]@$#:;/*\n\r\t 𝄞\u00A0', '&amp', 'quot;', '//', '/*', '*/', ']]>', '{{n}}'];
  const randomText = (random: Random): string =>
    Array.from({ length: random.below(8) }, () => random.oneOf(characters)).join('');

  /** Every kind of literal, with every character that it can hold. */
  function randomPart(random: Random): string {
    const content = randomText(random);
    const inLine = content.replace(/[\r\n]/g, ' ');
    const regular = inLine.replace(/["\\]/g, '\\$&');
    const doubled = content.replaceAll('"', '""');
    switch (random.below(12)) {
      case 0:
        return `"${regular}"`;
      case 1:
        return `@"${doubled}"`;
      case 2:
        return `$"${regular.replace(/[{}]/g, '$&$&')}{a["${regular}"]}"`;
      case 3:
        return `$@"${doubled.replace(/[{}]/g, '$&$&')}{b:yyyy}"`;
      case 4:
        return `"""${content.replaceAll('"', "'")}"""`;
      case 5:
        return `'${random.oneOf(['"', "\\'", '\\\\', '<', '&', 'x'])}'`;
      case 6:
        return `/*${content.replaceAll('*/', '')}*/`;
      case 7:
        return `//${inLine}${random.oneOf(['\n', '\r\n', '\r'])}`;
      default:
        return random.oneOf([
          'a',
          ' && ',
          ' < ',
          ' > ',
          '<T>',
          '\n',
          '\r\n\t',
          ' ? ',
          '.B(c)',
          '[0]',
          ' & d',
          '{{name}}',
        ]);
    }
  }

  /** Strings exactly, comments and code but for the kind of their white space. */
  function csharpTokens(expression: string): readonly string[] {
    const tokens: string[] = [];
    let end = 0;
    for (const { kind, span } of csharpParts(expression)) {
      const part = expression.slice(span.start, span.end);
      tokens.push(flat(expression.slice(end, span.start)), kind === 'literal' ? part : flat(part));
      end = span.end;
    }
    return [...tokens, flat(expression.slice(end))];
  }

  function flat(code: string): string {
    return code.replace(/[ \t\r\n]+/g, ' ').trim();
  }

  it('gives the same text there and back, and well-formed XML with the same values between', () => {
    const random = createRandom(741);
    let convertedCount = 0;
    for (let round = 0; round < 5_000; round++) {
      const parts = Array.from({ length: 1 + random.below(6) }, () => randomPart(random)).join('');
      const expression = random.chance(0.5) ? `@(${parts})` : `@{${parts}}`;
      const statement = random.oneOf([`<a b="${expression}" />`, `<a b='${expression}' />`, `<a>${expression}</a>`]);
      const text = `<policies>${statement}</policies>`;
      const document = parse(text);
      const { start, end } = document.expressions[0]?.span ?? { start: 0, end: 0 };
      const isRaw = policyFormatOf(document) === 'rawxml' || policyFormatOf(document) === 'either';
      if (document.problems.length > 0 || text.slice(start, end) !== expression || !isRaw) continue;
      const escaped = convert(text, 'xml');
      assert.equal(convert(escaped.text, 'rawxml').text, text, `${escaped.text}\nround ${round}`);
      assert.equal(convert(escaped.text, 'xml').text, escaped.text);
      if (escaped.kept.length > 0) continue;
      convertedCount++;
      assert.deepEqual(decodedTree(escaped.text), decodedTree(text));
      const { complaint, values } = readStrictly(escaped.text);
      assert.equal(complaint, undefined, escaped.text);
      if (statement.startsWith('<a>')) continue;
      assert.deepEqual(csharpTokens(values[0] ?? ''), csharpTokens(expression), escaped.text);
    }
    assert.ok(convertedCount > 800, `only ${convertedCount} expressions were sound`);
  });
});

/** Escaped files that come back with the same code in another spelling, and why. */
const respelled: Readonly<Record<string, readonly string[]>> = {
  'quotes in element text are escaped, which XML does not need': [
    'extracted/Azure+APIManagement-Authorizations/01-how-to-apis__aad-cc.bicep.1.xml',
    'extracted/Azure+APIManagement-Authorizations/01-how-to-apis__aad-cc.bicep.2.xml',
    'extracted/Azure+APIManagement-Authorizations/01-how-to-apis__dropbox.bicep.2.xml',
    'extracted/Azure+APIManagement-Authorizations/01-how-to-apis__github.bicep.2.xml',
    'extracted/Azure+APIManagement-Authorizations/01-how-to-apis__google.bicep.2.xml',
    'extracted/Azure+APIManagement-Authorizations/01-how-to-apis__linkedin.bicep.2.xml',
    'extracted/Azure+APIManagement-Authorizations/01-how-to-apis__spotify.bicep.2.xml',
    'extracted/Azure+apiops-cli/tests__integration__all-resource-types__bicep__source-apim-post-activation.bicep.4.xml',
    'layouts/foundry-metering/policies/operation-chat-policy.xml',
  ],
  'one > is not escaped, which XML allows': [
    'layouts/tf-ai-gateway-lz/llm-backend-onboarding/policies/universal-llm-api-policy.xml',
  ],
};

/**
 * Documents with an escaped expression that is not written raw: the line breaks behind its // comments are no entities, so
 * that XML readers lose the code behind them.
 */
const keptEscaped: readonly string[] = [
  'files/Azure+api-management-policy-snippets/examples/Backend for Frontend or curated API policy.xml',
  'layouts/apim-samples/samples/load-balancing/apim-policies/aca-backend-pool-load-balancing-with-retry-tracked.xml',
  'layouts/apim-samples/shared/apim-policies/fragments/pf-ensure-stream-include-usage.xml',
];

describe('converting the corpus', function () {
  this.timeout(60_000);
  it('gives the same text there and back, and tells what another XML reader refuses', () => {
    const folder = findCorpus();
    if (folder === undefined) return console.log('      no corpus beside the project: nothing compared');
    const different: string[] = [];
    const formats: Record<string, number> = {};
    const keptIn: string[] = [];
    for (const { path, text } of readCorpus(folder)) {
      const format = policyFormatOf(parse(text));
      formats[format] = (formats[format] ?? 0) + 1;
      const escaped = convert(text, 'xml').text;
      const { text: raw, kept } = convert(text, 'rawxml');
      keptIn.push(...kept.map(() => path));
      const { malformed, kept: keptRaw } = convertFormat(parse(text), 'xml');
      assert.equal(readStrictly(escaped).complaint !== undefined, malformed.length + keptRaw.length > 0, path);
      assert.deepEqual(decodedTree(escaped), decodedTree(text), path);
      assert.deepEqual(decodedTree(raw), decodedTree(text), path);
      if (format === 'rawxml' || format === 'either') assert.equal(convert(escaped, 'rawxml').text, text, path);
      if (format === 'xml' && convert(raw, 'xml').text !== text) different.push(path);
      assert.equal(convert(convert(raw, 'xml').text, 'rawxml').text, raw, path);
    }
    assert.deepEqual(formats, { either: 402, rawxml: 289, xml: 37, mixed: 13 });
    assert.deepEqual(keptIn.sort(), keptEscaped);
    assert.deepEqual(different, Object.values(respelled).flat().sort());
  });
});
