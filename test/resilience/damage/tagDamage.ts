import type { PolicyDocument } from '../../../server/src/core/syntax/policyTree';
import { type DamageKind, insert, remove, replace } from './damage';
import {
  areNear,
  attributePairs,
  attributes,
  elements,
  emptyLines,
  type PairedElement,
  pairedElements,
  selfClosingElements,
  shortElements,
} from './places';

/** End tags near their start tag, or near the parent's end tag: where one of the two shows that the end tag is missing. */
function exposedEndTags(document: PolicyDocument): readonly PairedElement[] {
  return pairedElements(document).filter(({ startTagSpan, endTagSpan, parent }) => {
    const closer = parent?.endTagSpan?.start;
    const isLast = closer !== undefined && areNear(document, endTagSpan.end, closer);
    return isLast || areNear(document, startTagSpan.end, endTagSpan.start);
  });
}

/** Damage to start tags, end tags, and the way in which they belong together. */
export const tagDamage: Readonly<Record<string, DamageKind>> = {
  'an end tag is lost': (document) =>
    exposedEndTags(document).map(({ endTagSpan }) => remove(endTagSpan.start, endTagSpan.end)),

  'a start tag is lost': (document) =>
    shortElements(document).map(({ startTagSpan }) => remove(startTagSpan.start, startTagSpan.end)),

  'an end tag is misspelt': (document) =>
    pairedElements(document).map(({ endTagSpan, name }) => insert(endTagSpan.start + 2 + (name.length >> 1), 'x')),

  // Which of the two names is meant nobody knows, so the finding may be at the other tag.
  'a start tag is misspelt': (document) =>
    shortElements(document).map(({ nameSpan, name }) => insert(nameSpan.start + (name.length >> 1), 'x')),

  'an end tag is in upper case': (document) =>
    pairedElements(document)
      .filter(({ name }) => name !== name.toUpperCase())
      .map(({ endTagSpan, name }) =>
        replace(endTagSpan.start + 2, endTagSpan.start + 2 + name.length, name.toUpperCase()),
      ),

  'the > of a start tag is lost': (document) =>
    pairedElements(document).map(({ startTagSpan }) => remove(startTagSpan.end - 1, startTagSpan.end)),

  'the > of an end tag is lost': (document) =>
    pairedElements(document).map(({ endTagSpan }) => remove(endTagSpan.end - 1, endTagSpan.end)),

  'the > of a self-closing tag is lost': (document) =>
    selfClosingElements(document).map(({ span }) => remove(span.end - 1, span.end)),

  'the / of a self-closing tag is lost': (document) =>
    selfClosingElements(document).map(({ span }) => remove(span.end - 2, span.end - 1)),

  'the /> of a self-closing tag is lost': (document) =>
    selfClosingElements(document).map(({ span }) => remove(span.end - 2, span.end)),

  'a \\ stands for the / of a self-closing tag': (document) =>
    selfClosingElements(document).map(({ span }) => replace(span.end - 2, span.end - 1, '\\')),

  'the < of a start tag is lost': (document) =>
    pairedElements(document).map(({ span }) => remove(span.start, span.start + 1)),

  // Without attributes, `base />` is a text that nobody can tell from others.
  'the < of a self-closing tag with attributes is lost': (document) =>
    selfClosingElements(document)
      .filter((element) => element.attributes.length > 0)
      .map(({ span }) => remove(span.start, span.start + 1)),

  'the < of an end tag is lost': (document) =>
    pairedElements(document).map(({ endTagSpan }) => remove(endTagSpan.start, endTagSpan.start + 1)),

  'the / of an end tag is lost': (document) =>
    pairedElements(document).map(({ endTagSpan }) => remove(endTagSpan.start + 1, endTagSpan.start + 2)),

  'the / of an end tag stands behind its name': (document) =>
    exposedEndTags(document).map(({ endTagSpan, name }) => replace(endTagSpan.start, endTagSpan.end, `<${name}/>`)),

  'a \\ stands for the / of an end tag': (document) =>
    pairedElements(document).map(({ endTagSpan }) => replace(endTagSpan.start + 1, endTagSpan.start + 2, '\\')),

  'an end tag has lost its name': (document) =>
    pairedElements(document).map(({ endTagSpan }) => remove(endTagSpan.start + 2, endTagSpan.end - 1)),

  'the < of a start tag stands twice': (document) => elements(document).map(({ span }) => insert(span.start, '<')),

  'the < of an end tag stands twice': (document) =>
    pairedElements(document).map(({ endTagSpan }) => insert(endTagSpan.start, '<')),

  'white space stands behind the < of a start tag': (document) =>
    elements(document).map(({ span }) => insert(span.start + 1, ' ')),

  'white space stands behind the < of an end tag': (document) =>
    pairedElements(document).map(({ endTagSpan }) => insert(endTagSpan.start + 1, ' ')),

  'white space stands behind the </ of an end tag': (document) =>
    pairedElements(document).map(({ endTagSpan }) => insert(endTagSpan.start + 2, ' ')),

  'white space stands in the middle of a tag name': (document) =>
    elements(document)
      .filter(({ name }) => name.includes('-'))
      .map(({ nameSpan, name }) => {
        const dash = nameSpan.start + name.indexOf('-');
        return replace(dash, dash + 1, ' ');
      }),

  'white space stands between / and >': (document) =>
    selfClosingElements(document).map(({ span }) => insert(span.end - 1, ' ')),

  'a tag name has a character that no name has': (document) =>
    elements(document).map(({ nameSpan }) => insert(nameSpan.end, '*')),

  'a tag name begins with a digit': (document) => elements(document).map(({ nameSpan }) => insert(nameSpan.start, '1')),

  'a no-break space stands in a tag': (document) =>
    attributes(document).map(({ span }) => replace(span.start - 1, span.start, '\u00A0')),

  'a comment stands in a tag': (document) =>
    attributePairs(document).map(([, { span }]) => insert(span.start, '<!-- not this one --> ')),

  'an end tag has attributes': (document) =>
    pairedElements(document).map(({ endTagSpan }) => insert(endTagSpan.end - 1, ' id="x"')),

  'an end tag is written twice': ({ text, ...document }) =>
    pairedElements({ text, ...document }).map(({ endTagSpan }) =>
      insert(endTagSpan.end, text.slice(endTagSpan.start, endTagSpan.end)),
    ),

  'a self-closing tag has an end tag as well': (document) =>
    selfClosingElements(document).map(({ span, name }) => insert(span.end, `</${name}>`)),

  // `<a><b>…</b></a>` becomes `<a><b>…</a></b>`.
  'two elements cross': ({ text, ...document }) =>
    pairedElements({ text, ...document }).flatMap(({ endTagSpan, parent }) => {
      const outer = parent?.endTagSpan;
      if (outer === undefined || text.slice(endTagSpan.end, outer.start).trim() !== '') return [];
      const [own, others] = [text.slice(endTagSpan.start, endTagSpan.end), text.slice(outer.start, outer.end)];
      return [replace(endTagSpan.start, outer.end, others + text.slice(endTagSpan.end, outer.start) + own)];
    }),

  'somebody has typed < and gone away': (document) => emptyLines(document).map((offset) => insert(offset, '    <\n')),

  'somebody has typed < and a name': (document) => emptyLines(document).map((offset) => insert(offset, '    <set-\n')),

  'somebody has typed </ and gone away': (document) => emptyLines(document).map((offset) => insert(offset, '    </\n')),

  'an empty tag, <>': (document) => emptyLines(document).map((offset) => insert(offset, '    <>\n')),
};
