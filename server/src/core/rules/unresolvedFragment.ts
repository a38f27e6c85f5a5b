import type { Rule } from './rule';
import { reportUnresolved } from './unresolvedReference';

export const unresolvedFragment: Rule = {
  meta: {
    id: 'unresolved-fragment',
    summary: 'A policy includes a fragment that the files of the service do not have.',
    category: 'references',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/include-fragment-policy',
      'https://github.com/Azure/apiops/issues/668',
    ],
  },
  checkReferences: (context, report) => reportUnresolved('fragment', context, report),
};
