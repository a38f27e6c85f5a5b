/**
 * Does work as soon as fewer than so many others are at it. Who asked last comes first: so a walk through folders ends
 * one before it begins the next, and what waits stays as small as the folders that it stands in. In the order of the
 * asking, every file of a large workspace would wait at once.
 */
export type Limiter = <T>(work: () => Promise<T>) => Promise<T>;

/** Work that waits for other work of the same limiter may never begin. */
export function createLimiter(atOnce: number): Limiter {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  const wait = (): Promise<void> =>
    new Promise((start) => {
      waiting.push(start);
    });
  const handOver = (): void => {
    const start = waiting.pop();
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
