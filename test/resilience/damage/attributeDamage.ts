import { type DamageKind, insert, remove, replace } from './damage';
import { attributePairs, attributes, expressionAttributes, literalAttributes } from './places';

/** Damage to attributes. */
export const attributeDamage: Readonly<Record<string, DamageKind>> = {
  'the closing quote of a value is lost': (document) =>
    literalAttributes(document).map(({ valueSpan }) => remove(valueSpan.end, valueSpan.end + 1)),

  'the opening quote of a value is lost': (document) =>
    literalAttributes(document).map(({ valueSpan }) => remove(valueSpan.start - 1, valueSpan.start)),

  'both quotes of a value are lost': (document) =>
    literalAttributes(document).map(({ valueSpan, value }) => replace(valueSpan.start - 1, valueSpan.end + 1, value)),

  'the closing quote of an expression is lost': (document) =>
    expressionAttributes(document).map(({ valueSpan }) => remove(valueSpan.end, valueSpan.end + 1)),

  'the opening quote of an expression is lost': (document) =>
    expressionAttributes(document).map(({ valueSpan }) => remove(valueSpan.start - 1, valueSpan.start)),

  'both quotes of an expression are lost': (document) =>
    expressionAttributes(document).map(({ valueSpan, value }) =>
      replace(valueSpan.start - 1, valueSpan.end + 1, value),
    ),

  'a value ends with the other quote': (document) =>
    literalAttributes(document).map(({ valueSpan, quote }) =>
      replace(valueSpan.end, valueSpan.end + 1, quote === '"' ? "'" : '"'),
    ),

  'the closing quote stands twice': (document) =>
    literalAttributes(document).map(({ valueSpan, quote }) => insert(valueSpan.end, quote ?? '"')),

  'the opening quote stands twice': (document) =>
    literalAttributes(document).map(({ valueSpan, quote }) => insert(valueSpan.start, quote ?? '"')),

  'a quote stands in the middle of a value': (document) =>
    literalAttributes(document)
      .filter(({ value }) => value.length > 1)
      .map(({ valueSpan, value, quote }) => insert(valueSpan.start + (value.length >> 1), quote ?? '"')),

  'a value has the quotes of a word processor': (document) =>
    literalAttributes(document).map(({ valueSpan, value }) =>
      replace(valueSpan.start - 1, valueSpan.end + 1, `\u201C${value}\u201D`),
    ),

  'only the opening quote is that of a word processor': (document) =>
    literalAttributes(document).map(({ valueSpan }) => replace(valueSpan.start - 1, valueSpan.start, '\u201C')),

  'the = is lost': (document) =>
    attributes(document).map(({ nameSpan, valueSpan }) => remove(nameSpan.end, valueSpan.start - 1)),

  'the = stands twice': (document) => attributes(document).map(({ nameSpan }) => insert(nameSpan.end, '=')),

  'a colon stands for the =': (document) =>
    attributes(document).map(({ nameSpan, valueSpan }) => replace(nameSpan.end, valueSpan.start - 1, ':')),

  'the white space between two attributes is lost': (document) =>
    attributePairs(document).map(([before, { span }]) => remove(before.span.end, span.start)),

  'a comma stands between two attributes': (document) =>
    attributePairs(document).map(([before]) => insert(before.span.end, ',')),

  'an attribute is written twice': ({ text, ...document }) =>
    literalAttributes({ text, ...document }).map(({ span }) =>
      insert(span.end, ` ${text.slice(span.start, span.end)}`),
    ),

  'an attribute has lost its value': (document) =>
    literalAttributes(document).map(({ nameSpan, span }) => remove(nameSpan.end, span.end)),

  'an attribute has lost what follows its =': (document) =>
    literalAttributes(document).map(({ valueSpan, span }) => remove(valueSpan.start - 1, span.end)),

  'an attribute has lost its name': (document) =>
    literalAttributes(document).map(({ nameSpan }) => remove(nameSpan.start, nameSpan.end)),

  'an attribute has lost its name and its =': (document) =>
    literalAttributes(document).map(({ nameSpan, valueSpan }) => remove(nameSpan.start, valueSpan.start - 1)),

  'an attribute name has a character that no name has': (document) =>
    attributes(document).map(({ nameSpan }) => insert(nameSpan.end, '*')),

  'an attribute name begins with a digit': (document) =>
    attributes(document).map(({ nameSpan }) => insert(nameSpan.start, '1')),

  'a bare < stands in a value': (document) =>
    literalAttributes(document).map(({ valueSpan }) => insert(valueSpan.end, '<')),

  'a bare & stands in a value': (document) =>
    literalAttributes(document).map(({ valueSpan }) => insert(valueSpan.end, ' & ')),

  'an unknown entity stands in a value': (document) =>
    literalAttributes(document).map(({ valueSpan }) => insert(valueSpan.end, '&nbsp;')),

  'an entity in a value has lost its ;': (document) =>
    literalAttributes(document).map(({ valueSpan }) => insert(valueSpan.end, '&quot')),
};
