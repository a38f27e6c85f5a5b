import { triedElementFixes } from './corsFixes/triedElementFixes';
import type { Rule } from './rule';
import { findWildcardOrigins, listProjectOrigins } from './wildcardOrigins';

const id = 'wildcard-origin';

export const wildcardOrigin: Rule = {
  meta: {
    id,
    summary: 'The origin is *: pages of every site may call and read the answers.',
    category: 'cors',
    defaultSeverity: 'warning',
    variants: { notProduction: 'hint' },
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://azure.github.io/PSRule.Rules.Azure/en/rules/Azure.APIM.CORSPolicy',
      'https://learn.microsoft.com/azure/api-management/cors-policy',
    ],
  },
  checkCors(context, report) {
    const { document, cors, settings } = context;
    const found = findWildcardOrigins(cors);
    if (found?.ruleId !== id) return;
    report({
      document,
      span: found.star.span,
      message: `Pages of every site may call and read the answers${settings.isProduction ? ', and the project file says that this is production' : ''}. That suits a public API; otherwise list the sites that may.`,
      ...(settings.isProduction ? {} : { variant: 'notProduction' }),
      fixes: () => triedElementFixes(id, context, [listProjectOrigins(found, context)]),
    });
  },
};
