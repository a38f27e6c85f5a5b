/** Names longer than this are not compared: the work grows with the product of the lengths. */
const longestName = 100;

/**
 * The candidate that a name was probably meant to be: the one with the fewest changed letters, of equally near ones the
 * first. Undefined where none is near: at most a third of the letters, and never more than three, may be others.
 */
export function closestName(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Math.min(3, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= fewest || candidate.length > longestName) continue;
    const changes = changedLetters(name.toLowerCase(), candidate.toLowerCase());
    if (changes >= fewest) continue;
    best = candidate;
    fewest = changes;
  }
  return best;
}

/** How many letters are inserted, removed or replaced between the two. */
function changedLetters(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[other.length] as number;
}
