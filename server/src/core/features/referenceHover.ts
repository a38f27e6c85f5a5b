import type { NamedValueLookup } from '../effective/namedValues';
import { childElements } from '../syntax/treeQueries';
import { capital } from '../text/wording';
import { kindNames } from '../workspace/definitions';
import type { DocumentStore } from '../workspace/documentStore';
import { isRecord, readJson } from '../workspace/jsonText';
import type { NamedThing, Place, References } from '../workspace/references';
import type { LinkTo } from './effectiveCorsMarkdown';
import type { HoverContent } from './hover';
import { code, plain } from './markdown';

/** What a hover on a name needs to know. */
export interface ReferenceSurroundings {
  readonly references: References;
  readonly store: DocumentStore;
  readonly namedValues: NamedValueLookup;
  readonly relativePath: (path: string) => string;
}

const mostPlaces = 10;
const longestValue = 200;

/** What a name stands for, where it is defined, and how often it is used. A secret's value is never shown. */
export function referenceHover(
  thing: NamedThing,
  path: string,
  surroundings: ReferenceSurroundings,
  linkTo: LinkTo,
): HoverContent {
  const { references } = surroundings;
  const places = references.definitionPlaces(thing, path);
  const link = (place: Place): string =>
    `[${plain(surroundings.relativePath(place.path))}](${linkTo(place.path, place.span)})`;
  const lines = [
    `**${capital(kindNames[thing.kind])} ${code(thing.name)}**`,
    ...describe(thing, places[0], surroundings),
    ...(thing.kind === 'variable' ? describeSetters(places, link) : places.map((place) => `Defined in ${link(place)}`)),
    countUses(thing, path, surroundings),
  ];
  return { markdown: lines.join('\n\n'), span: thing.span };
}

function describe(
  thing: NamedThing,
  place: Place | undefined,
  { references, store, namedValues }: ReferenceSurroundings,
): readonly string[] {
  const { kind, name, service, workspace } = thing;
  if (kind === 'variable') return [];
  if (kind === 'namedValue') {
    const value = namedValues(name);
    if (!value.known) return [`${capital(plain(value.because))}.`];
    const { length } = value.value;
    return [`Value: ${code(length > longestValue ? `${value.value.slice(0, longestValue)}…` : value.value)}`];
  }
  if (place === undefined) {
    const isTold = references.definitionsIn(service).isTold(kind, workspace);
    return [
      isTold
        ? `The workspace has no such ${kindNames[kind]}.`
        : `No file of the workspace tells of any ${kindNames[kind]}.`,
    ];
  }
  if (kind === 'fragment') return describeFragment(place.path, store);
  return describeInformation(place.path, store);
}

/** The policies in it, in their order. */
function describeFragment(path: string, store: DocumentStore): readonly string[] {
  const root = store.isPolicy(path) ? store.document(path)?.root : undefined;
  if (root === undefined) return [];
  const names = childElements(root).map(({ name }) => code(name));
  const shown = names.slice(0, mostPlaces).join(', ');
  const more = names.length > mostPlaces ? ` and ${names.length - mostPlaces} more` : '';
  return [names.length === 0 ? 'It is empty.' : `Holds ${shown}${more}`];
}

/** Properties that are no credentials. A query may hold a key. */
function describeInformation(path: string, store: DocumentStore): readonly string[] {
  if (!path.toLowerCase().endsWith('.json')) return [];
  const information = store.read(path, readJson)?.value;
  const properties =
    isRecord(information) && isRecord(information['properties']) ? information['properties'] : information;
  if (!isRecord(properties)) return [];
  const text = (key: string): string | undefined => {
    const value = properties[key];
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
  };
  const pool = isRecord(properties['pool']) ? properties['pool']['services'] : undefined;
  const url = text('url')?.replace(/[?#].*$/s, '');
  return [
    ...[text('title'), text('description')].filter((each) => each !== undefined).map(plain),
    ...(url === undefined ? [] : [`URL: ${code(url)}`]),
    ...(Array.isArray(pool) ? [`A pool of ${pool.length} backends`] : []),
    ...(text('loggerType') === undefined ? [] : [`Type: ${code(text('loggerType') as string)}`]),
  ];
}

function describeSetters(places: readonly Place[], link: (place: Place) => string): readonly string[] {
  if (places.length === 0) return ['No policy that runs for the same requests sets it.'];
  const lines = places.slice(0, mostPlaces).map((place) => `- ${link(place)}`);
  const more = places.length > mostPlaces ? [`- … and ${places.length - mostPlaces} more`] : [];
  return [`Set in\n\n${[...lines, ...more].join('\n')}`];
}

function countUses(thing: NamedThing, path: string, { references }: ReferenceSurroundings): string {
  const uses = references.usesOf(thing, path).filter(({ isWritten }) => !isWritten);
  const files = new Set(uses.map((use) => use.path)).size;
  const verb = thing.kind === 'variable' ? 'Read' : 'Used';
  if (uses.length === 0) return `${verb} nowhere in the workspace.`;
  const times = uses.length === 1 ? 'once' : uses.length === 2 ? 'twice' : `${uses.length} times`;
  return `${verb} ${times}, in ${files === 1 ? 'one file' : `${files} files`}`;
}
