import { strict as assert } from 'node:assert';
import type { IGrammar } from 'vscode-textmate';
import structure from '../../server/src/core/catalog/policyStructure.json';
import { assertMarkedScopes, loadPolicyGrammar, readPolicyGrammar, tokenizePolicy } from './tokenizePolicy';

const localName = 'meta.tag.xml entity.name.tag.xml entity.name.tag.localname.xml';
const attributeName = 'meta.tag.xml entity.other.attribute-name.localname.xml';
const tagPunctuation = 'meta.tag.xml punctuation.definition.tag.xml';
const valueText = 'meta.tag.xml string.quoted.double.xml';
const openQuote = 'meta.tag.xml string.quoted.double.xml punctuation.definition.string.begin.xml';
const closeQuote = 'meta.tag.xml string.quoted.double.xml punctuation.definition.string.end.xml';

/** The scopes of C# in an attribute value and of C# in an element's text. */
const inValue = (scopes = '') => `meta.tag.xml meta.embedded.expression.csharp source.cs ${scopes}`.trim();
const inText = (scopes = '') => `meta.embedded.expression.csharp source.cs ${scopes}`.trim();
const begin = 'meta.embedded.expression.csharp punctuation.section.embedded.begin.apim-policy';
const end = 'meta.embedded.expression.csharp punctuation.section.embedded.end.apim-policy';
const namedValue = 'variable.other.constant.named-value.apim-policy';
const placeholder = 'constant.other.placeholder.apim-policy variable.other.placeholder.apim-policy';

