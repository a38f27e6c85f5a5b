/** An end tag that may be missing behind a `>` or `</`, while the server is asked and the person types on. */
export interface MissingEndTag {
  /** Behind what was typed. */
  readonly askedAt: number;
  /** Where an end tag that belongs behind the content is inserted: behind all that was typed there since. */
  readonly contentEnd: number;
}

/** A change of a text: what is replaced, in the text before it, and by what. */
export interface TextChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** The same places in the text after somebody's change; undefined where the change took one of them away. */
export function carryOver(
  { askedAt, contentEnd }: MissingEndTag,
  { rangeOffset, rangeLength, text }: TextChange,
): MissingEndTag | undefined {
  const rangeEnd = rangeOffset + rangeLength;
  const moved = text.length - rangeLength;
  if (rangeEnd < askedAt) return { askedAt: askedAt + moved, contentEnd: contentEnd + moved };
  if (rangeOffset < askedAt) return undefined;
  if (rangeEnd <= contentEnd) return { askedAt, contentEnd: contentEnd + moved };
  return rangeOffset > contentEnd || rangeLength === 0 ? { askedAt, contentEnd } : undefined;
}

/**
 * The same places after an end tag was inserted for another element. Where both end at one place, the end tag of the
 * inner one comes first: `<outer><inner>¦</outer>`.
 */
export function makeRoom(
  { askedAt, contentEnd }: MissingEndTag,
  inserted: { readonly offset: number; readonly length: number; readonly isOuter: boolean },
): MissingEndTag {
  const { offset, length, isOuter } = inserted;
  const isBehind = contentEnd > offset || (contentEnd === offset && !isOuter);
  return {
    askedAt: askedAt > offset ? askedAt + length : askedAt,
    contentEnd: isBehind ? contentEnd + length : contentEnd,
  };
}

/** True for text that cannot change what the server said: it has no markup. */
export function isPlainContent({ text, rangeLength }: TextChange): boolean {
  return rangeLength === 0 && !text.includes('<');
}
