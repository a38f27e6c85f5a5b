import { strict as assert } from 'node:assert';
import { findPlaceholder, isBracedToken } from '../../../server/src/core/syntax/placeholderScanner';
import { textWithSpans } from '../../support/markers';
import { parse } from '../../support/syntax';

/** The marked spans are the placeholders of the text, and nothing is wrong with it. */
function assertPlaceholders(fixture: string): void {
  const { text, spans } = textWithSpans(fixture);
  const { placeholders, problems } = parse(text);
  assert.deepEqual(
    placeholders.map(({ span }) => text.slice(span.start, span.end)),
    spans.map(({ start, end }) => text.slice(start, end)),
  );
  assert.deepEqual(problems, []);
}

describe('placeholders of deployment tools', () => {
  it('are found in values, texts, tags and outside the root', () => {
    assertPlaceholders(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text has Terraform's placeholders.
      '«%{ if a }»\n<policies><a b="«${c}»" «${d}» e="x«#F#»y" f="«#{g.h}#»">«$(i)» «__JJ__»</a></policies>\n«%{ endif }»',
    );
  });

  it('are none in expressions, where they are C#', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: C# has interpolated strings.
    assertPlaceholders('<policies><a b="@($"${c} {d}")">@{ #region e\n return "#f#"; }</a></policies>');
  });

  it('are none in comments', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text has Terraform's placeholders.
    assertPlaceholders('<policies><!-- ${a} #b# --></policies>');
  });

  it('are told from named values, anchors and other braces', () => {
    assertPlaceholders('<policies><a b="{{c}}" d="#e" f="/g/{h}?i=#" j="$5 (k)"/></policies>');
  });

  it('are found in a value by itself', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text has Terraform's placeholders.
    assert.equal(findPlaceholder('https://${host}/x'), '${host}');
    assert.equal(findPlaceholder('https://shop.contoso.com'), undefined);
    assert.deepEqual(['{retry_count}', '{{named}}', '{a} {b}', '5'].map(isBracedToken), [true, false, false, false]);
  });
});
