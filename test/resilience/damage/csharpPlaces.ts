import type { PolicyDocument, PolicyExpression } from '../../../server/src/core/syntax/policyTree';
import type { Span } from '../../../server/src/core/text/span';
import { shortExpressions } from './places';

/** A string, a character or a comment of the C# in an expression. */
export interface CsharpLiteral {
  readonly kind: 'regular' | 'verbatim' | 'interpolated' | 'raw' | 'character' | 'lineComment' | 'blockComment';
  readonly span: Span;
  readonly expression: PolicyExpression;
}

const patterns: readonly (readonly [CsharpLiteral['kind'], string])[] = [
  ['lineComment', String.raw`\/\/[^\r\n]*`],
  ['blockComment', String.raw`\/\*[^]*?\*\/`],
  ['raw', '"""[^]*?"""'],
  // With holes, but without strings in them; others are left alone.
  ['interpolated', String.raw`\$"(?:[^"{}\\\r\n]|\\.|\{\{|\}\}|\{[^"{}\r\n]*\})*"`],
  ['verbatim', String.raw`(?<!\$)@"(?:[^"]|"")*"`],
  ['regular', String.raw`(?<![$@])"(?:[^"\\\r\n]|\\.)*"`],
  ['character', String.raw`'(?:[^'\\\r\n]|\\.[^'\r\n]*)'`],
];
const literal = new RegExp(patterns.map(([, pattern]) => `(${pattern})`).join('|'), 'g');

/** Found by a second, much simpler reading of C#: expressions that it does not understand have none. */
export function literalsOf(document: PolicyDocument, kind: CsharpLiteral['kind']): readonly CsharpLiteral[] {
  return document.expressions
    .flatMap((expression) => readLiterals(document, expression) ?? [])
    .filter((found) => found.kind === kind);
}

/** The offsets of a bracket in the C# of expressions, between the expression's own: those of strings do not count. */
export function bracketsOf(
  document: PolicyDocument,
  bracket: string,
  expressions = document.expressions,
): readonly number[] {
  return expressions.flatMap((expression) => {
    const literals = readLiterals(document, expression);
    if (literals === undefined) return [];
    const { start, end } = expression.codeSpan;
    const offsets = Array.from({ length: end - start }, (_, index) => start + index);
    return offsets.filter(
      (offset) =>
        document.text[offset] === bracket && !literals.some(({ span }) => span.start <= offset && offset < span.end),
    );
  });
}

/**
 * Those in short expressions, and in lines that hold a whole statement. In a call over many lines, a bracket that is lost
 * or too many shows where the call ends, and nobody can say which line it belongs to.
 */
export function statementBracketsOf(document: PolicyDocument, bracket: string): readonly number[] {
  const { text } = document;
  const inShort = new Set(bracketsOf(document, bracket, shortExpressions(document)));
  return bracketsOf(document, bracket).filter((offset) => {
    const start = text.lastIndexOf('\n', offset) + 1;
    const line = text.slice(start, text.indexOf('\n', offset)).trim();
    const isWhole = /[;{]$/.test(line) && line.split('(').length === line.split(')').length;
    return inShort.has(offset) || isWhole;
  });
}

/** Undefined where a quote is left over, or where quotes are written as entities. */
function readLiterals({ text }: PolicyDocument, expression: PolicyExpression): readonly CsharpLiteral[] | undefined {
  const { start, end } = expression.codeSpan;
  const code = text.slice(start, end);
  const literals = [...code.matchAll(literal)].map((match) => {
    const group = match.slice(1).findIndex((found) => found !== undefined);
    const kind = patterns[group]?.[0] ?? 'regular';
    return { kind, span: { start: start + match.index, end: start + match.index + match[0].length }, expression };
  });
  const rest = code.replace(literal, '');
  return /["']|&\w+;|\{\{/.test(rest) ? undefined : literals;
}
