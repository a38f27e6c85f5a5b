import { matchesAllowedOrigin, matchesEveryOrigin } from '../cors/corsGrants';
import type { AllowedOrigin, CorsPolicy } from '../cors/corsPolicy';
import { readCorsPolicy } from '../cors/readCorsPolicy';
import type { EffectivePolicy, EffectiveStatement, UnknownStatements } from '../effective/effectivePolicy';
import type { NamedValueLookup } from '../effective/namedValues';

/** The `cors` statements of one chain's inbound section, merged as the gateway walks them (cors-semantics 2 and 11). */
export interface EffectiveCors {
  readonly participants: readonly CorsParticipant[];
  /** What cannot be read, with how many participants stand before it. */
  readonly unknown: readonly { readonly item: UnknownStatements; readonly after: number }[];
  /** Every origin that a participant lists, once, in order. */
  readonly origins: readonly OriginRow[];
  readonly unlisted: UnlistedOrigin;
}

export interface CorsParticipant {
  /** From 1, as people count. */
  readonly number: number;
  readonly statement: EffectiveStatement;
  readonly cors: CorsPolicy;
  readonly isOwn: boolean;
}

/** Which participant answers requests of an origin, or stops them. */
export interface OriginRow {
  readonly written: string;
  readonly answeredBy: CorsParticipant | undefined;
  /** An earlier one stops the origin for certain. */
  readonly stoppedBy: CorsParticipant | undefined;
  /** Earlier ones that stop the origin if their absent attribute means true, or their expression says so. */
  readonly mayBeStoppedBy: readonly CorsParticipant[];
  /** Earlier ones whose list is decided at run time and may match first. */
  readonly mayBeAnsweredBy: readonly CorsParticipant[];
}

/** What the gateway does with an origin that nobody lists. */
export type UnlistedOrigin = 'noCors' | 'everyOriginListed' | 'stopped' | 'passed' | 'undecided';

/** Nested `cors` elements take no part (2.2); those that an unknown scope may keep out are left to `unknown`. */
export function mergeEffectiveCors(policy: EffectivePolicy, namedValues: NamedValueLookup): EffectiveCors {
  const participants: CorsParticipant[] = [];
  const unknownParts: { item: UnknownStatements; after: number }[] = [];
  for (const item of policy.sections.inbound) {
    if (item.kind === 'unknown') {
      unknownParts.push({ item, after: participants.length });
    } else if (item.name === 'cors') {
      participants.push({
        number: participants.length + 1,
        statement: item,
        cors: readCorsPolicy(item.document, item.element, namedValues),
        isOwn: !item.via.some(({ kind }) => kind === 'base'),
      });
    }
  }
  const listed = new Map<string, AllowedOrigin>();
  for (const origin of participants.flatMap(({ cors }) => cors.origins)) {
    if (!listed.has(origin.written)) listed.set(origin.written, origin);
  }
  return {
    participants,
    unknown: unknownParts,
    origins: [...listed.values()].map((origin) => walk(origin, participants)),
    unlisted: unlistedOrigin(participants),
  };
}

function walk(origin: AllowedOrigin, participants: readonly CorsParticipant[]): OriginRow {
  const mayBeStoppedBy: CorsParticipant[] = [];
  const mayBeAnsweredBy: CorsParticipant[] = [];
  const row = (answeredBy?: CorsParticipant, stoppedBy?: CorsParticipant): OriginRow => ({
    written: origin.written,
    answeredBy,
    stoppedBy,
    mayBeStoppedBy,
    mayBeAnsweredBy,
  });
  for (const participant of participants) {
    const match = matchesAllowedOrigin(participant.cors, origin);
    const isOwnEntry = participant.cors.origins.includes(origin);
    if (match === 'yes' || isOwnEntry) return row(participant);
    if (match === 'unknown') mayBeAnsweredBy.push(participant);
    const terminate = participant.cors.terminateUnmatched;
    if (terminate?.known && terminate.value) return row(undefined, participant);
    if (!terminate?.known) mayBeStoppedBy.push(participant);
  }
  return row();
}

function unlistedOrigin(participants: readonly CorsParticipant[]): UnlistedOrigin {
  if (participants.length === 0) return 'noCors';
  if (participants.some(({ cors }) => matchesEveryOrigin(cors))) return 'everyOriginListed';
  const readings = participants.map(({ cors }) => cors.terminateUnmatched);
  if (readings.some((reading) => reading?.known && reading.value)) return 'stopped';
  return readings.every((reading) => reading?.known) ? 'passed' : 'undecided';
}
