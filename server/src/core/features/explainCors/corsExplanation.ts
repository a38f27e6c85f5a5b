import type { BrowserVerdict } from '../../cors/corsOutcome';
import type { ScopeLink } from '../../workspace/scopeChain';
import type { CorsRepair } from './corsRepairs';
import type { OpenQuestion } from './openQuestions';
import type { LinkedPlace, RequestJourney } from './requestJourney';

/**
 * A call from the page to the page, for people: everything that is said of a file leads there. `Place`: how a host names
 * places.
 */
export interface CorsRequestExplanation<Place = LinkedPlace> {
  /** "PUT from https://shop.contoso.com to API orders, product starter" */
  readonly title: string;
  /** As a browser writes them. */
  readonly method: string;
  readonly origin: string;
  /** The scopes that the call passes, narrowest first, those without a policy among them. */
  readonly scopes: readonly ScopeOnTheWay<Place>[];
  readonly needsPreflight: boolean;
  /** Why the browser asks first, or why not: a sentence. */
  readonly why: string;
  readonly preflight: RequestJourney<Place> | undefined;
  /** Undefined where the preflight has failed already. */
  readonly actual: RequestJourney<Place> | undefined;
  readonly browser: BrowserVerdict;
  /** True where no open question changes the verdict. */
  readonly isCertain: boolean;
  /** What Chromium prints; undefined where it blocks nothing, or why is only known at run time. */
  readonly console: string | undefined;
  readonly because: string;
  /** The statement that the verdict comes from; undefined where there is none. */
  readonly decidedAt: Place | undefined;
  /** Undefined where no preflight succeeds. */
  readonly cachedForSeconds: number | undefined;
  /** The headers of the answer that the page may read, lower case; undefined where it may not, or not surely, read the answer. */
  readonly readableHeaders: readonly string[] | 'all' | undefined;
  readonly hints: readonly PageHint[];
  readonly dependsOn: readonly OpenQuestion[];
  readonly repairs: readonly OfferedRepair[];
  /** What was taken for granted. */
  readonly notes: readonly string[];
}

/** A repair without its edits: they are made when it is asked for (`corsRepair`). */
export type OfferedRepair = Omit<CorsRepair, 'edits'>;

/** A scope on the way of a request. */
export interface ScopeOnTheWay<Place = LinkedPlace> {
  readonly kind: ScopeLink['scope']['kind'];
  readonly title: string;
  readonly state: ScopeLink['state'];
  readonly isOwn: boolean;
  /** Why it has no document here; undefined where it has one. */
  readonly because: string | undefined;
  readonly place: Place | undefined;
  readonly corsCount: number;
}

/** How the page could do without the preflight. */
export interface PageHint {
  readonly text: string;
  /** The header that the page had better leave out. */
  readonly header: string;
}

/** Why there is nothing to explain. */
export interface CorsRequestProblem {
  readonly field: 'document' | 'operation' | 'product' | 'origin' | 'method' | 'headers';
  readonly message: string;
}

export interface CorsRequestAnswer<Place = LinkedPlace> {
  /** Undefined where something is wrong with what was asked. */
  readonly explanation: CorsRequestExplanation<Place> | undefined;
  readonly problems: readonly CorsRequestProblem[];
}
