import {
  type CorsChain,
  type CorsDoubt,
  type CorsParticipant,
  chainUpTo,
  originOutcome,
  sameNames,
} from '../cors/corsChain';
import {
  grantsNothingMore,
  type MissingGrants,
  matchesAllowedOrigin,
  matchesEveryOrigin,
  missingGrants,
} from '../cors/corsGrants';
import type { AllowedOrigin } from '../cors/corsPolicy';
import { isDeveloperPortalCors } from '../cors/developerPortal';
import type { EffectivePolicy } from '../effective/effectivePolicy';
import { policiesInside } from '../effective/policyElements';
import type { PolicyElement } from '../syntax/policyTree';
import type { CorsInChain } from './corsInChains';
import type { EffectiveContext } from './effectiveContext';

/** The first thing that keeps a conflict from being certain. */
export interface ConflictDoubt {
  /** Of the statement that decides: its attribute or its list; or the origin, or something before both. */
  readonly about: 'attribute' | 'list' | 'origin' | 'before';
  /** A clause for people. */
  readonly because: string;
}

/**
 * What goes wrong between the `cors` statements of a document and those that it inherits: one cause, one conflict
 * (cors-semantics 9.2). Conflicts with the same cause in several chains are one.
 */
export interface CorsConflict {
  readonly ruleId:
    | 'base-inherits-portal-cors'
    | 'base-inherits-restrictive-cors'
    | 'operation-override-behind-base'
    | 'cors-shadowed'
    | 'terminate-not-explicit';
  /**
   * `ownRefused`: an inherited `cors` comes first. `ownAnsweredByOther`: it answers, and allows less.
   * `ownRestrictsNothing`: it answers every site. `inheritedRefused`: the own one comes first. `portalOnly`: there is none.
   */
  readonly shape:
    | 'ownRefused'
    | 'ownAnsweredByOther'
    | 'ownRestrictsNothing'
    | 'inheritedRefused'
    | 'attributeAbsent'
    | 'portalOnly';
  /** The element of the document under test where the conflict is shown. */
  readonly at: PolicyElement;
  /** The statement that decides first. */
  readonly decider: CorsInChain;
  /** The statement that is refused its turn; undefined for `portalOnly`. */
  readonly victim: CorsInChain | undefined;
  /** Origins, as written, that do not get through. */
  readonly origins: readonly string[];
  /** What the decider does not allow to origins that both list. */
  readonly missing: MissingGrants | undefined;
  /** What it depends on; undefined where it is certain. */
  readonly unless: ConflictDoubt | undefined;
  /** Rules that would report the same cause. */
  readonly alsoRules: readonly string[];
  /** The chains that show it. */
  readonly policies: readonly EffectivePolicy[];
}

/** Only `cors` statements that are certain to take part are compared; what cannot be read makes a conflict less certain. */
export function findCorsConflicts(context: EffectiveContext): readonly CorsConflict[] {
  // The handshake of a WebSocket API skips every cors: websocket-skips-cors says so.
  if (context.apiFacts?.type === 'websocket') return [];
  const merged = new Map<string, CorsConflict>();
  for (const policy of context.policies) {
    for (const conflict of conflictsOf(policy, context)) {
      const key = [conflict.ruleId, conflict.shape, placeKey(conflict.decider), conflict.at.span.start].join(' ');
      const before = merged.get(key);
      merged.set(key, before === undefined ? conflict : { ...before, policies: [...before.policies, policy] });
    }
  }
  return [...merged.values()];
}

function placeKey({ statement }: CorsInChain): string {
  return `${statement.document.path}:${statement.element.span.start}`;
}

function conflictsOf(policy: EffectivePolicy, context: EffectiveContext): readonly CorsConflict[] {
  const chain = context.corsChain(policy);
  const inChain = context.corsInInbound(policy);
  const ownIndex = inChain.findIndex(({ isOwn }) => isOwn);
  const own = inChain[ownIndex];
  if (own === undefined) return portalOnly(chain, inChain, policy, context);

  const before = inChain.slice(0, ownIndex);
  const refused = ownRefused(own, before, chain, policy, context) ?? ownAnsweredByOther(own, before, policy, context);
  if (refused !== undefined) return [refused];
  const after = inChain.slice(ownIndex + 1).filter(({ isOwn }) => !isOwn);
  return inheritedRefused(own, after, policy, context);
}

