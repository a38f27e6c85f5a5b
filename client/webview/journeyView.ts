import type { CorsRequestExplanation, FilePlace, RequestJourney, Station } from '../../server/src/lsp/protocol';
import { type Child, element } from './dom';
import { icon } from './icons';
import { outcomeTexts, verdictOf } from './wording';

/** Opens a place in a file. */
export type Open = (place: FilePlace) => void;

/** One request as a line with stations: the page, what the gateway meets in order, the backend, and back to the page. */
export function journeyView(title: string, journey: RequestJourney<FilePlace>, open: Open): HTMLElement {
  const { request, stations, outcome, status, because } = journey;
  const end = stations.findIndex(({ effect }) => effect === 'ends');
  const reachesBackend = backendOutcomes.has(outcome);
  // The station that decides has said so.
  const isTold = stations.some((station) => because.startsWith(station.because));
  const answer = status === undefined ? '' : ` · status ${status}`;
  return element(
    'section',
    { class: 'journey', attributes: { 'aria-label': title } },
    element('h3', {}, title, element('span', { class: 'outcome' }, `${outcomeTexts[outcome]}${answer}`)),
    element(
      'ol',
      { class: 'way' },
      stop(
        'page',
        'reached',
        element('span', { class: 'stop-title' }, 'The page sends'),
        messageView(`${request.method}`, request.headers),
      ),
      stations.map((station, index) => stationView(station, end >= 0 && index > end, open)),
      // A station may tell more of it.
      stations.some(({ what }) => what === 'backend')
        ? undefined
        : stop(
            'backend',
            reachesBackend ? 'reached' : 'unreached',
            element('span', { class: 'stop-title' }, 'Backend'),
            element('p', {}, reachesBackend ? 'The request gets here.' : 'The request does not get here.'),
          ),
      stop(
        'page',
        'reached',
        element('span', { class: 'stop-title' }, 'The browser gets'),
        messageView(statusLine(status), journey.headers),
        isTold ? undefined : element('p', {}, because),
        verdictLine(journey),
      ),
    ),
  );
}

/** A request that is never sent, and why. */
export function unsentView(title: string, because: string): HTMLElement {
  return element(
    'section',
    { class: 'journey', attributes: { 'aria-label': title } },
    element('h3', {}, title, element('span', { class: 'outcome' }, 'not sent')),
    element('p', { class: 'unsent' }, because),
  );
}

const backendOutcomes: ReadonlySet<RequestJourney['outcome']> = new Set<RequestJourney['outcome']>([
  'goes-to-backend-options',
  'passes-with-cors-headers',
  'passes-without-cors-headers',
  'passes-with-backend-headers',
  'passes-with-manual-headers',
  'header-conflict-possible',
  'not-cross-origin',
  'cors-skipped',
]);

function statusLine(status: number | undefined): string {
  return status === undefined ? 'HTTP status: the backend decides' : `HTTP status ${status}`;
}

function stop(kind: string, state: string, ...children: readonly Child[]): HTMLElement {
  return element('li', { class: `stop stop-${kind} ${state}` }, element('div', { class: 'stop-content' }, children));
}

const effectTexts: Readonly<Record<Station['effect'], string>> = {
  matches: 'Matched',
  passes: 'Skipped',
  ends: 'Ends the request',
  'not-reached': 'Not reached',
  'left-out': 'Takes no part',
  open: 'Decided at run time',
  note: '',
};

/** Of stations that no scope's policy brings about. */
const stationTitles: Readonly<Record<Station['what'], string>> = {
  request: 'Request',
  routing: 'Routing',
  product: 'Product',
  cors: 'cors',
  statement: 'Statement',
  unknown: 'Not known here',
  backend: 'Backend',
};

