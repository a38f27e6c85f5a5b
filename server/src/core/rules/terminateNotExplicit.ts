import { fixesForOpenTerminate } from './corsFixes/corsFixes';
import { describeCors, listOrigins, onlyInProducts, relatedOf } from './corsMessages';
import type { Rule } from './rule';

export const terminateNotExplicit: Rule = {
  meta: {
    id: 'terminate-not-explicit',
    summary: 'Another cors follows, and whether it is reached depends on a default about which the sources disagree.',
    category: 'cors',
    defaultSeverity: 'information',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://github.com/MicrosoftDocs/azure-docs/pull/127474',
      'https://github.com/MicrosoftDocs/azure-docs/issues/71283',
    ],
  },
  checkEffective(context, report) {
    for (const conflict of context.corsConflicts()) {
      if (conflict.ruleId !== 'terminate-not-explicit' || conflict.victim === undefined) continue;
      const { victim, origins } = conflict;
      report({
        document: context.document,
        span: conflict.at.startTagSpan,
        message: `terminate-unmatched-request is not set, and ${describeCors(victim)} follows. If the default is false, as Microsoft’s table says, ${listOrigins(origins.length > 0 ? origins : ['an unlisted origin'])} gets its turn there; if it is true, as its troubleshooting text and users’ reports say, this cors refuses it. Write what you mean.${onlyInProducts(conflict, context)}`,
        related: relatedOf(conflict, context),
        fixes: () => fixesForOpenTerminate(conflict, context),
      });
    }
  },
};
