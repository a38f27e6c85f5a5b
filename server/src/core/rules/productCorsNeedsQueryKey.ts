import { sameNames } from '../cors/corsChain';
import { matchesAllowedOrigin } from '../cors/corsGrants';
import { type CorsInChain, corsInChains } from './corsInChains';
import type { Rule } from './rule';

export const productCorsNeedsQueryKey: Rule = {
  meta: {
    id: 'product-cors-needs-query-key',
    summary:
      'A product’s cors takes no part in preflight requests, unless the subscription key is in the query string.',
    category: 'cors',
    defaultSeverity: 'warning',
    fixable: false,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy#usage-notes',
      'https://learn.microsoft.com/azure/api-management/enable-cors-developer-portal',
      'https://github.com/MicrosoftDocs/azure-docs/issues/53688',
    ],
  },
  checkEffective(context, report) {
    const { scope, productFacts, document } = context;
    if (scope.kind !== 'product' || productFacts?.subscriptionRequired === false) return;
    const inChain = corsInChains(context);
    const own = inChain.find(({ isOwn }) => isOwn);
    if (own === undefined || isServedByOthers(own, inChain)) return;
    const unless = productFacts?.subscriptionRequired === undefined ? ' if the product requires a subscription' : '';
    report({
      document,
      span: own.entry.startTagSpan,
      message: `Preflight requests carry no key in a header, so the gateway cannot tell the product, and this cors takes no part in them${unless}: browsers are refused. Put the cors at the API or at global scope, or let pages send the key in the query string.`,
    });
  },
};

/** A broader `cors` that lists the same origins answers in its place. */
function isServedByOthers(own: CorsInChain, inChain: readonly CorsInChain[]): boolean {
  const others = inChain.filter(({ isOwn }) => !isOwn);
  return (
    own.cors.origins.length > 0 &&
    own.cors.origins.every((origin) =>
      others.some((other) => matchesAllowedOrigin(other.cors, origin, sameNames(other, own)) === 'yes'),
    )
  );
}
