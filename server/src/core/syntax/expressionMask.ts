import type { MaskRepair } from './markupTokens';

/**
 * A text of the same length that sax can read: every repair's characters, line breaks among them, are replaced by its
 * filler, and an `&` becomes a letter, since real files have bare ones and nobody asks sax what an entity means.
 *
 * The length is asserted: all spans rest on it.
 */
export function maskText(text: string, repairs: readonly MaskRepair[]): string {
  const ordered = repairs.toSorted((one, other) => one.start - other.start || other.end - one.end);
  const pieces: string[] = [];
  let written = 0;
  for (const { start, end, filler } of ordered) {
    if (end <= written) continue; // Inside another one.
    if (start < written) throw new Error(`Mask repairs overlap at ${start}`);
    pieces.push(text.slice(written, start), filler.repeat(end - start));
    written = end;
  }
  pieces.push(text.slice(written));
  const mask = pieces.join('').replaceAll('&', 'x');
  if (mask.length !== text.length) throw new Error(`The mask has ${mask.length} characters, the text ${text.length}`);
  return mask;
}
