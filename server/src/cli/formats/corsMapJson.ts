import type { CorsMap } from '../../core';
import type { Places } from '../places';

/**
 * `cors-map --format json`. The cells of a row stand in the order of `origins`; each is the place of its answer in
 * `answers`, since a map has many cells and few answers.
 */
export function corsMapJson(maps: readonly CorsMap[], places: Places): object {
  return { version: 1, services: maps.map((map) => mapJson(map, places)) };
}

function mapJson(map: CorsMap, places: Places): object {
  const { root, terms, origins, apis, rows, calls, cells, answers, notes } = withShownPaths(map, places);
  return {
    root,
    terms,
    origins,
    apis,
    rows: rows.map((row) => ({ ...row, call: calls[row.call], cells: cells[row.cells] })),
    answers,
    notes,
  };
}

/** Files as the user would name them. */
export function withShownPaths(map: CorsMap, places: Places): CorsMap {
  const shown = new Map<string, string>();
  const file = (path: string): string => {
    const known = shown.get(path) ?? places.file(path);
    shown.set(path, known);
    return known;
  };
  const named = <Item extends { readonly policy: string | null }>(item: Item): Item =>
    item.policy === null ? item : { ...item, policy: file(item.policy) };
  const { root, global } = map;
  return {
    ...map,
    root: file(root),
    global: global === null ? null : file(global),
    apis: map.apis.map(named),
    rows: map.rows.map(named),
  };
}
