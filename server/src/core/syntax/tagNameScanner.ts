import type { Span } from '../text/span';
import { isNamePart } from './characters';
import { findNameEnd } from './nameEnd';
import type { SyntaxProblem } from './policyTree';
import type { ScanState } from './scanState';
import { problemAt } from './syntaxProblems';

/**
 * Reads a tag's name from its first character on, as far as a person would: to white space or to a character that has a
 * meaning in tags. Names beyond ASCII are fine in XML, but the mask spells them in ASCII: sax need not know them.
 */
export function scanTagName(state: ScanState, start: number): Span {
  const { text } = state;
  const plainEnd = findPlainNameEnd(text, start);
  const end = findNameEnd(text, plainEnd);
  if (end === plainEnd) return { start, end };
  const name = text.slice(start, end);
  const problem = nameProblem(name, { start, end });
  if (problem !== undefined) state.problems.push(problem);
  state.repairs.push({ start, end, filler: 'x' });
  return { start, end };
}

function findPlainNameEnd(text: string, start: number): number {
  let end = start;
  for (let code = text.charCodeAt(end); isNamePart(code) && code < 128; code = text.charCodeAt(end)) end++;
  return end;
}

/** What is wrong with a name that is not plain; undefined where XML accepts it, or a template token stands in it. */
export function nameProblem(name: string, span: Span): SyntaxProblem | undefined {
  if (/[$%]\{|\{\{/.test(name)) return undefined;
  const bad = /[^\p{L}\p{M}\p{N}_:.-]/u.exec(name)?.[0];
  if (bad === undefined) return undefined;
  // Invisible characters, such as the no-break space, can only be named.
  const shown = /[\p{Z}\p{C}]/u.test(bad)
    ? `U+${(bad.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    : bad;
  const message = `A name cannot contain ${shown}: XML allows letters, digits, -, _, . and : there. Correct the name.`;
  return problemAt(span, message, 'syntax-invalid-name');
}

/** True where sax, and everybody, accepts the name. */
export function isPlainName(name: string): boolean {
  return /^[\w:.-]+$/.test(name);
}
