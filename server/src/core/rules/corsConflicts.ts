import {
  grantsNothingMore,
  type MissingGrants,
  matchesAllowedOrigin,
  matchesEveryOrigin,
  missingGrants,
} from '../cors/corsGrants';
import type { CorsPolicy } from '../cors/corsPolicy';
import { isDeveloperPortalCors } from '../cors/developerPortal';
import { readCorsPolicy } from '../cors/readCorsPolicy';
import type { EffectivePolicy, EffectiveStatement } from '../effective/effectivePolicy';
import type { PolicyElement } from '../syntax/policyTree';
import type { EffectiveContext } from './effectiveContext';

/** A `cors` that takes part in a chain's inbound section. */
export interface CorsInChain {
  readonly statement: EffectiveStatement;
  readonly cors: CorsPolicy;
  /** True where the document under test contributes it, through a fragment too. */
  readonly isOwn: boolean;
  /** The element of the document under test through which it comes in: its `<base />` or `<include-fragment>`, or itself. */
  readonly entry: PolicyElement;
}

/**
 * What goes wrong between the `cors` statements of a document and those that it inherits: one cause, one conflict
 * (cors-semantics 9.2). Conflicts with the same cause in several chains are one.
 */
export interface CorsConflict {
  readonly ruleId:
    | 'base-inherits-portal-cors'
    | 'base-inherits-restrictive-cors'
    | 'cors-shadowed'
    | 'terminate-not-explicit';
  /** `ownRefused`: an inherited `cors` comes first. `inheritedRefused`: the own one does. `portalOnly`: there is no own one. */
  readonly shape: 'ownRefused' | 'ownAnsweredByOther' | 'inheritedRefused' | 'attributeAbsent' | 'portalOnly';
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
  /** False where it depends on what an absent or computed `terminate-unmatched-request` means. */
  readonly isCertain: boolean;
  /** Rules that would report the same cause. */
  readonly alsoRules: readonly string[];
  /** The chains that show it. */
  readonly policies: readonly EffectivePolicy[];
}

