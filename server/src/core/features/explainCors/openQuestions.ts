import { type CallExplanation, type CallSituation, explainCall } from '../../cors/corsCall';
import type { BrowserVerdict, CorsDecision } from '../../cors/corsOutcome';
import {
  assumptionSwitches,
  computableValues,
  describeAssumption,
  type SwitchName,
  type SwitchSettings,
  switchNames,
} from '../../cors/switches';
import { capital } from '../../text/wording';

/** Something that the answer about a call hangs on. */
export interface OpenQuestion {
  /** `documents`: Microsoft's leave it open. `gateway`: only the running one knows. */
  readonly openIn: 'documents' | 'gateway';
  /** The switch that can be looked at either way; undefined for what the gateway decides, and for several at once. */
  readonly switchName: SwitchName | undefined;
  readonly question: string;
  /** Every reading with the whole call's verdict under it; the one that the explanation takes is `isTaken`. */
  readonly readings: readonly QuestionReading[];
  readonly sources: readonly string[];
}

export interface QuestionReading {
  /** The switch's value; undefined for what the running gateway decides. */
  readonly value: string | undefined;
  readonly text: string;
  readonly isTaken: boolean;
  readonly browser: BrowserVerdict;
  readonly because: string;
}

/**
 * What an explained call depends on. A switch is among them where the other reading changes the verdict or the way to
 * it: then both are told, computed as calls of their own.
 */
export function openQuestions(situation: CallSituation, explanation: CallExplanation): readonly OpenQuestion[] {
  const decisions = [explanation.preflight, explanation.actual].filter((decision) => decision !== undefined);
  return [...switchQuestions(situation, explanation, decisions), ...otherQuestions(decisions)];
}

function switchQuestions(
  situation: CallSituation,
  explanation: CallExplanation,
  decisions: readonly CorsDecision[],
): readonly OpenQuestion[] {
  const assumptions = Object.assign({}, ...decisions.map((decision) => decision.assumptions));
  // A reading that somebody chose to look at may leave nothing open; the way back must not get lost.
  const chosen = Object.keys(situation.assume ?? {});
  return switchNames
    .filter((name) => assumptions[name] !== undefined || chosen.includes(name))
    .flatMap((name) => switchQuestion(name, situation, explanation, assumptions[name]) ?? []);
}

function switchQuestion(
  name: SwitchName,
  situation: CallSituation,
  explanation: CallExplanation,
  assumed: string | undefined,
): OpenQuestion | undefined {
  const { question, sources } = assumptionSwitches[name];
  const chosen = situation.assume?.[name];
  const taken = assumed ?? (chosen === 'unknown' ? 'true' : chosen);
  const readings = computableValues(name).map((value): QuestionReading => {
    const under =
      value === taken ? explanation : explainCall({ ...situation, assume: withSwitch(situation, name, value) });
    return {
      value,
      text: capital(describeAssumption(name, value) ?? value),
      isTaken: value === taken,
      browser: under.browser,
      because: capital(under.because),
    };
  });
  const [first] = readings;
  const isDecisive = readings.some(({ browser, because }) => browser !== first?.browser || because !== first.because);
  return isDecisive ? { openIn: 'documents', switchName: name, question, readings, sources } : undefined;
}

function withSwitch({ assume }: CallSituation, name: SwitchName, value: string): Partial<SwitchSettings> {
  return { ...assume, [name]: value } as Partial<SwitchSettings>;
}

/** What only the running gateway knows, and what takes several other readings at once; each condition once. */
function otherQuestions(decisions: readonly CorsDecision[]): readonly OpenQuestion[] {
  const questions = new Map<string, OpenQuestion & { readonly readings: QuestionReading[] }>();
  for (const { when, browser, because } of decisions.flatMap(({ alternatives }) => alternatives)) {
    const names = Object.keys(when);
    const isOfReadings = names.some((name) => (switchNames as readonly string[]).includes(name));
    if (names.length === 0 || (isOfReadings && names.length === 1)) continue;
    const question = isOfReadings ? 'Several of these at once' : capital(names.join(' and '));
    const conditions = Object.entries(when).map(([name, value]) =>
      isOfReadings ? (describeAssumption(name, value) ?? `${name}: ${value}`) : value,
    );
    const text = capital(conditions.join(isOfReadings ? ', and ' : ', '));
    const openIn = isOfReadings ? 'documents' : 'gateway';
    const known = questions.get(question) ?? { openIn, switchName: undefined, question, readings: [], sources: [] };
    questions.set(question, known);
    if (known.readings.some((reading) => reading.text === text)) continue;
    known.readings.push({ value: undefined, text, isTaken: false, browser, because: capital(because) });
  }
  return [...questions.values()];
}
