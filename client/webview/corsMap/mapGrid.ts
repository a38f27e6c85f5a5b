import type { CorsMapData } from '../../../server/src/lsp/protocol';
import { element, freshId, replaceContent } from '../dom';
import { answerAt, type MapLine, originName, rowName } from './mapData';

/** A cell by its place: the line, and the column, of which -1 is the heading of the line. */
export interface MapCell {
  readonly line: MapLine;
  readonly column: number;
}

export interface MapGrid {
  readonly root: HTMLElement;
  /** Other lines, or other answers in them. The active cell stays where its row and column still are. */
  show(data: CorsMapData, lines: readonly MapLine[]): void;
  active(): MapCell | undefined;
  focus(): void;
}

export interface MapGridEvents {
  /** The active cell is another one, or says something else. */
  activated(cell: MapCell | undefined): void;
  /** Enter, or a click on a cell. */
  opened(cell: MapCell): void;
}

/** In pixels, as the style sheet has it: lines have one height, so that a place in the list is a place on the screen. */
const lineHeight = 28;
/** Drawn above and below what is seen, so that scrolling shows no gaps. */
const spareLines = 12;
const columnWidth = 44;
const scrollbarWidth = 18;
const shortestName = 200;
const longestName = 460;

/**
 * A grid after the pattern of the ARIA Authoring Practices. Only the lines that can be seen are in the document, and that
 * of the active cell: the grid itself has the focus, and names the active cell to a screen reader.
 */
