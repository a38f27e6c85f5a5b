import type { ExpressionForm } from '../syntax/policyTree';

/** What an expression is known to return, whatever the request. */
export type KnownExpression =
  | { readonly kind: 'constant'; readonly value: string }
  /** Whatever `Origin` header the request has. */
  | { readonly kind: 'requestOrigin' };

/**
 * Understands the few shapes of C# that can be decided without running it: a constant, and the request's own `Origin`
 * header. Undefined for everything else, which only the running gateway can decide.
 */
export function readKnownExpression(code: string, form: ExpressionForm): KnownExpression | undefined {
  const expression = form === 'multiStatement' ? returnedExpression(code) : code.trim();
  if (expression === undefined) return undefined;
  const constant = readConstant(expression);
  if (constant !== undefined) return { kind: 'constant', value: constant };
  return requestOriginShapes.some((shape) => shape.test(expression)) ? { kind: 'requestOrigin' } : undefined;
}

function returnedExpression(code: string): string | undefined {
  return /^\s*return\s+([^;{}]+);\s*$/.exec(code)?.[1]?.trim();
}

function readConstant(expression: string): string | undefined {
  if (/^(true|false)$/.test(expression) || /^\d{1,9}$/.test(expression)) return expression;
  return /^@?"([^"\\]*)"$/.exec(expression)?.[1];
}

const originHeader = String.raw`context\.Request\.Headers`;

/** Seen in public repositories (cors-semantics 4, vector OR-20). A default only counts where there is no `Origin`. */
const requestOriginShapes: readonly RegExp[] = [
  new RegExp(
    String.raw`^(?:\(string\)\s*)?${originHeader}\.GetValueOrDefault\(\s*"origin"\s*(?:,\s*(?:"[^"]*"|null|string\.Empty)\s*)?\)$`,
    'i',
  ),
  new RegExp(String.raw`^${originHeader}\s*\[\s*"origin"\s*\]\s*(?:\[\s*0\s*\]|\.First(?:OrDefault)?\(\s*\))$`, 'i'),
];
