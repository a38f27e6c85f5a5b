/** Keeps what was used since the rotation before last, and lets go of the rest when it is told to rotate. */
export interface RecentCache<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  /** Does nothing while fewer entries than `enough` were used since the last one. */
  rotate(): void;
}

/** Two generations and no order inside them: using an entry costs no more than finding it. */
export function createRecentCache<Value>(enough: number): RecentCache<Value> {
  let recent = new Map<string, Value>();
  let older = new Map<string, Value>();
  return {
    get(key) {
      const found = recent.get(key);
      if (found !== undefined) return found;
      const aged = older.get(key);
      if (aged !== undefined) recent.set(key, aged);
      return aged;
    },
    set: (key, value) => {
      recent.set(key, value);
    },
    delete(key) {
      recent.delete(key);
      older.delete(key);
    },
    rotate() {
      if (recent.size < enough) return;
      older = recent;
      recent = new Map();
    },
  };
}
