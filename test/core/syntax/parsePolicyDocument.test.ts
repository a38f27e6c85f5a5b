import { strict as assert } from 'node:assert';
import { allElements, nodePathAt, textOf } from '../../../server/src/core/syntax/treeQueries';
import { textWithCursor, textWithSpans } from '../../support/markers';
import { assertProblems, outline, parse } from '../../support/syntax';
import { assertTreeInvariants } from '../../support/treeInvariants';

describe('parsePolicyDocument: the tree', () => {
  it('reads elements, attributes and text', () => {
    const document = assertProblems(
      '<policies>\n  <inbound>\n    <base />\n    <set-header name="a" exists-action=\'skip\'><value>b</value></set-header>\n  </inbound>\n</policies>\n',
    );
    assert.equal(outline(document), 'policies(inbound(base set-header[name=a exists-action=skip](value("b"))))');
    assert.equal(document.root?.name, 'policies');
    assertTreeInvariants(document);
  });

  it('gives every part of an element its span', () => {
    const { text, spans } = textWithSpans("<a>\n «««<«set-header» «name»='«x»'>»y«</set-header>»»»\n</a>");
    const [element] = [...allElements(parse(text))].slice(1);
    assert.ok(element);
    const [attribute] = element.attributes;
    const [, whole, start, name, attributeName, value, end] = spans;
    assert.deepEqual(
      [
        element.span,
        element.startTagSpan,
        element.nameSpan,
        attribute?.nameSpan,
        attribute?.valueSpan,
        element.endTagSpan,
      ],
      [whole, start, name, attributeName, value, end],
    );
    assert.equal(attribute?.quote, "'");
  });

  it('tells self-closing elements, real end tags and implied ends apart', () => {
    const closings = [...allElements(parse('<policies><a/><b></b><c></policies>'))].map(({ closing }) => closing);
    assert.deepEqual(closings, ['endTag', 'selfClosing', 'endTag', 'implied']);
  });

  it('links every node to its parent', () => {
    const document = parse('<a><b><!-- c -->d</b></a>');
    const b = document.root?.children[0];
    assert.ok(b?.kind === 'element');
    assert.equal(b.parent, document.root);
    assert.deepEqual(
      b.children.map(({ kind, parent }) => [kind, parent === b]),
      [
        ['comment', true],
        ['text', true],
      ],
    );
  });

  it('keeps comments, CDATA, instructions and a doctype as nodes, wherever they stand', () => {
    const document = assertProblems(
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c>">]>\n<!-- <d> -->\n<policies><![CDATA[<e>]]><?f?><!----></policies><!--g-->',
    );
    assert.deepEqual(
      document.nodes.map(({ kind }) => kind),
      ['instruction', 'doctype', 'text', 'comment', 'text', 'element', 'comment'],
    );
    assert.equal(outline(document), 'instruction doctype comment policies(cdata instruction comment) comment');
    assertTreeInvariants(document);
  });

  it('keeps values as written: entities, named values, line breaks and bare characters', () => {
    const value = "{{a}} &amp; &lt; & < > \n &nbsp; '";
    const document = parse(`<policies><a b="${value}"/></policies>`);
    const [, element] = [...allElements(document)];
    assert.equal(element?.attributes[0]?.value, value);
  });

  it('accepts names beyond ASCII', () => {
    assert.equal(outline(assertProblems('<policies><é ü="1">a</é></policies>')), 'policies(é[ü=1]("a"))');
  });

  it('counts a BOM as a character and keeps CRLF', () => {
    const text = '\uFEFF<policies>\r\n\t<inbound />\r\n</policies>\r\n';
    const document = assertProblems(text);
    assert.equal(document.root?.span.start, 1);
    assert.equal(textOf(document, { start: document.root?.span.start ?? 0, end: text.length - 2 }), text.slice(1, -2));
    assertTreeInvariants(document);
  });

  it('tells the kind of a document by its first element', () => {
    const kinds = ['policies', 'fragment', 'http-data-source', 'publish-event', 'html'].map(
      (name) => parse(`<${name}/>`).kind,
    );
    assert.deepEqual(kinds, ['definition', 'fragment', 'resolver', 'resolver', 'unrecognised']);
  });

  it('keeps path, version and text for its caller', () => {
    const { path, version, text } = parse('<policies/>');
    assert.deepEqual([path, version, text], ['/policy.xml', 1, '<policies/>']);
  });

  it('finds the path to an offset', () => {
    const { text, offset } = textWithCursor('<policies><inbound><cors terminate="tr¦ue"/></inbound></policies>');
    const { elements, innermost, attribute } = nodePathAt(parse(text), offset);
    assert.deepEqual(
      elements.map(({ name }) => name),
      ['policies', 'inbound', 'cors'],
    );
    assert.equal(innermost?.name, 'cors');
    assert.equal(attribute?.name, 'terminate');
  });
});
