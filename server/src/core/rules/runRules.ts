import type { NamedValueLookup } from '../effective/namedValues';
import type { PolicyDocument, SyntaxFix, SyntaxProblem } from '../syntax/policyTree';
import type { Span } from '../text/span';
import type { ProjectSettings } from '../workspace/projectSettings';
import type { Severity } from '../workspace/severity';
import { type CorsElement, corsElementsOf } from './corsElement';
import type { EffectiveContext } from './effectiveContext';
import type { ReferenceContext } from './referenceContext';
import { findRule, policyRules } from './registry';
import type { Finding, Fix, RelatedLocation, Report, Rule, RuleMeta } from './rule';
import { internalError } from './workspaceRules';

/** Takes a defect of ours with its stack, for the host's log. */
export type DefectSink = (what: string, error: unknown) => void;

/** What is known around a document when the rules look at it. */
export interface RuleSurroundings {
  /** Undefined for fragments and resolvers, for texts without a known place, and while the workspace is being read. */
  readonly context?: EffectiveContext | undefined;
  readonly references?: ReferenceContext | undefined;
  readonly settings: ProjectSettings;
  /** As the document sees them. */
  readonly namedValues: NamedValueLookup;
}

/**
 * Every finding on one document, in the order of its text. The one place that decides severities, so that the editor
 * and the command line agree. A rule that dies becomes a finding, and the others still run.
 */
export function runRules(
  document: PolicyDocument,
  { context, references, settings, namedValues }: RuleSurroundings,
  onDefect: DefectSink,
): readonly Finding[] {
  const findings: Finding[] = [];
  const corsElements = corsElementsAround(document, context, settings, namedValues);
  const add = (meta: RuleMeta, report: Omit<Report, 'document'>): void => {
    const severity = severityOf(meta, report.variant, settings);
    if (severity !== undefined) findings.push(findingOf(meta.id, severity, document.path, report));
  };

  for (const problem of document.problems) {
    add(findRule(problem.ruleId) ?? internalError, syntaxReport(document, problem));
  }
  for (const rule of rulesFor(context, references, corsElements)) {
    try {
      runRule(rule, document, context, references, corsElements, (report) => add(rule.meta, report));
    } catch (error) {
      onDefect(`rule ${rule.meta.id} on ${document.path}`, error);
      add(internalError, {
        span: document.root?.nameSpan ?? { start: 0, end: 0 },
        message: defectMessage(rule.meta.id, error),
      });
    }
  }
  return findings.sort(byPlace);
}

/** A problem of the text in the words of rules. A text inside another file cannot be edited by its own spans. */
function syntaxReport({ path, version, isEmbedded }: PolicyDocument, problem: SyntaxProblem): Omit<Report, 'document'> {
  const { span, message, variant, fixes } = problem;
  const related = (problem.related ?? []).map((place) => ({ ...place, path }));
  const repair = ({ id, title, isGuess = false, edits }: SyntaxFix): Fix => ({
    id,
    title,
    isGuess,
    edits: edits.map((edit) => ({ ...edit, path, version })),
  });
  return {
    span,
    message,
    related,
    ...(variant === undefined ? {} : { variant }),
    ...(fixes === undefined || isEmbedded ? {} : { fixes: () => fixes().map(repair) }),
  };
}

/** The ids of the rules that report on what runs for requests of the context's scope, each as often as it does. */
export function reportedRules(context: EffectiveContext): readonly string[] {
  const ids: string[] = [];
  for (const rule of policyRules) rule.checkEffective?.(context, () => ids.push(rule.meta.id));
  const { document, settings, namedValues } = context;
  return [...ids, ...corsRulesOn(document, context, settings, namedValues)];
}

/** The ids of the rules that report on the `cors` elements of a document, each as often as it does. */
function corsRulesOn(
  document: PolicyDocument,
  context: EffectiveContext | undefined,
  settings: ProjectSettings,
  namedValues: NamedValueLookup,
): readonly string[] {
  const ids: string[] = [];
  for (const element of corsElementsAround(document, context, settings, namedValues)) {
    for (const rule of policyRules) rule.checkCors?.(element, () => ids.push(rule.meta.id));
  }
  return ids;
}

function corsElementsAround(
  document: PolicyDocument,
  effective: EffectiveContext | undefined,
  settings: ProjectSettings,
  namedValues: NamedValueLookup,
): readonly CorsElement[] {
  // A WebSocket API skips every cors: what stands inside one then changes nothing.
  if (effective?.apiFacts?.type === 'websocket') return [];
  const reportedOn = (other: PolicyDocument): readonly string[] => corsRulesOn(other, undefined, settings, namedValues);
  return corsElementsOf(document, { effective, settings, namedValues, reportedOn });
}

/** Those that look at what there is: most documents have no `cors`, and each keystroke asks for this. */
function rulesFor(
  context: EffectiveContext | undefined,
  references: ReferenceContext | undefined,
  corsElements: readonly CorsElement[],
): readonly Rule[] {
  return corsElements.length > 0 || context === undefined || references === undefined ? policyRules : rulesWithoutCors;
}

const rulesWithoutCors = policyRules.filter(
  ({ checkDocument, checkEffective, checkReferences }) =>
    checkDocument !== undefined || checkEffective !== undefined || checkReferences !== undefined,
);

function runRule(
  rule: Rule,
  document: PolicyDocument,
  context: EffectiveContext | undefined,
  references: ReferenceContext | undefined,
  corsElements: readonly CorsElement[],
  report: (report: Report) => void,
): void {
  rule.checkDocument?.(document, report);
  if (rule.checkCors !== undefined) for (const element of corsElements) rule.checkCors(element, report);
  if (context !== undefined) rule.checkEffective?.(context, report);
  if (references !== undefined) rule.checkReferences?.(references, report);
}

/** Undefined: switched off. A variant keeps its own level unless the rule is set to a lesser one. */
export function severityOf(
  meta: RuleMeta,
  variant: string | undefined,
  settings: ProjectSettings,
): Severity | undefined {
  const setting = settings.rules[meta.id];
  if (setting === 'off') return undefined;
  const level = variant === undefined ? undefined : meta.variants?.[variant];
  if (level === undefined) return setting ?? meta.defaultSeverity;
  return setting !== undefined && rank[setting] > rank[level] ? setting : level;
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** What users are told where a check of ours died. */
export function defectMessage(what: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `APIM Policy Lens failed here (${what}: ${reason}), so findings may be missing. Please report it with this file.`;
}

/** Makes a finding of a report. Only this file and the workspace's own findings may. */
export function findingOf(
  ruleId: string,
  severity: Severity,
  path: string,
  report: {
    readonly span: Span;
    readonly message: string;
    readonly related?: readonly RelatedLocation[];
    readonly fixes?: () => readonly Fix[];
  },
): Finding {
  let fixes: readonly Fix[] | undefined;
  return {
    ruleId,
    severity,
    path,
    span: report.span,
    message: report.message,
    related: report.related ?? [],
    get fixes() {
      fixes ??= report.fixes?.() ?? [];
      return fixes;
    },
  };
}

function byPlace(one: Finding, other: Finding): number {
  return (
    one.span.start - other.span.start ||
    one.span.end - other.span.end ||
    rank[one.severity] - rank[other.severity] ||
    (one.ruleId < other.ruleId ? -1 : 1)
  );
}
