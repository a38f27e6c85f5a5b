/**
 * A value that is known from the files, or one that only the running gateway knows.
 *
 * *Unknown* is not *absent*: code that meets it must say so, and never treat it as "no".
 */
export type Resolved<T> = Known<T> | Unknown;

export interface Known<T> {
  readonly known: true;
  readonly value: T;
}

export interface Unknown {
  readonly known: false;
  /** A clause for people: "the value of {{spa-origin}} is not in the workspace". */
  readonly because: string;
}

export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

export function unknown(because: string): Unknown {
  return { known: false, because };
}
