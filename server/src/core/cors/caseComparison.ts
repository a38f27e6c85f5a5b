import type { ExpectedDecision } from './corsCase';
import type { CorsDecision } from './corsOutcome';
import { findHeader, tokensOf } from './decisionHeaders';

/**
 * What was expected and what came out instead, as two JSON texts of one form: only what is expected is in them, so that
 * lines that differ are differences.
 */
export function compareWithExpected(
  { because: _, ...expected }: ExpectedDecision,
  decision: CorsDecision,
): { readonly expected: string; readonly actual: string } {
  const actual = Object.entries(expected).map(([key, wanted]) => [key, actualPart(key as Part, wanted, decision)]);
  return { expected: write(expected), actual: write(Object.fromEntries(actual)) };
}

type Part = Exclude<keyof ExpectedDecision, 'because'>;

function actualPart(key: Part, wanted: unknown, decision: CorsDecision): unknown {
  switch (key) {
    case 'headers':
      return mapNames(wanted, (name) => findHeader(decision, name) ?? null);
    case 'headersInclude':
      return mapNames(wanted, (name, tokens) => includedTokens(tokens as readonly string[], decision, name));
    case 'headersAbsent':
      return (wanted as readonly string[]).map((name) => {
        const found = findHeader(decision, name);
        return found === undefined ? name : `${name}: ${found}`;
      });
    default:
      return decision[key] ?? null;
  }
}

/** The tokens as they are asked for where all are there, else all that there are. */
function includedTokens(wanted: readonly string[], decision: CorsDecision, name: string): readonly string[] {
  const found = tokensOf(findHeader(decision, name));
  return wanted.every((token) => found.includes(token.toLowerCase())) ? wanted : found;
}

function mapNames(wanted: unknown, find: (name: string, value: unknown) => unknown): object {
  const entries = Object.entries(wanted as Readonly<Record<string, unknown>>);
  return Object.fromEntries(entries.map(([name, value]) => [name, find(name, value)]));
}

function write(value: object): string {
  return JSON.stringify(value, null, 2);
}
