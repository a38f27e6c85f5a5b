import type { PolicyDocument, PolicyElement } from '../../syntax/policyTree';
import { childElements, childrenNamed } from '../../syntax/treeQueries';
import { encodeEntities } from '../../syntax/xmlEntities';
import {
  blanksBefore,
  indentationAt,
  indentationStep,
  isFirstOnLine,
  isOneLine,
  lineEndNear,
} from '../../text/textEdits';
import type { TextEdit } from '../rule';
import { attachedCommentStart, trailingCommentEnd } from './attachedComments';
import { documentEdit, insertion } from './documentEdit';

/** The children of `cors` in the order in which the cors-policy reference writes them. */
export const corsLists: readonly string[] = ['allowed-origins', 'allowed-methods', 'allowed-headers', 'expose-headers'];

/** What is to be added to one list of a `cors`. */
export interface ListEntries {
  readonly listName: string;
  readonly entryName: string;
  readonly values: readonly string[];
}

/** How the `cors` is written: what stands before a list's tags, and before its entries. Both are empty in a single line. */
interface Layout {
  readonly beforeList: string;
  readonly beforeEntry: string;
}

/**
 * Adds entries behind the last one of a list, in the list's own style; makes the list where there is none. Everything
 * that is written stays. Undefined where the `cors` or the list has no end in the text.
 */
export function addToList(document: PolicyDocument, cors: PolicyElement, entries: ListEntries): TextEdit | undefined {
  const list = childrenNamed(cors, entries.listName).at(-1);
  if (cors.closing !== 'endTag' || list?.closing === 'implied') return undefined;
  if (list === undefined) return newList(document, cors, entries);
  const last = childElements(list).at(-1);
  if (last !== undefined) return behindLast(document, last, entries);
  return list.closing === 'selfClosing'
    ? openedList(document, list, layoutOf(document, cors, list), entries)
    : intoEmptyList(document, list, layoutOf(document, cors, list), entries);
}

function written({ entryName, values }: ListEntries, before: string): string {
  return values.map((value) => `${before}<${entryName}>${encodeEntities(value)}</${entryName}>`).join('');
}

function behindLast(document: PolicyDocument, last: PolicyElement, entries: ListEntries): TextEdit {
  const { text } = document;
  const { start } = last.span;
  const before = isFirstOnLine(text, start)
    ? lineEndNear(text, start) + indentationAt(text, start)
    : blanksBefore(text, start);
  return insertion(document, trailingCommentEnd(document, last), written(entries, before));
}

/** `<allowed-methods a="b"| />|` */
function openedList(document: PolicyDocument, list: PolicyElement, layout: Layout, entries: ListEntries): TextEdit {
  const start = (list.attributes.at(-1)?.span ?? list.nameSpan).end;
  const content = written(entries, layout.beforeEntry) + layout.beforeList;
  return documentEdit(document, { start, end: list.span.end }, `>${content}</${list.name}>`);
}

/** Behind what the list holds: comments, or nothing. */
function intoEmptyList(document: PolicyDocument, list: PolicyElement, layout: Layout, entries: ListEntries): TextEdit {
  const contentStart = list.startTagSpan.end;
  const content = document.text.slice(contentStart, list.endTagSpan?.start);
  const kept = content.trimEnd();
  const isEndTagOnItsLine = /[\r\n]/.test(content.slice(kept.length));
  const text = written(entries, layout.beforeEntry) + (isEndTagOnItsLine ? '' : layout.beforeList);
  return insertion(document, contentStart + kept.length, text);
}

/** Behind the lists that belong before it, else before those that belong behind it. */
function newList(document: PolicyDocument, cors: PolicyElement, entries: ListEntries): TextEdit {
  const { beforeList, beforeEntry } = layoutOf(document, cors, undefined);
  const { listName } = entries;
  const list = `<${listName}>${written(entries, beforeEntry)}${beforeList}</${listName}>`;
  const place = corsLists.indexOf(listName);
  const previous = childElements(cors).findLast(({ name }) => corsLists.slice(0, place).includes(name));
  if (previous !== undefined) return insertion(document, trailingCommentEnd(document, previous), beforeList + list);
  const next = childElements(cors).find(({ name }) => corsLists.slice(place + 1).includes(name));
  if (next !== undefined) return insertion(document, attachedCommentStart(document, next), list + beforeList);
  return insertion(document, cors.startTagSpan.end, beforeList + list);
}

function layoutOf(document: PolicyDocument, cors: PolicyElement, list: PolicyElement | undefined): Layout {
  const { text } = document;
  const isInline = list !== undefined && !isFirstOnLine(text, list.span.start) && isOneLine(text, list.span);
  if (isInline || isOneLine(text, cors.span)) return { beforeList: '', beforeEntry: '' };
  const lineEnd = lineEndNear(text, cors.span.start);
  const outer = indentationAt(text, cors.span.start);
  const child = cors.children.find(({ kind, span }) => kind !== 'text' && isFirstOnLine(text, span.start));
  const step = indentationStep(outer, child === undefined ? outer : indentationAt(text, child.span.start));
  const listIndent = list === undefined ? outer + step : indentationAt(text, list.span.start);
  return { beforeList: lineEnd + listIndent, beforeEntry: lineEnd + listIndent + step };
}
