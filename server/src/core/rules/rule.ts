import type { PolicyDocument } from '../syntax/policyTree';
import type { Span } from '../text/span';
import type { Severity } from '../workspace/severity';
import type { CorsElement } from './corsElement';
import type { EffectiveContext } from './effectiveContext';
import type { ReferenceContext } from './referenceContext';

export type RuleCategory = 'syntax' | 'scopes' | 'references' | 'cors' | 'project';

/** What a rule is: everything else about it (docs table, settings schema, links, SARIF rules) is derived from this. */
export interface RuleMeta {
  /** Kebab-case, for ever. */
  readonly id: string;
  /** One sentence, as in a table of rules. */
  readonly summary: string;
  readonly category: RuleCategory;
  readonly defaultSeverity: Severity;
  /** Lesser cases of the same rule and their severity; a setting for the rule never raises them. */
  readonly variants?: Readonly<Record<string, Severity>>;
  readonly fixable: boolean;
  readonly since: string;
  /** Where the facts come from: addresses, or sections of the project's pages. */
  readonly sources: readonly string[];
}

/** A place in another part of the story. */
export interface RelatedLocation {
  readonly path: string;
  readonly span: Span;
  readonly message: string;
  /** Where this stands for another finding with the same cause: "one cause, one finding". */
  readonly ruleId?: string;
}

/** A change of one file's text. Edits of one fix and file never overlap. */
export interface TextEdit {
  readonly path: string;
  readonly span: Span;
  readonly newText: string;
  /** The version of the document that the span belongs to; an edit for another version is stale and must be refused. */
  readonly version: number;
}

/** A repair. Its title says what is lost, where something is. */
export interface Fix {
  /** Stable among the fixes of one rule, for tests and settings. */
  readonly id: string;
  readonly title: string;
  /** Never to be applied without being asked for, although it is the first. */
  readonly isGuess?: boolean;
  readonly edits: readonly TextEdit[];
}

/** What rules report, before severities are decided. */
export interface Report {
  readonly document: PolicyDocument;
  readonly span: Span;
  readonly message: string;
  readonly related?: readonly RelatedLocation[];
  /** Computed only when somebody asks for them. */
  readonly fixes?: () => readonly Fix[];
  /** One of the rule's variants. */
  readonly variant?: string;
}

/** What users see. Made by runRules alone. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly path: string;
  readonly span: Span;
  readonly message: string;
  readonly related: readonly RelatedLocation[];
  /** Best first; the first is the preferred one. Computed at the first use, from the texts that the finding is about. */
  readonly fixes: readonly Fix[];
}

/** Takes a report of the rule that is running. */
export type ReportSink = (report: Report) => void;

/**
 * A rule of policies. It looks at one document: its text alone, or what runs for requests of its scope.
 * It never decides severities, and never reports on another document than the one it looks at.
 */
export interface Rule {
  readonly meta: RuleMeta;
  checkDocument?(document: PolicyDocument, report: ReportSink): void;
  checkEffective?(context: EffectiveContext, report: ReportSink): void;
  /** Each `cors` that the document itself holds, wherever one takes effect: definitions, fragments and excerpts alike. */
  checkCors?(cors: CorsElement, report: ReportSink): void;
  /** What the document's names mean, for definitions and fragments alike. */
  checkReferences?(context: ReferenceContext, report: ReportSink): void;
}
