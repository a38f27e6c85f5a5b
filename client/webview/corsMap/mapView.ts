import type { CorsMapData } from '../../../server/src/lsp/protocol';
import { element, freshId, replaceContent } from '../dom';
import { answerAt, countCodes, linesOf, type MapFilter, originName } from './mapData';
import { createMapGrid, describeCall, type MapCell } from './mapGrid';

export interface MapView {
  readonly root: HTMLElement;
  show(data: CorsMapData): void;
  focus(): void;
}

/** What a host adds to the view. */
export interface MapViewHost {
  /** Enter, or a click on a cell of an operation. */
  opened(data: CorsMapData, cell: MapCell): void;
  /** What stands below the answer of the active cell. */
  details(data: CorsMapData, cell: MapCell): readonly (Node | string)[];
  /** What opening the cell does, in a sentence. */
  hint(data: CorsMapData, cell: MapCell): string;
}

const verdicts = [
  ['allowed', 'allowed'],
  ['blocked', 'blocked'],
  ['depends', 'that depend'],
  ['invalid', 'without an answer'],
] as const;

/** A map with its filter, its grid, what the active cell says, and its legend. */
export function createMapView(host: MapViewHost): MapView {
  const input = element('input', {
    id: freshId('filter'),
    attributes: {
      type: 'search',
      placeholder: 'API, operation, path or method',
      autocomplete: 'off',
      spellcheck: 'false',
    },
    on: { input: () => refresh(), keydown: intoGrid },
  });
  const select = element('select', { id: freshId('verdict'), on: { change: () => refresh() } });
  const count = element('p', { class: 'map-count', attributes: { role: 'status' } });
  const terms = element('p', { class: 'map-terms' });
  const notes = element('ul', { class: 'map-notes' });
  const legend = element('dl', { class: 'map-legend' });
  const details = element('section', { class: 'map-details', attributes: { 'aria-label': 'The chosen cell' } });
  const empty = element('p', { class: 'map-empty', attributes: { hidden: true } });
  const grid = createMapGrid({
    activated: (cell) => showDetails(cell),
    opened: (cell) => {
      if (data !== undefined && cell.column >= 0) host.opened(data, cell);
    },
  });
  const root = element(
    'div',
    { class: 'map' },
    element(
      'div',
      { class: 'map-filter' },
      element('div', {}, element('label', { attributes: { for: input.id } }, 'Filter '), input),
      element('div', {}, element('label', { attributes: { for: select.id } }, 'Show '), select),
      count,
    ),
    element('div', { class: 'map-main' }, grid.root, empty),
    element(
      'div',
      { class: 'map-side', attributes: { tabindex: '0', role: 'region', 'aria-label': 'About the map' } },
      details,
      element('section', {}, element('h2', {}, 'Legend'), legend),
      element('section', {}, element('h2', {}, 'What a cell stands for'), terms, notes),
    ),
  );
  let data: CorsMapData | undefined;
  let described = '';

  function filter(): MapFilter {
    const wanted = verdicts.find(([verdict]) => verdict === select.value)?.[0];
    return { text: input.value, verdict: wanted };
  }

  function refresh(): void {
    if (data === undefined) return;
    const lines = linesOf(data, filter());
    const shown = lines.reduce((sum, { kind }) => sum + (kind === 'row' ? 1 : 0), 0);
    const all = data.map.rows.length;
    count.textContent = shown === all ? rows(all) : `${number(shown)} of ${rows(all)}`;
    empty.textContent = all === 0 ? 'No operation to show.' : 'No operation passes the filter.';
    empty.hidden = shown > 0;
    grid.root.hidden = shown === 0;
    grid.show(data, lines);
  }

  function show(next: CorsMapData): void {
    data = next;
    terms.textContent = next.terms;
    replaceContent(
      notes,
      next.map.notes.map((note) => element('li', {}, note)),
    );
    const counts = countCodes(next);
    fillVerdicts(select, next);
    const codes = Object.entries(next.codes).filter(([code]) => counts.has(code));
    const verdictOf = (code: string): string =>
      next.map.answers.find((answer) => answer.code === code)?.verdict ?? 'depends';
    const entry = (className: string, mark: string, meaning: string): HTMLElement =>
      element('div', {}, element('dt', { class: className }, mark), element('dd', {}, meaning));
    replaceContent(
      legend,
      codes.map(([code, meaning]) =>
        entry(`map-cell map-${verdictOf(code)}`, code, `${meaning} (${number(counts.get(code) ?? 0)})`),
      ),
      next.map.rows.some(({ policy }) => policy !== null)
        ? entry('map-cell map-own-sign', '+', 'an operation with a policy of its own')
        : undefined,
    );
    refresh();
  }

  function showDetails(cell: MapCell | undefined): void {
    const content = data === undefined || cell === undefined ? [] : describe(data, cell);
    const text = content.map((node) => (typeof node === 'string' ? node : (node.textContent ?? ''))).join('\n');
    // Live updates come often, and a screen reader and a selection should not notice equal ones.
    if (text === described) return;
    described = text;
    replaceContent(details, ...content);
  }

  function describe(from: CorsMapData, cell: MapCell): readonly (Node | string)[] {
    const { line, column } = cell;
    if (line.kind === 'api') {
      const count = from.map.rows.filter(({ api }) => from.map.apis[api] === line.api).length;
      const list = line.api.listsOperations ? rows(count) : 'no specification here lists its operations';
      return [element('p', {}, element('strong', {}, line.api.title), `: ${list}`)];
    }
    const call = element('p', {}, element('strong', {}, `${line.api.title}: `), describeCall(line));
    const answer = answerAt(from, line.row, column);
    if (answer === undefined) return [call];
    const origin = from.map.origins[column]?.origin;
    return [
      call,
      element(
        'p',
        {},
        element('span', { class: `map-cell map-${answer.verdict}` }, answer.code),
        ` from ${originName(origin)}`,
      ),
      element('p', {}, element('strong', {}, `${capital(from.codes[answer.code] ?? answer.code)}. `), answer.because),
      ...host.details(from, cell),
      element('p', { class: 'map-muted' }, host.hint(from, cell)),
    ];
  }

  function intoGrid(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    grid.focus();
  }

  return { root, show, focus: () => grid.focus() };
}

/** The verdicts that occur; what was chosen stays. */
function fillVerdicts(select: HTMLSelectElement, { map }: CorsMapData): void {
  const chosen = select.value;
  const found = new Set(map.answers.map(({ verdict }) => verdict));
  const options = verdicts.filter(([verdict]) => found.has(verdict) || verdict === chosen);
  replaceContent(
    select,
    element('option', { attributes: { value: '' } }, 'all operations'),
    options.map(([verdict, words]) =>
      element('option', { attributes: { value: verdict } }, `operations with cells ${words}`),
    ),
  );
  select.value = chosen;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function rows(count: number): string {
  return `${number(count)} ${count === 1 ? 'operation' : 'operations'}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
