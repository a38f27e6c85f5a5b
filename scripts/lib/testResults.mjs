/** Reads what resultsReporter.mjs wrote, prints it, and adds it up. */
import { existsSync, readFileSync } from 'node:fs';

/**
 * The counts of one stage. A stage that did not write results, did not finish, ran no test although it was not filtered,
 * or ended badly without a failed test counts as one more failure, and `complaint` says which of these it was.
 */
export function readTestResults(file, { exitCode, filtered }) {
  const { finished, tests } = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { finished: false, tests: [] };
  const count = (state) => tests.filter((test) => test.state === state).length;
  const counts = { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), complaint: undefined };
  if (!finished)
    counts.complaint = `ended before its tests did (exit code ${exitCode}, ${tests.length} of its tests reported)`;
  else if (tests.length === 0 && !filtered) counts.complaint = 'ran no test';
  else if (exitCode !== 0 && counts.failed === 0)
    counts.complaint = `ended with exit code ${exitCode} although no test failed`;
  if (counts.complaint) counts.failed += 1;
  return counts;
}

/** Prints the tests of a run that could not print them itself, because it ran inside VS Code. */
export function printTestResults(file) {
  if (!existsSync(file)) return;
  const signs = { passed: '✔', failed: '✘', skipped: '-' };
  for (const { title, state, durationMs, error } of JSON.parse(readFileSync(file, 'utf8')).tests) {
    console.log(`  ${signs[state]} ${title}${durationMs === undefined ? '' : ` (${durationMs} ms)`}`);
    if (error) console.log(error.replace(/^/gm, '      '));
  }
}
