import { type CorsCaseRun, capital, explainCaseRun } from '../../core';
import type { ReadCase } from '../caseFile';
import type { CommandError } from '../commandError';
import type { CommandLineIo } from '../io';
import type { Places } from '../places';
import { decisionJson } from './decisionJson';
import { type Palette, paletteFor, wrapBehind } from './text';

/** What became of one case: its run, or why there is none. */
export type CaseResult =
  | { readonly read: ReadCase; readonly run: CorsCaseRun; readonly error: undefined }
  | { readonly read: ReadCase; readonly run: undefined; readonly error: CommandError };

/** How many cases ended how. A case that could not be judged has failed. */
export function countResults(results: readonly CaseResult[]): Readonly<Record<CorsCaseRun['verdict'], number>> {
  const counts = { passed: 0, failed: 0, computed: 0 };
  for (const { run } of results) counts[run?.verdict ?? 'failed']++;
  return counts;
}

/**
 * `cors-test --format json` (contract: design, "Command line"). A case that expects nothing is counted apart, and `pass`
 * is true for it, since nothing contradicts it. `actual` is null where a case could not be judged.
 */
export function caseResultsJson(results: readonly CaseResult[], places: Places): object {
  return {
    version: 1,
    ...countResults(results),
    cases: results.map(({ read, run, error }) => ({
      id: read.case.id,
      file: read.file.written,
      line: read.line - 1,
      verdict: run?.verdict ?? 'failed',
      pass: run !== undefined && run.verdict !== 'failed',
      expected: read.expected ?? null,
      actual: run === undefined ? null : decisionJson(run.decision, places),
      difference: run === undefined ? error.message : differenceOf(run),
    })),
  };
}

function differenceOf({ differences }: CorsCaseRun): string | null {
  return differences.length === 0 ? null : differences.map(({ text }) => text).join('; ');
}

/** `cors-test --format text`: a line a case, what differs below it and why, and the counts at the end. */
export function caseResultsText(results: readonly CaseResult[], places: Places, io: CommandLineIo): string {
  const palette = paletteFor(io);
  const lines: string[] = [];
  let file: string | undefined;
  for (const result of results) {
    const { written } = result.read.file;
    if (written !== file) lines.push(...(file === undefined ? [] : ['']), palette.underline(written));
    file = written;
    lines.push(...caseLines(result, places, palette, io));
  }
  const { passed, failed, computed } = countResults(results);
  const counts = `${passed} passed, ${failed} failed${computed === 0 ? '' : `, ${computed} only computed`}`;
  return `${[...lines, ...(lines.length === 0 ? [] : ['']), palette.bold(failed > 0 ? palette.red(counts) : counts)].join('\n')}\n`;
}

function caseLines({ read, run, error }: CaseResult, places: Places, palette: Palette, io: CommandLineIo) {
  const { id, title } = read.case;
  const name = `${id}${title === undefined ? '' : `  ${title}`}`;
  const indented = (text: string): string => wrapBehind(' '.repeat(8), text, io, 10);
  if (run === undefined) return [`  ${palette.red('FAIL')}  ${name}`, indented(capital(error.message))];
  if (run.verdict === 'passed') return [`  ${palette.green('pass')}  ${name}`];
  if (run.verdict === 'computed') {
    const { outcome, browser } = run.decision;
    return [`  ${palette.dim('info')}  ${name}  → ${outcome}, browser: ${browser} (it expects nothing)`];
  }
  return [
    `  ${palette.red('FAIL')}  ${name}`,
    ...run.differences.map(({ text }) => indented(capital(text))),
    ...explainResult(read, run, places).map(indented),
  ];
}

/** Sentences on why the case came out so. A place in a policy of the case's own is one in the file of cases. */
export function explainResult(read: ReadCase, run: CorsCaseRun, places: Places): readonly string[] {
  return explainCaseRun(run, (place) => read.shownInline(place) ?? places.shownIn(place.document, place.span));
}
