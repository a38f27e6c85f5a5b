import type { PolicyAttribute, PolicyElement, PolicyExpression } from '../../syntax/policyTree';
import { endTagNameSpan } from '../../syntax/treeQueries';
import { findStringLiterals } from './csharpStrings';
import type { LayoutPen } from './layoutPen';

/** The indentation of a tag, and of its attributes that have lines of their own. */
export interface TagIndentation {
  readonly tag: string;
  readonly attributes: string;
}

/** Attributes keep their lines; on a line there is one blank between them. */
export function layOutStartTag(
  text: string,
  element: PolicyElement,
  indentation: TagIndentation,
  pen: LayoutPen,
): void {
  const { name, nameSpan, startTagSpan, attributes, closing } = element;
  const alignedColumn = pen.columnOfFirstAttribute(element);
  const tagLine = pen.lineNow(element.span.start);
  const aligned = { ...tagLine, indentation: tagLine.indentation + ' '.repeat(`<${name} `.length) };
  let offset = nameSpan.end;
  for (const attribute of attributes) {
    const isAligned = alignedColumn !== undefined && pen.columnInIndentation(attribute.span.start) === alignedColumn;
    const gap = { start: offset, end: attribute.span.start };
    pen.tagGap(gap, isAligned ? aligned : { indentation: indentation.attributes }, ' ');
    layOutAttribute(text, attribute, pen);
    offset = attribute.span.end;
  }
  const mark = closing === 'selfClosing' ? '/>' : '>';
  const end = startTagSpan.end - mark.length;
  if (text.startsWith(mark, end))
    pen.tagGap({ start: offset, end }, { indentation: indentation.tag }, closing === 'selfClosing' ? ' ' : '');
}

function layOutAttribute(
  text: string,
  { nameSpan, valueSpan, quote, expression }: PolicyAttribute,
  pen: LayoutPen,
): void {
  if (quote === undefined) return;
  const equals = text.indexOf('=', nameSpan.end);
  pen.inLine({ start: nameSpan.end, end: equals }, '');
  pen.inLine({ start: equals + 1, end: valueSpan.start - quote.length }, '');
  if (expression !== undefined) moveExpression(text, expression, pen);
}

/** An end tag is its name, without a blank behind it. */
export function layOutEndTag(element: PolicyElement, pen: LayoutPen): void {
  const name = endTagNameSpan(element);
  if (name === undefined || element.endTagSpan === undefined) return;
  pen.inLine({ start: name.end, end: element.endTagSpan.end - '>'.length }, '');
}

/** Strings that go over several lines are values: their lines stay. Code that cannot be followed stays altogether. */
export function moveExpression(text: string, expression: PolicyExpression, pen: LayoutPen): void {
  const strings = findStringLiterals(text, expression);
  if (strings !== undefined) pen.block(expression.span, strings);
}
