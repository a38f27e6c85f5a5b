import type { PolicyDocument, SyntaxProblem } from '../../../server/src/core/syntax/policyTree';
import type { Span } from '../../../server/src/core/text/span';
import { parse } from '../../support/syntax';
import { applyDamage, type Damage } from './damage';

/** What reading a damaged text has shown. */
export interface DamageReport {
  readonly text: string;
  /** The damaged lines, counted from 0. */
  readonly lines: Span;
  readonly problems: readonly SyntaxProblem[];
  /** The finding that lies within two lines of the damage, if there is one. */
  readonly seen: SyntaxProblem | undefined;
}

const tolerance = 2;

/** Reads a document that had no problems once more, with the damage in it. */
export function reportDamage(document: PolicyDocument, damage: Damage): DamageReport {
  const text = applyDamage(document.text, damage);
  const { problems } = parse(text);
  const lineOf = createLineLookup(text);
  const lines = { start: lineOf(damage.start), end: lineOf(damage.start + damage.replacement.trimEnd().length) };
  // That a text is no policy says enough only where there is nothing else to say.
  const isSyntax = ({ ruleId }: SyntaxProblem): boolean => ruleId.startsWith('syntax-') || problems.length === 1;
  const isNear = ({ span }: SyntaxProblem): boolean =>
    lineOf(span.start) >= lines.start - tolerance && lineOf(span.end) <= lines.end + tolerance;
  return { text, lines, problems, seen: problems.find((problem) => isSyntax(problem) && isNear(problem)) };
}

/** The line of an offset, counted from 0. */
export function createLineLookup(text: string): (offset: number) => number {
  const starts = [0, ...[...text.matchAll(/\r\n?|\n/g)].map(({ index, 0: { length } }) => index + length)];
  return (offset) => starts.findLastIndex((start) => start <= offset);
}
