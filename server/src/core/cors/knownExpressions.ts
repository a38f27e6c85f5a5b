import { known, type Resolved, unknown } from '../effective/resolved';
import type { ExpressionForm } from '../syntax/policyTree';
import { NotUnderstood } from './expressions/csharpSyntax';
import { parseExpression, parseStatements } from './expressions/parseCsharp';
import { runCsharp } from './expressions/runCsharp';

/** What an expression is known to return. */
export type KnownExpression =
  /** The same, whatever the request. */
  | { readonly kind: 'constant'; readonly value: string }
  /** It depends on the request's `Origin` header and on nothing else. */
  | { readonly kind: 'ofOrigin'; readonly valueFor: (origin: string | undefined) => Resolved<string> };

/**
 * Understands expressions that rest on nothing but constants and the request's `Origin` header: texts, lists, the usual
 * methods of both, conditions, variables. Undefined for everything else, which only the running gateway can decide.
 *
 * Policies in public repositories split a named value and return the origin where it is contained (cors-semantics 4).
 */
export function readKnownExpression(code: string, form: ExpressionForm): KnownExpression | undefined {
  const parsed = understood(() => (form === 'multiStatement' ? parseStatements(code) : parseExpression(code)));
  if (parsed === undefined) return undefined;
  let isAsked = false;
  const run = (value: string | undefined): string | undefined => {
    const origin = (): string | undefined => {
      isAsked = true;
      return value;
    };
    return understood(() => textOf(runCsharp(parsed, { origin })));
  };
  const probe = run(probes[0]);
  if (!isAsked) return probe === undefined ? undefined : { kind: 'constant', value: probe };
  const valueFor = (origin: string | undefined): Resolved<string> => {
    const value = run(origin);
    return value === undefined ? unknown('a policy expression is evaluated by the gateway') : known(value);
  };
  return { kind: 'ofOrigin', valueFor };
}

/** Origins that nobody lists: an expression that returns them all returns whatever arrives. */
const probes: readonly [string, ...string[]] = [
  'https://a1b2c3.example',
  'http://z9y8x7.invalid:8081',
  'capacitor://q4w5e6.test',
  'null',
];

/** True where the expression admits whatever origin arrives. */
export function repeatsEveryOrigin(valueFor: (origin: string) => Resolved<string>): boolean {
  return probes.every((origin) => {
    const value = valueFor(origin);
    return value.known && value.value === origin;
  });
}

function textOf(value: unknown): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  throw new NotUnderstood();
}

function understood<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}
