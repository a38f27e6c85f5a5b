/**
 * Mocha's spec reporter that also keeps its results in the file that APIM_POLICY_TEST_RESULTS names, written anew after
 * every test: a run that dies half-way has still said what it did. test.mjs adds these files up. Inside VS Code, where
 * nobody reads the console, APIM_POLICY_TEST_QUIET keeps it from printing.
 */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Mocha.Runner.constants;

const Printer = process.env.APIM_POLICY_TEST_QUIET ? Mocha.reporters.Base : Mocha.reporters.Spec;

// biome-ignore lint/style/noDefaultExport: Mocha takes the default export of a reporter's file.
export default class ResultsReporter extends Printer {
  constructor(runner, options) {
    super(runner, options);
    const results = { finished: false, tests: [] };
    const write = () => {
      const file = process.env.APIM_POLICY_TEST_RESULTS;
      if (file) writeFileSync(file, JSON.stringify(results, undefined, 1));
    };
    const keep = (state) => (test, error) => {
      results.tests.push({
        title: test.fullTitle(),
        state,
        durationMs: test.duration,
        error: error && (error.stack ?? String(error)),
      });
      write();
    };
    write();
    runner.on(EVENT_TEST_PASS, keep('passed'));
    runner.on(EVENT_TEST_FAIL, keep('failed')); // a hook that fails comes here too
    runner.on(EVENT_TEST_PENDING, keep('skipped'));
    runner.once(EVENT_RUN_END, () => {
      results.finished = true;
      write();
    });
  }
}
