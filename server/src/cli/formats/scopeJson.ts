import type { EffectivePolicy, PlacedDocument, ScopeLink } from '../../core';
import type { Places } from '../places';

/** `{ "kind": "api", "api": "orders" }`, for fragments `{ "kind": "fragment", "fragment": "…" }`. */
export function scopeJson({ placement }: PlacedDocument): object {
  if (placement.kind === 'definition') return placement.scope;
  if (placement.kind === 'resolver') return { kind: 'resolver' };
  const { fragmentId, workspace } = placement;
  return { kind: 'fragment', fragment: fragmentId, ...(workspace === undefined ? {} : { workspace }) };
}

/** One scope of a chain: its ids, its file, and where it has none, why. */
function linkJson(link: ScopeLink, places: Places): object {
  if (link.state === 'present') return { ...link.scope, file: places.file(link.document.path), state: link.state };
  return { ...link.scope, file: null, state: link.state, because: link.because };
}

/** The scopes of a chain, narrowest first; `from` leaves out narrower ones. */
export function chainJson({ chain }: EffectivePolicy, places: Places, from = 0): object {
  return { product: chain.product ?? null, scopes: chain.links.slice(from).map((link) => linkJson(link, places)) };
}