/** Only what is certain to take part is compared; unknown parts are another rule's business. */
export function findCorsConflicts(context: EffectiveContext): readonly CorsConflict[] {
  const merged = new Map<string, CorsConflict>();
  for (const policy of context.policies) {
    const inChain = corsInInbound(policy, context);
    for (const conflict of conflictsOf(inChain, policy, context)) {
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

/** The `cors` statements of a chain's inbound section in order. Those inside `choose` and the like take no part (2.2). */
export function corsInInbound(
  policy: EffectivePolicy,
  { document, namedValues }: Pick<EffectiveContext, 'document' | 'namedValues'>,
): readonly CorsInChain[] {
  return policy.sections.inbound.flatMap((item) => {
    if (item.kind !== 'statement' || item.name !== 'cors' || item.ifPassedOnBy.length > 0) return [];
    const [outermost] = item.via;
    const isOwn = !item.via.some((step) => step.kind === 'base');
    const entry = outermost?.document === document ? outermost.element : item.element;
    return [{ statement: item, cors: readCorsPolicy(item.document, item.element, namedValues), isOwn, entry }];
  });
}

function conflictsOf(
  inChain: readonly CorsInChain[],
  policy: EffectivePolicy,
  context: EffectiveContext,
): readonly CorsConflict[] {
  const ownIndex = inChain.findIndex(({ isOwn }) => isOwn);
  const own = inChain[ownIndex];
  if (own === undefined) return portalOnly(inChain, policy, context);

  const before = inChain.slice(0, ownIndex);
  const refused = ownRefused(own, before, policy, context) ?? ownAnsweredByOther(own, before, policy);
  if (refused !== undefined) return [refused];
  const after = inChain.slice(ownIndex + 1).filter(({ isOwn }) => !isOwn);
  return inheritedRefused(own, after, policy, context);
}

/** An inherited `cors` stands first and stops, or may stop, origins that only the own one lists. */
function ownRefused(
  own: CorsInChain,
  before: readonly CorsInChain[],
  policy: EffectivePolicy,
  { settings }: EffectiveContext,
): CorsConflict | undefined {
  const refusals = own.cors.origins.flatMap((origin) => {
    let maybe: CorsInChain | undefined;
    for (const candidate of before) {
      if (matchesAllowedOrigin(candidate.cors, origin) === 'yes') break;
      const { terminateUnmatched: terminate } = candidate.cors;
      if (terminate?.known && !terminate.value) continue;
      if (terminate?.known) return [{ origin, by: maybe ?? candidate, isCertain: maybe === undefined }];
      maybe ??= candidate;
    }
    return maybe === undefined ? [] : [{ origin, by: maybe, isCertain: false }];
  });
  const decider = before.find((candidate) => refusals.some(({ by }) => by === candidate));
  if (decider === undefined) return undefined;

  const isPortal = isDeveloperPortalCors(decider.cors, settings.portalOrigins);
  const isAbsent = decider.cors.terminateUnmatched === undefined;
  const isShadowed = own.cors.origins.every(
    (origin) =>
      refusals.some((refusal) => refusal.origin === origin) ||
      before.some((candidate) => matchesAllowedOrigin(candidate.cors, origin) === 'yes'),
  );
  return {
    ruleId: isPortal ? 'base-inherits-portal-cors' : 'base-inherits-restrictive-cors',
    shape: 'ownRefused',
    at: decider.entry,
    decider,
    victim: own,
    origins: refusals.map(({ origin }) => origin.written),
    missing: undefined,
    isCertain: refusals.some(({ isCertain }) => isCertain),
    alsoRules: [...(isShadowed ? ['cors-shadowed'] : []), ...(isAbsent ? ['terminate-not-explicit'] : [])],
    policies: [policy],
  };
}

/** Every origin of the own `cors` is already matched by an inherited one, which answers in its place and allows less. */
function ownAnsweredByOther(
  own: CorsInChain,
  before: readonly CorsInChain[],
  policy: EffectivePolicy,
): CorsConflict | undefined {
  const answers = own.cors.origins.map((origin) =>
    before.find((candidate) => matchesAllowedOrigin(candidate.cors, origin) === 'yes'),
  );
  const [decider] = answers;
  if (decider === undefined || answers.includes(undefined)) return undefined;
  const lesser = answers.find((answer) => answer && !grantsNothingMore(missingGrants(answer.cors, own.cors)));
  if (lesser === undefined) return undefined;
  return {
    ruleId: 'cors-shadowed',
    shape: 'ownAnsweredByOther',
    at: own.entry,
    decider: lesser,
    victim: own,
    origins: own.cors.origins.filter((_, index) => answers[index] === lesser).map(({ written }) => written),
    missing: missingGrants(lesser.cors, own.cors),
    isCertain: true,
    alsoRules: [],
    policies: [policy],
  };
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
  const victim = after.find((candidate) =>
    candidate.cors.origins.some((origin) => !isServedBy(own.cors, origin, candidate.cors, settings.portalOrigins)),
  );
  if (victim === undefined) return [];
  const origins = victim.cors.origins.filter((origin) => matchesAllowedOrigin(own.cors, origin) !== 'yes');
  // A star answers everybody: then the attribute says nothing, and the author wants it so.
  if (matchesEveryOrigin(own.cors)) return [];
  const isCertain = terminate?.known === true;
  return [
    {
      ruleId: isCertain ? 'cors-shadowed' : 'terminate-not-explicit',
      shape: isCertain ? 'inheritedRefused' : 'attributeAbsent',
      at: own.entry,
      decider: own,
      victim,
      origins: origins.map(({ written }) => written),
      missing: missingGrants(own.cors, victim.cors),
      isCertain,
      alsoRules: [],
      policies: [policy],
    },
  ];
}

/** True where the earlier `cors` already gives the origin what the later one would. A portal's console sends no cookies (6.2). */
function isServedBy(
  earlier: CorsPolicy,
  origin: CorsPolicy['origins'][number],
  later: CorsPolicy,
  portalOrigins: readonly string[],
): boolean {
  if (matchesAllowedOrigin(earlier, origin) !== 'yes') return false;
  const missing = missingGrants(earlier, later);
  const needsCredentials = missing.credentials && !isDeveloperPortalCors(later, portalOrigins);
  return missing.methods.length === 0 && missing.headers.length === 0 && !needsCredentials;
}

/** Only the portal is let in. Told once: in the document whose `<base />` is the first below it. */
function portalOnly(
  inChain: readonly CorsInChain[],
  policy: EffectivePolicy,
  { scope, settings }: EffectiveContext,
): readonly CorsConflict[] {
  const [decider] = inChain;
  if (decider === undefined || inChain.length > 1) return [];
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
      isCertain: true,
      alsoRules: [],
      policies: [policy],
    },
  ];
}
