import * as sax from 'sax';

/** What sax reads in a masked text: its tags in order, and what it objects to. Offsets are those of the text. */
export interface SaxReading {
  /** The offset of the `<` of every start tag and of every end tag, in order. */
  readonly tagStarts: readonly number[];
  readonly complaints: readonly SaxComplaint[];
}

export interface SaxComplaint {
  readonly kind: SaxComplaintKind;
  readonly offset: number;
}

export type SaxComplaintKind = 'nesting' | 'name' | 'attribute' | 'text' | 'other';

/**
 * The only place that knows sax. One `write` of the whole mask, in strict mode. Nesting is reported by `nestTags`, with
 * better places than sax knows: it has the offset of the end tag only. What remains is a safety net, since the scanner
 * takes out of the mask whatever it cannot read.
 */
export function readTags(mask: string): SaxReading {
  const parser = sax.parser(true, { strictEntities: true, position: true });
  const tagStarts: number[] = [];
  const complaints: SaxComplaint[] = [];
  let last = -1;
  const addTag = (): void => {
    // sax counts from 1 here. A self-closing tag, and an end tag that closes several elements, come more than once.
    const start = parser.startTagPosition - 1;
    if (start !== last) tagStarts.push(start);
    last = start;
  };
  parser.onopentag = () => {
    // Without this, all text of a second root would be an error of its own.
    parser.closedRoot = false;
    addTag();
  };
  parser.onclosetag = addTag;
  parser.onerror = (error) => {
    parser.error = null;
    complaints.push({ kind: classify(error.message), offset: Math.max(0, parser.position - 1) });
  };
  parser.write(mask).close();
  return { tagStarts, complaints };
}

/** Sax's own words never reach a user. */
function classify(message: string): SaxComplaintKind {
  if (/^(Unexpected close tag|Unmatched closing tag|Unclosed root tag)/.test(message)) return 'nesting';
  if (/tag ?name|closing tag|Weird empty/i.test(message)) return 'name';
  if (/attribute/i.test(message)) return 'attribute';
  if (/text|Unencoded|entity/i.test(message)) return 'text';
  return 'other';
}
