import { type DamageKind, insert, remove, replace } from './damage';
import { cdataOf, commentsOf, emptyLines, instructionsOf, plainTexts, shortComments } from './places';

/** Damage to element text, entities, comments, CDATA sections and processing instructions. */
export const textDamage: Readonly<Record<string, DamageKind>> = {
  'a bare & stands in a text': (document) => plainTexts(document).map(({ end }) => insert(end, ' & co')),

  'a bare < stands in a text': (document) => plainTexts(document).map(({ end }) => insert(end, ' < 2')),

  'an unknown entity stands in a text': (document) => plainTexts(document).map(({ end }) => insert(end, '&nbsp;')),

  'an entity in a text has lost its ;': (document) => plainTexts(document).map(({ end }) => insert(end, '&amp')),

  'a character reference is no number': (document) => plainTexts(document).map(({ end }) => insert(end, '&#xyz;')),

  'a character reference is of no character': (document) => plainTexts(document).map(({ end }) => insert(end, '&#0;')),

  'a control character stands in a text': (document) => plainTexts(document).map(({ end }) => insert(end, '\u0001')),

  'the end of a CDATA section stands in a text': (document) =>
    plainTexts(document).map(({ end }) => insert(end, ']]>')),

  '-- stands in a comment': (document) => commentsOf(document).map(({ span }) => insert(span.start + 4, ' -- ')),

  // The finding is where the comment begins: where it was meant to end is a guess.
  'a comment has lost its -->': (document) => shortComments(document).map(({ span }) => remove(span.end - 3, span.end)),

  'a comment has lost its <!--': (document) =>
    shortComments(document).map(({ span }) => remove(span.start, span.start + 4)),

  'a comment begins with <!-': (document) =>
    commentsOf(document).map(({ span }) => remove(span.start + 3, span.start + 4)),

  'a comment ends with ->': (document) => commentsOf(document).map(({ span }) => remove(span.end - 3, span.end - 2)),

  'a comment stands in a comment': (document) =>
    shortComments(document).map(({ span }) => insert(span.end - 3, '<!-- within --> ')),

  'a CDATA section is never closed': (document) => plainTexts(document).map(({ start }) => insert(start, '<![CDATA[')),

  'a CDATA section has lost its ]]>': (document) => cdataOf(document).map(({ span }) => remove(span.end - 3, span.end)),

  // Behind the last `?>` of the text, even one in a string, since it would end there.
  'a processing instruction is never closed': (document) =>
    emptyLines(document)
      .filter((offset) => !document.text.includes('?>', offset))
      .map((offset) => insert(offset, '    <?pi goes on\n')),

  'a processing instruction has lost its ?>': (document) =>
    instructionsOf(document).map(({ span }) => remove(span.end - 2, span.end)),

  'a declaration is no declaration': (document) =>
    emptyLines(document).map((offset) => insert(offset, '    <!ELEMENT\n')),

  'a comment ends twice': (document) => commentsOf(document).map(({ span }) => replace(span.end, span.end, ' -->')),
};
