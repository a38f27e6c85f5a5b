/** A small generator with a fixed sequence per seed (mulberry32), so that a failure can be repeated. */
export interface Random {
  below(limit: number): number;
  oneOf<T>(values: readonly T[]): T;
  chance(share: number): boolean;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    oneOf: (values) => values[below(values.length)] as (typeof values)[number],
    chance: (share) => next() < share,
  };
}
