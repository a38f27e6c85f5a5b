import { policyElements } from '../effective/policyElements';
import type { Rule } from './rule';

export const fragmentWithBase: Rule = {
  meta: {
    id: 'fragment-with-base',
    summary: 'A policy fragment holds <base />.',
    category: 'references',
    defaultSeverity: 'error',
    fixable: false,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/policy-fragments'],
  },
  checkDocument(document, report) {
    if (document.kind !== 'fragment' || document.root === undefined) return;
    for (const { name, span } of policyElements(document.root)) {
      if (name !== 'base') continue;
      const message =
        'A policy fragment cannot hold <base />: it belongs to no scope, so it has no parent. Put <base /> beside the <include-fragment> of the policies that include it.';
      report({ document, span, message });
    }
  },
};
