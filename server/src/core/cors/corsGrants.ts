import { type AllowedOrigin, type CorsList, type CorsPolicy, defaultMethods } from './corsPolicy';
import { matchesOrigin } from './origin';
import { recommendedSwitches } from './switches';

/** Whether a `cors` lets an origin in: by its list as the files tell it. */
export type ListedOrigin = 'yes' | 'no' | 'unknown';

/**
 * How a `cors` treats everything that another one's `<origin>` stands for. `isSameNaming`: named values mean the same in
 * both, so equal texts stand for equal origins even where the value is not known.
 */
export function matchesAllowedOrigin(cors: CorsPolicy, wanted: AllowedOrigin, isSameNaming: boolean): ListedOrigin {
  if (matchesEveryOrigin(cors)) return 'yes';
  const { value } = wanted;
  if (!value.known) {
    const isNamed = isSameNaming && !wanted.written.startsWith('@');
    return isNamed && cors.origins.some(({ written }) => written === wanted.written) ? 'yes' : 'unknown';
  }
  if (value.value === '*') return 'no';
  const matches = cors.origins.map((allowed) => matchesOrigin(allowed, value.value, recommendedSwitches));
  if (matches.includes('yes')) return 'yes';
  return matches.includes('unknown') ? 'unknown' : 'no';
}

/** True for a list with a star, or with an expression that repeats whatever origin arrives. */
export function matchesEveryOrigin(cors: CorsPolicy): boolean {
  return cors.origins.some(
    (origin) => origin.repeatsRequestOrigin || (origin.value.known && origin.value.value === '*'),
  );
}

/** What one `cors` allows and another does not. */
export interface MissingGrants {
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  /** Response headers that a page may read with `wanted` alone. */
  readonly exposedHeaders: readonly string[];
  readonly credentials: boolean;
}

/** What `wanted` allows to an origin that both list and `given` does not; entries that cannot be known count as missing. */
export function missingGrants(given: CorsPolicy, wanted: CorsPolicy): MissingGrants {
  return {
    methods: missingEntries(methodsOf(given), methodsOf(wanted), (name) => name),
    headers: missingEntries(entriesOf(given.headers), entriesOf(wanted.headers), (name) => name.toLowerCase()),
    exposedHeaders: missingEntries(entriesOf(given.exposeHeaders), entriesOf(wanted.exposeHeaders), (name) =>
      name.toLowerCase(),
    ),
    credentials: !isTrue(given.allowCredentials) && isTrue(wanted.allowCredentials),
  };
}

export function grantsNothingMore(missing: MissingGrants): boolean {
  const { methods, headers, exposedHeaders, credentials } = missing;
  return methods.length === 0 && headers.length === 0 && exposedHeaders.length === 0 && !credentials;
}

function methodsOf(cors: CorsPolicy): readonly string[] {
  return cors.methods === undefined ? defaultMethods : entriesOf(cors.methods);
}

function entriesOf(list: CorsList | undefined): readonly string[] {
  return (
    list?.entries.map(({ value, element }) => (value.known ? value.value : `(decided at run time, ${element.name})`)) ??
    []
  );
}

function missingEntries(
  given: readonly string[],
  wanted: readonly string[],
  normalise: (name: string) => string,
): readonly string[] {
  if (given.includes('*')) return [];
  const names = new Set(given.map(normalise));
  return wanted.filter((name) => !names.has(normalise(name)));
}

function isTrue(value: CorsPolicy['allowCredentials']): boolean {
  return value.known && value.value;
}
