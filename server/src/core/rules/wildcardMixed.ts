import { triedElementFixes } from './corsFixes/triedElementFixes';
import { listOrigins } from './corsMessages';
import type { Rule } from './rule';
import { findWildcardOrigins, removeOthers, removeStar } from './wildcardOrigins';

const id = 'wildcard-mixed';

export const wildcardMixed: Rule = {
  meta: {
    id,
    summary: 'The origin * stands beside other origins; it must be the only one.',
    category: 'cors',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/cors-policy'],
  },
  checkCors(context, report) {
    const { document, cors } = context;
    const found = findWildcardOrigins(cors);
    if (found?.ruleId !== id) return;
    report({
      document,
      span: found.star.span,
      message: `* must be the only origin, and it stands beside ${listOrigins(found.others.map(({ written }) => written))}. Either the service refuses this, or every site is admitted and the rest of the list says nothing; which of the two is not documented. Keep one.`,
      fixes: () => triedElementFixes(id, context, [removeStar(found, context), removeOthers(found, context)]),
    });
  },
};
