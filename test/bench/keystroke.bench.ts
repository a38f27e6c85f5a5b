import { createLanguageService, DocumentStore } from '../../server/src/core';
import { parsePolicyDocument } from '../../server/src/core/syntax/parsePolicyDocument';
import { definition } from '../support/policies';
import type { Bench } from './bench';
import { type BenchTexts, sizeOf } from './benchTexts';

/** What an editor waits for behind a keystroke: the new text, its tree, and all findings of the document. Meant to stay below 2. */
export function keystrokeBench({ name, texts }: BenchTexts): Bench {
  return {
    name: `from a keystroke to the findings of ${name}`,
    yardstick: 'parsing it',
    prepare() {
      const [text = ''] = texts;
      const path = '/service/apis/shop/policy.xml';
      const store = new DocumentStore();
      store.setText('/service/policy.xml', definition('    <base />'), 1);
      store.setText(path, text, 1);
      const service = createLanguageService(store, (what, error) => {
        throw new Error(what, { cause: error });
      });
      const typed = typedTexts(text);
      let version = 1;
      return {
        size: sizeOf(texts),
        measured() {
          version++;
          store.setText(path, typed[version % typed.length] ?? text, version);
          return service.findings(path).length;
        },
        reference: () => parsePolicyDocument(typed[version % typed.length] ?? text, path, version),
      };
    },
  };
}

/** The text with a name typed into its middle, letter by letter. */
function typedTexts(text: string): readonly string[] {
  const middle = text.indexOf('\n', text.length >> 1);
  return ['<', '<b', '<ba', '<base', '<base ', '<base /', '<base />'].map(
    // Joined as a text that arrives is: in one piece.
    (typed) => [text.slice(0, middle), typed, text.slice(middle)].join(''),
  );
}
