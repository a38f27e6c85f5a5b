import type { CorsList } from '../cors/corsPolicy';
import type { PolicyDocument, PolicyElement } from '../syntax/policyTree';
import { childElements, elementText } from '../syntax/treeQueries';

/** What a list says for certain. */
export interface ListedNames {
  /** As written, named values replaced. */
  readonly names: readonly string[];
  readonly hasStar: boolean;
  /** False where an entry is decided at run time: then the list may hold any name. */
  readonly isWhole: boolean;
}

export function readListedNames(list: CorsList): ListedNames {
  const names = list.entries.flatMap(({ value }) => (value.known ? [value.value] : []));
  return { names, hasStar: names.includes('*'), isWhole: names.length === list.entries.length };
}

/** True for an element with nothing in it; what a deployment tool puts in place of a token is no nothing. */
export function isEmptyList(document: PolicyDocument, list: PolicyElement): boolean {
  return childElements(list).length === 0 && elementText(document, list) === '';
}