/** An inherited `cors` stands first and stops, or may stop, origins that only the own one lists. */
function ownRefused(
  own: CorsInChain,
  before: readonly CorsInChain[],
  chain: CorsChain,
  policy: EffectivePolicy,
  { settings, scope }: EffectiveContext,
): CorsConflict | undefined {
  const walked: CorsChain = { ...chainUpTo(chain, own), participants: [...before, own] };
  const outcomes = own.cors.origins.map((origin) => originOutcome(origin, own, walked));
  const refusals = outcomes.flatMap(({ origin, stoppedBy, doubts }) => {
    const stops = doubts.flatMap((doubt) => (doubt.kind === 'stops' ? [doubt.participant] : []));
    const [by = stoppedBy] = stops;
    return by === undefined ? [] : [{ origin, by, unless: uncertainty(origin, by, stoppedBy, doubts) }];
  });
  const decider = before.find(({ number }) => refusals.some(({ by }) => by.number === number));
  if (decider === undefined) return undefined;

  const certain = refusals.filter(({ unless }) => unless === undefined);
  const told = certain.length > 0 ? certain : refusals;
  const isPortal = isDeveloperPortalCors(decider.cors, settings.portalOrigins);
  const isShadowed = outcomes.every(
    ({ origin, answeredBy }) => answeredBy !== own || refusals.some((refusal) => refusal.origin === origin),
  );
  const isAbsent = decider.cors.terminateUnmatched === undefined;
  return {
    ruleId: isPortal ? 'base-inherits-portal-cors' : 'base-inherits-restrictive-cors',
    shape: 'ownRefused',
    at: decider.entry,
    decider,
    victim: own,
    origins: told.map(({ origin }) => origin.written),
    missing: undefined,
    unless: told[0]?.unless,
    alsoRules: [
      ...(scope.kind === 'operation' ? ['operation-override-behind-base'] : []),
      ...(isShadowed ? ['cors-shadowed'] : []),
      ...(isAbsent ? ['terminate-not-explicit'] : []),
    ],
    policies: [policy],
  };
}

function uncertainty(
  origin: AllowedOrigin,
  by: CorsParticipant,
  stoppedBy: CorsParticipant | undefined,
  doubts: readonly CorsDoubt[],
): ConflictDoubt | undefined {
  const terminate = by.cors.terminateUnmatched;
  if (by !== stoppedBy && !terminate?.known) {
    const because =
      terminate === undefined
        ? 'it does not set terminate-unmatched-request, and Microsoft’s pages disagree about the default'
        : `whether it stops them is not known (${terminate.because})`;
    return { about: 'attribute', because };
  }
  if (!origin.value.known) {
    return { about: 'origin', because: `which origin that is, is not known (${origin.value.because})` };
  }
  if (doubts.some(({ kind }) => kind === 'answers')) {
    return { about: 'list', because: 'whether it lists them is decided at run time' };
  }
  const unknown = doubts.find((doubt) => doubt.kind === 'unknown');
  return unknown && { about: 'before', because: `something before it is not known (${unknown.item.because})` };
}

/**
 * Every origin of the own `cors` is already matched by an inherited one, which answers in its place, and allows less or
 * admits every site. An operation's `cors` is most often written to override: its rule says so.
 */
function ownAnsweredByOther(
  own: CorsInChain,
  before: readonly CorsInChain[],
  policy: EffectivePolicy,
  { scope }: EffectiveContext,
): CorsConflict | undefined {
  const chain: CorsChain = { participants: [...before, own], unknown: [] };
  const answers = own.cors.origins.map((origin) => {
    const { answeredBy } = originOutcome(origin, own, chain);
    return before.find(({ number }) => number === answeredBy?.number);
  });
  if (answers.length === 0 || answers.includes(undefined)) return undefined;
  const lesser = answers.find((answer) => answer && !grantsNothingMore(missingGrants(answer.cors, own.cors)));
  const decider = lesser ?? answers.find((answer) => answer && isWider(answer, own));
  if (decider === undefined) return undefined;
  const isOperation = scope.kind === 'operation';
  return {
    ruleId: isOperation ? 'operation-override-behind-base' : 'cors-shadowed',
    shape: lesser === undefined ? 'ownRestrictsNothing' : 'ownAnsweredByOther',
    at: own.entry,
    decider,
    victim: own,
    origins: own.cors.origins.filter((_, index) => answers[index] === decider).map(({ written }) => written),
    missing: missingGrants(decider.cors, own.cors),
    unless: undefined,
    alsoRules: isOperation ? ['cors-shadowed'] : [],
    policies: [policy],
  };
}