describe('policy grammar', () => {
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadPolicyGrammar();
  });
  const check = (text: string, ...expected: readonly string[]) => assertMarkedScopes(grammar, text, ...expected);

  describe('XML, with the scopes of the built-in grammar', () => {
    it('colours a start tag, its attribute and the end tag', () => {
      check(
        `«<»«set-header» «name»«=»«"»«X-A»«"»«>»text«</»«set-header»«>»`,
        tagPunctuation,
        localName,
        attributeName,
        'meta.tag.xml punctuation.separator.key-value.xml',
        openQuote,
        valueText,
        closeQuote,
        tagPunctuation,
        tagPunctuation,
        localName,
        tagPunctuation,
      );
    });

    it('colours a single-quoted value and an empty tag', () => {
      check(
        `<trace «source»=«'»«it is "quoted"»«'» «/>»`,
        attributeName,
        'meta.tag.xml string.quoted.single.xml punctuation.definition.string.begin.xml',
        'meta.tag.xml string.quoted.single.xml',
        'meta.tag.xml string.quoted.single.xml punctuation.definition.string.end.xml',
        tagPunctuation,
      );
    });

    it('colours namespaces', () => {
      check(
        `<«soap»«:»«Body» «xmlns»«:»«soap»="u"/>`,
        'meta.tag.xml entity.name.tag.xml entity.name.tag.namespace.xml',
        'meta.tag.xml entity.name.tag.xml punctuation.separator.namespace.xml',
        localName,
        'meta.tag.xml entity.other.attribute-name.namespace.xml',
        'meta.tag.xml entity.other.attribute-name.xml punctuation.separator.namespace.xml',
        attributeName,
      );
    });

    it('colours a comment over several lines, with tags and expressions in it', () => {
      check(
        `«<!--»« one»\n«  <set-header name="@(1)">»\n«-->»<«retry» />`,
        'comment.block.xml punctuation.definition.comment.xml',
        'comment.block.xml',
        'comment.block.xml',
        'comment.block.xml punctuation.definition.comment.xml',
        localName,
      );
    });

    it('ends a comment that ends with several dashes', () => {
      check(`<!-- a «--» b ---><«retry» />`, 'comment.block.xml invalid.illegal.bad-comments-or-CDATA.xml', localName);
    });

    it('colours entities in text and in values', () => {
      check(
        `<set-url x="a«&»«amp»«;»b">«&»«#38»«;»</set-url>`,
        `${valueText} constant.character.entity.xml punctuation.definition.constant.xml`,
        `${valueText} constant.character.entity.xml`,
        `${valueText} constant.character.entity.xml punctuation.definition.constant.xml`,
        'constant.character.entity.xml punctuation.definition.constant.xml',
        'constant.character.entity.xml',
        'constant.character.entity.xml punctuation.definition.constant.xml',
      );
    });

    it('leaves a bare & and < in a literal value to the language server', () => {
      check(`<rewrite-uri template="«/x?a=1&b<2»" />`, valueText);
    });

    it('colours CDATA', () => {
      check(
        `<set-body>«<![CDATA[»«<a>»«]]>»</«set-body»>`,
        'string.unquoted.cdata.xml punctuation.definition.string.begin.xml',
        'string.unquoted.cdata.xml',
        'string.unquoted.cdata.xml punctuation.definition.string.end.xml',
        localName,
      );
    });

    it('colours the XML declaration', () => {
      check(
        `«<?»«xml» «version»="1.0"«?>»\n<«policies»>`,
        'meta.tag.preprocessor.xml punctuation.definition.tag.xml',
        'meta.tag.preprocessor.xml entity.name.tag.xml',
        'meta.tag.preprocessor.xml entity.other.attribute-name.xml',
        'meta.tag.preprocessor.xml punctuation.definition.tag.xml',
        `${localName} entity.name.tag.section.apim-policy`,
      );
    });

    it('colours a tag whose attributes stand on several lines', () => {
      check(
        `<retry\n  «count»="«3»"\n  interval='1'\n«>»<«value»>`,
        attributeName,
        valueText,
        tagPunctuation,
        localName,
      );
    });

    it('ends an unfinished tag before the next one', () => {
      check(`<set-header «name»=\n<«value»>`, attributeName, localName);
    });

    it('returns at the next policy when a closing quote is missing', () => {
      check(`<set-header name="x>\n  <«set-body»>`, localName);
    });
  });

  describe('policy elements', () => {
    it('gives sections and roots their own scope', () => {
      for (const name of ['policies', 'fragment', 'inbound', 'backend', 'outbound', 'on-error']) {
        const section = `${localName} entity.name.tag.section.apim-policy`;
        check(`<«${name}»></«${name}»>`, section, section);
      }
    });

    it('gives base a scope that is a tag and a keyword', () => {
      const base = `${localName} entity.name.tag.base.apim-policy keyword.control.base.apim-policy`;
      check(`<«base» /><«base»/><«base»></«base»>`, base, base, base, base);
    });

    it('does not take a longer name for a section or for base', () => {
      check(`<«base-x» /><«set-backend-service» /><«inbound-x» />`, localName, localName, localName);
    });
  });

  describe('expressions in attribute values', () => {
    it('embeds C# between the brackets and returns to XML after them', () => {
      check(
        `<set-variable value=«"»«@(»«1»«)»«"» «name»="x" />`,
        openQuote,
        `meta.tag.xml ${begin}`,
        inValue('constant.numeric.cs'),
        `meta.tag.xml ${end}`,
        closeQuote,
        attributeName,
      );
    });

    it('embeds statements between braces', () => {
      check(
        `<set-variable value=«"»«@{»« »«return»« »«1»«}»«"» /><«value»>`,
        openQuote,
        `meta.tag.xml ${begin}`,
        inValue(),
        inValue('keyword.control.cs'),
        inValue(),
        inValue('constant.numeric.cs'),
        `meta.tag.xml ${end}`,
        closeQuote,
        localName,
      );
    });

    it('reads in single quotes too', () => {
      check(
        `<when condition=«'»«@(»x["a"] == 'b'«)»«'»><«value»>`,
        'meta.tag.xml string.quoted.single.xml punctuation.definition.string.begin.xml',
        `meta.tag.xml ${begin}`,
        `meta.tag.xml ${end}`,
        'meta.tag.xml string.quoted.single.xml punctuation.definition.string.end.xml',
        localName,
      );
    });

    it('does not end at a quote, a <, an && or a generic argument', () => {
      check(
        `<when condition="@(x.As<JObject>()["«a»"] != null «&&» n «<» 3 && m > 2«)»«"»«>»`,
        inValue('string.quoted.double.cs'),
        inValue('keyword.operator.cs'),
        inValue('keyword.operator.cs'),
        `meta.tag.xml ${end}`,
        closeQuote,
        tagPunctuation,
      );
    });

    it('does not end at brackets in strings, characters and comments', () => {
      for (const code of [`")}"`, `'"' + ')'`, `@"\\" + ")"`, `"\\")"`, `1 /* )" */`, `$")"`, `$@""")"""`]) {
        check(`<set-variable value="@(${code}«)»«"» «name»="x" />`, `meta.tag.xml ${end}`, closeQuote, attributeName);
      }
    });

    it('follows nested brackets', () => {
      check(
        `<set-variable value="@(f(new[] { 1, (2) }, d[g(3)])«)»" «other»="@{ if (a) { return (b); } «}»" «last»="x" />`,
        `meta.tag.xml ${end}`,
        attributeName,
        `meta.tag.xml ${end}`,
        attributeName,
      );
    });

    it('follows strings in the holes of interpolated strings', () => {
      check(
        `<set-variable value="@($"a{d["«x»"]}«b»"«)»«"» «name»="y" />`,
        inValue('string.quoted.double.cs meta.interpolation.cs string.quoted.double.cs'),
        inValue('string.quoted.double.cs'),
        `meta.tag.xml ${end}`,
        closeQuote,
        attributeName,
      );
    });

    it('goes over several lines', () => {
      check(
        [
          `<set-variable name="x" value="«@{»`,
          `    var s = "}\\"" + '"'; // it's a ")" comment`,
          `    if (s.Length < 3) {`,
          `        «return» $"{s["a"]}";`,
          `    }`,
          `    return @"`,
          `<header title=""a"">`,
          `«<!-- html»`,
          `</b>";`,
          `«}»«"» «other»="@(2)" />`,
          `<«value»>`,
        ].join('\n'),
        `meta.tag.xml ${begin}`,
        inValue('keyword.control.cs'),
        inValue('string.quoted.double.cs'),
        `meta.tag.xml ${end}`,
        closeQuote,
        attributeName,
        localName,
      );
    });

    it('keeps comments between tags whole after an expression over several lines', () => {
      check(
        [`<set-variable value="@(`, `  1`, `)" />`, `<!--`, `«  <set-header name="x" />»`, `-->`].join('\n'),
        'comment.block.xml',
      );
    });

    it('begins on the line after the quote', () => {
      check(
        `<set-variable value="\n   «@(»1«)»\n«"» «name»="x" />`,
        `meta.tag.xml string.quoted.double.xml ${begin}`,
        `meta.tag.xml string.quoted.double.xml ${end}`,
        closeQuote,
        attributeName,
      );
    });

    it('needs the whole value', () => {
      check(`<set-url x="«a@(b)»" />`, valueText);
    });
  });

  describe('expressions in element text', () => {
    it('embeds C# and returns to XML at the end tag', () => {
      check(`<value>«@(»"a" «<» b«)»</«value»>`, begin, inText('keyword.operator.cs'), end, localName);
    });

    it('goes over several lines, from a line of its own', () => {
      check(
        `<set-url>\n  «@{»\n    «return» "</set-url>";\n  «}»\n</«set-url»>`,
        begin,
        inText('keyword.control.cs'),
        end,
        localName,
      );
    });

    it('goes on inside CDATA', () => {
      check(
        `<set-body>«<![CDATA[»«@{»\n  «return» "]";\n«}»«]]>»</«set-body»>`,
        'string.unquoted.cdata.xml punctuation.definition.string.begin.xml',
        begin,
        inText('keyword.control.cs'),
        end,
        'string.unquoted.cdata.xml punctuation.definition.string.end.xml',
        localName,
      );
    });
  });

  describe('escaped expressions', () => {
    const escaped = 'string.quoted.double.cs string.quoted.double.escaped.apim-policy';

    it('takes &quot; for the quotes of a C# string', () => {
      check(
        `<when condition="@(d[«&quot;»«a)»«&quot;»] == 1«)»«"» />`,
        inValue(`${escaped} punctuation.definition.string.begin.cs constant.character.entity.xml`),
        inValue(escaped),
        inValue(`${escaped} punctuation.definition.string.end.cs constant.character.entity.xml`),
        `meta.tag.xml ${end}`,
        closeQuote,
      );
    });

    it('colours escaped operators and generic arguments as entities', () => {
      check(
        `<value>@(b.As&«lt»;«string»&«gt»;() «&»«amp»«;»&amp; c«)»</«value»>`,
        inText('constant.character.entity.xml'),
        inText('keyword.type.cs'),
        inText('constant.character.entity.xml'),
        inText('constant.character.entity.xml punctuation.definition.constant.xml'),
        inText('constant.character.entity.xml'),
        inText('constant.character.entity.xml punctuation.definition.constant.xml'),
        end,
        localName,
      );
    });

    it('reads escaped strings in the holes of raw ones', () => {
      check(
        `<set-url>@($"a{d[&quot;«x»&quot;]}«b»"«)»</set-url>`,
        inText(`string.quoted.double.cs meta.interpolation.cs ${escaped}`),
        inText('string.quoted.double.cs'),
        end,
      );
    });
  });

  describe('unterminated expressions', () => {
    /** Each text is broken; the marked tag after it must be a tag again. */
    const broken: Readonly<Record<string, string>> = {
      'a missing bracket': `<when condition="@(a(b"><«value»>x</value>`,
      'a missing bracket before other attributes': `<x a="@(f("k", "")" «b»="c" />`,
      'a missing C# quote': `<set-variable value="@(d["a])" />\n<«value»>`,
      'a missing attribute quote': `<set-variable value="@(d["a"]) />\n<«value»>`,
      'a missing attribute quote before other attributes': `<set-variable value="@(d["a"]) «name»="b" />`,
      'a missing attribute quote over several lines': `<set-variable value="@{\n  return 1;\n} />\n<«value»>`,
      'a missing closing brace over several lines': `<set-variable value="@{\n  return 1;\n" />\n<«value»>`,
      'a missing bracket in text': `<value>@(a(b</«value»>`,
      'an open bracket over several lines': `<set-variable value="@{\n  return (1;\n}" />\n<«set-header» />`,
      'an open string over several lines': `<set-variable value="@{\n  return @"a;\n}" />\n</«inbound»>`,
      'an open bracket in text over several lines': `<value>@{\n  return (1;\n}</value>\n</«set-header»>`,
      'nothing but the beginning': `<set-variable value="@(\n<«choose»>`,
    };
    for (const [name, text] of Object.entries(broken)) {
      it(`does not spoil what follows ${name}`, () => {
        const kind = text.includes('«b»') || text.includes('«name»') ? attributeName : localName;
        const isSection = text.includes('«inbound»');
        check(text, isSection ? `${localName} entity.name.tag.section.apim-policy` : kind);
      });
    }

    it('is still coloured as C#', () => {
      check(`<x a="«@(»f(«1»" «b»="c" />`, `meta.tag.xml ${begin}`, inValue('constant.numeric.cs'), attributeName);
    });
  });

  describe('named values', () => {
    it('has one scope in values, text and tags', () => {
      check(
        `<x a="b«{{»«my-value.1»«}}»" {{«y»}}>{{«z»}}</x>`,
        `${valueText} ${namedValue} punctuation.definition.named-value.begin.apim-policy`,
        `${valueText} ${namedValue}`,
        `${valueText} ${namedValue} punctuation.definition.named-value.end.apim-policy`,
        `meta.tag.xml ${namedValue}`,
        namedValue,
      );
    });

    it('has that scope in C# code and strings, interpolated ones too', () => {
      check(
        `<x a="@({{«n»}} + "{{«s»}}" + $"{{«i»}}/{«1»}")" />`,
        inValue(namedValue),
        inValue(`string.quoted.double.cs ${namedValue}`),
        inValue(`string.quoted.double.cs ${namedValue}`),
        inValue('string.quoted.double.cs meta.interpolation.cs constant.numeric.cs'),
      );
    });

    it('has no scope of its own in comments', () => {
      check(`<!--« {{n}} »-->`, 'comment.block.xml');
    });
  });

  describe('placeholders that are not of API Management', () => {
    it('colours them outside expressions', () => {
      check(
        `«%{ if x }»<x a="«\${a["b"]}»" b="https://«#host#»/«__PATH__»" c="«{count}»" «\${d}» />«$(e)»`,
        placeholder,
        `${valueText} ${placeholder}`,
        `${valueText} ${placeholder}`,
        `${valueText} ${placeholder}`,
        `${valueText} ${placeholder}`,
        `meta.tag.xml ${placeholder}`,
        placeholder,
      );
    });

    it('does not take a parameter of a URL template for one', () => {
      check(`<rewrite-uri template="«/orders/{id}»" />`, valueText);
    });

    it('does not look for them in C#', () => {
      check(`<x a="@($"\${«1»}")" />`, inValue('string.quoted.double.cs meta.interpolation.cs constant.numeric.cs'));
    });
  });

  describe('Liquid', () => {
    it('colours tags and objects in text', () => {
      check(
        `<set-body template="liquid">{«{%» «if» «a» «%}»«{{» «b» | «escape» «}}»</«set-body»>`,
        'meta.tag.liquid punctuation.definition.tag.begin.liquid',
        'meta.tag.liquid keyword.control.liquid',
        'meta.tag.liquid variable.other.liquid',
        'meta.tag.liquid punctuation.definition.tag.end.liquid',
        'meta.object.liquid punctuation.definition.tag.begin.liquid',
        'meta.object.liquid variable.other.liquid',
        'meta.object.liquid support.function.liquid',
        'meta.object.liquid punctuation.definition.tag.end.liquid',
        localName,
      );
    });
  });

  describe('the file', () => {
    it('has a rule for every include', () => {
      const file = readPolicyGrammar() as { repository: Record<string, unknown> };
      const missing = strings(file, 'include').filter(
        (include) => include.startsWith('#') && file.repository[include.slice(1)] === undefined,
      );
      assert.deepEqual(missing, []);
    });

    it('includes of C# only the two rules that Razor has relied on for years', () => {
      const foreign = strings(readPolicyGrammar(), 'include').filter((include) => !include.startsWith('#'));
      assert.deepEqual([...new Set(foreign)].sort(), ['source.cs#expression', 'source.cs#statement']);
    });

    it('defines C# code in the same words wherever a rule calls it', () => {
      const file = readPolicyGrammar();
      const definitions = [...strings(file, 'begin'), ...strings(file, 'match')]
        .filter((regex) => regex.includes('\\g<code>'))
        .map((regex) => regex.slice(0, regex.indexOf('{0}') + 3));
      assert.equal(definitions.length, 3);
      assert.equal(new Set(definitions).size, 1);
    });

    it('comes back at every policy, whatever is open', () => {
      for (const name of Object.keys(structure.policies)) {
        check(`<set-variable value="@{ return @"open\n  <«${name}» />`, localName);
      }
    });

    it('takes a long line of unfinished brackets and quotes in its stride', function () {
      this.timeout(20_000);
      for (const unit of ['(', '$"{', '"a', 'b="@(x" ', '&quot;', '<a b="@(']) {
        tokenizePolicy(grammar, `<x a="@(${unit.repeat(300)}`);
      }
    });
  });
});

/** All strings that stand under the key, anywhere in the value. */
function strings(value: unknown, key: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'string' ? (name === key ? [inner] : []) : strings(inner, key),
  );
}
