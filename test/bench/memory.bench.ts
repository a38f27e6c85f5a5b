import { parsePolicyDocument } from '../../server/src/core/syntax/parsePolicyDocument';
import { type BenchTexts, sizeOf } from './benchTexts';

/** What the trees of texts take. */
export interface MemoryResult {
  readonly name: string;
  readonly size: string;
  /** Bytes of the heap behind a collection of garbage, without the text itself, for each character of the text. */
  readonly bytesPerCharacter: number;
}

const charactersMeasured = 4_000_000;

/** Keeps trees of the same texts until there are many, and looks at the heap. Needs `node --expose-gc`. */
export function measureMemory({ name, texts }: BenchTexts): MemoryResult {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('Memory is measured with node --expose-gc.');
  const characters = texts.reduce((sum, { length }) => sum + length, 0);
  const copies = Math.max(2, Math.ceil(charactersMeasured / characters));
  const read = () => texts.map((text) => parsePolicyDocument(text, '/bench/policy.xml', 1));
  const heapUsed = () => {
    gc();
    return process.memoryUsage().heapUsed;
  };
  // Compiled code is on the heap, too.
  for (let round = 0; round < copies; round++) read();
  const before = heapUsed();
  const kept = Array.from({ length: copies }, read);
  const bytesPerCharacter = (heapUsed() - before) / kept.length / characters;
  return { name, size: sizeOf(texts), bytesPerCharacter };
}
