/** What the three ways to run the suite have in common: their command line, a copy of the samples, and the environment of the tests. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fromRoot } from '../../../scripts/lib/root.mjs';
import { endOnSignals, makeTemporaryFolder } from '../../../scripts/lib/temporary.mjs';
import { printTestResults, readTestResults } from '../../../scripts/lib/testResults.mjs';
import { bundleTestSuite } from '../../../scripts/lib/testSuiteBundle.mjs';

/**
 * Runs the suite by way of `start`, which gets the run's folders and the environment for the tests, and returns VS Code's
 * exit code. Prints the results and exits with 1 unless every test passed.
 */
export async function runSuite(start, { extensionFolder, samplesFolder = fromRoot('samples') } = {}) {
  const { values } = parseArgs({ options: { grep: { type: 'string' }, results: { type: 'string' } } });
  endOnSignals();
  const folder = await makeTemporaryFolder('suite');
  const workspace = join(folder, 'workspace');
  await cp(join(samplesFolder, 'contoso-apim'), join(workspace, 'contoso-apim'), { recursive: true });
  const results = values.results ?? join(folder, 'results.json');
  const dataFolder = join(folder, 'vscode');
  await bundleTestSuite();
  const environment = {
    APIM_POLICY_TEST_RESULTS: results,
    APIM_POLICY_TEST_REPORTER: fromRoot('scripts', 'lib', 'resultsReporter.mjs'),
    APIM_POLICY_TEST_QUIET: '1',
    APIM_POLICY_TEST_SAMPLES: samplesFolder,
    APIM_POLICY_TEST_EXTENSION_FOLDER: extensionFolder ?? dataFolder,
    ...(values.grep ? { APIM_POLICY_TEST_GREP: values.grep } : {}),
  };
  const exitCode = await start({ folder, workspace, dataFolder, environment });
  printTestResults(results);
  const { failed, complaint } = readTestResults(results, { exitCode, filtered: values.grep !== undefined });
  if (complaint) console.error(`The run ${complaint}.`);
  process.exitCode = failed > 0 ? 1 : 0;
}
