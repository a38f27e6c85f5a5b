import type { CorsParticipant } from '../../cors/corsChain';
import type { BrowserVerdict, CorsDecision, CorsOutcome, DecisionStep, PolicyPlace } from '../../cors/corsOutcome';
import { corsSources } from '../../cors/corsSources';
import { type PolicyDocument, spanInFile } from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import { capital } from '../../text/wording';
import { describeScope, type PolicyScope, scopeKey } from '../../workspace/policyScope';

/** A place in a file that a part of an explanation leads to. */
export interface LinkedPlace {
  readonly path: string;
  readonly span: Span;
  /** Relative to the service. */
  readonly file: string;
}

/**
 * What a station does to the request. `passes`: lets it go on unmatched. `ends`: answers instead of what comes behind
 * it. `not-reached`: the request does not come here. `left-out`: it comes here, and this takes no part. `open`: only
 * the running gateway knows. `note`: a circumstance.
 */
export type StationEffect = 'matches' | 'passes' | 'ends' | 'not-reached' | 'left-out' | 'open' | 'note';

/** One thing on the way of a request, in the order in which the gateway meets it. `Place`: how a host names places. */
export interface Station<Place = LinkedPlace> {
  readonly what: Exclude<DecisionStep['what'], 'browser'>;
  readonly effect: StationEffect;
  readonly scope: { readonly kind: PolicyScope['kind']; readonly title: string } | undefined;
  /** True where it is not in the document of the request's own scope. */
  readonly isInherited: boolean;
  /** The fragment that it stands in. */
  readonly fragment: string | undefined;
  readonly place: Place | undefined;
  /** A few words: "origin not listed". */
  readonly result: string;
  readonly because: string;
  readonly source: string;
}

/** One HTTP request on its way through the gateway and back. */
export interface RequestJourney<Place = LinkedPlace> {
  readonly request: SentRequest;
  readonly stations: readonly Station<Place>[];
  readonly outcome: CorsOutcome;
  /** Undefined where the backend decides, or the files do not tell. */
  readonly status: number | undefined;
  /** The CORS headers of the answer. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly because: string;
  readonly browser: BrowserVerdict;
  readonly browserBecause: string;
}

/** What the client writes. */
export interface SentRequest {
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** What it takes to show steps: the request's own scope, every `cors` on its way, names of files, and of fragments. */
export interface JourneySurroundings {
  readonly scope: PolicyScope;
  /** In order. */
  readonly participants: readonly CorsParticipant[];
  readonly relativePath: (path: string) => string;
  readonly fragmentIdOf: (document: PolicyDocument) => string | undefined;
}

export function journeyOf(
  request: SentRequest,
  decision: CorsDecision,
  surroundings: JourneySurroundings,
): RequestJourney {
  const { outcome, status, headers, because, browser, browserBecause } = decision;
  const stations = decision.steps.flatMap((step) => stationOf(step, decision, surroundings) ?? []);
  const isEnded = stations.some(({ effect }) => effect === 'ends');
  return {
    request,
    stations: isEnded ? [...stations, ...unreachedStations(stations, surroundings)] : stations,
    outcome,
    status,
    headers: Object.entries(headers),
    because: capital(because),
    browser,
    browserBecause: capital(browserBecause),
  };
}

/** What the browser makes of the answer is told with the answer. */
function stationOf(step: DecisionStep, decision: CorsDecision, around: JourneySurroundings): Station | undefined {
  const { what, scope, place, result, because, source } = step;
  if (what === 'browser') return undefined;
  return {
    what,
    effect: effectOf(step, decision),
    scope: scope && { kind: scope.kind, title: describeScope(scope) },
    isInherited: scope !== undefined && scopeKey(scope) !== scopeKey(around.scope),
    fragment: place && around.fragmentIdOf(place.document),
    place: place && linkedPlace(place, around.relativePath),
    result,
    because: capital(because),
    source,
  };
}

/** What the engine does not speak of, since the request has ended before it. */
function unreachedStations(stations: readonly Station[], around: JourneySurroundings): readonly Station[] {
  return around.participants.flatMap(({ statement: { document, element, scope }, isOwn }): readonly Station[] => {
    const place = linkedPlace({ document, span: element.startTagSpan }, around.relativePath);
    if (stations.some((known) => known.place?.path === place.path && known.place.span.start === place.span.start)) {
      return [];
    }
    return [
      {
        what: 'cors',
        effect: 'not-reached',
        scope: { kind: scope.kind, title: describeScope(scope) },
        isInherited: !isOwn,
        fragment: around.fragmentIdOf(document),
        place,
        result: 'not reached',
        because: `The cors of ${describeScope(scope)} is not reached.`,
        source: corsSources.cors,
      },
    ];
  });
}

/** A place of a document as one of its file. */
export function linkedPlace({ document, span }: PolicyPlace, relativePath: (path: string) => string): LinkedPlace {
  return { path: document.path, span: spanInFile(document, span), file: relativePath(document.path) };
}

/** By the words of the engine's steps; a test holds this table and the engine together. */
const effects: Readonly<Record<string, StationEffect>> = {
  'origin listed': 'matches',
  'origin not listed': 'passes',
  'method or headers not listed': 'passes',
  'not reached': 'not-reached',
  'not needed': 'left-out',
  'not a candidate': 'left-out',
  ignored: 'left-out',
  'not passed on': 'left-out',
  'decided at run time': 'open',
  'not known': 'open',
  'answers the request': 'ends',
  'rejects the request': 'ends',
  'refused by the service': 'ends',
  'no cors policy': 'ends',
  'no operation found': 'ends',
  'no valid key': 'note',
  'no cors': 'open',
  'a cors that admits the origin': 'open',
  'a cors that refuses the origin': 'open',
};

/** The effects of steps about a `cors` by the step's words; undefined for words that are none of the engine's. */
export function knownEffect(result: string): StationEffect | undefined {
  return Object.hasOwn(effects, result) ? effects[result] : undefined;
}

function effectOf(step: DecisionStep, decision: CorsDecision): StationEffect {
  const known = knownEffect(step.result) ?? 'note';
  return known === 'passes' && isEndedBy(step, decision) ? 'ends' : known;
}

/** A `cors` that ends the request gives the reason of the whole decision; one that lets it pass gives another. */
function isEndedBy({ place, because }: DecisionStep, decision: CorsDecision): boolean {
  const { outcome, deciding } = decision;
  if (outcome !== 'terminated-empty-200' || deciding === undefined || place === undefined) return false;
  const isDeciding = deciding.document === place.document && deciding.span.start === place.span.start;
  return isDeciding && capital(decision.because).startsWith(capital(because));
}