/** The list of the own one looks like a limit and is none. A longer list before it is left alone: it may be meant so. */
function isWider(answer: CorsInChain, own: CorsInChain): boolean {
  return matchesEveryOrigin(answer.cors) && !matchesEveryOrigin(own.cors);
}

/** The own `cors` stands first: what it stops never reaches the inherited ones. */
function inheritedRefused(
  own: CorsInChain,
  after: readonly CorsInChain[],
  policy: EffectivePolicy,
  { settings }: EffectiveContext,
): readonly CorsConflict[] {
  const terminate = own.cors.terminateUnmatched;
  // An expression is written, so nothing is left implicit, and what it says is not known.
  if (terminate !== undefined && !(terminate.known && terminate.value)) return [];
  // A star answers everybody: then the attribute says nothing, and the author wants it so.
  if (matchesEveryOrigin(own.cors)) return [];
  const victim = after.find((candidate) =>
    candidate.cors.origins.some((origin) => !isServedBy(own, origin, candidate, settings.portalOrigins)),
  );
  if (victim === undefined) return [];
  const origins = victim.cors.origins.filter(
    (origin) => matchesAllowedOrigin(own.cors, origin, sameNames(own, victim)) !== 'yes',
  );
  const isAbsent = terminate === undefined;
  return [
    {
      ruleId: isAbsent ? 'terminate-not-explicit' : 'cors-shadowed',
      shape: isAbsent ? 'attributeAbsent' : 'inheritedRefused',
      at: own.entry,
      decider: own,
      victim,
      origins: origins.map(({ written }) => written),
      missing: missingGrants(own.cors, victim.cors),
      unless: isAbsent ? { about: 'attribute', because: 'the attribute is not set' } : undefined,
      alsoRules: [],
      policies: [policy],
    },
  ];
}

/** True where the earlier `cors` already gives the origin what the later one would. A portal's console sends no cookies (6.2). */
function isServedBy(
  earlier: CorsParticipant,
  origin: AllowedOrigin,
  later: CorsParticipant,
  portalOrigins: readonly string[],
): boolean {
  if (matchesAllowedOrigin(earlier.cors, origin, sameNames(earlier, later)) !== 'yes') return false;
  const missing = missingGrants(earlier.cors, later.cors);
  if (!isDeveloperPortalCors(later.cors, portalOrigins)) return grantsNothingMore(missing);
  return missing.methods.length === 0 && missing.headers.length === 0;
}

function holdsCors(statement: PolicyElement): boolean {
  return [...policiesInside(statement)].some(({ name }) => name === 'cors');
}

/** Only the portal is let in. Told once: in the document whose `<base />` is the first below it. */
function portalOnly(
  { participants, unknown }: CorsChain,
  inChain: readonly CorsInChain[],
  policy: EffectivePolicy,
  { scope, settings }: EffectiveContext,
): readonly CorsConflict[] {
  const [decider] = inChain;
  // With another cors, or with something that may hold one, it is not the only one.
  if (decider === undefined || participants.length > 1 || unknown.length > 0) return [];
  // Inside choose and the like: whom that one lets in is cors-nested's to tell.
  if (policy.sections.inbound.some((item) => item.kind === 'statement' && holdsCors(item.element))) return [];
  if (scope.kind !== 'api' && scope.kind !== 'operation') return [];
  // Through another API or operation document: that one tells it. A product's document is no request's own.
  const passesApi = policy.chain.links.some(
    (link, index) =>
      index > 0 &&
      link.state === 'present' &&
      link.scope.kind === 'api' &&
      decider.statement.via.some((step) => step.document === link.document),
  );
  if (passesApi || !isDeveloperPortalCors(decider.cors, settings.portalOrigins)) return [];
  return [
    {
      ruleId: 'base-inherits-portal-cors',
      shape: 'portalOnly',
      at: decider.entry,
      decider,
      victim: undefined,
      origins: [],
      missing: undefined,
      unless: undefined,
      alsoRules: [],
      policies: [policy],
    },
  ];
}
