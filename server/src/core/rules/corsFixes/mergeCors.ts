import { matchesAllowedOrigin, missingGrants } from '../../cors/corsGrants';
import { type CorsPolicy, defaultMethods } from '../../cors/corsPolicy';
import { readCorsPolicy } from '../../cors/readCorsPolicy';
import type { PolicyElement } from '../../syntax/policyTree';
import { attributeText } from '../../syntax/treeQueries';
import type { CorsElement } from '../corsElement';
import { counted, listSome } from '../corsMessages';
import type { Fix } from '../rule';
import { attachedCommentStart, trailingCommentEnd } from './attachedComments';
import { addToList } from './corsLists';
import { removals } from './documentEdit';

/**
 * Adds what another `cors` of the section lists to the first one, and removes the other. Every origin then has the grants
 * of both, which the title says. Not offered where the attributes differ, or an entry is decided at run time.
 */
export function mergeCors(first: PolicyElement, context: CorsElement): Fix | undefined {
  const { document, element, cors: other, namedValues } = context;
  if (first.closing !== 'endTag' || element.closing === 'implied' || !hasSameAttributes(first, element))
    return undefined;
  const into = readCorsPolicy(document, first, namedValues);
  const origins = missingOrigins(into, other);
  const missing = missingGrants(into, other);
  const names = [...missing.methods, ...missing.headers, ...missing.exposedHeaders];
  if (names.some((name) => name.startsWith('('))) return undefined;

  const isDefault = into.methods === undefined && missing.methods.length > 0;
  const lists = [
    { listName: 'allowed-origins', entryName: 'origin', values: origins },
    {
      listName: 'allowed-methods',
      entryName: 'method',
      values: isDefault ? [...new Set([...defaultMethods, ...missing.methods])] : missing.methods,
    },
    { listName: 'allowed-headers', entryName: 'header', values: missing.headers },
    { listName: 'expose-headers', entryName: 'header', values: missing.exposedHeaders },
  ].filter(({ values }) => values.length > 0);
  const edits = lists.flatMap((entries) => addToList(document, first, entries) ?? []);
  if (edits.length < lists.length) return undefined;

  const added = [
    ...(origins.length === 0 ? [] : [listSome(origins, 3)]),
    ...counted('method', missing.methods),
    ...counted('header', missing.headers),
    ...counted('exposed header', missing.exposedHeaders),
  ].join(', ');
  const grants = added === '' ? 'nothing new' : added;
  const widens =
    names.length > 0 || !grantsTheSame(other, into) ? '; all its origins then share the grants of both' : '';
  const block = { start: attachedCommentStart(document, element), end: trailingCommentEnd(document, element) };
  const hasComments = document.text.slice(block.start, block.end).includes('<!--');
  return {
    id: 'merge-cors',
    title: `Merge into the first cors, which gets ${grants}${widens}${hasComments ? '; drops the comments of this one' : ''}`,
    isGuess: widens !== '',
    edits: [...edits, ...removals(document, [block])],
  };
}

function hasSameAttributes(one: PolicyElement, other: PolicyElement): boolean {
  return ['allow-credentials', 'terminate-unmatched-request'].every(
    (name) => (attributeText(one, name) ?? '') === (attributeText(other, name) ?? ''),
  );
}

/** As written, each once. */
function missingOrigins(into: CorsPolicy, other: CorsPolicy): readonly string[] {
  const missing = other.origins.filter((origin) => matchesAllowedOrigin(into, origin, true) !== 'yes');
  return [...new Set(missing.map(({ written }) => written))].filter((written) => written !== '');
}

function grantsTheSame(given: CorsPolicy, wanted: CorsPolicy): boolean {
  const { methods, headers, exposedHeaders } = missingGrants(given, wanted);
  return methods.length + headers.length + exposedHeaders.length === 0;
}
