import type { PolicyDocument, PolicyElement } from '../../syntax/policyTree';
import { encodeEntities } from '../../syntax/xmlEntities';
import { blanksBefore, indentationAt, isFirstOnLine, lineEndNear } from '../../text/textEdits';
import type { TextEdit } from '../rule';
import { documentEdit } from './documentEdit';

/** One element each, of the same name, instead of this one, in its place and manner. Undefined where it has no end in the text. */
export function replaceEntry(
  document: PolicyDocument,
  entry: PolicyElement,
  values: readonly string[],
): TextEdit | undefined {
  if (entry.closing === 'implied') return undefined;
  const { text } = document;
  const { start } = entry.span;
  const before = isFirstOnLine(text, start)
    ? lineEndNear(text, start) + indentationAt(text, start)
    : blanksBefore(text, start);
  const elements = values.map((value) => `<${entry.name}>${encodeEntities(value)}</${entry.name}>`);
  return documentEdit(document, entry.span, elements.join(before));
}
