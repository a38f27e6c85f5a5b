import type { CorsChain, CorsParticipant } from '../cors/corsChain';
import type { EffectivePolicy, EffectiveStatement } from '../effective/effectivePolicy';
import type { PolicyDocument, PolicyElement } from '../syntax/policyTree';
import type { EffectiveContext } from './effectiveContext';

/** A `cors` of a chain, seen from one of the chain's documents. */
export interface CorsInChain extends CorsParticipant {
  /** The element of the document under test through which it comes in: its `<base />` or `<include-fragment>`, or itself. */
  readonly entry: PolicyElement;
}

/** The `cors` statements of a chain's inbound section that take part for certain, in order. */
export function corsInInbound(
  policy: EffectivePolicy,
  { document, corsChain }: Pick<EffectiveContext, 'document' | 'corsChain'>,
): readonly CorsInChain[] {
  return certainParticipants(corsChain(policy), document);
}

/** The same of all chains, one chain after the other. */
export function corsInChains(context: EffectiveContext): readonly CorsInChain[] {
  return context.policies.flatMap((policy) => corsInInbound(policy, context));
}

/** The first `cors` that the document itself contributes, be it through a fragment. */
export function findOwnCors(context: EffectiveContext): CorsInChain | undefined {
  return corsInChains(context).find(({ isOwn }) => isOwn);
}

/** Those that are sure to be passed on by every scope in between. */
export function certainParticipants({ participants }: CorsChain, document: PolicyDocument): readonly CorsInChain[] {
  return participants
    .filter(({ statement }) => statement.ifPassedOnBy.length === 0)
    .map((participant) => ({ ...participant, entry: entryOf(participant.statement, document) }));
}

/** The element of the document through which a statement comes in: its `<base />` or `<include-fragment>`, or itself. */
export function entryOf({ via, element }: EffectiveStatement, document: PolicyDocument): PolicyElement {
  const [outermost] = via;
  return outermost?.document === document ? outermost.element : element;
}
