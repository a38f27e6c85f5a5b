import { createLineIndex } from '../text/lineIndex';
import { lineStartsOf } from '../text/lineStarts';
import { capital } from '../text/wording';
import { type CorsCase, situationOfCase } from './corsCase';
import { decideCors } from './corsDecision';
import type { CorsDecision, PolicyPlace } from './corsOutcome';
import type { CorsSituation } from './corsSituation';
import type { CorsQuestion, CorsTarget } from './corsTarget';
import { type CaseJudgement, judgeCase } from './judgeCase';

/** What became of a case. */
export interface CorsCaseRun extends CaseJudgement {
  readonly decision: CorsDecision;
}

/** What is to be asked of the repository for a case with a target. */
export function questionOfCase({ request, target }: CorsCase): CorsQuestion {
  return {
    operation: target?.operation,
    product: target?.product,
    key: request.subscriptionKeyIn ?? 'none',
    method: request.accessControlRequestMethod ?? request.method,
  };
}

/** Decides and judges a case: on what the repository says of its target, or on its own policies where it has none. */
export function runCorsCase(corsCase: CorsCase, target: CorsTarget | undefined): CorsCaseRun {
  const situation = target === undefined ? situationOfCase(corsCase, undefined) : situationOfTarget(corsCase, target);
  const decision = decideCors(situation);
  return { decision, ...judgeCase(corsCase, decision) };
}

/** The case's own context comes before what the repository tells. */
function situationOfTarget({ request, context }: CorsCase, target: CorsTarget): CorsSituation {
  const { namedValues = {}, ...facts } = context;
  return {
    ...target.policies,
    namedValues: (name, scope) => {
      const value = Object.hasOwn(namedValues, name) ? namedValues[name] : undefined;
      return value === undefined ? target.policies.namedValues(name, scope) : { known: true, value };
    },
    request,
    facts: { ...target.facts, ...facts },
    assume: target.assume,
  };
}

/**
 * Why a case came out as it did, a sentence each: what became of the request, what the browser says, and the line that
 * decides. `showPlace` writes a place for people: `apis/orders/policy.xml:3:5`.
 */
export function explainCaseRun(
  { decision }: CorsCaseRun,
  showPlace: (place: PolicyPlace) => string,
): readonly string[] {
  const { because, browser, browserBecause, deciding } = decision;
  return [
    `Because: ${capital(because)}`,
    ...(browser === 'not-applicable' ? [] : [`Browser: ${browser}. ${capital(browserBecause)}`]),
    ...(deciding === undefined ? [] : [`Decided in ${showPlace(deciding)}: ${lineOf(deciding)}`]),
  ];
}

/** The line that a place begins on, without its indentation, and no longer than people want to read. */
export function lineOf({ document, span }: PolicyPlace): string {
  const { line } = createLineIndex(document.text).positionAt(span.start);
  const starts = lineStartsOf(document.text);
  const text = document.text.slice(starts[line], starts[line + 1]).trim();
  return text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
}

const longestLine = 120;
