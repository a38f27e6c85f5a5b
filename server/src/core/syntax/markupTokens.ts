import type { Span } from '../text/span';
import type { PolicyAttribute, PolicyExpression, SyntaxProblem } from './policyTree';

/** One piece of markup, as the scanner finds it: before nesting, before sax. In order, tokens cover the text. */
export type MarkupToken = StartTagToken | EndTagToken | TextToken | OtherToken;

export interface StartTagToken {
  readonly kind: 'startTag';
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly attributes: readonly PolicyAttribute[];
  readonly isSelfClosing: boolean;
  /** False where the `>` is missing. */
  readonly isComplete: boolean;
  /** Its shape is reported already, so that nothing else about it needs to be. */
  readonly isDamaged: boolean;
  /** The mask holds the name without its last character, which made room for a missing `>`. */
  readonly isNameShortened: boolean;
}

export interface EndTagToken {
  readonly kind: 'endTag';
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  /** Whether it has its `>`; if not, whether the mask has white space behind the name to put one. */
  readonly mark: 'present' | 'missing' | 'missingWithoutRoom';
}

export interface TextToken {
  readonly kind: 'text';
  readonly span: Span;
  /** Where the text begins with one, whatever follows it. */
  readonly expression: PolicyExpression | undefined;
}

export interface OtherToken {
  readonly kind: 'comment' | 'cdata' | 'instruction' | 'doctype' | 'skipped';
  readonly span: Span;
  /** Of CDATA whose whole text is one. */
  readonly expression?: PolicyExpression;
}

/** What the mask has instead of the text: `filler` for every character. */
export interface MaskRepair {
  readonly start: number;
  readonly end: number;
  /** `x` where text must stay text, a space where markup disappears, `>` and `/` where they complete a tag. */
  readonly filler: 'x' | ' ' | '>' | '/';
}

/** Everything that one pass over the raw text finds. */
export interface MarkupScan {
  readonly tokens: readonly MarkupToken[];
  readonly expressions: readonly PolicyExpression[];
  /** One may lie in another, which then wins; no two overlap otherwise. */
  readonly repairs: readonly MaskRepair[];
  readonly problems: readonly SyntaxProblem[];
}
