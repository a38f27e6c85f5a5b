import { strict as assert } from 'node:assert';
import {
  attributeText,
  childElements,
  childrenNamed,
  elementText,
  findAttribute,
  nodePathAt,
  sectionElements,
} from '../../../server/src/core/syntax/treeQueries';
import { decodeEntities, encodeEntities } from '../../../server/src/core/syntax/xmlEntities';
import { textWithCursor } from '../../support/markers';
import { parse } from '../../support/syntax';

const rootOf = (text: string) => {
  const { root } = parse(text);
  assert.ok(root);
  return root;
};

describe('treeQueries', () => {
  it('finds child elements by name, in order', () => {
    const root = rootOf('<policies>a<b/><c/><!-- d --><b/></policies>');
    assert.deepEqual(
      childElements(root).map(({ name }) => name),
      ['b', 'c', 'b'],
    );
    assert.equal(childrenNamed(root, 'b').length, 2);
  });

  it('finds the first attribute of a name, decoded, and tells absence from emptiness', () => {
    const root = rootOf('<policies a="&lt;b&gt; &amp; {{c}}" d="" a="e"/>');
    assert.equal(attributeText(root, 'a'), '<b> & {{c}}');
    assert.equal(attributeText(root, 'd'), '');
    assert.equal(attributeText(root, 'f'), undefined);
    assert.equal(findAttribute(root, 'a')?.value, '&lt;b&gt; &amp; {{c}}');
  });

  it('joins the text of an element around comments and CDATA', () => {
    const document = parse('<fragment> a &amp; <!-- b -->c<![CDATA[<d>&amp;]]> <e>f</e></fragment>');
    assert.ok(document.root);
    assert.equal(elementText(document, document.root), 'a & c<d>&amp;');
  });

  it('finds every section of a name, and none in a fragment', () => {
    assert.equal(sectionElements(parse('<policies><inbound/><inbound/></policies>'), 'inbound').length, 2);
    assert.equal(sectionElements(parse('<fragment><inbound/></fragment>'), 'inbound').length, 0);
  });

  it('prefers the element that begins at a cursor between two', () => {
    const { text, offset } = textWithCursor('<policies><a/>¦<b/></policies>');
    assert.equal(nodePathAt(parse(text), offset).innermost?.name, 'b');
  });

  it('finds nothing outside the root', () => {
    const { text, offset } = textWithCursor('<policies/>\n¦\n');
    assert.deepEqual(nodePathAt(parse(text), offset).elements, []);
  });
});

describe('xmlEntities', () => {
  it('decodes the five entities and character references, and nothing else', () => {
    assert.equal(decodeEntities('&amp;&lt;&gt;&quot;&apos;&#65;&#x1F600;'), '&<>"\'A😀');
    assert.equal(
      decodeEntities('& &nbsp; &amp &#xFFFFFFF; &#x110000; &constructor;'),
      '& &nbsp; &amp &#xFFFFFFF; &#x110000; &constructor;',
    );
  });

  it('decodes once', () => assert.equal(decodeEntities('&amp;quot;'), '&quot;'));

  it('encodes what a value in double quotes needs, and decodes it again', () => {
    const text = '<a b="c">&amp; \'';
    assert.equal(encodeEntities(text), "&lt;a b=&quot;c&quot;&gt;&amp;amp; '");
    assert.equal(decodeEntities(encodeEntities(text)), text);
  });
});
