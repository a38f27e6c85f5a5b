import { portalConsoleHeaders } from '../../cors/developerPortal';
import { type CorsInChain, findOwnCors } from '../corsInChains';
import { counted, listSome } from '../corsMessages';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix } from '../rule';
import { addToList, type ListEntries } from './corsLists';

/**
 * Lists the portal in the document's own `cors`, with the headers that its console sends. Which methods it may use stays
 * as it is. Not offered where an entry is no plain origin, nor for a `cors` that comes from a fragment.
 */
export function addPortalOrigin(origins: readonly string[], context: EffectiveContext): readonly Fix[] {
  const { document } = context;
  const own = findOwnCors(context);
  if (own === undefined || own.statement.document !== document) return [];
  if (origins.length === 0 || origins.some((origin) => /^@[({]|^\*$|^$/.test(origin))) return [];

  const headers = missingConsoleHeaders(own);
  const lists: readonly ListEntries[] = [
    { listName: 'allowed-origins', entryName: 'origin', values: origins },
    ...(headers.length === 0 ? [] : [{ listName: 'allowed-headers', entryName: 'header', values: headers }]),
  ];
  const edits = lists.flatMap((entries) => addToList(document, own.cors.element, entries) ?? []);
  if (edits.length < lists.length) return [];
  const what = [listSome(origins, 3), ...counted('header', headers)].join(', ');
  return [{ id: 'add-portal-origin', title: `Add ${what} to this document’s cors`, edits }];
}

function missingConsoleHeaders({ cors }: CorsInChain): readonly string[] {
  const allowed = cors.headers?.entries.map(({ value }) => (value.known ? value.value.toLowerCase() : '')) ?? [];
  return allowed.includes('*') ? [] : portalConsoleHeaders.filter((name) => !allowed.includes(name));
}
