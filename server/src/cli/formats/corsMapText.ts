import {
  type CorsMap,
  type CorsMapAnswer,
  type CorsMapCall,
  type CorsMapCode,
  corsMapCodes,
  describeCorsMapTerms,
} from '../../core';
import type { CommandLineIo } from '../io';
import type { Places } from '../places';
import { count, lineWidth, type Palette, paletteFor, wrapBehind } from './text';

/** `cors-map --format text`: for each service what a cell stands for, the columns, the map, and a legend. */
export function corsMapText(maps: readonly CorsMap[], places: Places, io: CommandLineIo): string {
  return maps.map((map) => mapText(map, places, io)).join('\n');
}

function mapText(map: CorsMap, places: Places, io: CommandLineIo): string {
  const palette = paletteFor(io);
  const lines = [
    palette.bold(`CORS map of ${places.file(map.root)}`),
    wrapBehind('', describeCorsMapTerms(map.terms), io, 0),
    ...map.notes.map((each) => wrapBehind('- ', each, io)),
    '',
    ...columnLines(map),
    '',
    ...rowLines(map, palette, io),
    ...legendLines(map, palette, io),
  ];
  return `${lines.join('\n')}\n`;
}

/** The column of any other origin has a star, as a policy would write it. */
function columnName({ origin }: CorsMap['origins'][number], index: number): string {
  return origin === null ? '*' : String(index + 1);
}

function columnLines({ origins }: CorsMap): readonly string[] {
  const width = Math.max(...origins.map(({ origin }) => (origin ?? 'any other origin').length));
  return origins.map(
    (origin, index) =>
      `${columnName(origin, index).padStart(3)}  ${(origin.origin ?? 'any other origin').padEnd(width)}  ${origin.why}`,
  );
}

const cellWidth = 3;

function rowLines(map: CorsMap, palette: Palette, io: CommandLineIo): readonly string[] {
  const head = map.origins.map((origin, index) => columnName(origin, index).padEnd(cellWidth)).join('');
  const labels = labelsOf(map);
  const room = Math.max(lineWidth(io) - head.length - 4, 24);
  const width = Math.min(Math.max(0, ...labels.map((label) => label.length)), room);
  const lines = [palette.bold(`${' '.repeat(width + 4)}${head}`.trimEnd())];
  let api = -1;
  for (const [index, row] of map.rows.entries()) {
    if (row.api !== api) {
      api = row.api;
      lines.push(palette.bold(apiLine(map, api)));
    }
    const label = labels[index] ?? '';
    const shown = label.length > width ? `${label.slice(0, width - 1)}…` : label.padEnd(width);
    const cells = (map.cells[row.cells] ?? []).map((cell) => paint(map.answers[cell] as CorsMapAnswer, palette));
    lines.push(`  ${shown}  ${cells.join('')}`.trimEnd());
  }
  return lines;
}

function apiLine({ apis }: CorsMap, index: number): string {
  const { title, displayName } = apis[index] as CorsMap['apis'][number];
  return displayName === null || displayName === title ? title : `${title}  ${displayName}`;
}

/** "PUT    /orders/{id}  update-order": methods and addresses below each other. */
function labelsOf({ rows, calls }: CorsMap): readonly string[] {
  const methods = rows.map(({ call }) => (calls[call] as CorsMapCall).method);
  const methodWidth = Math.max(0, ...methods.map(({ length }) => length));
  const lengths = rows.flatMap(({ urlTemplate }) => urlTemplate?.length ?? []);
  const addressWidth = Math.min(Math.max(0, ...lengths), longestAddress);
  return rows.map(({ operation, urlTemplate, policy }, index) => {
    const address = urlTemplate === null ? '' : `${urlTemplate.padEnd(addressWidth)}  `;
    const name = operation === null ? 'every operation' : `${address}${operation}`;
    return `${(methods[index] ?? '').padEnd(methodWidth)} ${name}${policy === null ? '' : ' +'}`;
  });
}

/** What is longer pushes its own name to the right alone. */
const longestAddress = 32;

function paint({ code, verdict }: CorsMapAnswer, palette: Palette): string {
  const text = code.padEnd(cellWidth);
  if (verdict === 'allowed') return palette.green(text);
  if (verdict === 'blocked') return palette.red(text);
  return verdict === 'depends' ? palette.yellow(text) : palette.dim(text);
}

/** The codes that occur, with how many cells have each, and the answers behind those that are not plain. */
function legendLines(map: CorsMap, palette: Palette, io: CommandLineIo): readonly string[] {
  const counts = new Map<CorsMapCode, number>();
  for (const { cells } of map.rows) {
    for (const cell of map.cells[cells] ?? []) {
      const { code } = map.answers[cell] as CorsMapAnswer;
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  const codes = (Object.keys(corsMapCodes) as CorsMapCode[]).filter((code) => counts.has(code));
  const hasOwnPolicy = map.rows.some(({ policy }) => policy !== null);
  return [
    '',
    ...codes.map((code) =>
      wrapBehind(`  ${code.padEnd(2)} `, `${corsMapCodes[code]} (${count(counts.get(code) ?? 0, 'cell')})`, io),
    ),
    ...(hasOwnPolicy ? ['  +  an operation with a policy of its own'] : []),
    '',
    wrapBehind('', 'apim-policy cors <file> --operation <id> --origin <O> explains one cell.', io, 0),
  ].map((line) => (line.startsWith('apim') ? palette.dim(line) : line));
}
