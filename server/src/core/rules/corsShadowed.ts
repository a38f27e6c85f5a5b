import type { CorsConflict } from './corsConflicts';
import { fixesForShadowedCors } from './corsFixes/corsFixes';
import { describeCors, listMissing, listOrigins, onlyInProducts, relatedOf, restrictsNothing } from './corsMessages';
import type { Rule } from './rule';

export const corsShadowed: Rule = {
  meta: {
    id: 'cors-shadowed',
    summary: 'A cors can never answer, because an earlier one in the effective policy answers or stops its origins.',
    category: 'cors',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://github.com/MicrosoftDocs/azure-docs/issues/72158',
    ],
  },
  checkEffective(context, report) {
    for (const conflict of context.corsConflicts()) {
      if (conflict.ruleId !== 'cors-shadowed') continue;
      const message = messageOf(conflict);
      report({
        document: context.document,
        span: conflict.at.startTagSpan,
        message: message + onlyInProducts(conflict, context),
        related: relatedOf(conflict, context),
        fixes: () => fixesForShadowedCors(conflict, context),
      });
    }
  },
};

function messageOf(conflict: CorsConflict): string {
  if (conflict.shape === 'inheritedRefused') return stopsInherited(conflict);
  return conflict.shape === 'ownRestrictsNothing' ? restrictsNothing(conflict) : neverReached(conflict);
}

function neverReached({ decider, origins, missing }: CorsConflict): string {
  return `This cors is never reached: <base /> brings in ${describeCors(decider)} first, which already matches ${listOrigins(origins)} and answers without ${listMissing(missing)}. Put this cors before <base />, or allow the same there.`;
}

function stopsInherited({ victim, origins }: CorsConflict): string {
  const inherited = victim === undefined ? 'an inherited cors' : describeCors(victim);
  return `This cors stops every origin that it does not list, so ${inherited}, inherited further down, is never reached${origins.length > 0 ? ` for ${listOrigins(origins)}` : ''}. Set terminate-unmatched-request="false" here to let it answer.`;
}
