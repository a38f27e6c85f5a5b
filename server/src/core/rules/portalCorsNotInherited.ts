import { spanInFile } from '../syntax/policyTree';
import { addPortalOrigin } from './corsFixes/addPortalOrigin';
import { listSome } from './corsMessages';
import { addBase } from './inheritanceFixes';
import { findLostInheritance } from './lostInheritance';
import { findLostPortalCors } from './lostPortalCors';
import type { Rule } from './rule';

export const portalCorsNotInherited: Rule = {
  meta: {
    id: 'portal-cors-not-inherited',
    summary: 'The inbound section has no <base />, so the developer portal’s cors is not inherited here.',
    category: 'cors',
    defaultSeverity: 'information',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/enable-cors-developer-portal',
      'https://github.com/Azure/api-management-developer-portal/issues/954',
      'https://github.com/Azure/api-management-developer-portal/issues/1125',
    ],
  },
  checkEffective(context, report) {
    const lost = findLostInheritance(context, 'inbound');
    const portal = findLostPortalCors(lost, context);
    if (lost?.element === undefined || portal === undefined) return;
    const { statement, cors } = portal;
    const portalOrigins = cors.origins.map(({ written }) => written);
    const origins = listSome(portalOrigins);
    const isAll = lost.statements.length === 1;
    report({
      document: context.document,
      span: lost.element.startTagSpan,
      message: `This inbound section has no <base />, so the developer portal’s cors is not inherited, and no cors here lists ${origins}: the portal’s console cannot call. Add <base />, or list the portal here.`,
      related: [
        {
          path: statement.document.path,
          span: spanInFile(statement.document, statement.element.startTagSpan),
          message: `The developer portal’s cors is not inherited${isAll ? ' (base-removed)' : ''}.`,
          ...(isAll ? { ruleId: 'base-removed' } : {}),
        },
      ],
      fixes: () => [...addBase(lost, context), ...addPortalOrigin(portalOrigins, context)],
    });
  },
};
