import pc from 'picocolors';
import type { CommandLineIo } from '../io';

export type Palette = ReturnType<typeof pc.createColors>;

/** Colours on a terminal whose user did not decline them (no-color.org), else plain text. */
export function paletteFor({ isTty, env }: Pick<CommandLineIo, 'isTty' | 'env'>): Palette {
  const isDeclined = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return pc.createColors(isTty && !isDeclined);
}

/** "1 warning", "2 warnings" */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Breaks a text at blanks so that no line is longer than `width`, but for words that are. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}

/** Wraps a text behind a beginning. The lines that follow are indented by as many blanks, or as the beginning is long. */
export function wrapBehind(
  beginning: string,
  text: string,
  io: Pick<CommandLineIo, 'columns'>,
  indentation: number = beginning.length,
): string {
  const width = Math.max(lineWidth(io) - indentation, 30);
  // The first line is shorter by what the beginning takes beyond the indentation: a filler holds that place.
  const filler = '.'.repeat(Math.max(beginning.length - indentation, 0));
  const [first = '', ...rest] = wrap(filler + text, width);
  return [beginning + first.slice(filler.length), ...rest.map((line) => ' '.repeat(indentation) + line)].join('\n');
}

/** A terminal's width, up to what is good to read. Where text goes into a file, lines of 100 characters. */
export function lineWidth({ columns }: Pick<CommandLineIo, 'columns'>): number {
  return Math.min(columns ?? 100, 120);
}

/** Columns of equal width, the last one open. A cell may have several lines. */
export function table(rows: readonly (readonly string[])[]): string {
  const split = rows.map((row) => row.map((cell) => cell.split('\n')));
  const widths = (split[0] ?? []).map((_, column) =>
    Math.max(...split.map((row) => Math.max(...(row[column] ?? ['']).map((line) => line.length)))),
  );
  const lines = split.flatMap((row) => {
    const height = Math.max(...row.map((cell) => cell.length));
    return Array.from({ length: height }, (_, index) =>
      row
        .map((cell, column) => (cell[index] ?? '').padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  });
  return `${lines.join('\n')}\n`;
}
