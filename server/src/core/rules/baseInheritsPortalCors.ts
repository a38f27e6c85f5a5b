import { describeScope } from '../workspace/policyScope';
import type { CorsConflict } from './corsConflicts';
import { fixesForInheritedCors } from './corsFixes/corsFixes';
import { describeCors, listSome, onlyInProducts, refusal, relatedOf } from './corsMessages';
import type { Rule } from './rule';

/** The reason for this product: "Enable CORS" of the developer portal wrote a `cors` that comes first through `<base />`. */
export const baseInheritsPortalCors: Rule = {
  meta: {
    id: 'base-inherits-portal-cors',
    summary: 'The developer portal’s cors comes in through <base /> and answers before the document’s own cors.',
    category: 'cors',
    defaultSeverity: 'warning',
    variants: { portalOnly: 'information' },
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/enable-cors-developer-portal',
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://www.puresourcecode.com/tools/azure-tools/configure-cors-in-api-management/',
    ],
  },
  checkEffective(context, report) {
    for (const conflict of context.corsConflicts()) {
      if (conflict.ruleId !== 'base-inherits-portal-cors') continue;
      const isPortalOnly = conflict.shape === 'portalOnly';
      report({
        document: context.document,
        span: conflict.at.span,
        message:
          (isPortalOnly ? portalOnlyMessage(conflict) : refusedMessage(conflict)) + onlyInProducts(conflict, context),
        related: relatedOf(conflict, context),
        ...(isPortalOnly ? { variant: 'portalOnly' } : { fixes: () => fixesForInheritedCors(conflict, context) }),
      });
    }
  },
};

function refusedMessage(conflict: CorsConflict): string {
  const { decider } = conflict;
  const where =
    decider.statement.scope.kind === 'global' ? 'at global scope' : `of ${describeScope(decider.statement.scope)}`;
  return `The developer portal’s cors ${where} comes in through this <base />, before the own cors, and lists only the portal. ${refusal(conflict)}`;
}

function portalOnlyMessage(conflict: CorsConflict): string {
  const origins = conflict.decider.cors.origins.map(({ written }) => written);
  return `The only cors here is the developer portal’s, which <base /> brings in: ${describeCors(conflict.decider)} lists ${listSome(origins)}. Browsers on any other origin are refused; add a cors before <base /> if pages of your own call this API.`;
}
