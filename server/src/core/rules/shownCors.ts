import { type CorsInChain, certainCors, corsInChains } from './corsInChains';
import type { EffectiveContext } from './effectiveContext';

/**
 * The `cors` at which something about the API as a whole is told, once per API: in the API's document the own one, else
 * the first inherited one; in an operation's document its own one, where the API's document has none to tell it at.
 * Undefined elsewhere.
 */
export function corsToTellAt(context: EffectiveContext): CorsInChain | undefined {
  const { kind } = context.scope;
  if (kind !== 'api' && kind !== 'operation') return undefined;
  const all = corsInChains(context);
  const own = all.find(({ isOwn }) => isOwn);
  if (kind === 'api') return own ?? all[0];
  return own === undefined || apiHasCors(context) ? undefined : own;
}

function apiHasCors(context: EffectiveContext): boolean {
  return context.parentPolicies().some((parent) => {
    const [api] = parent?.chain.links ?? [];
    if (parent === undefined || api?.state !== 'present' || api.scope.kind !== 'api') return false;
    return certainCors(context.corsChain(parent), api.document).length > 0;
  });
}
