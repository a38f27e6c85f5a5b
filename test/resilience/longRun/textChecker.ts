import { parse } from '../../support/syntax';
import { assertReadable } from '../anyText';

/** A text that was not read as it should be. */
export interface Failure {
  /** The options that read this text alone. */
  readonly recipe: string;
  readonly what: string;
}

export interface TextChecker {
  readonly failures: readonly Failure[];
  readonly textCount: number;
  /** The slowest text so far, by its multiple of the sound text's time for so many characters. */
  readonly slowest: { readonly recipe: string; readonly factor: number } | undefined;
  /** `pace` is that of the sound text: see `paceOf`. */
  check(text: string, pace: number, recipe: string): void;
}

/** Many times the pace of the sound file: problems have to be told, but nothing may be read again and again. */
const slowFactor = 10;
/** Below it, a measurement says nothing. */
const measurableMs = 1;
const repetitions = 7;
/** A busy machine can be slow for a while. */
const mostRepetitions = 50;

export function createTextChecker(now: () => number): TextChecker {
  const failures: Failure[] = [];
  let textCount = 0;
  let slowest: TextChecker['slowest'];

  const factorOf = (text: string, pace: number, parseMs: number): number => parseMs / (pace * Math.max(text.length, 1));
  return {
    failures,
    get textCount() {
      return textCount;
    },
    get slowest() {
      return slowest;
    },
    check(text, pace, recipe) {
      textCount++;
      try {
        const start = now();
        parse(text);
        let parseMs = now() - start;
        // Other work on the machine makes a run slow, never fast.
        for (let round = 0; round < mostRepetitions && parseMs >= measurableMs; round++) {
          if (factorOf(text, pace, parseMs) < (slowest?.factor ?? 1)) break;
          parseMs = Math.min(parseMs, timeOf(text, now));
        }
        const factor = parseMs < measurableMs ? 0 : factorOf(text, pace, parseMs);
        if (factor > (slowest?.factor ?? 0)) slowest = { recipe, factor };
        if (factor >= slowFactor)
          failures.push({ recipe, what: `takes ${factor.toFixed(1)} times the sound text's time` });
        assertReadable(text);
      } catch (error) {
        failures.push({ recipe, what: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      }
    },
  };
}

/** Milliseconds a character: the fastest of several readings. */
export function paceOf(text: string, now: () => number): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < repetitions; round++) fastest = Math.min(fastest, timeOf(text, now));
  return fastest / text.length;
}

function timeOf(text: string, now: () => number): number {
  const start = now();
  parse(text);
  return now() - start;
}
