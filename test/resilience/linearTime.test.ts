import { assertLinearTime, repeat } from '../support/linearTime';
import { parse } from '../support/syntax';

/** Texts that would take quadratic time, each in a careless reader of one kind or another; of about `length` characters. */
const texts: Readonly<Record<string, (length: number) => string>> = {
  'open expressions in one tag': (length) => repeat('<a b="@(', length),
  'open expressions, each in a tag of its own': (length) => repeat('<a b="@(">\n', length),
  'open expressions on lines without quotes': (length) => repeat('<a b="@(\n', length),
  'open expressions with both quotes': (length) => repeat('<a b="@{ " c=\'@{', length),
  'open expressions in text': (length) => repeat('<a>@{', length),
  'open expressions before end tags that close nothing': (length) => repeat('<a>@{</b>', length),
  'open verbatim strings': (length) => repeat('<a>@(@"</a>\n', length),
  'open verbatim strings in attributes': (length) => repeat('<a b="@(@"c\n', length),
  'open characters on one line': (length) => repeat("<a b='@('", length),
  'open block comments': (length) => repeat('<a>@(/*</a>', length),
  'expressions that all end together': (length) =>
    `<a ${repeat('x="@(" ', length / 2)} x="@(${repeat(')', length / 2)} y`,
  'open brackets': (length) => `<a b="@(${repeat('(', length)}">`,
  'interpolated strings in each other': (length) => `<a>@($"${repeat('{$"', length)}`,
  'escaped quotes': (length) => `<a b="@(${repeat('&quot;', length)}`,
  'escaped quotes without an expression': (length) => repeat('&quot;', length),
  '# in an expression': (length) => `<a>@{${repeat('#', length)}`,
  'quotes that end nothing': (length) => `<a b="@(${repeat('"      ', length)}`,
  'nested elements': (length) => repeat('<a>', length / 2) + repeat('</a>', length / 2),
  'unclosed elements': (length) => repeat('<a>', length),
  'end tags that close nothing, deep down': (length) => repeat('<a>', length / 2) + repeat('</b>', length / 2),
  'end tags whose elements were closed by others': (length) =>
    `<r>${repeat('<x><b></x>', length / 3)}${repeat('<a>', length / 3)}${repeat('</b>', length / 3)}`,
  'misspelt end tags': (length) => repeat('<a><b></c><!----></a>', length),
  'sections in sections': (length) => `<policies>${repeat('<inbound>', length)}`,
  'tags without >': (length) => repeat('<ab<', length),
  'end tags without >': (length) => repeat('<ab></ab', length),
  'one long attribute': (length) => `<a b="${repeat('c', length)}"/>`,
  'many attributes': (length) => `<a${Array.from({ length: length / 9 }, (_, index) => ` b${index}="c"`).join('')}/>`,
  'one attribute many times': (length) => `<a ${repeat('b="c" ', length)}/>`,
  'attributes without value': (length) => `<a ${repeat('b ', length)}>`,
  'attributes without quotes': (length) => `<a ${repeat('b=c ', length)}>`,
  'values that never end': (length) => repeat('<a b="c\n<', length),
  'quotes in a tag': (length) => `<a b=${repeat('"\'', length)}`,
  'white space in a tag': (length) => `<a${repeat(' ', length)}`,
  '= in a tag': (length) => `<a ${repeat('=', length)}`,
  'open placeholders in a tag': (length) => `<a ${repeat('${ ', length)}`,
  'open placeholders outside the root': (length) => `<a/>${repeat('x ${', length)}`,
  'only <': (length) => repeat('<', length),
  'only quotes': (length) => repeat('"', length),
  'only @{': (length) => repeat('@{', length),
  'only &': (length) => `<a>${repeat('&', length)}`,
  'only {{': (length) => repeat('{{', length),
  'open comments': (length) => repeat('<!--', length),
  'open comments, a line each': (length) => repeat('<!--\n', length),
  'comments with --': (length) => `<a>${repeat('<!-- -- -->', length)}`,
  'open CDATA sections': (length) => repeat('<![CDATA[', length),
  'open instructions': (length) => repeat('<?', length),
  'end tags that close nothing, on one line': (length) => repeat('<b/></c>', length),
  'elements in each other that never end': (length) =>
    Array.from({ length: length / 6 }, (_, index) => `<a${index}>`).join(''),
  'texts outside the root, on one line': (length) => repeat('<policies/>x', length),
  'declarations that stand elsewhere': (length) => `<a>${repeat('<?xml ?>', length)}</a>`,
  'tags without <': (length) => `<a>${repeat('<b/>c />', length)}</a>`,
  'open declarations': (length) => repeat('<!a\n', length),
  'a Liquid template with comments': (length) => `<set-body template="liquid">${repeat('{{a}}<!---->', length)}`,
};

describe('parsing, with all fixes, takes time in proportion to the length', () => {
  for (const [name, textOfLength] of Object.entries(texts)) {
    it(name, function () {
      this.timeout(60_000);
      assertLinearTime((length) => {
        const text = textOfLength(length);
        // Fixes are made when somebody asks; whoever asks for all must not wait either.
        return () => parse(text).problems.map(({ fixes }) => fixes?.());
      });
    });
  }
});
