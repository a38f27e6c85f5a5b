import type { StringLiteral } from '../../syntax/csharpLiterals';
import { createCsharpScan, readCsharp } from '../../syntax/csharpScanner';
import type { PolicyExpression } from '../../syntax/policyTree';
import type { Span } from '../../text/span';

/**
 * The string literals in a terminated expression, in order, each from its `$`, `@` or quote to behind its last quote; a
 * literal in the hole of another one is part of that one. Undefined where the code cannot be followed to its end.
 */
export function findStringLiterals(text: string, { span }: PolicyExpression): readonly Span[] | undefined {
  const literals: Span[] = [];
  const scan = createCsharpScan(text.slice(span.start, span.end), 0);
  /** The literal that holds all others which are open. */
  let outermost: StringLiteral | undefined;
  for (;;) {
    const stop = readCsharp(scan);
    if (stop === 'end') return scan.offset === scan.limit ? literals : undefined;
    const isBroken = stop === 'wrongBracket' || stop === 'foreign' || stop === 'limit';
    if (isBroken || scan.reach === 'unterminated') return undefined;
    if (stop !== 'string') continue;
    outermost ??= scan.literal;
    if (outermost === undefined || scan.literal !== outermost || scan.reach !== 'closed') continue;
    literals.push({ start: span.start + outermost.start, end: span.start + scan.offset });
    outermost = undefined;
  }
}
