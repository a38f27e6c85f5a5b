import { serialiseOrigin } from '../../cors/origin';
import { readCorsPolicy } from '../../cors/readCorsPolicy';
import type { NamedValueLookup } from '../../effective/namedValues';
import type { PolicyDocument } from '../../syntax/policyTree';
import { allElements } from '../../syntax/treeQueries';
import type { ProjectSettings } from '../../workspace/projectSettings';
import { anyOtherOrigin, type CorsMapOrigin } from './corsMap';

/** More columns than anybody reads; what is left out is said. */
export const maxListedOrigins = 40;

/** The columns of a map, and what could not become one. */
export interface MapColumns {
  readonly origins: readonly MapColumn[];
  readonly notes: readonly string[];
}

export interface MapColumn extends CorsMapOrigin {
  /** What a request of this column carries. */
  readonly sent: string;
  /** The named value whose text the column stands for. */
  readonly namedValue: string | undefined;
}

/** A policy text of the service that may hold `cors`, with the named values as it sees them. */
export interface PolicyText {
  readonly document: PolicyDocument;
  readonly namedValues: NamedValueLookup;
}

/**
 * Origins that are asked for; else the team's own pages, the developer portals that the project file names, and every
 * origin that a `cors` of the service lists, those that most list first. Behind them any origin that nobody lists.
 */
export function listOrigins(
  asked: readonly string[] | undefined,
  settings: Pick<ProjectSettings, 'origins' | 'portalOrigins'>,
  texts: readonly PolicyText[],
): MapColumns {
  const columns = new Map<string, MapColumn>();
  const add = (written: string, kind: CorsMapOrigin['kind'], why: string): boolean => {
    const origin = serialiseOrigin(written);
    if (origin !== undefined && !columns.has(origin)) {
      columns.set(origin, { origin, kind, why, sent: origin, namedValue: undefined });
    }
    return origin !== undefined;
  };
  const other: MapColumn = {
    origin: null,
    kind: 'any-other',
    why: 'stands for every origin that no cors names',
    sent: anyOtherOrigin,
    namedValue: undefined,
  };
  if (asked !== undefined) {
    const wrong = asked.filter((origin) => !add(origin, 'asked', 'asked for'));
    const notes = wrong.map(
      (origin) => `${origin} is not an origin, such as https://shop.contoso.com, and has no column.`,
    );
    return { origins: [...columns.values(), other], notes };
  }

  const notes: string[] = [];
  for (const origin of settings.origins) add(origin, 'page', 'cors.origins of the project file');
  const patterns = settings.portalOrigins.filter(
    (origin) => !add(withScheme(origin), 'portal', 'cors.portalOrigins of the project file'),
  );
  if (patterns.length > 0) {
    notes.push(
      `${patterns.join(', ')} of cors.portalOrigins ${patterns.length === 1 ? 'is a pattern and has' : 'are patterns and have'} no column.`,
    );
  }
  const listed = readListed(texts);
  const wanted = [...listed.counts]
    .sort(([one, count], [other, otherCount]) => otherCount - count || (one < other ? -1 : 1))
    .map(([key]) => key);
  for (const key of wanted.slice(0, maxListedOrigins)) {
    const { namedValue, count } = { namedValue: listed.named.get(key), count: listed.counts.get(key) ?? 0 };
    const why = `listed by ${count} cors ${count === 1 ? 'policy' : 'policies'}`;
    if (namedValue === undefined) add(key, 'listed', why);
    else columns.set(key, { origin: key, kind: 'named-value', why, sent: standIn(namedValue), namedValue });
  }
  if (wanted.length > maxListedOrigins) {
    notes.push(`${wanted.length - maxListedOrigins} more listed origins have no column.`);
  }
  if ([...columns.values()].some(({ kind }) => kind === 'named-value')) {
    notes.push('A named value without a known value is taken to hold one origin, unlike all others.');
  }
  if (listed.isComputed) notes.push('Some origins are computed by policy expressions, and have no column.');
  return { origins: [...columns.values(), other], notes };
}

/** The project file's portal origins may be hosts alone. */
function withScheme(origin: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(origin) ? origin : `https://${origin}`;
}

/** An origin that nobody else has, for the named value's text. */
function standIn(namedValue: string): string {
  return `https://${namedValue.toLowerCase().replace(/[^a-z0-9-]/g, '-')}.named-value.example`;
}

interface ListedOrigins {
  /** How many `cors` list it, by the origin or by what is written for it. */
  readonly counts: ReadonlyMap<string, number>;
  /** Written text → the named value that it is. */
  readonly named: ReadonlyMap<string, string>;
  readonly isComputed: boolean;
}

function readListed(texts: readonly PolicyText[]): ListedOrigins {
  const counts = new Map<string, number>();
  const named = new Map<string, string>();
  let isComputed = false;
  for (const { document, namedValues } of texts) {
    for (const element of allElements(document)) {
      if (element.name !== 'cors') continue;
      for (const { value, written, repeatsRequestOrigin } of readCorsPolicy(document, element, namedValues).origins) {
        const name = /^\{\{\s*([^{}]+?)\s*\}\}$/.exec(written.trim())?.[1];
        const isNamed = !value.known && name !== undefined;
        const key = isNamed ? `{{${name}}}` : value.known ? serialiseOrigin(value.value) : undefined;
        if (isNamed) named.set(`{{${name}}}`, name);
        if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
        else if (!value.known || repeatsRequestOrigin) isComputed = true;
      }
    }
  }
  return { counts, named, isComputed };
}
