import type { Rule } from './rule';
import { reportUnresolved } from './unresolvedReference';

export const unresolvedBackend: Rule = {
  meta: {
    id: 'unresolved-backend',
    summary: 'A policy names a backend that the files of the service do not have.',
    category: 'references',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/set-backend-service-policy',
      'https://learn.microsoft.com/azure/api-management/workspaces-overview',
    ],
  },
  checkReferences: (context, report) => reportUnresolved('backend', context, report),
};
