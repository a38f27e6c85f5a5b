import type { CorsDecision } from './corsOutcome';

/** A header of the answer; names are compared without regard to case. */
export function findHeader({ headers }: CorsDecision, name: string): string | undefined {
  const key = name.toLowerCase();
  return Object.entries(headers).find(([candidate]) => candidate.toLowerCase() === key)?.[1];
}

/** What a header's list holds, in lower case. */
export function tokensOf(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(',')
    .map((token) => token.trim().toLowerCase())
    .filter((token) => token !== '');
}
