import assert from 'node:assert/strict';
import { closingTagAt } from '../../../server/src/core/features/closingTag';
import { textWithCursor } from '../../support/markers';
import { parse } from '../../support/syntax';

/** The text after the insertion, with the cursor in it; as it was where nothing is inserted. */
function typed(marked: string): string {
  const { text, offset } = textWithCursor(marked);
  const tag = closingTagAt(parse(text), offset);
  const inserted = tag === undefined ? '¦' : tag.cursor === 'before' ? `¦${tag.text}` : `${tag.text}¦`;
  return text.slice(0, offset) + inserted + text.slice(offset);
}

function assertNothing(...marked: readonly string[]): void {
  for (const text of marked) assert.equal(typed(text), text);
}

describe('closing tag behind >', () => {
  it('is that of the start tag, and the cursor stays between', () => {
    assert.equal(typed('<policies><inbound>¦'), '<policies><inbound>¦</inbound>');
    assert.equal(typed('<policies><inbound>¦</policies>'), '<policies><inbound>¦</inbound></policies>');
    assert.equal(
      typed('<policies><a b="@(c("d") > 1)">¦</policies>'),
      '<policies><a b="@(c("d") > 1)">¦</a></policies>',
    );
    assert.equal(
      typed('<policies>\n  <choose>\n    <when condition="@(a)">¦\n    <otherwise />\n  </choose>\n</policies>'),
      '<policies>\n  <choose>\n    <when condition="@(a)">¦</when>\n    <otherwise />\n  </choose>\n</policies>',
    );
  });
  it('comes where the end tag there is an outer element’s of the same name', () => {
    assert.equal(typed('<policies><a><a>¦</a></policies>'), '<policies><a><a>¦</a></a></policies>');
    assert.equal(typed('<policies><a>¦<a></a></policies>'), '<policies><a>¦</a><a></a></policies>');
  });
  it('does not come where the element has its own', () => {
    assertNothing(
      '<policies><inbound>¦</inbound></policies>',
      '<policies><choose><when>¦</when><when></when></choose></policies>',
    );
  });
  it('does not come where the > ends no start tag', () => {
    assertNothing(
      '<policies><a />¦</policies>',
      '<policies><a></a>¦</policies>',
      '<policies><!-- <a>¦ --></policies>',
      '<policies><![CDATA[<a>¦]]></policies>',
      '<policies><a b="<c>¦"></a></policies>',
      '<policies><value>@{ return "<a>¦"; }</value></policies>',
      '<policies><a b="@(c.Select(d =>¦ 1))" /></policies>',
      'a >¦',
    );
  });
  it('does not come while an expression or a value is unfinished', () => {
    assertNothing(
      '<policies><when condition="@(a >¦',
      '<policies>\n  <when condition="@(a >¦\n  <b />\n</policies>',
      '<policies>\n<when condition="@(a >¦)">\n<x/></policies>',
      '<policies><a b=c>¦</policies>',
    );
  });
  it('is left to people where a template writes the name', () => {
    assertNothing('<a{{b}}>¦', '<a%{b}>¦');
  });
});

describe('closing tag behind </', () => {
  it('is that of the innermost open element, and the cursor goes behind it', () => {
    assert.equal(typed('<policies><inbound></¦'), '<policies><inbound></inbound>¦');
    assert.equal(
      typed('<policies><inbound><base /></¦\n</policies>'),
      '<policies><inbound><base /></inbound>¦\n</policies>',
    );
    assert.equal(typed('<policies><a>@(b)</¦</policies>'), '<policies><a>@(b)</a>¦</policies>');
    assert.equal(typed('<policies><a><b>c</b></¦</policies>'), '<policies><a><b>c</b></a>¦</policies>');
    assert.equal(typed('<policies><a><a></¦</a></policies>'), '<policies><a><a></a>¦</a></policies>');
  });
  it('takes the > that is there already', () => {
    assert.equal(typed('<policies><inbound></¦></policies>'), '<policies><inbound></inbound¦></policies>');
  });
  it('does not come where everything is closed, or there is nothing to close', () => {
    assertNothing('<policies><inbound></¦</inbound></policies>', '</¦', '<policies /></¦', '<policies></policies></¦');
  });
  it('does not come in expressions, comments, CDATA and values, nor before a name', () => {
    assertNothing(
      '<policies><!-- </¦ -->',
      '<policies><![CDATA[</¦]]>',
      '<policies><a b="</¦">',
      '<policies><a>@(b("</¦"))',
      '<policies><a>@(b </¦ c)',
      '<policies><a></¦b>',
    );
  });
});
