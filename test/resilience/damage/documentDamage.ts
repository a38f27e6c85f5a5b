import { cutAt, type DamageKind, insert, remove } from './damage';
import {
  commentsOf,
  emptyLines,
  expressionAttributes,
  literalAttributes,
  multiStatements,
  pairedElements,
  sections,
} from './places';

/** Damage to the file as a whole. */
export const documentDamage: Readonly<Record<string, DamageKind>> = {
  'a text stands before the root': ({ root }) => (root === undefined ? [] : [insert(root.span.start, 'Hello ')]),

  'a text stands behind the root': ({ root }) => (root === undefined ? [] : [insert(root.span.end, ' Bye')]),

  'an end tag stands behind the root': ({ root }) =>
    root === undefined ? [] : [insert(root.span.end, `\n</${root.name}>`)],

  'there is a second root': ({ root }) => (root === undefined ? [] : [insert(root.span.end, '\n<policies />')]),

  'the XML declaration is not at the start': ({ root }) =>
    root === undefined ? [] : [insert(root.span.start, '<!-- first -->\n<?xml version="1.0"?>\n')],

  'the start of the file is lost': (document) =>
    // Up to the first quoted value, so that a rest of a tag is at the start.
    literalAttributes(document)
      .slice(0, 1)
      .map(({ valueSpan }) => remove(0, valueSpan.start)),

  // From a value in one section to a tag in the next.
  'the end of one section and the start of the next are lost': (document) => {
    const [first, second] = sections(document);
    const target = second?.children.find((child) => child.kind === 'element');
    if (first === undefined || target === undefined) return [];
    return literalAttributes(document)
      .filter(({ span }) => span.start > first.span.start && span.end < first.span.end)
      .map(({ valueSpan }) => remove(valueSpan.start + 1, target.span.start));
  },

  'the file is cut in a tag name': (document) =>
    pairedElements(document).map(({ nameSpan }) => cutAt(document, nameSpan.end - 1)),

  'the file is cut in a value': (document) =>
    literalAttributes(document).map(({ valueSpan }) => cutAt(document, valueSpan.start + 1)),

  'the file is cut behind an attribute': (document) =>
    literalAttributes(document).map(({ span }) => cutAt(document, span.end)),

  'the file is cut in an expression': (document) =>
    expressionAttributes(document).map(({ valueSpan }) =>
      cutAt(document, valueSpan.start + 2 + ((valueSpan.end - valueSpan.start) >> 1)),
    ),

  'the file is cut in an expression of several lines': (document) =>
    multiStatements(document).map(({ codeSpan }) => cutAt(document, (codeSpan.start + codeSpan.end) >> 1)),

  'the file is cut in a comment': (document) =>
    commentsOf(document).map(({ span }) => cutAt(document, (span.start + 4 + span.end - 3) >> 1)),

  'the file is cut behind a start tag': (document) =>
    pairedElements(document).map(({ startTagSpan }) => cutAt(document, startTagSpan.end)),

  'the file is cut in an end tag': (document) =>
    pairedElements(document).map(({ endTagSpan }) => cutAt(document, endTagSpan.end - 1)),

  'the file is cut before the end tag of its root': (document) =>
    document.root?.endTagSpan === undefined ? [] : [cutAt(document, document.root.endTagSpan.start)],

  'a merge was not finished': (document) =>
    emptyLines(document).map((offset) =>
      insert(offset, '<<<<<<< HEAD\n    <base />\n=======\n>>>>>>> feature/new-policy\n'),
    ),

  'a NUL character stands in the first lines': ({ root }) =>
    root === undefined ? [] : [insert(root.span.start, '\0')],
};
