import { Location, type TestItem, TestMessage, type TestRun, Uri } from 'vscode';
import type { CorsTestResult, CorsTestRun } from '../../server/src/lsp/protocol';
import { toRange } from './corsTestFiles';

/** Tells VS Code what became of a case. */
export function report(result: CorsTestResult, item: TestItem, run: TestRun): void {
  run.started(item);
  switch (result.verdict) {
    case 'passed':
      run.passed(item);
      break;
    case 'computed':
      // Neither passed nor failed: it expects nothing.
      appendLines(run, item, [nameOf(item), result.message, ...result.because]);
      run.skipped(item);
      break;
    case 'error':
      run.errored(item, at(item, result, new TestMessage(result.message)));
      break;
    case 'failed':
      appendLines(run, item, [nameOf(item), result.message, ...result.because]);
      run.failed(item, failureMessages(result, item));
      break;
  }
}

function nameOf({ label, description }: TestItem): string {
  return description ?? label;
}

/** One at the expectation, with both texts side by side, and one at the line of the policy that decides. */
function failureMessages(result: CorsTestResult, item: TestItem): TestMessage[] {
  const { message, because, comparison, deciding } = result;
  const text = [message, ...because].join('\n');
  const difference =
    comparison === null ? new TestMessage(text) : TestMessage.diff(text, comparison.expected, comparison.actual);
  if (deciding === null) return [at(item, result, difference)];
  const decides = new TestMessage(
    `This line decides the CORS test "${nameOf(item)}". ${message.replaceAll('\n', '; ')}`,
  );
  decides.location = new Location(Uri.parse(deciding.uri), toRange(deciding.range));
  return [at(item, result, difference), decides];
}

function at({ uri }: TestItem, { range }: CorsTestResult, message: TestMessage): TestMessage {
  if (uri !== undefined) message.location = new Location(uri, toRange(range));
  return message;
}

/** Tells VS Code what is wrong with a file of tests. */
export function reportProblems({ problems }: CorsTestRun, file: TestItem, run: TestRun): void {
  const messages = problems.map(({ range, message }) => {
    const told = new TestMessage(message);
    if (file.uri !== undefined) told.location = new Location(file.uri, toRange(range));
    return told;
  });
  run.errored(file, messages);
}

/** The output is a terminal, with a terminal's line ends. */
function appendLines(run: TestRun, item: TestItem, lines: readonly string[]): void {
  run.appendOutput(`${lines.join('\n').replaceAll('\n', '\r\n')}\r\n\r\n`, undefined, item);
}
