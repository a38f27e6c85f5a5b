import type { CorsChain, CorsParticipant } from '../cors/corsChain';
import type { EffectiveStatement } from '../effective/effectivePolicy';
import type { PolicyDocument, PolicyElement } from '../syntax/policyTree';
import type { EffectiveContext } from './effectiveContext';

/** A `cors` of a chain, seen from one of the chain's documents. */
export interface CorsInChain extends CorsParticipant {
  /** The element of the document under test through which it comes in: its `<base />` or `<include-fragment>`, or itself. */
  readonly entry: PolicyElement;
}

/** The `cors` statements of all chains' inbound sections that take part for certain, one chain after the other. */
export function corsInChains({ policies, corsInInbound }: EffectiveContext): readonly CorsInChain[] {
  return policies.flatMap(corsInInbound);
}

/** The first `cors` that the document itself contributes, be it through a fragment. */
export function findOwnCors(context: EffectiveContext): CorsInChain | undefined {
  return corsInChains(context).find(({ isOwn }) => isOwn);
}

/** The `cors` statements of a chain that are sure to be passed on by every scope in between, in order, as the document sees them. */
export function certainCors({ participants }: CorsChain, document: PolicyDocument): readonly CorsInChain[] {
  return participants
    .filter(({ statement }) => statement.ifPassedOnBy.length === 0)
    .map(({ number, statement, cors, isOwn }) => ({
      number,
      statement,
      cors,
      isOwn,
      entry: entryOf(statement, document),
    }));
}

/** The element of the document through which a statement comes in: its `<base />` or `<include-fragment>`, or itself. */
export function entryOf({ via, element }: EffectiveStatement, document: PolicyDocument): PolicyElement {
  const [outermost] = via;
  return outermost?.document === document ? outermost.element : element;
}
