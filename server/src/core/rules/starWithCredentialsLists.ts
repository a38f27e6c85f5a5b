import type { CorsList } from '../cors/corsPolicy';
import { isDeveloperPortalCors } from '../cors/developerPortal';
import { joinNames } from '../text/wording';
import type { CorsElement } from './corsElement';
import { replaceEntry } from './corsFixes/replaceEntry';
import { triedElementFixes } from './corsFixes/triedElementFixes';
import { readListedNames } from './corsListFacts';
import type { Fix, Rule } from './rule';
import { findWildcardOrigins, setCredentialsFalse } from './wildcardOrigins';

const id = 'star-with-credentials-lists';

export const starWithCredentialsLists: Rule = {
  meta: {
    id,
    summary:
      'allow-credentials is true, and a list holds *, which browsers take for a plain name in calls with cookies.',
    category: 'cors',
    defaultSeverity: 'hint',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
      'https://learn.microsoft.com/azure/api-management/cors-policy',
    ],
  },
  checkCors(context, report) {
    const { document, cors, settings } = context;
    if (!cors.allowCredentials.known || !cors.allowCredentials.value) return;
    // The star among the origins is the graver finding; the portal's console sends no cookies (cors-semantics 6.2).
    if (findWildcardOrigins(cors) !== undefined || isDeveloperPortalCors(cors, settings.portalOrigins)) return;
    const starred = starredLists(context);
    const [first, ...others] = starred;
    if (first === undefined) return;
    const names = joinNames(starred.map(({ element }) => element.name));
    report({
      document,
      span: starOf(first)?.element.span ?? first.element.startTagSpan,
      message: `In calls with cookies, browsers take * in ${names} for a plain name. ${consequence(starred, cors.exposeHeaders)} List the names that pages use, or set allow-credentials="false" if they send no cookies.`,
      related: others.map((list) => ({
        path: document.path,
        span: starOf(list)?.element.span ?? list.element.startTagSpan,
        message: `The * in ${list.element.name}.`,
      })),
      fixes: () => triedElementFixes(id, context, [listMethods(starred, context), setCredentialsFalse(context)]),
    });
  },
};

/** With the gateway repeating what was asked for (switch listEcho), only what pages may read is left to the star. */
function starredLists({ cors, settings }: CorsElement): readonly CorsList[] {
  const isEcho = settings.assume['listEcho'] === 'echo-requested';
  const lists = isEcho ? [cors.exposeHeaders] : [cors.methods, cors.headers, cors.exposeHeaders];
  return lists.filter((list) => list !== undefined).filter((list) => readListedNames(list).hasStar);
}

function starOf({ entries }: CorsList) {
  return entries.find(({ value }) => value.known && value.value === '*');
}

function consequence(starred: readonly CorsList[], exposed: CorsList | undefined): string {
  const isExposed = exposed !== undefined && starred.includes(exposed);
  const isRequest = starred.some((list) => list !== exposed);
  return [
    ...(isRequest
      ? ['Calls work as long as the gateway repeats the requested names, as has been seen, instead of sending the *.']
      : []),
    ...(isExposed ? ['Pages cannot read response headers that are exposed by * alone.'] : []),
  ].join(' ');
}

/** The methods of the API's operations, where its specification tells them, and only where no other list has a star. */
function listMethods(starred: readonly CorsList[], { document, cors, effective }: CorsElement): Fix | undefined {
  const operations = effective?.apiFacts?.operations ?? [];
  const methods = [...new Set(operations.map(({ method }) => method))].filter((method) => method !== 'OPTIONS');
  const [list, ...others] = starred;
  const star = list === undefined ? undefined : starOf(list);
  if (list !== cors.methods || star === undefined || others.length > 0 || methods.length === 0) return undefined;
  const edit = replaceEntry(document, star.element, methods);
  return (
    edit && { id: 'list-methods', title: `List ${joinNames(methods)}, the methods of the operations`, edits: [edit] }
  );
}
