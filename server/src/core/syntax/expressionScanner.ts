import { createCsharpScan, literalOfHole, readCsharp } from './csharpScanner';

/** Where a policy expression ends, as far as its brackets tell. */
export type ExpressionEnd = ClosedExpression | BrokenExpression;

export interface ClosedExpression {
  readonly isTerminated: true;
  /** Behind the closing bracket. */
  readonly end: number;
}

/** The reason that a reader can understand best. */
export interface BrokenExpression {
  readonly isTerminated: false;
  readonly reason: 'openBracket' | 'wrongBracket' | 'openString' | 'openComment';
  /** What was opened and never closed: a bracket, a string or a comment. */
  readonly openedAt: number;
  /** Where reading gave up; nothing behind it was looked at. */
  readonly stoppedAt: number;
}

/**
 * Finds the end of the expression whose `@` is at `start`. `ownQuote` is the quote of the attribute that the
 * expression is in; undefined in element text. Nothing begins behind `limit`.
 *
 * Reading gives up at markup that cannot be C# (`</name`, `/>`), at a string that is open at its line's end, and at a
 * bracket that closes another one, so that a broken expression does not swallow the file.
 */
export function findExpressionEnd(
  text: string,
  start: number,
  ownQuote: '"' | "'" | undefined,
  limit = text.length,
): ExpressionEnd {
  const scan = createCsharpScan(text, start, { ownQuote, limit });
  for (;;) {
    const stop = readCsharp(scan);
    if (stop === 'end') return { isTerminated: true, end: scan.offset };
    if (scan.reach === 'unterminated') {
      const openedAt = scan.literal?.start ?? scan.stopStart;
      return broken(stop === 'comment' ? 'openComment' : 'openString', openedAt, scan.offset);
    }
    const innermost = scan.open.at(-1) ?? start;
    if (stop === 'wrongBracket') return broken('wrongBracket', innermost, scan.stopStart);
    if (stop === 'foreign' || stop === 'limit') {
      return broken('openBracket', literalOfHole(scan)?.start ?? innermost, scan.stopStart);
    }
  }
}

function broken(reason: BrokenExpression['reason'], openedAt: number, stoppedAt: number): BrokenExpression {
  return { isTerminated: false, reason, openedAt, stoppedAt };
}
