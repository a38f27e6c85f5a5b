import type { CorsDecision } from '../../core';
import { capital } from '../../core';
import type { ReadCase } from '../caseFile';
import type { CommandLineIo } from '../io';
import type { Places } from '../places';
import { decisionJson } from './decisionJson';
import { paletteFor, wrapBehind } from './text';

/** What became of one case. */
export interface CaseResult {
  readonly read: ReadCase;
  readonly pass: boolean;
  /** Undefined where the case could not be judged. */
  readonly decision: CorsDecision | undefined;
  readonly difference: string | undefined;
}

/** `cors-test --format json` (contract: design, "Command line"). `actual` is null where a case could not be judged. */
export function caseResultsJson(results: readonly CaseResult[], places: Places): object {
  const passed = results.filter(({ pass }) => pass).length;
  return {
    version: 1,
    passed,
    failed: results.length - passed,
    cases: results.map(({ read, pass, decision, difference }) => ({
      id: read.case.id,
      pass,
      expected: read.expected,
      actual: decision === undefined ? null : decisionJson(decision, places),
      difference: difference ?? null,
    })),
  };
}

/** `cors-test --format text`: a line a case, what differs below it, and the counts at the end. */
export function caseResultsText(results: readonly CaseResult[], io: CommandLineIo): string {
  const palette = paletteFor(io);
  const lines: string[] = [];
  let file: string | undefined;
  for (const { read, pass, decision, difference } of results) {
    if (read.file.written !== file)
      lines.push(...(file === undefined ? [] : ['']), palette.underline(read.file.written));
    file = read.file.written;
    const { id, title, expected } = read.case;
    const mark = pass ? palette.green('pass') : palette.red('FAIL');
    const computed =
      expected === undefined && decision !== undefined ? `  → ${decision.outcome}, browser: ${decision.browser}` : '';
    lines.push(`  ${mark}  ${id}${title === undefined ? '' : `  ${title}`}${computed}`);
    if (difference !== undefined) lines.push(wrapBehind('        ', capital(difference), io));
    if (!pass && decision !== undefined) lines.push(wrapBehind('        because: ', decision.because, io, 8));
  }
  const failed = results.filter(({ pass }) => !pass).length;
  const counts = `${results.length - failed} passed, ${failed} failed`;
  return `${[...lines, ...(lines.length === 0 ? [] : ['']), palette.bold(failed > 0 ? palette.red(counts) : counts)].join('\n')}\n`;
}
