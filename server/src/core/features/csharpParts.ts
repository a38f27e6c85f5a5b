import { type CsharpStop, createCsharpScan, readCsharp } from '../syntax/csharpScanner';
import type { Span } from '../text/span';

/** A stretch of C# that is not code in the narrow sense. */
export interface CsharpPart {
  readonly kind: 'literal' | 'comment';
  readonly span: Span;
}

/**
 * The strings, characters, comments and preprocessor lines of an expression, in order; what is between them, the holes
 * of interpolated strings included, is code. Offsets count in `expression`, which is given with its `@(` or `@{` and
 * with real quotes: quotes that are written as entities count as code. A `//` comment ends before its line's end.
 */
export function csharpParts(expression: string): readonly CsharpPart[] {
  const parts: CsharpPart[] = [];
  const scan = createCsharpScan(expression, 0, { decodesEntities: false });
  for (let stop = readCsharp(scan); stop !== 'limit'; stop = readCsharp(scan)) {
    const kind = partKinds[stop];
    if (kind !== undefined) parts.push({ kind, span: { start: scan.stopStart, end: scan.offset } });
  }
  return parts;
}

const partKinds: Partial<Record<CsharpStop, CsharpPart['kind']>> = {
  string: 'literal',
  format: 'literal',
  character: 'literal',
  comment: 'comment',
};
