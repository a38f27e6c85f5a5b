import type { IRawGrammar } from 'vscode-textmate';

/**
 * A stand-in for VS Code's C# grammar, which is not on npm. It has the rules that our grammar includes by name and the
 * traits that make embedding hard: rules that nest by bracket, and strings that go on until their own end. It does not
 * know statements, types or names.
 */
export function createCsharpStub(): IRawGrammar {
  const bracketed = (open: string, close: string) => ({
    begin: `\\${open}`,
    beginCaptures: { '0': { name: 'punctuation.open.cs' } },
    end: `\\${close}`,
    endCaptures: { '0': { name: 'punctuation.close.cs' } },
    patterns: [{ include: '#expression' }],
  });
  const interpolation = {
    name: 'meta.interpolation.cs',
    begin: '\\{',
    beginCaptures: { '0': { name: 'punctuation.definition.interpolation.begin.cs' } },
    end: '\\}',
    endCaptures: { '0': { name: 'punctuation.definition.interpolation.end.cs' } },
    patterns: [{ include: '#expression' }],
  };
  const grammar = {
    scopeName: 'source.cs',
    patterns: [{ include: '#statement' }],
    repository: {
      statement: { patterns: [{ include: '#expression' }] },
      expression: {
        patterns: [
          { name: 'comment.line.double-slash.cs', match: '//.*$' },
          { name: 'comment.block.cs', begin: '/\\*', end: '\\*/' },
          {
            name: 'string.quoted.double.cs',
            begin: '\\$"',
            end: '"|$',
            patterns: [
              { name: 'constant.character.escape.cs', match: '\\\\.|\\{\\{|\\}\\}' },
              { include: '#interpolation' },
            ],
          },
          {
            name: 'string.quoted.double.cs',
            begin: '(?:\\$@|@\\$)"',
            end: '"(?!")',
            patterns: [{ name: 'constant.character.escape.cs', match: '""' }, { include: '#interpolation' }],
          },
          {
            name: 'string.quoted.double.cs',
            begin: '@"',
            end: '"(?!")',
            patterns: [{ name: 'constant.character.escape.cs', match: '""' }],
          },
          {
            name: 'string.quoted.double.cs',
            begin: '"',
            end: '"|$',
            patterns: [{ name: 'constant.character.escape.cs', match: '\\\\.' }],
          },
          {
            name: 'string.quoted.single.cs',
            begin: "'",
            end: "'|$",
            patterns: [{ name: 'constant.character.escape.cs', match: '\\\\.' }],
          },
          { name: 'keyword.control.cs', match: '\\b(?:return|if|else|foreach|new|from|in|select)\\b' },
          { name: 'keyword.type.cs', match: '\\b(?:var|string|int|bool)\\b' },
          { name: 'constant.numeric.cs', match: '\\b\\d+\\b' },
          { name: 'keyword.operator.cs', match: '&&|\\|\\||[<>=!]=?' },
          bracketed('(', ')'),
          bracketed('{', '}'),
          bracketed('[', ']'),
        ],
      },
      interpolation,
    },
  };
  return grammar as unknown as IRawGrammar;
}
