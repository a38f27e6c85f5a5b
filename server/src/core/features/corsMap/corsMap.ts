import type { CorsOutcome } from '../../cors/corsOutcome';
import type { CredentialsMode, KeyPlace } from '../../cors/corsSituation';
import type { PolicyScope } from '../../workspace/policyScope';

/**
 * CORS of one service: a row for every operation, a column for every origin. Plain data, as small as it can be written:
 * calls, answers and rows of cells are listed once, and named by their place in the list.
 */
export interface CorsMap {
  /** The folder of the service. */
  readonly root: string;
  /** Its global policy; null where there is none here. */
  readonly global: string | null;
  /** What every cell stands for, beside what its row and column say. */
  readonly terms: CorsMapTerms;
  readonly origins: readonly CorsMapOrigin[];
  readonly apis: readonly CorsMapApi[];
  /** By API, and in it by address and method. */
  readonly rows: readonly CorsMapRow[];
  readonly calls: readonly CorsMapCall[];
  /** Rows of cells: for each origin the place of its answer. */
  readonly cells: readonly (readonly number[])[];
  readonly answers: readonly CorsMapAnswer[];
  /** What was taken for granted or left out: sentences for people. */
  readonly notes: readonly string[];
}

/** What somebody asks of a map. Nothing given: what the files tell. */
export interface CorsMapOptions {
  /** These columns, and that of any other origin; else those that the service names. */
  readonly origins?: readonly string[] | undefined;
  /** Calls with a key of this product, to the APIs in it. */
  readonly product?: string | undefined;
  /** Operations with this method; the method of calls to APIs whose operations are not listed. */
  readonly method?: string | undefined;
  /** Headers that every page sets beside those that the operation asks for. */
  readonly headers?: readonly string[] | undefined;
  /** `same-origin` where it is not given, as in `fetch`. */
  readonly credentials?: CredentialsMode | undefined;
  /** Where it is not given: in its header where the API requires one, else none. */
  readonly key?: KeyPlace | undefined;
}

/** The options as they were understood. */
export interface CorsMapTerms {
  readonly product: string | null;
  readonly method: string | null;
  readonly headers: readonly string[];
  readonly credentials: CredentialsMode;
  /** Null: as each API requires. */
  readonly key: KeyPlace | null;
}

export interface CorsMapOrigin {
  /** As a browser writes it; for `named-value` as the policy writes it; null for any origin that is not listed. */
  readonly origin: string | null;
  /** `page`: of the project file. `asked`: of the options. `listed`: of a `cors` alone. */
  readonly kind: 'asked' | 'page' | 'portal' | 'listed' | 'named-value' | 'any-other';
  /** For people: where it is named. */
  readonly why: string;
}

export interface CorsMapApi {
  /** Null where no file tells. */
  readonly api: string | null;
  readonly revision: string | null;
  readonly workspace: string | null;
  /** For people: "orders", "orders;rev=2", "sales/leads", "any API without a policy of its own". */
  readonly title: string;
  readonly displayName: string | null;
  /** False: no specification here lists its operations, and one row stands for all of them. */
  readonly listsOperations: boolean;
  /** Its own policy; null where it has none here. */
  readonly policy: string | null;
}

export interface CorsMapRow {
  /** Place in `apis`. */
  readonly api: number;
  /** Null for all operations of the API. */
  readonly operation: string | null;
  /** `/orders/{id}`; null where no specification tells. */
  readonly urlTemplate: string | null;
  /** Its own policy; null where that of the API is the narrowest. */
  readonly policy: string | null;
  /** Place in `calls`. */
  readonly call: number;
  /** Place in `cells`. */
  readonly cells: number;
}

/** What a page does for a row. */
export interface CorsMapCall {
  readonly method: string;
  /** Names, with a value where it counts: "content-type: application/json". The key's is not among them. */
  readonly headers: readonly string[];
  readonly key: KeyPlace;
}

/** What becomes of the call of a row from an origin. */
export interface CorsMapAnswer {
  /**
   * `allowed`: both requests are. `blocked`: one of them is, whatever is not known. `invalid`: the service would refuse to
   * save a policy on the way. `depends`: everything else.
   */
  readonly verdict: 'allowed' | 'blocked' | 'depends' | 'invalid' | 'not-applicable';
  /** Two characters at most: `A`, `Bg`, `A?`, `Dr`, `–`. */
  readonly code: CorsMapCode;
  /** The kind of the scope whose `cors` decides; null where none does. */
  readonly by: PolicyScope['kind'] | null;
  /** The request that decides; null where none does. */
  readonly request: 'preflight' | 'actual' | null;
  readonly outcome: CorsOutcome | null;
  /** What `depends` depends on. */
  readonly on: 'documentation' | 'run-time' | 'backend' | 'key' | null;
  /** A sentence for people, without the names of row and column. */
  readonly because: string;
}

/** The codes of cells, in the order of a legend. What stands behind a verdict's letter tells why. */
export const corsMapCodes = {
  A: 'allowed: the browser lets the page read the answer',
  Bg: 'blocked by the cors of global scope',
  Bw: 'blocked by the cors of the workspace',
  Bp: 'blocked by the cors of the product',
  Ba: 'blocked by the cors of the API',
  Bo: 'blocked by the cors of the operation',
  Bn: 'blocked: no cors lets it in',
  'A?': 'allowed as the documentation is read here; it can be read otherwise',
  'B?': 'blocked as the documentation is read here; it can be read otherwise',
  Dk: 'depends on the product of the subscription key',
  Dr: 'depends on what only the running gateway knows',
  Db: 'depends on the CORS headers of the backend',
  X: 'no answer: the service would refuse to save a policy on the way',
  '–': 'CORS plays no part',
} as const;
export type CorsMapCode = keyof typeof corsMapCodes;

/** An origin that no `cors` lists stands for all that are not listed. `.example` belongs to nobody (RFC 2606). */
export const anyOtherOrigin = 'https://any-other-origin.example';
