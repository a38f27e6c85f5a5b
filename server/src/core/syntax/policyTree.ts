import type { Span } from '../text/span';

/** How a policy expression is written: `@(…)`, or `@{…}` with statements. */
export type ExpressionForm = 'singleStatement' | 'multiStatement';

/** C# in a policy. In real files it is always a whole attribute value or the whole text of an element. */
export interface PolicyExpression {
  readonly form: ExpressionForm;
  /** `|@(…)|`. An unterminated expression ends before its attribute's closing quote, or before the next end tag. */
  readonly span: Span;
  /** Between the brackets: `@(|…|)`. */
  readonly codeSpan: Span;
  readonly isTerminated: boolean;
}

/** A named value, `{{name}}`, wherever it stands. */
export interface NamedValueReference {
  readonly name: string;
  /** `|{{name}}|` */
  readonly span: Span;
}

/**
 * One file's text as a tree. Nodes are readonly, point to their parent, and together cover the text.
 * Text inside broken markup is kept as a `skipped` node, never dropped.
 */
export type PolicyNode = PolicyElement | PolicyText | PolicyOther;

export interface PolicyElement {
  readonly kind: 'element';
  readonly name: string;
  /** `<|set-header| name="x">` */
  readonly nameSpan: Span;
  /** From the start tag's `<` to behind the end tag's `>`; an unclosed element ends where its parent goes on. */
  readonly span: Span;
  /** `|<set-header name="x">|` */
  readonly startTagSpan: Span;
  /** `|</set-header>|`; undefined where the text has none. */
  readonly endTagSpan: Span | undefined;
  /** `implied`: the text never closes the element. */
  readonly closing: 'selfClosing' | 'endTag' | 'implied';
  /** As written, in order, duplicates included. */
  readonly attributes: readonly PolicyAttribute[];
  readonly children: readonly PolicyNode[];
  readonly parent: PolicyElement | undefined;
}

export interface PolicyAttribute {
  readonly kind: 'attribute';
  readonly name: string;
  /** `<a |name|="x">` */
  readonly nameSpan: Span;
  /** `<a |name="x"|>` */
  readonly span: Span;
  /** `<a name="|x|">`; empty, behind the name, where the text has no value. */
  readonly valueSpan: Span;
  /** As written: entities are not decoded, named values not replaced. */
  readonly value: string;
  readonly quote: '"' | "'" | undefined;
  /** Where the whole value is one. */
  readonly expression: PolicyExpression | undefined;
}

export interface PolicyText {
  readonly kind: 'text';
  readonly span: Span;
  readonly parent: PolicyElement | undefined;
  /** Where the whole text, but for white space, is one. */
  readonly expression: PolicyExpression | undefined;
}

export interface PolicyOther {
  readonly kind: 'comment' | 'cdata' | 'instruction' | 'doctype' | 'skipped';
  readonly span: Span;
  readonly parent: PolicyElement | undefined;
  /** Of CDATA whose whole text, but for white space, is one: authors write raw C# so that XML readers accept it. */
  readonly expression?: PolicyExpression;
}

/** What a document is by its first element (repository-layouts, section 2). */
export type PolicyDocumentKind = 'definition' | 'fragment' | 'resolver' | 'unrecognised';

/**
 * A token of a deployment tool, `${name}` or `#name#`, that is replaced before the service sees the text: what stands
 * there then cannot be known from the file (repository-layouts, section 14).
 */
export interface Placeholder {
  /** `|${name}|` */
  readonly span: Span;
}

/** Something about the text itself that cannot be read as written. */
export interface SyntaxProblem {
  readonly ruleId: SyntaxRuleId;
  /** The smallest stretch that shows it. */
  readonly span: Span;
  /** What, why, and what to do. */
  readonly message: string;
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  /** A lesser case of the rule: in an attribute value, or where XML allows it and nobody means it. */
  readonly variant?: 'value' | 'legal';
  /** Best first; none where no repair is certain enough to be offered. Computed only when somebody asks. */
  readonly fixes?: () => readonly SyntaxFix[];
}

/** A repair of one problem by edits of the same text. */
export interface SyntaxFix {
  /** Stable among the fixes of one rule. */
  readonly id: string;
  /** What it writes or removes. */
  readonly title: string;
  /** One of several things that may have been meant: never to be applied without being asked for. */
  readonly isGuess?: boolean;
  /** In order, and apart from each other. */
  readonly edits: readonly { readonly span: Span; readonly newText: string }[];
}

/** Ids that begin with `syntax-` are about text that cannot be read as written; an excerpt can, but is no policy. */
export type SyntaxRuleId =
  | 'not-a-policy'
  | 'syntax-several-roots'
  | 'syntax-unclosed-element'
  | 'syntax-unexpected-end-tag'
  | 'syntax-incomplete-tag'
  | 'syntax-invalid-name'
  | 'syntax-duplicate-attribute'
  | 'syntax-attribute-without-value'
  | 'syntax-missing-quote'
  | 'syntax-missing-space'
  | 'syntax-unterminated-expression'
  | 'syntax-unbalanced-expression'
  | 'syntax-bare-ampersand'
  | 'syntax-bare-less-than'
  | 'syntax-unknown-entity'
  | 'syntax-invalid-character'
  | 'syntax-incomplete-markup'
  | 'syntax-comment-dashes'
  | 'syntax-comment-code'
  | 'syntax-text-outside-root'
  | 'syntax-misplaced-declaration'
  | 'syntax-conflict-marker'
  | 'syntax-malformed';

/** The result of reading one text. A result belongs to one version of one file. */
export interface PolicyDocument {
  /** Absolute, with `/`; the host's identity of the file. */
  readonly path: string;
  readonly version: number;
  readonly text: string;
  readonly kind: PolicyDocumentKind;
  /** The first element of the file, whatever its name; undefined where the text has none. */
  readonly root: PolicyElement | undefined;
  /** Everything at the top level, in order. */
  readonly nodes: readonly PolicyNode[];
  readonly expressions: readonly PolicyExpression[];
  readonly namedValues: readonly NamedValueReference[];
  /** Outside expressions and comments, in order. */
  readonly placeholders: readonly Placeholder[];
  /** True where the text is a string inside another file (a fragment held in JSON): spans count in the string, not in the file. */
  readonly isEmbedded?: boolean;
  /** Where a stretch of an embedded text stands in its file. Read it through `spanInFile`. */
  readonly embeddedAt?: (span: Span) => Span;
  /** In the order of the text. */
  readonly problems: readonly SyntaxProblem[];
}

/** Where a stretch of the document's text stands in its file, be the text the file's or a string in it. */
export function spanInFile({ embeddedAt }: PolicyDocument, span: Span): Span {
  return embeddedAt?.(span) ?? span;
}

/** The sections of a policy definition, in the order of the pipeline. */
export const sectionNames = ['inbound', 'backend', 'outbound', 'on-error'] as const;
export type SectionName = (typeof sectionNames)[number];

/** True for the name of a section. */
export function isSectionName(name: string): name is SectionName {
  return sectionNames.some((section) => section === name);
}
