import { strict as assert } from 'node:assert';
import type { PolicyDocument, PolicyElement, PolicyNode } from '../../server/src/core/syntax/policyTree';
import type { Span } from '../../server/src/core/text/span';

/**
 * What holds for the tree of every text, however broken: nodes follow each other without a gap, children lie in their
 * parents and know them, attributes and expressions lie where they belong. Throws with the offset of the first breach.
 */
export function assertTreeInvariants(document: PolicyDocument): void {
  const { text } = document;
  const waiting: { nodes: readonly PolicyNode[]; inside: Span; parent: PolicyElement | undefined }[] = [
    { nodes: document.nodes, inside: { start: 0, end: text.length }, parent: undefined },
  ];
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    let offset = group.inside.start;
    for (const node of group.nodes) {
      assert.equal(node.span.start, offset, `A gap or an overlap before a ${node.kind} at ${node.span.start}`);
      assert.ok(node.span.end > node.span.start, `An empty ${node.kind} at ${offset}`);
      assert.equal(node.parent, group.parent, `A wrong parent at ${offset}`);
      offset = node.span.end;
      if (node.kind === 'element') {
        assertElement(document, node);
        const inside = { start: node.startTagSpan.end, end: node.endTagSpan?.start ?? node.span.end };
        waiting.push({ nodes: node.children, inside, parent: node });
      }
    }
    assert.equal(offset, group.inside.end, `Text is left over at ${offset}`);
  }
  assertOrdered(document, document.expressions, 'expressions');
  assertOrdered(document, document.namedValues, 'named values');
  let start = 0;
  for (const { span, message, related } of document.problems) {
    assert.ok(span.start >= start && span.end >= span.start && span.end <= text.length, `A problem at ${span.start}`);
    assert.ok(message.endsWith('.'), message);
    for (const { span: place } of related ?? []) assert.ok(place.start >= 0 && place.end <= text.length);
    start = span.start;
  }
}

function assertElement({ text }: PolicyDocument, element: PolicyElement): void {
  const { name, nameSpan, startTagSpan, endTagSpan, span, closing, attributes } = element;
  assert.equal(text.slice(nameSpan.start, nameSpan.end), name);
  assert.equal(startTagSpan.start, span.start);
  assert.equal(nameSpan.start, span.start + 1);
  assert.equal(endTagSpan !== undefined, closing === 'endTag');
  if (endTagSpan !== undefined) assert.equal(endTagSpan.end, span.end);
  if (closing === 'selfClosing') assert.equal(startTagSpan.end, span.end);
  let offset = nameSpan.end;
  for (const attribute of attributes) {
    assert.ok(attribute.span.start >= offset && attribute.span.end <= startTagSpan.end, `Attribute at ${offset}`);
    assert.equal(text.slice(attribute.nameSpan.start, attribute.nameSpan.end), attribute.name);
    assert.equal(text.slice(attribute.valueSpan.start, attribute.valueSpan.end), attribute.value);
    assert.ok(attribute.valueSpan.start >= attribute.nameSpan.end && attribute.valueSpan.end <= attribute.span.end);
    const expression = attribute.expression?.span ?? attribute.valueSpan;
    assert.ok(expression.start >= attribute.valueSpan.start && expression.end <= attribute.valueSpan.end);
    offset = attribute.span.end;
  }
}

function assertOrdered(document: PolicyDocument, parts: readonly { readonly span: Span }[], what: string): void {
  let offset = 0;
  for (const { span } of parts) {
    assert.ok(
      span.start >= offset && span.end > span.start && span.end <= document.text.length,
      `${what} at ${offset}`,
    );
    offset = span.end;
  }
}
