import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface EnterRule {
  readonly beforeText: string;
  readonly afterText?: string;
  readonly action: { readonly indent: string; readonly appendText?: string; readonly removeText?: number };
}

interface LanguageConfiguration {
  readonly comments: { readonly blockComment: readonly string[] };
  readonly brackets: readonly (readonly string[])[];
  readonly autoClosingPairs: readonly { readonly open: string; readonly close: string }[];
  readonly surroundingPairs: readonly { readonly open: string; readonly close: string }[];
  readonly folding: { readonly markers: { readonly start: string; readonly end: string } };
  readonly wordPattern: { readonly pattern: string };
  readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
  readonly onEnterRules: readonly EnterRule[];
}

const configuration: LanguageConfiguration = JSON.parse(
  readFileSync(resolve('syntaxes', 'apim-policy.language-configuration.json'), 'utf8'),
);

describe('language configuration', () => {
  it('keeps what the built-in xml language has', () => {
    const pairs = (list: LanguageConfiguration['surroundingPairs']) => list.map(({ open, close }) => open + close);
    assert.deepEqual(configuration.comments.blockComment, ['<!--', '-->']);
    for (const pair of [
      ['<!--', '-->'],
      ['<', '>'],
      ['{', '}'],
      ['(', ')'],
    ]) {
      assert.ok(
        configuration.brackets.some((one) => one.join() === pair.join()),
        pair.join(' '),
      );
    }
    for (const pair of ['{}', '[]', '()', '""', "''", '<!---->']) {
      assert.ok(pairs(configuration.autoClosingPairs).includes(pair), pair);
    }
    for (const pair of ["''", '""', '{}', '[]', '()', '<>']) {
      assert.ok(pairs(configuration.surroundingPairs).includes(pair), pair);
    }
  });

  it('folds #region comments', () => {
    const { start, end } = configuration.folding.markers;
    assert.match('  <!-- #region CORS -->', new RegExp(start));
    assert.match('  <!-- #endregion -->', new RegExp(end));
    assert.match('<!-- region CORS -->', new RegExp(start));
    assert.match('<!-- endregion CORS -->', new RegExp(end));
    assert.doesNotMatch('  <!-- a #region -->', new RegExp(start));
  });

  it('takes names with dashes for one word, and the parts of code for several', () => {
    const words = (text: string) => text.match(new RegExp(configuration.wordPattern.pattern, 'g')) ?? [];
    assert.deepEqual(words('<set-header exists-action="override">'), ['set-header', 'exists-action', 'override']);
    assert.deepEqual(words('{{my-value}}'), ['my-value']);
    assert.deepEqual(words('context.Request["a"]'), ['context', 'Request', 'a']);
  });

  it('indents after a start tag and not after a finished element', () => {
    const expected: Readonly<Record<string, string>> = {
      '  <inbound>': 'indent',
      '  <when condition="@(a.B > 1 && c["d"] == "e")">': 'indent',
      '  <set-body template="liquid"> <!-- body -->': 'indent',
      '">': 'indent',
      '  }">': 'indent',
      '  <base />': 'none',
      '  <set-variable name="a" value="@(b > c)" />': 'none',
      '" />': 'none',
      '  <value>@(b > c)</value>': 'none',
      '  </inbound>': 'none',
      '  <!-- comment -->': 'none',
      '  text': 'none',
    };
    const actual = Object.fromEntries(Object.keys(expected).map((line) => [line, enter(line, '')]));
    assert.deepEqual(actual, expected);
  });

  it('puts an end tag on a line of its own', () => {
    assert.equal(enter('  <inbound>', '</inbound>'), 'indentOutdent');
    assert.equal(enter('">', '</when>'), 'indentOutdent');
  });

  it('indents attributes that stand on lines of their own, and comes back', () => {
    const expected: Readonly<Record<string, string>> = {
      '  <validate-jwt': 'indent',
      '  <validate-jwt header-name="a"': 'indent',
      '    scheme="Bearer"': 'none',
      '    scheme="Bearer">': 'none',
      '    scheme="Bearer" id="b" />': 'outdent',
      '  <base': 'indent',
    };
    const actual = Object.fromEntries(Object.keys(expected).map((line) => [line, enter(line, '')]));
    assert.deepEqual(actual, expected);
  });

  it('puts an end tag on a line of its own below a start tag of several lines', () => {
    const expected: Readonly<Record<string, string>> = {
      '\t\tscheme="Bearer">': 'indentOutdent -1',
      '      scheme="Bearer">': 'indentOutdent -2',
      '        scheme="Bearer">': 'indentOutdent -4',
      // Attributes that are aligned with the first one say nothing about a step.
      '   scheme="Bearer">': 'outdent',
    };
    const actual = Object.fromEntries(Object.keys(expected).map((line) => [line, enter(line, '</validate-jwt>')]));
    assert.deepEqual(actual, expected);
  });

  it('aligns the lines of a comment, and comes back', () => {
    const expected: Readonly<Record<string, string>> = {
      '  <!--': 'indent',
      '  <!-- one': 'none +5',
      '       two': 'none',
      '       two -->': 'none -5',
      '    two -->': 'none',
      '  -->': 'none',
    };
    const actual = Object.fromEntries(Object.keys(expected).map((line) => [line, enter(line, '')]));
    assert.deepEqual(actual, expected);
    assert.equal(enter('  <!--', ' -->'), 'indentOutdent');
  });

  it('knows how lines change the indentation', () => {
    const { increaseIndentPattern, decreaseIndentPattern } = configuration.indentationRules;
    const change = (line: string) =>
      `${new RegExp(decreaseIndentPattern).test(line) ? '-' : ''}${new RegExp(increaseIndentPattern).test(line) ? '+' : ''}`;
    const expected: Readonly<Record<string, string>> = {
      '<inbound>': '+',
      '</inbound>': '-',
      '<value>@(b > c)</value>': '',
      '<set-variable name="a" value="@(x.As<string>() > y)" />': '',
      '<set-variable name="a" value="@{': '+',
      'if (a) {': '+',
      '} else {': '-+',
      '}" />': '-',
      '}">': '-+',
      '<!-- one line -->': '',
      '<!--': '+',
      '-->': '-',
    };
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((line) => [line, change(line)])), expected);
  });
});

/** What the first rule that fits does when Enter is pressed between the two texts. */
function enter(before: string, after: string): string {
  const rule = configuration.onEnterRules.find(
    ({ beforeText, afterText }) =>
      new RegExp(beforeText).test(before) && (afterText === undefined || new RegExp(afterText).test(after)),
  );
  const { indent = 'none', appendText, removeText } = rule?.action ?? {};
  return [indent, appendText && `+${appendText.length}`, removeText && `-${removeText}`].filter(Boolean).join(' ');
}