function stationView(station: Station<FilePlace>, isBehindEnd: boolean, open: Open): HTMLElement {
  const { what, effect, scope, isInherited, fragment, place, result, because, source } = station;
  const isUnreached = effect === 'not-reached' || isBehindEnd;
  const sign = effectTexts[effect];
  return element(
    'li',
    { class: `stop station effect-${effect} ${isUnreached ? 'unreached' : 'reached'}` },
    element(
      'div',
      { class: 'stop-content' },
      element(
        'p',
        { class: 'station-head' },
        scope === undefined ? element('span', {}, stationTitles[what]) : scopeBadge(scope.kind, scope.title),
        what === 'cors' ? element('code', {}, '<cors>') : undefined,
        fragment === undefined ? undefined : element('span', { class: 'tag' }, `in fragment ${fragment}`),
        scope === undefined || what !== 'cors'
          ? undefined
          : element('span', { class: 'tag' }, isInherited ? 'inherited' : 'own'),
        element('span', { class: 'effect' }, sign === '' ? result : sign),
      ),
      element('p', { class: 'station-because' }, because),
      element(
        'p',
        { class: 'station-links' },
        place === undefined ? undefined : placeLink(place, open),
        element('a', { attributes: { href: source } }, 'Documentation'),
      ),
    ),
  );
}

/** A button: it opens an editor, which an address cannot. */
export function placeLink(place: FilePlace, open: Open, text?: string, where = ''): HTMLElement {
  const line = place.range.start.line + 1;
  return element(
    'button',
    {
      class: 'place-link',
      attributes: {
        type: 'button',
        'data-key': `${where}${place.uri}#${line}`,
        title: `Open ${place.file}, line ${line}`,
      },
      on: { click: () => open(place) },
    },
    text ?? `${place.file}:${line}`,
  );
}

/** The scope with a colour and a letter of its kind: colours alone tell nobody anything. */
export function scopeBadge(kind: string, title: string): HTMLElement {
  return element(
    'span',
    { class: `scope scope-${kind}` },
    element('span', { class: 'scope-letter', attributes: { 'aria-hidden': 'true' } }, scopeLetters[kind] ?? '?'),
    title,
  );
}

const scopeLetters: Readonly<Record<string, string>> = {
  global: 'G',
  workspace: 'W',
  product: 'P',
  api: 'A',
  operation: 'O',
};

/** The first line and the headers of an HTTP message. */
function messageView(first: string, headers: RequestJourney['headers']): HTMLElement {
  const lines = headers.map(([name, value]) =>
    element('div', {}, element('span', { class: 'header-name' }, `${name}: `), value),
  );
  const none = headers.length === 0 ? element('div', { class: 'no-headers' }, 'no CORS headers') : undefined;
  return element('div', { class: 'http-message' }, element('div', { class: 'http-first' }, first), lines, none);
}

function verdictLine({ browser, browserBecause }: RequestJourney<FilePlace>): HTMLElement {
  const { tone, iconName, journeyText } = verdictOf(browser);
  return element(
    'p',
    { class: `journey-verdict tone-${tone}` },
    icon(iconName),
    element('span', {}, element('strong', {}, journeyText), browserBecause === '' ? '' : ` ${browserBecause}`),
  );
}

/** The scopes that the call passes, narrowest first, those without a policy among them. */
export function scopesView(scopes: CorsRequestExplanation<FilePlace>['scopes'], open: Open): HTMLElement {
  const items = scopes.map(({ kind, title, state, because, place, corsCount, isOwn }) => {
    const stateText = state === 'present' ? corsText(corsCount) : state === 'absent' ? 'no policy' : 'not known';
    return element(
      'li',
      { class: `chain-scope ${state}`, attributes: { title: because } },
      scopeBadge(kind, title),
      element('span', { class: 'chain-state' }, `${stateText}${isOwn ? ' · own' : ''}`),
      place === undefined ? undefined : placeLink(place, open, place.file),
    );
  });
  return element('ol', { class: 'chain', attributes: { 'aria-label': 'Scopes of the call, narrowest first' } }, items);
}

function corsText(count: number): string {
  if (count === 0) return 'no cors';
  return count === 1 ? '1 cors' : `${count} cors`;
}
