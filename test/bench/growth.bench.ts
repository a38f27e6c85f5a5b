import { parsePolicyDocument } from '../../server/src/core/syntax/parsePolicyDocument';
import { maskOf, readWithBareSax } from './bareSax';
import { generatedPolicy } from './benchTexts';

/** How the time of reading grows with one property of the text. */
export interface Growth {
  readonly name: string;
  readonly steps: readonly GrowthStep[];
}

export interface GrowthStep {
  readonly amount: string;
  readonly nanosecondsPerCharacter: number;
  /** As a multiple of bare sax over the masked text. */
  readonly ratio: number;
}

interface GrowingText {
  readonly name: string;
  readonly amounts: readonly (readonly [label: string, amount: number])[];
  readonly textOf: (amount: number) => string;
}

const thousands = [
  ['1,000', 1_000],
  ['10,000', 10_000],
  ['100,000', 100_000],
] as const;

const growingTexts: readonly GrowingText[] = [
  {
    name: 'characters of text',
    amounts: [
      ['10 KB', 12],
      ['100 KB', 118],
      ['1 MB', 1_180],
      ['10 MB', 11_800],
    ],
    textOf: generatedPolicy,
  },
  {
    name: 'levels of elements',
    amounts: thousands,
    textOf: (levels) => `${'<choose>'.repeat(levels)}${'</choose>'.repeat(levels)}`,
  },
  {
    name: 'attributes of one element',
    amounts: thousands,
    textOf: (count) => `<base ${Array.from({ length: count }, (_, index) => `name-${index}="value"`).join(' ')} />`,
  },
  {
    name: 'expressions',
    amounts: thousands,
    textOf: (count) =>
      `<policies>${'<set-body>@(context.Variables["a"] + $"{b}")</set-body>\n'.repeat(count)}</policies>`,
  },
];

/** Twice as much text must take twice as long: what grows here is not linear. */
export function measureGrowth(now: () => number): readonly Growth[] {
  return growingTexts.map(({ name, amounts, textOf }) => ({
    name,
    steps: amounts.map(([amount, count]) => measureStep(amount, textOf(count), now)),
  }));
}

const charactersMeasured = 8_000_000;

function measureStep(amount: string, text: string, now: () => number): GrowthStep {
  const mask = maskOf(text);
  // Short texts are over before a clock has moved.
  const repeats = Math.max(1, Math.ceil(200_000 / text.length));
  const rounds = Math.max(4, Math.min(16, Math.ceil(charactersMeasured / text.length)));
  const timeOf = (read: () => void): number => {
    // The garbage of one round is not another's. A full collection would throw away compiled code as well.
    globalThis.gc?.({ type: 'minor' });
    const start = now();
    for (let repeat = 0; repeat < repeats; repeat++) read();
    return (now() - start) / repeats;
  };
  globalThis.gc?.();
  let parseMs = Number.POSITIVE_INFINITY;
  let saxMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    saxMs = Math.min(
      saxMs,
      timeOf(() => readWithBareSax(mask)),
    );
    parseMs = Math.min(
      parseMs,
      timeOf(() => parsePolicyDocument(text, '/bench/policy.xml', 1)),
    );
  }
  return { amount, nanosecondsPerCharacter: (parseMs * 1e6) / text.length, ratio: parseMs / saxMs };
}
