import { type CorsFacts, type CorsRequest, isPreflight } from './corsSituation';
import { corsSources } from './corsSources';
import type { Evaluation } from './evaluation';

/** Whether a request runs the product's policy (cors-semantics 1.5), and whether its key will do. */
export interface ProductContext {
  readonly runsProductPolicy: boolean;
  /** The gateway answers 401 by itself. */
  readonly isRefusedForKey: boolean;
}

/** The gateway tells the product from the key alone, or from an open product that holds the API. */
export function decideProductContext(
  evaluation: Evaluation,
  request: CorsRequest,
  facts: CorsFacts,
  hasProduct: boolean,
): ProductContext {
  const isOpen = hasProduct && (facts.openProduct ?? facts.subscriptionRequired === false);
  const hasKey = showsKey(request) && facts.keyError !== true;
  const isRefusedForKey =
    facts.keyError === true || (facts.subscriptionRequired === true && !isOpen && !showsKey(request));
  if (!hasProduct) return { runsProductPolicy: false, isRefusedForKey };

  const isRefused = isRefusedForKey && !isPreflight(request);
  const context = isRefused
    ? { runsProductPolicy: false, because: 'The gateway answers 401 for the key before it knows a product.' }
    : hasKey
      ? contextOfKey(facts)
      : contextWithoutKey(evaluation, request, isOpen);
  evaluation.note({
    what: 'product',
    scope: undefined,
    place: undefined,
    result: context.runsProductPolicy ? 'the product policy runs' : 'no product policy runs',
    because: context.because,
    source: isPreflight(request) ? corsSources.developerPortal : corsSources.subscriptions,
  });
  return { runsProductPolicy: context.runsProductPolicy, isRefusedForKey };
}

/** A browser's preflight carries no header of the page, so a key in a header is not there yet. */
function showsKey(request: CorsRequest): boolean {
  if (request.subscriptionKeyIn === 'query') return true;
  return request.subscriptionKeyIn === 'header' && (!isPreflight(request) || request.client === 'server');
}

interface Context {
  readonly runsProductPolicy: boolean;
  readonly because: string;
}

function contextOfKey(facts: CorsFacts): Context {
  if (facts.keyForOtherProduct === true) {
    return { runsProductPolicy: false, because: 'The key belongs to another product.' };
  }
  if (facts.keyScope === 'api' || facts.keyScope === 'all-access') {
    return { runsProductPolicy: false, because: 'The key is not of a product, so no product policy runs.' };
  }
  return { runsProductPolicy: true, because: 'The key identifies the product.' };
}

function contextWithoutKey(evaluation: Evaluation, request: CorsRequest, isOpen: boolean): Context {
  if (isOpen && isPreflight(request)) {
    return evaluation.consult('openProductOnPreflight') === 'yes'
      ? {
          runsProductPolicy: true,
          because: 'The product is open, and a preflight without a key is taken to run in it.',
        }
      : { runsProductPolicy: false, because: 'A preflight without a key is taken to run in no product.' };
  }
  if (isOpen) return { runsProductPolicy: true, because: 'The product is open and the request has no key.' };
  const because = isPreflight(request)
    ? 'The preflight shows no key, so the gateway cannot tell the product.'
    : 'The request has no valid key, so no product is known.';
  return { runsProductPolicy: false, because };
}
