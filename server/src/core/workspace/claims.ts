import type { FactProblem } from './service';

/** A file that may hold the one policy of a scope, or the one text of a fragment. */
export interface Claim {
  readonly path: string;
  /** What is claimed: scopeKey or idKey. */
  readonly key: string;
  /** The same for people: "the policy of API orders". */
  readonly what: string;
  readonly by: keyof typeof ranks;
}

/** Whose word counts first. A guess claims nothing. */
const ranks = { project: 0, comment: 1, certain: 2, derived: 3, information: 4 };

/** Settles which file counts for each key: the one with the best word, else the first by path. The others are problems. */
export function settleClaims(
  claims: readonly Claim[],
  relativePath: (path: string) => string,
): { readonly paths: ReadonlyMap<string, string>; readonly problems: readonly FactProblem[] } {
  const winners = new Map<string, Claim>();
  for (const claim of claims) {
    const best = winners.get(claim.key);
    if (best === undefined || comesBefore(claim, best)) winners.set(claim.key, claim);
  }
  const problems = claims.flatMap((claim) => {
    const winner = winners.get(claim.key) as Claim;
    return winner === claim ? [] : [losingClaim(claim, winner, relativePath)];
  });
  return { paths: new Map([...winners].map(([key, { path }]) => [key, path])), problems };
}

function comesBefore(one: Claim, other: Claim): boolean {
  return one.by === other.by ? one.path < other.path : ranks[one.by] < ranks[other.by];
}

function losingClaim(claim: Claim, winner: Claim, relativePath: (path: string) => string): FactProblem {
  const both = `${relativePath(winner.path)} and ${relativePath(claim.path)} both hold ${claim.what}.`;
  const message = `${both} The former counts, ${reasonFor(winner, claim)}, so this file takes no part in other policies. Remove one of them, or name the right one under "scopes" in apim-policy.config.json.`;
  return { path: claim.path, span: { start: 0, end: 0 }, message };
}

function reasonFor(winner: Claim, claim: Claim): string {
  if (winner.by === claim.by) return 'being the first by path';
  if (winner.by === 'project') return 'because the project file names it';
  if (winner.by === 'comment') return 'because a comment in it says so';
  if (claim.by === 'information') return 'because it has a file of its own';
  return 'because its place in the folders says so';
}
