import { type CorsDecision, capital, type DecisionStep, describeAssumption, describeScope } from '../../core';
import type { CommandLineIo } from '../io';
import type { Places } from '../places';
import { type Palette, wrapBehind } from './text';

/** One request: its steps in order, its outcome, and what that hangs on. Every line is indented by two. */
export function decisionLines(
  decision: CorsDecision,
  places: Places,
  palette: Palette,
  io: CommandLineIo,
): readonly string[] {
  const { outcome, because, deciding, browser, browserBecause } = decision;
  // What the browser makes of the answer comes after the answer.
  const steps = decision.steps.filter(({ what }) => what !== 'browser');
  const lines = steps.flatMap((step, index) => stepLines(step, index + 1, places, io));
  lines.push(`  ${palette.bold(`→ ${outcome}`)}${byWhom(decision)}`);
  const isTold = steps.some((step) => capital(step.because) === capital(because));
  if (!isTold) lines.push(wrapBehind('    ', capital(because), io));
  if (deciding !== undefined) lines.push(`    decided in ${places.shownIn(deciding.document, deciding.span)}`);
  lines.push(...answerLines(decision));
  if (browser !== 'not-applicable') lines.push(wrapBehind(`    browser: ${browser}. `, capital(browserBecause), io, 6));
  return [...lines, ...assumptionLines(decision, io)];
}

function stepLines(step: DecisionStep, number: number, places: Places, io: CommandLineIo): readonly string[] {
  const where = step.place === undefined ? '' : `  ${places.shownIn(step.place.document, step.place.span)}`;
  const whose = step.scope === undefined ? '' : ` of ${describeScope(step.scope)}`;
  const line = `  ${number}. ${step.what}${whose}: ${step.result}${where}`;
  // "The cors of API orders is not reached." says no more than the line above it.
  return step.because.endsWith(`is ${step.result}.`) ? [line] : [line, wrapBehind('     ', capital(step.because), io)];
}

function byWhom({ by, scope, via }: CorsDecision): string {
  if (by === undefined || scope === undefined) return '';
  return `, by ${describeScope(scope)}${via === undefined ? '' : ` (${via.replace(':', ' ')})`}`;
}

function answerLines({ outcome, status, headers }: CorsDecision): readonly string[] {
  if (outcome === 'decided-at-runtime') return ['    answer: only known at run time'];
  const names = Object.entries(headers).map(([name, value]) => `      ${name}: ${value}`);
  const answer = status === undefined ? 'the backend decides the status' : `status ${status}`;
  return [`    answer: ${answer}${names.length === 0 ? ', no CORS headers from the gateway' : ''}`, ...names];
}

function assumptionLines({ assumptions, alternatives }: CorsDecision, io: CommandLineIo): readonly string[] {
  const taken = Object.entries(assumptions).map(([name, value]) =>
    wrapBehind(
      '    taken for true: ',
      `${describeAssumption(name, value) ?? `${name} is ${value}`} (${name}: ${value})`,
      io,
      6,
    ),
  );
  const others = alternatives.map(({ when, outcome, by, browser, because }) => {
    const conditions = Object.entries(when).map(
      ([name, value]) => `${describeAssumption(name, value) ?? `${name}: ${value}`}`,
    );
    const whose = by === undefined ? '' : ` by ${by}`;
    return wrapBehind(
      '    otherwise: ',
      `if ${conditions.join(', and ')} → ${outcome}${whose}, browser: ${browser}. ${capital(because)}`,
      io,
      6,
    );
  });
  return [...taken, ...others];
}
