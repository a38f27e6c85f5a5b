import assert from 'node:assert/strict';
import { formatOnType } from '../../../server/src/core/features/formatting/formatOnType';
import { applyEdits } from '../../../server/src/core/text/textEdits';
import { textWithCursor } from '../../support/markers';
import { parse } from '../../support/syntax';

/** The text after the last character before the cursor was typed. */
function type(fixture: string): string {
  const { text, offset } = textWithCursor(fixture);
  const edits = formatOnType(parse(text), offset, /[\r\n]\s*$/.test(text.slice(0, offset)) ? '\n' : '>', {
    indentation: '  ',
  });
  assert.ok(edits.length <= 1);
  return applyEdits(text, edits);
}

function leaves(fixture: string): void {
  assert.equal(type(fixture), textWithCursor(fixture).text);
}

describe('formatting while typing: the > of an end tag', () => {
  it('puts the end tag below its start tag, as that is', () => {
    assert.equal(
      type('<policies>\n   <inbound>\n      <base />\n      </inbound>¦\n</policies>'),
      '<policies>\n   <inbound>\n      <base />\n   </inbound>\n</policies>',
    );
  });
  it('does nothing where the tags do not begin their lines, or a value is between them', () => {
    leaves('<policies>\n  <inbound><base />\n      </inbound></policies>¦');
    leaves('<policies>\n  <inbound>\n    <base /></inbound>¦\n</policies>');
    leaves('<policies><inbound>\n  </inbound>¦\n</policies>');
    leaves('<policies>\n  <value>a\n    </value>¦\n</policies>');
    leaves('<policies>\n  <set-body>\n    </set-body>¦\n</policies>');
  });
  it('does nothing behind other tags, nor in C# and comments', () => {
    leaves('<policies>\n      <inbound>¦\n</policies>');
    leaves('<policies>\n      <base />¦\n</policies>');
    leaves('<policies>\n  <!--\n     </inbound>¦\n  --></policies>');
    leaves('<policies>\n  <a b="@(c\n     >¦ d)" /></policies>');
    leaves('<policies>\n  </inbound>¦');
  });
});

describe('formatting while typing: a new line', () => {
  it('begins below what is before it, even where that is not laid out', () => {
    assert.equal(
      type('<policies>\n     <inbound />\n¦\n</policies>'),
      '<policies>\n     <inbound />\n     \n</policies>',
    );
    assert.equal(
      type('<policies>\n     <!-- a -->\n ¦<b />\n</policies>'),
      '<policies>\n     <!-- a -->\n     <b />\n</policies>',
    );
  });
  it('begins one step deeper than the tag around it, also while that has no end tag', () => {
    assert.equal(
      type('<policies>\n   <inbound>\n¦\n   </inbound>\n</policies>'),
      '<policies>\n   <inbound>\n      \n   </inbound>\n</policies>',
    );
    assert.equal(
      type('<policies>\n  <inbound>\n    <choose>\n¦\n  </inbound>\n</policies>'),
      '<policies>\n  <inbound>\n    <choose>\n      \n  </inbound>\n</policies>',
    );
  });
  it('is indented with what the lines around it are indented with', () => {
    assert.equal(
      type('<policies>\n\t<inbound>\n\t\t<choose>\n¦\n\t</inbound>\n</policies>'),
      '<policies>\n\t<inbound>\n\t\t<choose>\n\t\t\t\n\t</inbound>\n</policies>',
    );
    assert.equal(
      type('<policies>\n¦\n    <inbound>\n    </inbound>\n</policies>'),
      '<policies>\n    \n    <inbound>\n    </inbound>\n</policies>',
    );
  });
  it('puts an end tag below its start tag', () => {
    assert.equal(
      type('<policies>\r\n  <inbound>\r\n    ¦</inbound>\r\n</policies>'),
      '<policies>\r\n  <inbound>\r\n  </inbound>\r\n</policies>',
    );
  });
  it('keeps the line where VS Code has put it, in a document that is laid out', () => {
    leaves('<policies>\n  <inbound>\n    ¦\n  </inbound>\n</policies>');
    leaves('<policies>\n  <inbound>\n    <base />\n    ¦\n  </inbound>\n</policies>');
    leaves('<policies>\n¦</policies>');
    leaves('<policies>\n</policies>\n¦');
  });
  it('is left alone in values, C#, comments and tags', () => {
    leaves('<policies>\n  <value>a\n¦</value>\n</policies>');
    leaves('<policies>\n  <value>\n¦a</value>\n</policies>');
    leaves('<policies>\n  <set-body>\n¦</set-body>\n</policies>');
    leaves('<policies>\n  <a b="@{\n¦\n  }" />\n</policies>');
    leaves('<policies>\n  <!--\n¦\n  -->\n</policies>');
    leaves('<policies>\n  <a\n¦b="c" />\n</policies>');
    leaves('¦\n<policies />');
  });
});
