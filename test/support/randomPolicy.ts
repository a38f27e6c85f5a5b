import type { Random } from './random';

/**
 * A policy document in any layout: elements on lines of their own or not, attributes over several lines, C# with strings
 * over several lines, comments, texts, CDATA, mixed line ends, blanks and tabs anywhere. It has no syntax problem.
 */
export function randomPolicy(random: Random): string {
  const space = (): string => random.oneOf(['', ' ', '\n', '\r\n', '\n  ', '\n\t\t', '  \n      ', '\r', '\n\n \n   ']);
  const blank = (): string => random.oneOf([' ', '  ', '\t', '\n', '\n      ', ' \r\n  ']);
  const csharp = (): string => {
    const lines = Array.from({ length: random.below(6) }, () =>
      random.oneOf([
        'var a = 1;',
        '    return a;',
        '\tif (a) { b(); }',
        '',
        'var c = @"one\n   two ""three""\n";',
        'var d = $@"{e}\n  {f("g")}\n   {{h}}";',
        'var i = """\n      j\n      """;',
        '// it\'s "k"',
        '/* l\n   m */',
        "var n = '\"';",
        '  #region o',
      ]),
    );
    return `@{${space()}${lines.join(random.oneOf(['\n', '\n    ', '\r\n\t', '\n            ']))}\n${random.oneOf(['', '  ', '\t'])}}`;
  };
  const expression = (): string => (random.chance(0.5) ? '@(a["b"] > 1 && c)' : csharp());
  const value = (): string =>
    random.chance(0.4) ? expression() : random.oneOf(['', 'a', ' b  c ', '{{d}}', 'e\n    f', '&lt;']);
  const tag = (name: string, end: string): string => {
    const attributes = Array.from({ length: random.below(4) }, (_, index) => {
      const equals = random.chance(0.8) ? '=' : ' = ';
      return `${blank()}a${index}${equals}"${value()}"`;
    });
    return `<${name}${attributes.join('')}${random.chance(0.7) ? '' : blank()}${end}`;
  };
  const leaf = (): string =>
    random.oneOf([
      () => tag('base', '/>'),
      () => `${tag('value', '>')}${random.oneOf([' ', 'a', '  b\n c ', '{{d}}', '\n'])}</value>`,
      () => `<value>${space()}${expression()}${space()}</value >`,
      () => `<set-body>${space()}${random.oneOf(['{ "a": 1 }', '<b/>\n <c> </c>', expression()])}${space()}</set-body>`,
      () => `<value>${space()}<![CDATA[ a\n  b ]]></value>`,
      () => `<!-- a${space()}b -->`,
      () => `<!--\n    c\n  d\n-->`,
    ])();
  const element = (depth: number): string => {
    if (depth === 0 || random.chance(0.3)) return leaf();
    const children = Array.from({ length: random.below(5) }, () => space() + element(depth - 1));
    const mixed = random.chance(0.1) ? `${space()}text${space()}` : '';
    const name = random.oneOf(['choose', 'when', 'retry']);
    return `${tag(name, '>')}${children.join('')}${mixed}${space()}</${name}>`;
  };
  return `${random.oneOf(['', '\uFEFF'])}${space()}<!-- a -->${space()}<policies>${space()}${element(4)}${space()}</policies>${space()}`;
}
