import { admitsDeveloperPortal } from '../cors/developerPortal';
import { childrenNamed, sectionElements } from '../syntax/treeQueries';
import { addPortalOrigin } from './corsFixes/addPortalOrigin';
import { listSome } from './corsMessages';
import type { EffectiveContext } from './effectiveContext';
import { findLostInheritance } from './lostInheritance';
import { findLostPortalCors } from './lostPortalCors';
import { optionsOperations } from './operationFacts';
import { writablePortalOrigins } from './portalOrigins';
import type { Rule } from './rule';

/** Told once, where it is mended: in the global policy for all APIs that inherit from it, else in the API's own. */
export const portalNotAllowed: Rule = {
  meta: {
    id: 'portal-not-allowed',
    summary: 'The project file names a developer portal, and no cors lets it in.',
    category: 'cors',
    defaultSeverity: 'information',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/enable-cors-developer-portal',
      'https://github.com/Azure/api-management-developer-portal/issues/420',
      'https://github.com/Azure/api-management-developer-portal/issues/1835',
    ],
  },
  checkEffective(context, report) {
    const { document, scope, settings } = context;
    const [section] = sectionElements(document, 'inbound');
    if (settings.portalOrigins.length === 0 || section === undefined) return;
    const portal = listSome(settings.portalOrigins);
    if (scope.kind === 'global' && keepsPortalOut(context)) {
      const apis = context.narrower().filter((api) => isToldGlobally(api) && keepsPortalOut(api));
      if (apis.length === 0) return;
      const which = apis.length === 1 ? 'one API' : `${apis.length} APIs`;
      report({
        document,
        span: section.startTagSpan,
        message: `No cors lets the developer portal in (${portal}), so its console cannot call ${which} of this service. Deploying this policy also removes what the portal’s “Enable CORS” wrote. Add a cors that lists the portal here.`,
        // What a new cors should allow besides, nobody can tell.
        fixes: () => addPortalOrigin(writablePortalOrigins(settings.portalOrigins), context),
      });
    } else if (scope.kind === 'api' && !isToldGlobally(context) && keepsPortalOut(context)) {
      if (findLostPortalCors(findLostInheritance(context, 'inbound'), context) !== undefined) return;
      report({
        document,
        span: section.startTagSpan,
        message: `No cors lets the developer portal in (${portal}), so its console cannot call this API. Add a cors that lists the portal, at global scope for all APIs or here.`,
      });
    }
  },
};

/** An API that inherits from a global policy in the workspace. */
function isToldGlobally({ document, scope, policies }: EffectiveContext): boolean {
  if (scope.kind !== 'api') return false;
  const inherits = sectionElements(document, 'inbound').some((each) => childrenNamed(each, 'base').length > 0);
  const hasGlobal = policies.some(({ chain }) =>
    chain.links.some((link) => link.scope.kind === 'global' && link.state === 'present'),
  );
  return inherits && hasGlobal;
}

/** In every chain, and for certain. With OPTIONS operations the backend answers, and whom it lets in is not known. */
function keepsPortalOut(context: EffectiveContext): boolean {
  const { policies, settings, apiFacts } = context;
  if (apiFacts?.type === 'websocket') return false;
  const isOut = policies.every((policy) => {
    const { participants, unknown } = context.corsChain(policy);
    return (
      unknown.length === 0 &&
      participants.every(({ cors }) => admitsDeveloperPortal(cors, settings.portalOrigins) === 'no')
    );
  });
  return isOut && optionsOperations(context).length === 0;
}
