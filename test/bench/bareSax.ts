/// <reference path="../../server/src/core/syntax/sax.d.ts" />
import * as sax from 'sax';
import { maskText } from '../../server/src/core/syntax/expressionMask';
import { scanMarkup } from '../../server/src/core/syntax/markupScanner';
import { nestTags } from '../../server/src/core/syntax/tagNesting';

/** The yardstick of reading: sax with its defaults, which nobody listens to. What it makes of the text is thrown away. */
export function readWithBareSax(mask: string): void {
  const parser = sax.parser(true);
  parser.onerror = () => {
    parser.error = null;
  };
  parser.write(mask).close();
}

/** The same mask that reading the text gives to sax. */
export function maskOf(text: string): string {
  const scan = scanMarkup(text);
  return maskText(text, [...nestTags(text, scan.tokens).repairs, ...scan.repairs]);
}
