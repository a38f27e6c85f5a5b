import assert from 'node:assert/strict';
import type { CorsMap, CorsMapAnswer, CorsMapOptions, LanguageService } from '../../server/src/core';
import { openService, type ServiceFiles } from './service';

/** All steps at once. */
export function computeMap(service: LanguageService, options: CorsMapOptions = {}, root = '/service'): CorsMap {
  const steps = service.computingCorsMap(root, options);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done !== true) continue;
    assert.ok(step.value, `${root} has a map`);
    return step.value;
  }
}

export function mapOf(files: ServiceFiles, options: CorsMapOptions = {}): CorsMap {
  return computeMap(openService(files), options);
}

/** The map as text: origins, then a line for every row. */
export function drawMap(map: CorsMap): readonly string[] {
  const { origins, rows, calls, apis } = map;
  return [
    origins.map(({ origin }) => origin ?? '*').join(' '),
    ...rows.map((row) => {
      const call = calls[row.call];
      const headers = call?.headers.map((header) => ` +${header.replace(/:.*/, '')}`).join('') ?? '';
      const key = call?.key === 'none' ? '' : ` key in ${call?.key}`;
      const codes = answersOf(map, row).map(({ code }) => code.padEnd(2));
      const name = `${apis[row.api]?.title} ${call?.method} ${row.operation ?? '(all)'}${headers}${key}`;
      return `${name}: ${codes.join(' ').trim()}`;
    }),
  ];
}

export function answersOf({ cells, answers }: CorsMap, row: CorsMap['rows'][number]): readonly CorsMapAnswer[] {
  return (cells[row.cells] ?? []).map((cell) => answers[cell] as CorsMapAnswer);
}

/** Why the cell of an operation and a column is as it is. */
export function becauseAt(map: CorsMap, operation: string | null, column: number): string | undefined {
  const row = map.rows.find((candidate) => candidate.operation === operation);
  return row && answersOf(map, row)[column]?.because;
}
