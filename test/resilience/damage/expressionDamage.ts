import { bracketsOf, literalsOf, statementBracketsOf } from './csharpPlaces';
import { type DamageKind, insert, remove, replace } from './damage';
import { multiStatements, shortExpressions } from './places';

/**
 * Damage to policy expressions. A lost `@`, or a lost bracket behind it, is not here: what remains is a plain text, and
 * nobody can see that it was meant as an expression.
 */
export const expressionDamage: Readonly<Record<string, DamageKind>> = {
  'the ) that ends an expression is lost': (document) =>
    shortExpressions(document).flatMap(({ form, span }) =>
      form === 'singleStatement' ? [remove(span.end - 1, span.end)] : [],
    ),

  'the } that ends an expression is lost': (document) =>
    shortExpressions(document).flatMap(({ form, span }) =>
      form === 'multiStatement' ? [remove(span.end - 1, span.end)] : [],
    ),

  'the bracket that ends an expression stands twice': (document) =>
    document.expressions.map(({ span }) => insert(span.end, document.text.charAt(span.end - 1))),

  'an expression ends with the other bracket': (document) =>
    shortExpressions(document).map(({ form, span }) =>
      replace(span.end - 1, span.end, form === 'singleStatement' ? '}' : ')'),
    ),

  'a ( in an expression is lost': (document) =>
    statementBracketsOf(document, '(').map((offset) => remove(offset, offset + 1)),

  'a ) in an expression is lost': (document) =>
    statementBracketsOf(document, ')').map((offset) => remove(offset, offset + 1)),

  // Nobody sees which of many lines of statements lacks a brace, only that the last one has too many, or none.
  'a { in an expression is lost': (document) =>
    bracketsOf(document, '{', shortExpressions(document)).map((offset) => remove(offset, offset + 1)),

  'a } in an expression is lost': (document) =>
    bracketsOf(document, '}', shortExpressions(document)).map((offset) => remove(offset, offset + 1)),

  'a [ in an expression is lost': (document) =>
    statementBracketsOf(document, '[').map((offset) => remove(offset, offset + 1)),

  'a ] in an expression is lost': (document) =>
    statementBracketsOf(document, ']').map((offset) => remove(offset, offset + 1)),

  'a ) in an expression stands twice': (document) =>
    statementBracketsOf(document, ')').map((offset) => insert(offset, ')')),

  'a ] stands for a ) in an expression': (document) =>
    statementBracketsOf(document, ')').map((offset) => replace(offset, offset + 1, ']')),

  'a string has lost its closing quote': (document) =>
    literalsOf(document, 'regular').map(({ span }) => remove(span.end - 1, span.end)),

  'a string has lost its opening quote': (document) =>
    literalsOf(document, 'regular').map(({ span }) => remove(span.start, span.start + 1)),

  'a verbatim string has lost its closing quote': (document) =>
    literalsOf(document, 'verbatim').map(({ span }) => remove(span.end - 1, span.end)),

  'an interpolated string has lost its closing quote': (document) =>
    literalsOf(document, 'interpolated').map(({ span }) => remove(span.end - 1, span.end)),

  'a hole of an interpolated string has lost its }': ({ text, ...document }) =>
    literalsOf({ text, ...document }, 'interpolated').flatMap(({ span }) => {
      const hole = /(?<!\{)\{[^{}:]+\}/.exec(text.slice(span.start, span.end));
      // What follows a : in a hole is its format, up to the } of the next hole.
      if (hole === null || text.slice(span.start + hole.index, span.end).includes(':')) return [];
      const closing = span.start + hole.index + hole[0].length - 1;
      return [remove(closing, closing + 1)];
    }),

  // Real files have none of these, so one is put into an expression, which is then damaged.
  'a raw string is never closed': (document) =>
    multiStatements(document).map(({ codeSpan }) => insert(codeSpan.start, ' var raw = """one " two;')),

  'a character has lost its closing quote': (document) =>
    literalsOf(document, 'character').map(({ span }) => remove(span.end - 1, span.end)),

  'a block comment in an expression is never closed': (document) =>
    multiStatements(document)
      .filter(({ codeSpan }) => !document.text.slice(codeSpan.start, codeSpan.end).includes('*/'))
      .map(({ codeSpan }) => insert(codeSpan.start, ' /* first, ')),
};
