import type { CorsCase, ExpectedDecision } from './corsCase';
import type { CorsDecision, DecisionAlternative } from './corsOutcome';
import { findHeader, tokensOf } from './decisionHeaders';

/** Whether a case holds. */
export interface CaseJudgement {
  /** `computed`: the case names nothing that it expects, so it can neither pass nor fail. */
  readonly verdict: 'passed' | 'failed' | 'computed';
  /** Empty unless it has failed. */
  readonly differences: readonly CaseDifference[];
}

/** One thing that is not as it is expected. */
export interface CaseDifference {
  /** Where `expected` says so: `["headers", "Vary"]`. */
  readonly path: readonly string[];
  /** "status: expected 404, got 200" */
  readonly text: string;
}

/**
 * A case passes when all that `expected` names holds, or, where it has `assumptions`, when the decision or its alternative
 * under those assumptions has that outcome, `by` and browser (contracts, `cors-test`).
 */
export function judgeCase(corsCase: CorsCase, decision: CorsDecision): CaseJudgement {
  const { expected, assumptions } = corsCase;
  if (expected === undefined || !namesAnything(expected)) return { verdict: 'computed', differences: [] };
  const differences = compare(expected, decision);
  const isMet =
    differences.length === 0 ||
    (assumptions !== undefined && isResult(expected, underAssumptions(decision, assumptions)));
  return isMet ? { verdict: 'passed', differences: [] } : { verdict: 'failed', differences };
}

/** `because` is for people. */
function namesAnything({ because: _, ...compared }: ExpectedDecision): boolean {
  return Object.values(compared).some(
    (part) => typeof part !== 'object' || part === null || Object.keys(part).length > 0,
  );
}

type Result = Pick<DecisionAlternative, 'outcome' | 'by' | 'browser'>;

/**
 * What the decision says under these settings of the switches. Alternatives are listed smallest change first, and each
 * only where a smaller one does not say the same, so the last that fits is the answer.
 */
function underAssumptions(decision: CorsDecision, assumptions: Readonly<Record<string, unknown>>): Result | undefined {
  const fits = (settings: Readonly<Record<string, string>>): boolean =>
    Object.entries(settings).every(([name, value]) => assumptions[name] === value);
  const alternative = decision.alternatives.findLast(({ when }) => fits(when));
  if (alternative !== undefined) return alternative;
  const isContradicted = Object.entries(decision.assumptions).some(
    ([name, value]) =>
      assumptions[name] !== undefined && assumptions[name] !== 'unknown' && assumptions[name] !== value,
  );
  return isContradicted ? undefined : decision;
}

function isResult(expected: ExpectedDecision, result: Result | undefined): boolean {
  if (result === undefined) return false;
  return (
    (expected.outcome === undefined || expected.outcome === result.outcome) &&
    (expected.by === undefined || (expected.by ?? undefined) === result.by) &&
    (expected.browser === undefined || expected.browser === result.browser)
  );
}

function compare(expected: ExpectedDecision, decision: CorsDecision): readonly CaseDifference[] {
  const differences: CaseDifference[] = [];
  const differs = (path: readonly string[], wanted: string, found: string): void => {
    differences.push({ path, text: `${path.at(-1)}: expected ${wanted}, got ${found}` });
  };
  for (const key of ['outcome', 'by', 'via', 'status', 'browser'] as const) {
    const wanted = expected[key];
    const found = decision[key] ?? null;
    if (wanted !== undefined && wanted !== found) differs([key], show(wanted), show(found));
  }
  for (const [name, wanted] of Object.entries(expected.headers ?? {})) {
    const found = findHeader(decision, name) ?? null;
    if (wanted !== found) differs(['headers', name], show(wanted), show(found));
  }
  for (const [name, tokens] of Object.entries(expected.headersInclude ?? {})) {
    const found = tokensOf(findHeader(decision, name));
    const missing = tokens.filter((token) => !found.includes(token.toLowerCase()));
    if (missing.length > 0) differs(['headersInclude', name], `${missing.join(', ')} in it`, show(found.join(', ')));
  }
  for (const [index, name] of (expected.headersAbsent ?? []).entries()) {
    const found = findHeader(decision, name);
    if (found !== undefined) {
      differences.push({ path: ['headersAbsent', String(index)], text: `${name}: expected none, got ${show(found)}` });
    }
  }
  return differences;
}

function show(value: string | number | null): string {
  return value === null || value === '' ? 'nothing' : String(value);
}
