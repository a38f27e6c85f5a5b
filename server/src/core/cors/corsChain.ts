import {
  type EffectivePolicy,
  type EffectiveStatement,
  isInherited,
  type UnknownStatements,
} from '../effective/effectivePolicy';
import { type NamedValueLookup, namedValuesAt } from '../effective/namedValues';
import type { PolicyElement } from '../syntax/policyTree';
import { sameId, workspaceOf } from '../workspace/policyScope';
import { matchesAllowedOrigin } from './corsGrants';
import type { AllowedOrigin, CorsPolicy } from './corsPolicy';
import { readCorsPolicy } from './readCorsPolicy';

/** A `cors` that takes part in a chain's inbound section. */
export interface CorsParticipant {
  /** From 1, as people count. */
  readonly number: number;
  readonly statement: EffectiveStatement;
  readonly cors: CorsPolicy;
  /** True where the document of the chain's narrowest scope contributes it, through a fragment too. */
  readonly isOwn: boolean;
}

/** The `cors` statements of one chain in order, and what cannot be read between them. */
export interface CorsChain {
  readonly participants: readonly CorsParticipant[];
  /** With how many participants stand before it. */
  readonly unknown: readonly { readonly item: UnknownStatements; readonly after: number }[];
}

/** What a `cors` says where it stands. Equal answers for equal statements. */
export type CorsReader = (statement: EffectiveStatement) => CorsPolicy;

/**
 * A reader for the statements of one service. It reads each `cors` once for the service and once for each workspace, since
 * one of a broad scope stands in thousands of chains. What it has read lives as long as the tree.
 */
export function createCorsReader(namedValues: NamedValueLookup): CorsReader {
  const known = new Map<string | undefined, WeakMap<PolicyElement, CorsPolicy>>();
  return ({ document, element, scope }) => {
    const workspace = workspaceOf(scope);
    const readings = known.get(workspace) ?? new WeakMap<PolicyElement, CorsPolicy>();
    known.set(workspace, readings);
    const cors = readings.get(element) ?? readCorsPolicy(document, element, namedValuesAt(scope, namedValues));
    readings.set(element, cors);
    return cors;
  };
}

/**
 * Reads the direct `cors` children of the effective inbound section. Those inside `choose` and the like take no part in
 * preflight requests (cors-semantics 2.2).
 */
export function readCorsChain(policy: EffectivePolicy, readCors: CorsReader): CorsChain {
  const participants: CorsParticipant[] = [];
  const unknown: { item: UnknownStatements; after: number }[] = [];
  for (const item of policy.sections.inbound) {
    if (item.kind === 'unknown') {
      unknown.push({ item, after: participants.length });
    } else if (item.name === 'cors') {
      participants.push({
        number: participants.length + 1,
        statement: item,
        cors: readCors(item),
        isOwn: !isInherited(item),
      });
    }
  }
  return { participants, unknown };
}

/** The chain's part before a participant, and the participant itself. */
export function chainUpTo({ participants, unknown }: CorsChain, last: CorsParticipant): CorsChain {
  return {
    participants: participants.filter(({ number }) => number <= last.number),
    unknown: unknown.filter(({ after }) => after < last.number),
  };
}

/** Something before the end of a walk that may have ended it otherwise. */
export type CorsDoubt =
  /** Stops the origin if its absent attribute means true, or its computed one says so. */
  | { readonly kind: 'stops'; readonly participant: CorsParticipant }
  /** Its list is decided at run time and may hold the origin. */
  | { readonly kind: 'answers'; readonly participant: CorsParticipant }
  /** Statements that cannot be read; a `cors` among them would decide first. */
  | { readonly kind: 'unknown'; readonly item: UnknownStatements };

/** What becomes of requests from one listed origin, by the files alone. */
export interface OriginOutcome {
  readonly origin: AllowedOrigin;
  readonly answeredBy: CorsParticipant | undefined;
  /** Told to stop everything that it does not list. */
  readonly stoppedBy: CorsParticipant | undefined;
  /** In the order of the chain. Empty: the outcome is certain, as far as the origin's own value is. */
  readonly doubts: readonly CorsDoubt[];
}

/** Walks the chain for an origin that `owner` lists, as the gateway does (cors-semantics 11). */
export function originOutcome(origin: AllowedOrigin, owner: CorsParticipant, chain: CorsChain): OriginOutcome {
  const doubts: CorsDoubt[] = [];
  const doubtUnknown = (before: number): void => {
    for (const { item, after } of chain.unknown) if (after === before) doubts.push({ kind: 'unknown', item });
  };
  for (const participant of chain.participants) {
    doubtUnknown(participant.number - 1);
    const match =
      participant === owner ? 'yes' : matchesAllowedOrigin(participant.cors, origin, sameNames(participant, owner));
    if (match === 'yes') return { origin, answeredBy: participant, stoppedBy: undefined, doubts };
    if (match === 'unknown') doubts.push({ kind: 'answers', participant });
    const terminate = participant.cors.terminateUnmatched;
    if (terminate?.known && terminate.value) return { origin, answeredBy: undefined, stoppedBy: participant, doubts };
    if (!terminate?.known) doubts.push({ kind: 'stops', participant });
  }
  doubtUnknown(chain.participants.length);
  return { origin, answeredBy: undefined, stoppedBy: undefined, doubts };
}

/** True where a named value stands for the same in both: a workspace has named values of its own. */
export function sameNames(one: CorsParticipant, other: CorsParticipant): boolean {
  return sameId(workspaceOf(one.statement.scope), workspaceOf(other.statement.scope));
}
