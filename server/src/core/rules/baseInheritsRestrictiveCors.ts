import { fixesForInheritedCors } from './corsFixes/corsFixes';
import { describeCors, listOrigins, onlyInProducts, refusal, relatedOf } from './corsMessages';
import type { Rule } from './rule';

export const baseInheritsRestrictiveCors: Rule = {
  meta: {
    id: 'base-inherits-restrictive-cors',
    summary: 'An inherited cors comes first through <base /> and misses an origin that the document’s own cors lists.',
    category: 'cors',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://github.com/Azure/azure-dev/pull/2339',
    ],
  },
  checkEffective(context, report) {
    for (const conflict of context.corsConflicts()) {
      if (conflict.ruleId !== 'base-inherits-restrictive-cors') continue;
      const verb = conflict.unless?.about === 'list' ? 'may not list' : 'does not list';
      const first = `<base /> brings in ${describeCors(conflict.decider)} before the own cors, and it ${verb} ${listOrigins(conflict.origins)}.`;
      report({
        document: context.document,
        span: conflict.at.span,
        message: `${first} ${refusal(conflict)}${onlyInProducts(conflict, context)}`,
        related: relatedOf(conflict, context),
        fixes: () => fixesForInheritedCors(conflict, context),
      });
    }
  },
};
