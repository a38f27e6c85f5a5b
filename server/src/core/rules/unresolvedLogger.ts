import type { Rule } from './rule';
import { reportUnresolved } from './unresolvedReference';

export const unresolvedLogger: Rule = {
  meta: {
    id: 'unresolved-logger',
    summary: 'A policy names a logger that the files of the service do not have.',
    category: 'references',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/log-to-eventhub-policy'],
  },
  checkReferences: (context, report) => reportUnresolved('logger', context, report),
};
