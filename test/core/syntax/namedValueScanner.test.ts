import { strict as assert } from 'node:assert';
import { textWithSpans } from '../../support/markers';
import { parse } from '../../support/syntax';

/** The marked spans are all named values of the text. */
function assertNamedValues(fixture: string, ...names: readonly string[]): void {
  const { text, spans } = textWithSpans(fixture);
  assert.deepEqual(
    parse(text).namedValues,
    names.map((name, index) => ({ name, span: spans[index] })),
  );
}

describe('named values', () => {
  it('are found in values, in text and in code', () => {
    assertNamedValues(
      '<policies><a b="«{{c-1}}»/«{{d_2}}»">«{{e.f}}»</a><g>@("«{{h}}»" + $"«{{i}}»{j}")</g></policies>',
      'c-1',
      'd_2',
      'e.f',
      'h',
      'i',
    );
  });

  it('are found in CDATA and in a third brace', () => {
    assertNamedValues('<policies><![CDATA[«{{a}}»]]>{«{{b}}»}</policies>', 'a', 'b');
  });

  it('are none in comments', () => {
    assertNamedValues('<policies><!-- {{a}} --><b>«{{c}}»</b><!--{{d}}--></policies>', 'c');
  });

  it('are none with characters that the service does not accept', () => {
    assertNamedValues('<policies>{{ a }}{{}}{{b c}}{{d["e"]}}{{f}</policies>');
  });

  it('are told from Liquid variables in Liquid templates', () => {
    assertNamedValues(
      '<policies><set-body template="liquid">{% assign a = 1 %}{% for b in c %}{{a}}{{b}}{{b.d}}{{body.e}}«{{f}}»</set-body>' +
        '<set-body>«{{a}}»«{{b.d}}»</set-body></policies>',
      'f',
      'a',
      'b.d',
    );
  });
});