export function createMapGrid(events: MapGridEvents): MapGrid {
  const id = freshId('map');
  const headings = element('div', { class: 'map-headings', attributes: { role: 'row', 'aria-rowindex': '1' } });
  const body = element('div', { class: 'map-lines', attributes: { role: 'rowgroup' } });
  const root = element(
    'div',
    {
      class: 'map-grid',
      attributes: { role: 'grid', tabindex: '0', 'aria-label': 'Operations by origins', 'aria-readonly': 'true' },
      on: { keydown: move, scroll: () => draw(), click: choose, dblclick: (event) => event.preventDefault() },
    },
    element('div', { class: 'map-head', attributes: { role: 'rowgroup' } }, headings),
    body,
  );
  // As wide as the place that the host gives it: the grid itself is only as wide as its columns.
  const frame = element('div', { class: 'map-frame' }, root);
  let data: CorsMapData | undefined;
  let lines: readonly MapLine[] = [];
  let active = { line: 0, column: 0 };
  /** Lines in the document, by their place. */
  const drawn = new Map<number, HTMLElement>();

  const columns = (): number => data?.map.origins.length ?? 0;
  const cellId = (line: number, column: number): string => `${id}-${line}-${column}`;

  function show(next: CorsMapData, nextLines: readonly MapLine[]): void {
    const before = activeCell();
    const sameColumns = data !== undefined && JSON.stringify(data.map.origins) === JSON.stringify(next.map.origins);
    data = next;
    lines = nextLines;
    if (!sameColumns) drawHeadings(next);
    active = placeOf(before, nextLines, sameColumns);
    for (const line of drawn.values()) line.remove();
    drawn.clear();
    body.style.height = `${lines.length * lineHeight}px`;
    root.setAttribute('aria-rowcount', String(lines.length + 1));
    root.setAttribute('aria-colcount', String(columns() + 1));
    root.style.setProperty('--map-columns', String(columns()));
    makeRoom();
    events.activated(activeCell());
  }

  function drawHeadings({ map }: CorsMapData): void {
    const heading = (column: number, ...content: (string | Node)[]): HTMLElement =>
      element(
        'div',
        {
          class: column === 0 ? 'map-corner' : 'map-origin',
          attributes: {
            role: 'columnheader',
            'aria-colindex': String(column + 1),
            'aria-label': column === 0 ? undefined : originName(map.origins[column - 1]?.origin),
            title: titleOf(map.origins[column - 1]),
          },
        },
        ...content,
      );
    replaceContent(
      headings,
      heading(0, 'Operation'),
      ...map.origins.map(({ origin }, index) => heading(index + 1, element('span', {}, shortOrigin(origin)))),
    );
    const longest = Math.max(0, ...map.origins.map(({ origin }) => shortOrigin(origin).length));
    root.style.setProperty('--map-heading', `${Math.min(Math.max(longest * 7.5 + 16, 60), 250)}px`);
  }

  function draw(): void {
    const height = root.clientHeight;
    const top = Math.max(0, root.scrollTop - headings.offsetHeight);
    const first = Math.max(0, Math.floor(top / lineHeight) - spareLines);
    const last = Math.min(lines.length - 1, Math.ceil((root.scrollTop + height) / lineHeight) + spareLines);
    for (const [place, line] of drawn) {
      if ((place < first || place > last) && place !== active.line) {
        line.remove();
        drawn.delete(place);
      }
    }
    for (let place = first; place <= last; place++) drawLine(place);
    if (lines.length > 0) drawLine(active.line);
    markActive();
  }

  function drawLine(place: number): void {
    const line = lines[place];
    if (line === undefined || drawn.has(place)) return;
    const made = element('div', {
      class: line.kind === 'api' ? 'map-line map-api' : 'map-line',
      attributes: { role: 'row', 'aria-rowindex': String(place + 2) },
    });
    made.style.top = `${place * lineHeight}px`;
    made.dataset['line'] = String(place);
    replaceContent(made, lineHeading(place, line), line.kind === 'row' ? cellsOf(place, line) : undefined);
    drawn.set(place, made);
    // In order, as a screen reader goes through them.
    const next = [...drawn].filter(([other]) => other > place).sort(([one], [other]) => one - other)[0]?.[1];
    body.insertBefore(made, next ?? null);
  }

  function lineHeading(place: number, line: MapLine): HTMLElement {
    const attributes = { role: 'rowheader', 'aria-colindex': '1' };
    const properties = { id: cellId(place, -1), class: 'map-name' };
    if (line.kind === 'api') {
      const { title, displayName } = line.api;
      const other = displayName === null || displayName === title ? undefined : displayName;
      return element(
        'div',
        { ...properties, attributes: { ...attributes, 'aria-colspan': String(columns() + 1) } },
        element('span', { class: 'map-api-title' }, title),
        other === undefined ? undefined : element('span', { class: 'map-muted' }, other),
      );
    }
    const { row, call } = line;
    const isOwn = row.policy !== null;
    return element(
      'div',
      { ...properties, attributes: { ...attributes, title: describeCall(line) } },
      element('span', { class: 'map-method' }, call.method),
      element('span', { class: 'map-address' }, row.urlTemplate ?? row.operation ?? 'every operation'),
      row.urlTemplate === null || row.operation === null
        ? undefined
        : element('span', { class: 'map-muted' }, row.operation),
      isOwn
        ? element('span', { class: 'map-own', attributes: { title: 'It has a policy of its own' } }, '+')
        : undefined,
    );
  }

  function cellsOf(place: number, line: MapLine & { readonly kind: 'row' }): readonly HTMLElement[] {
    const shown = data;
    if (shown === undefined) return [];
    return shown.map.origins.map((_, column) => {
      const answer = answerAt(shown, line.row, column);
      const code = answer?.code ?? '';
      const attributes = {
        role: 'gridcell',
        'aria-colindex': String(column + 2),
        'aria-label': `${code}: ${shown.codes[code] ?? answer?.because}`,
        title: answer?.because,
      };
      const made = element('div', { id: cellId(place, column), class: `map-cell map-${answer?.verdict}`, attributes });
      made.dataset['column'] = String(column);
      made.textContent = code;
      return made;
    });
  }

  function markActive(): void {
    for (const marked of body.querySelectorAll('[aria-selected="true"]')) marked.removeAttribute('aria-selected');
    const marked = document.getElementById(cellId(active.line, active.column));
    if (marked === null) root.removeAttribute('aria-activedescendant');
    else {
      marked.setAttribute('aria-selected', 'true');
      root.setAttribute('aria-activedescendant', marked.id);
    }
  }

  function activeCell(): MapCell | undefined {
    const line = lines[active.line];
    return line === undefined ? undefined : { line, column: line.kind === 'api' ? -1 : active.column };
  }

  function activate(line: number, column: number): void {
    const kind = lines[line]?.kind;
    if (kind === undefined) return;
    active = { line, column: kind === 'api' ? -1 : column };
    scrollToActive();
    draw();
    events.activated(activeCell());
  }

  /** So far that the cell is seen whole, behind neither the headings above nor the names at the left. */
  function scrollToActive(): void {
    const head = headings.offsetHeight;
    const top = active.line * lineHeight;
    if (top < root.scrollTop) root.scrollTop = top;
    const bottom = top + lineHeight + head;
    if (bottom > root.scrollTop + root.clientHeight) root.scrollTop = bottom - root.clientHeight;
    drawLine(active.line);
    const cell = document.getElementById(cellId(active.line, active.column));
    if (cell === null || active.column < 0) return;
    const names = headings.firstElementChild?.clientWidth ?? 0;
    const left = cell.offsetLeft;
    if (left < root.scrollLeft + names) root.scrollLeft = left - names;
    const right = left + cell.offsetWidth;
    if (right > root.scrollLeft + root.clientWidth) root.scrollLeft = right - root.clientWidth;
  }

  function move(event: KeyboardEvent): void {
    const { line, column } = active;
    const page = Math.max(1, Math.floor((root.clientHeight - headings.offsetHeight) / lineHeight) - 1);
    const lastLine = lines.length - 1;
    const lastColumn = columns() - 1;
    const isCommand = event.ctrlKey || event.metaKey;
    const targets: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [line - 1, wantedColumn],
      ArrowDown: [line + 1, wantedColumn],
      ArrowLeft: [line, Math.max(-1, column - 1)],
      ArrowRight: [line, Math.min(lastColumn, column + 1)],
      Home: isCommand ? [0, -1] : [line, -1],
      End: isCommand ? [lastLine, lastColumn] : [line, lastColumn],
      PageUp: [Math.max(0, line - page), wantedColumn],
      PageDown: [Math.min(lastLine, line + page), wantedColumn],
    };
    const target = targets[event.key];
    if (target !== undefined && !event.altKey) {
      event.preventDefault();
      const [nextLine, nextColumn] = target;
      activate(Math.min(Math.max(nextLine, 0), lastLine), nextColumn);
      if (!event.key.startsWith('Page') && !/Up|Down/.test(event.key)) wantedColumn = active.column;
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const cell = activeCell();
      if (cell !== undefined) events.opened(cell);
    }
  }
  /** Headings of APIs have one cell: behind one, up and down go on in the column from which they came. */
  let wantedColumn = 0;

  function choose({ target }: MouseEvent): void {
    const line = target instanceof Element ? target.closest<HTMLElement>('[data-line]') : null;
    if (line === null || !(target instanceof Element)) return;
    const column = target.closest<HTMLElement>('[data-column]')?.dataset['column'];
    activate(Number(line.dataset['line']), column === undefined ? -1 : Number(column));
    wantedColumn = active.column;
    const cell = activeCell();
    if (cell !== undefined && column !== undefined) events.opened(cell);
  }

  /** Names get the room that the cells leave. */
  function makeRoom(): void {
    const room = frame.clientWidth - columns() * columnWidth - scrollbarWidth;
    root.style.setProperty('--map-name', `${Math.min(Math.max(room, shortestName), longestName)}px`);
    draw();
  }

  new ResizeObserver(makeRoom).observe(root);
  new ResizeObserver(makeRoom).observe(frame);
  return { root: frame, show, active: activeCell, focus: () => root.focus() };
}

