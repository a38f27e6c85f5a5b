import type { CorsMapAnswer, CorsMapApi, CorsMapCall, CorsMapData, CorsMapRow } from '../../../server/src/lsp/protocol';

/** A line of the grid: an API's heading, or one of its operations. */
export type MapLine =
  | { readonly kind: 'api'; readonly api: CorsMapApi }
  | { readonly kind: 'row'; readonly api: CorsMapApi; readonly row: CorsMapRow; readonly call: CorsMapCall };

/** What is shown of a map. */
export interface MapFilter {
  /** Words that must all occur in the API, the operation or its address. */
  readonly text: string;
  /** Rows with a cell of this verdict; undefined: all. */
  readonly verdict: CorsMapAnswer['verdict'] | undefined;
}

/** The lines that pass the filter; an API without any has no heading either. */
export function linesOf({ map }: CorsMapData, filter: MapFilter): readonly MapLine[] {
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const withVerdict = map.cells.map((cells) =>
    cells.some((cell) => filter.verdict === undefined || map.answers[cell]?.verdict === filter.verdict),
  );
  const lines: MapLine[] = [];
  let heading = -1;
  for (const row of map.rows) {
    const api = map.apis[row.api];
    const call = map.calls[row.call];
    if (api === undefined || call === undefined || withVerdict[row.cells] !== true) continue;
    const text = `${api.title} ${api.displayName ?? ''} ${call.method} ${row.urlTemplate ?? ''} ${row.operation ?? ''}`;
    if (words.length > 0 && !includesAll(text.toLowerCase(), words)) continue;
    if (row.api !== heading) lines.push({ kind: 'api', api });
    heading = row.api;
    lines.push({ kind: 'row', api, row, call });
  }
  return lines;
}

function includesAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

export function answerAt({ map }: CorsMapData, row: CorsMapRow, column: number): CorsMapAnswer | undefined {
  return map.answers[map.cells[row.cells]?.[column] ?? -1];
}

/** What the calls of the last column carry, as in the core, of which pages use types alone. */
export const anyOtherOrigin = 'https://any-other-origin.example';

/** "any other origin" for the last column. */
export function originName(origin: string | null | undefined): string {
  return origin ?? 'any other origin';
}

/** "PUT /orders/{id} (update-order)", "every operation". */
export function rowName(row: CorsMapRow, call: CorsMapCall): string {
  if (row.operation === null) return `${call.method} of every operation`;
  return row.urlTemplate === null
    ? `${call.method} ${row.operation}`
    : `${call.method} ${row.urlTemplate} (${row.operation})`;
}

/** How many cells of the map have each code, by code. */
export function countCodes({ map }: CorsMapData): ReadonlyMap<string, number> {
  const rowsWith = new Map<number, number>();
  for (const { cells } of map.rows) rowsWith.set(cells, (rowsWith.get(cells) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const [place, rows] of rowsWith) {
    for (const cell of map.cells[place] ?? []) {
      const code = map.answers[cell]?.code ?? '';
      counts.set(code, (counts.get(code) ?? 0) + rows);
    }
  }
  return counts;
}
