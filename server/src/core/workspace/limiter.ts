/** Does work as soon as fewer than so many others are at it, in the order of the asking. */
export type Limiter = <T>(work: () => Promise<T>) => Promise<T>;

/** Work that waits for other work of the same limiter may never begin. */
export function createLimiter(atOnce: number): Limiter {
  let free = atOnce;
  // A chain and not a list: thousands may wait, and taking the first of a long list costs its length.
  let first: Waiting | undefined;
  let last: Waiting | undefined;
  const wait = (): Promise<void> =>
    new Promise((start) => {
      const waiting: Waiting = { start, next: undefined };
      if (last === undefined) first = waiting;
      else last.next = waiting;
      last = waiting;
    });
  const handOver = (): void => {
    const { start, next } = first ?? {};
    first = next;
    if (next === undefined) last = undefined;
    // The place goes to who waits longest; nobody who asks meanwhile gets before it.
    if (start === undefined) free++;
    else start();
  };
  return async (work) => {
    if (free > 0) free--;
    else await wait();
    try {
      return await work();
    } finally {
      handOver();
    }
  };
}

interface Waiting {
  readonly start: () => void;
  next: Waiting | undefined;
}