function titleOf(origin: CorsMapData['map']['origins'][number] | undefined): string | undefined {
  return origin && `${originName(origin.origin)}: ${origin.why}`;
}

/** Most origins are of https, and what is the same in all columns only takes room. */
function shortOrigin(origin: string | null): string {
  return originName(origin).replace(/^https:\/\//, '');
}

/** What a page does in a row, with the headers that decide whether it is asked first. */
export function describeCall({ row, call }: MapLine & { readonly kind: 'row' }): string {
  const headers = call.headers.length === 0 ? '' : `, with ${call.headers.join(', ')}`;
  const place = call.key === 'header' ? 'in a header' : 'in the query string';
  const key = call.key === 'none' ? '' : `, with the subscription key ${place}`;
  return `${rowName(row, call)}${headers}${key}`;
}

/** The place of a cell in other lines: that of the same operation, else the beginning. */
function placeOf(
  cell: MapCell | undefined,
  lines: readonly MapLine[],
  sameColumns: boolean,
): { readonly line: number; readonly column: number } {
  const same = lines.findIndex(
    (line) =>
      line.kind === cell?.line.kind &&
      line.api.title === cell.line.api.title &&
      (line.kind === 'api' || (cell.line.kind === 'row' && line.row.operation === cell.line.row.operation)),
  );
  if (cell !== undefined && same >= 0)
    return { line: same, column: sameColumns ? cell.column : Math.min(cell.column, 0) };
  // The first operation rather than the heading above it.
  const first = lines.findIndex(({ kind }) => kind === 'row');
  return first < 0 ? { line: 0, column: -1 } : { line: first, column: 0 };
}
