import type { CorsConflict } from './corsConflicts';
import { fixesForShadowedCors } from './corsFixes/corsFixes';
import { describeCors, listMissing, listOrigins, onlyInProducts, relatedOf, restrictsNothing } from './corsMessages';
import type { Rule } from './rule';

/** An operation's `cors` is most often written to override that of its API, which `<base />` puts before it. */
export const operationOverrideBehindBase: Rule = {
  meta: {
    id: 'operation-override-behind-base',
    summary: 'An operation’s cors stands after <base />, so that of a broader scope answers in its place.',
    category: 'cors',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://learn.microsoft.com/azure/api-management/set-edit-policies',
      'https://github.com/pagopa-archive/io-infrastructure-live-new/pull/493',
    ],
  },
  checkEffective(context, report) {
    for (const conflict of context.corsConflicts()) {
      if (conflict.ruleId !== 'operation-override-behind-base') continue;
      report({
        document: context.document,
        span: conflict.at.startTagSpan,
        message: messageOf(conflict) + onlyInProducts(conflict, context),
        related: relatedOf(conflict, context),
        fixes: () => fixesForShadowedCors(conflict, context),
      });
    }
  },
};

function messageOf(conflict: CorsConflict): string {
  if (conflict.shape === 'ownRestrictsNothing') return restrictsNothing(conflict);
  const { decider, origins, missing } = conflict;
  return `This cors does not override ${describeCors(decider)}: <base /> brings that one in first, and it answers ${listOrigins(origins)} without ${listMissing(missing)}. Put this cors before <base />.`;
}
