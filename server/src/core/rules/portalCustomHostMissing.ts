import { matchesEveryOrigin } from '../cors/corsGrants';
import type { CorsPolicy } from '../cors/corsPolicy';
import { isDefaultPortalOrigin, isPortalOrigin } from '../cors/developerPortal';
import { addToList } from './corsFixes/corsLists';
import { type CorsInChain, corsInChains } from './corsInChains';
import { listSome } from './corsMessages';
import type { EffectiveContext } from './effectiveContext';
import { customPortalOrigins, writablePortalOrigins } from './portalOrigins';
import type { Fix, Rule } from './rule';

export const portalCustomHostMissing: Rule = {
  meta: {
    id: 'portal-custom-host-missing',
    summary:
      'A cors lists the developer portal’s default host, and not the host of its own that the project file names.',
    category: 'cors',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/enable-cors-developer-portal',
      'https://github.com/Azure/api-management-developer-portal/issues/729',
    ],
  },
  checkEffective(context, report) {
    const custom = customPortalOrigins(context.settings);
    if (custom.length === 0) return;
    const inChain = corsInChains(context);
    const own = inChain.find(({ isOwn, statement }) => isOwn && statement.document === context.document);
    const listed = own?.cors.origins.find(({ value }) => value.known && isDefaultPortalOrigin(value.value));
    if (own === undefined || listed === undefined) return;
    if (inChain.some(({ cors }) => mayAdmit(cors, custom))) return;
    report({
      document: context.document,
      span: listed.span,
      message: `This cors lists the developer portal’s default host, but not ${listSome(custom)}, which the project file names as its portal. Its console cannot call from there. Add that origin.`,
      fixes: () => addHosts(own, custom, context),
    });
  },
};

/** An entry that is not known may be the host. */
function mayAdmit(cors: CorsPolicy, custom: readonly string[]): boolean {
  if (matchesEveryOrigin(cors)) return true;
  return cors.origins.some(
    ({ value }) => !value.known || (!isDefaultPortalOrigin(value.value) && isPortalOrigin(value.value, custom)),
  );
}

function addHosts({ cors }: CorsInChain, custom: readonly string[], { document }: EffectiveContext): readonly Fix[] {
  const values = writablePortalOrigins(custom);
  if (values.length === 0) return [];
  const edit = addToList(document, cors.element, { listName: 'allowed-origins', entryName: 'origin', values });
  return edit === undefined ? [] : [{ id: 'add-portal-host', title: `Add ${listSome(values, 3)}`, edits: [edit] }];
}
