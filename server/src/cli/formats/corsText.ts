import {
  type BrowserVerdict,
  type Call,
  type CallExplanation,
  type CorsTarget,
  capital,
  describeCall,
} from '../../core';
import type { CommandLineIo } from '../io';
import type { Places } from '../places';
import { decisionLines } from './decisionText';
import { type Palette, paletteFor, wrapBehind } from './text';

/** Everything that the text tells about one call. */
export interface ExplainedCall {
  readonly explanation: CallExplanation;
  readonly call: Call;
  readonly target: CorsTarget;
  readonly notes: readonly string[];
  readonly file: string;
}

/** `cors --format text`: the call, its requests one after the other with every step, and what the page sees. */
export function corsText(
  { explanation, call, target, notes, file }: ExplainedCall,
  places: Places,
  io: CommandLineIo,
): string {
  const palette = paletteFor(io);
  const { preflight, actual, needsPreflight, why } = explanation;
  const lines = [
    palette.bold(describeCall(call, target)),
    wrapBehind('  ', file, io),
    ...notes.map((each) => wrapBehind('  ', each, io, 2)),
    '',
  ];
  const asks = needsPreflight ? 'The browser asks first' : 'No preflight request';
  lines.push(wrapBehind('', `${asks}: ${why}.`, io, 0), '');
  if (preflight !== undefined) {
    lines.push(palette.bold('Preflight request'), ...decisionLines(preflight, places, palette, io), '');
  }
  if (actual !== undefined) {
    lines.push(palette.bold(`${call.method} request`), ...decisionLines(actual, places, palette, io), '');
  } else if (preflight !== undefined) {
    lines.push(palette.bold(`${call.method} request`), '  not sent, since the preflight request failed', '');
  }
  lines.push(...resultLines(explanation, call, palette, io));
  return `${lines.join('\n')}\n`;
}

const verdictTexts: Readonly<Record<BrowserVerdict, string>> = {
  allowed: 'the browser lets the page read the answer',
  blocked: 'the browser blocks the call',
  unknown: 'the files do not tell what the browser does',
  'depends-on-backend': 'what the browser does depends on the CORS headers of the backend',
  'not-applicable': 'no browser checks the answer',
};

function resultLines(explanation: CallExplanation, call: Call, palette: Palette, io: CommandLineIo): readonly string[] {
  const { browser, console, cachedForSeconds, preflight, actual, hints } = explanation;
  const paint = browser === 'allowed' ? palette.green : browser === 'blocked' ? palette.red : palette.yellow;
  const lines = [palette.bold(`Result: ${paint(verdictTexts[browser])}`)];
  const hangsOnReading = [preflight, actual].some((decision) =>
    decision?.alternatives.some((alternative) => alternative.browser !== decision.browser),
  );
  if (hangsOnReading) lines.push('  This may come out differently: see "otherwise" above.');
  if (console !== undefined) lines.push(wrapBehind('  Console: ', console, io, 4));
  if (preflight !== undefined && preflight.browser === 'allowed') {
    const asksAgain = `  The browser ${cachedForSeconds > 0 ? `asks again after ${cachedForSeconds} seconds: until then it sends the ${call.method} at once` : 'asks before every such call: there is no max-age'}.`;
    lines.push(wrapBehind('  ', asksAgain.trim(), io));
  }
  for (const hint of hints) lines.push(wrapBehind('  Hint: ', capital(hint), io, 4));
  return lines;
}
