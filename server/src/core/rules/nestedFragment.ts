import { inclusionsOf } from './fragmentInclusions';
import type { Rule } from './rule';

export const nestedFragment: Rule = {
  meta: {
    id: 'nested-fragment',
    summary: 'A policy fragment includes another one, about which the sources disagree.',
    category: 'references',
    defaultSeverity: 'warning',
    fixable: false,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/policy-fragments',
      'https://github.com/Azure/azure-api-management-policy-toolkit',
    ],
  },
  checkReferences(context, report) {
    for (const { element, fragmentId, circle } of inclusionsOf(context)) {
      // A circle is the graver side of the same cause.
      if (circle !== undefined) continue;
      const what = fragmentId === undefined ? 'another fragment' : `the fragment "${fragmentId}"`;
      report({
        document: context.document,
        span: element.span,
        message: `This fragment includes ${what}. Microsoft’s page says that a fragment cannot nest another one, while its policy toolkit offers to. Include both where they are used, or make sure that your service accepts it.`,
      });
    }
  },
};
