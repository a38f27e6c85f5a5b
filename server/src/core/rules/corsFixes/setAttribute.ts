import type { PolicyDocument, PolicyElement } from '../../syntax/policyTree';
import { findAttribute } from '../../syntax/treeQueries';
import { indentationAt, isFirstOnLine, lineEndNear } from '../../text/textEdits';
import type { TextEdit } from '../rule';
import { documentEdit, insertion } from './documentEdit';

/** Writes an attribute, or replaces its value, in the manner of the other attributes. `value` needs no escaping. */
export function setAttributeEdit(
  document: PolicyDocument,
  element: PolicyElement,
  name: string,
  value: string,
): TextEdit {
  const attribute = findAttribute(element, name);
  if (attribute !== undefined) {
    return attribute.quote === undefined
      ? documentEdit(document, attribute.span, `${name}="${value}"`)
      : documentEdit(document, attribute.valueSpan, value);
  }
  const last = element.attributes.at(-1);
  const quote = last?.quote ?? '"';
  const written = `${name}=${quote}${value}${quote}`;
  return last === undefined
    ? insertion(document, element.nameSpan.end, ` ${written}`)
    : insertion(document, last.span.end, separator(document, last.span.start) + written);
}

/** A line of its own for an attribute behind one that has its own. */
function separator({ text }: PolicyDocument, lastStart: number): string {
  return isFirstOnLine(text, lastStart) ? lineEndNear(text, lastStart) + indentationAt(text, lastStart) : ' ';
}
