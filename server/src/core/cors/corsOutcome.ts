import type { PolicyDocument } from '../syntax/policyTree';
import type { Span } from '../text/span';
import type { PolicyScope } from '../workspace/policyScope';

/** Everything that can become of a request (cors-semantics 12). */
export const corsOutcomes = [
  'answered-by-cors',
  'terminated-empty-200',
  'not-found-404',
  'goes-to-backend-options',
  'passes-with-cors-headers',
  'passes-without-cors-headers',
  'passes-with-backend-headers',
  'passes-with-manual-headers',
  'header-conflict-possible',
  'error-with-cors-headers',
  'error-without-cors-headers',
  'not-cross-origin',
  'cors-skipped',
  'invalid-policy',
  'decided-at-runtime',
] as const;
export type CorsOutcome = (typeof corsOutcomes)[number];

/** What the browser makes of the answer. */
export const browserVerdicts = ['allowed', 'blocked', 'unknown', 'depends-on-backend', 'not-applicable'] as const;
export type BrowserVerdict = (typeof browserVerdicts)[number];

/** A place in a policy file. */
export interface PolicyPlace {
  readonly document: PolicyDocument;
  readonly span: Span;
}

/** One thing that happened on the way to the decision, or did not, in order. */
export interface DecisionStep {
  readonly what: 'request' | 'routing' | 'product' | 'cors' | 'statement' | 'unknown' | 'backend' | 'browser';
  readonly scope: PolicyScope | undefined;
  readonly place: PolicyPlace | undefined;
  /** A few words: "origin not listed". */
  readonly result: string;
  /** A sentence for people. */
  readonly because: string;
  /** The address of the page that says so, or comes nearest. */
  readonly source: string;
}

/** Another outcome, and the settings or run-time values under which it comes about. */
export interface DecisionAlternative {
  /** Switches by name, or run-time values in words, with the value taken. */
  readonly when: Readonly<Record<string, string>>;
  readonly outcome: CorsOutcome;
  readonly by: PolicyScope['kind'] | undefined;
  readonly browser: BrowserVerdict;
  readonly because: string;
}

/** What becomes of one HTTP request. `undefined` is `null` in JSON. */
export interface CorsDecision {
  readonly outcome: CorsOutcome;
  /** The scope of the deciding statement, and its kind. */
  readonly by: PolicyScope['kind'] | undefined;
  readonly scope: PolicyScope | undefined;
  /** `fragment:<id>` where the deciding statement stands in a fragment. */
  readonly via: string | undefined;
  /** Undefined where the backend decides. */
  readonly status: number | undefined;
  /** The CORS headers of the answer. Exact texts are an assumption (cors-semantics 3.1). */
  readonly headers: Readonly<Record<string, string>>;
  readonly browser: BrowserVerdict;
  /** Why the browser sees it so; for `blocked` the reason in Chromium's words. */
  readonly browserBecause: string;
  readonly because: string;
  readonly deciding: PolicyPlace | undefined;
  readonly steps: readonly DecisionStep[];
  /** The switches that this answer relies on, with the value taken. */
  readonly assumptions: Readonly<Record<string, string>>;
  readonly alternatives: readonly DecisionAlternative[];
}
