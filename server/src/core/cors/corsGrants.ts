import type { AllowedOrigin, CorsList, CorsPolicy } from './corsPolicy';
import { matchesOrigin } from './origin';
import { recommendedSwitches } from './switches';

/** Whether a `cors` lets an origin in: by its list as the files tell it. */
export type OriginMatch = 'yes' | 'no' | 'unknown';

/** How a `cors` treats everything that another one's `<origin>` stands for. */
export function matchesAllowedOrigin(cors: CorsPolicy, wanted: AllowedOrigin): OriginMatch {
  if (matchesEveryOrigin(cors)) return 'yes';
  // The same text stands for the same origin, whatever the named value holds.
  if (cors.origins.some(({ written }) => written === wanted.written && !written.startsWith('@'))) return 'yes';
  if (!wanted.value.known) return 'unknown';
  if (wanted.value.value === '*') return 'no';
  const { value } = wanted.value;
  const matches = cors.origins.map((allowed) => matchesOrigin(allowed, value, recommendedSwitches));
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
  readonly credentials: boolean;
}

/** What `wanted` allows to an origin that both list and `given` does not; entries that cannot be known count as missing. */
export function missingGrants(given: CorsPolicy, wanted: CorsPolicy): MissingGrants {
  return {
    methods: missingEntries(methodsOf(given), methodsOf(wanted), (name) => name),
    headers: missingEntries(entriesOf(given.headers), entriesOf(wanted.headers), (name) => name.toLowerCase()),
    credentials: !isTrue(given.allowCredentials) && isTrue(wanted.allowCredentials),
  };
}

export function grantsNothingMore(missing: MissingGrants): boolean {
  return missing.methods.length === 0 && missing.headers.length === 0 && !missing.credentials;
}

/** Without `allowed-methods`, GET and POST are allowed (cors-policy reference). */
function methodsOf(cors: CorsPolicy): readonly string[] {
  return cors.methods === undefined ? ['GET', 'POST'] : entriesOf(cors.methods);
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
