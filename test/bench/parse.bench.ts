import { parsePolicyDocument } from '../../server/src/core/syntax/parsePolicyDocument';
import { maskOf, readWithBareSax } from './bareSax';
import type { Bench } from './bench';
import { type BenchTexts, sizeOf } from './benchTexts';

/** Reading texts to full trees, beside sax alone over what reading gives to it. Meant to stay below 2. */
export function parseBench({ name, texts }: BenchTexts): Bench {
  return {
    name: `parse ${name}: scan, mask, sax and tree`,
    yardstick: 'bare sax over the masked text',
    prepare() {
      const masks = texts.map(maskOf);
      return {
        size: sizeOf(texts),
        measured: () => texts.map((text) => parsePolicyDocument(text, '/bench/policy.xml', 1)),
        reference: () => masks.forEach(readWithBareSax),
      };
    },
  };
}
