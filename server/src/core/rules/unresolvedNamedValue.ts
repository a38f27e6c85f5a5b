import type { Rule } from './rule';
import { reportUnresolved } from './unresolvedReference';

export const unresolvedNamedValue: Rule = {
  meta: {
    id: 'unresolved-named-value',
    summary: 'A policy uses a named value that the files of the service do not have.',
    category: 'references',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/api-management-howto-properties',
      'https://learn.microsoft.com/azure/api-management/workspaces-overview',
    ],
  },
  checkReferences: (context, report) => reportUnresolved('namedValue', context, report),
};
