/** Waiting inside the extension host: look again until it is so, and say at the deadline what was there instead. */

const lookAgainMs = 25;
const defaultTimeoutMs = 15_000;

/**
 * Calls `look` until `accept` takes what it returned, and returns that. After the deadline it throws with what was looked
 * for and what was seen last.
 */
export async function untilDeadline<T>(
  what: string,
  look: () => T | PromiseLike<T>,
  accept: (seen: T) => boolean,
  timeoutMs = defaultTimeoutMs,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (accept(seen)) return seen;
    if (Date.now() > deadline)
      throw new Error(`Waited ${timeoutMs / 1000} s for ${what}. Seen: ${JSON.stringify(seen, undefined, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
}
