import type { CorsCase, ExpectedDecision } from './corsCase';
import type { CorsDecision, DecisionAlternative } from './corsOutcome';

/** Whether a case holds; where it does not, what differs, for people. */
export interface CaseJudgement {
  readonly pass: boolean;
  /** Undefined where it passes. */
  readonly difference: string | undefined;
}

/**
 * A case passes when all that `expected` names holds, or, where it has `assumptions`, when the decision or its alternative
 * under those assumptions has that outcome, `by` and browser (contracts, `cors-test`). Without `expected` it passes.
 */
export function judgeCase(corsCase: CorsCase, decision: CorsDecision): CaseJudgement {
  const { expected, assumptions } = corsCase;
  if (expected === undefined) return { pass: true, difference: undefined };
  const differences = compare(expected, decision);
  if (differences.length === 0) return { pass: true, difference: undefined };
  const pass = assumptions !== undefined && isResult(expected, underAssumptions(decision, assumptions));
  return { pass, difference: pass ? undefined : differences.join('; ') };
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

function compare(expected: ExpectedDecision, decision: CorsDecision): readonly string[] {
  const differences: string[] = [];
  for (const key of ['outcome', 'by', 'via', 'status', 'browser'] as const) {
    const wanted = expected[key];
    if (wanted === undefined) continue;
    const found = decision[key] ?? null;
    if (wanted !== found) differences.push(`${key}: expected ${show(wanted)}, got ${show(found)}`);
  }
  for (const [name, wanted] of Object.entries(expected.headers ?? {})) {
    const found = findHeader(decision, name) ?? null;
    if (wanted !== found) differences.push(`${name}: expected ${show(wanted)}, got ${show(found)}`);
  }
  for (const [name, tokens] of Object.entries(expected.headersInclude ?? {})) {
    const found = tokensOf(findHeader(decision, name));
    const missing = tokens.filter((token) => !found.includes(token.toLowerCase()));
    if (missing.length > 0)
      differences.push(`${name}: expected ${missing.join(', ')} in it, got ${show(found.join(', '))}`);
  }
  for (const name of expected.headersAbsent ?? []) {
    const found = findHeader(decision, name);
    if (found !== undefined) differences.push(`${name}: expected none, got ${show(found)}`);
  }
  return differences;
}

function findHeader(decision: CorsDecision, name: string): string | undefined {
  const key = name.toLowerCase();
  return Object.entries(decision.headers).find(([candidate]) => candidate.toLowerCase() === key)?.[1];
}

function tokensOf(value: string | undefined): readonly string[] {
  return (value ?? '').split(',').map((token) => token.trim().toLowerCase());
}

function show(value: string | number | null): string {
  return value === null ? 'nothing' : String(value);
}
