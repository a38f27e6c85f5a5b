import { Char, isNameStart } from './characters';
import { opensDoctype, scanCdata, scanComment, scanDoctype, scanInstruction } from './enclosedScanner';
import { scanEndTag } from './endTagScanner';
import type { MarkupScan, MarkupToken } from './markupTokens';
import { createScanState, type ScanState } from './scanState';
import { scanStartTag } from './startTagScanner';
import { scanText } from './textScanner';

/**
 * Cuts the raw text into comments, CDATA, instructions, tags with their attributes, text, and policy expressions, in one
 * pass from start to end. Which end tag belongs to which start tag is decided later, by `nestTags`.
 *
 * The scan also says how the text must be masked so that sax can read it: expressions become filler, and markup that is
 * broken is completed or taken out.
 */
export function scanMarkup(text: string): MarkupScan {
  const state = createScanState(text);
  const tokens: MarkupToken[] = [];
  let index = 0;
  while (index < text.length) {
    const token = text.charCodeAt(index) === Char.less ? scanMarkupAt(state, index) : undefined;
    const next = token ?? scanText(state, index);
    tokens.push(next);
    index = next.span.end;
  }
  return { tokens, expressions: state.expressions, repairs: state.repairs, problems: state.problems };
}

/** The markup whose `<` is here; undefined where the `<` opens nothing and is text. */
function scanMarkupAt(state: ScanState, start: number): MarkupToken | undefined {
  const { text } = state;
  const code = text.charCodeAt(start + 1);
  if (isNameStart(code)) return scanStartTag(state, start);
  if (code === Char.slash) return isNameStart(text.charCodeAt(start + 2)) ? scanEndTag(state, start) : undefined;
  if (code === Char.question) return scanInstruction(state, start);
  if (code !== Char.exclamation) return undefined;
  if (text.startsWith('--', start + 2)) return scanComment(state, start);
  if (text.startsWith('[CDATA[', start + 2)) return scanCdata(state, start);
  return opensDoctype(state, start) ? scanDoctype(state, start) : undefined;
}
