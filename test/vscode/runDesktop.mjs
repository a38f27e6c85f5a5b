/**
 * Runs the suite in a desktop VS Code with the extension as it stands in the source folder: the one that
 * APIM_POLICY_VSCODE names, else one that @vscode/test-electron downloads. Linux needs a display, or xvfb-run before this.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { fromRoot, root } from '../../scripts/lib/root.mjs';
import { testSuiteFile } from '../../scripts/lib/testSuiteBundle.mjs';
import { quietSettings } from '../../scripts/vscodeServer.mjs';
import { runSuite } from './lib/suiteRun.mjs';

await runSuite(
  async ({ workspace, dataFolder, environment }) => {
    const userFolder = join(dataFolder, 'User');
    await mkdir(userFolder, { recursive: true });
    await writeFile(join(userFolder, 'settings.json'), JSON.stringify(quietSettings));
    const folders = [`--user-data-dir=${dataFolder}`, `--extensions-dir=${join(dataFolder, 'extensions')}`];
    const chosen = process.env.APIM_POLICY_VSCODE;
    return runTests({
      ...(chosen ? { vscodeExecutablePath: chosen } : { version: 'stable', cachePath: fromRoot('.vscode-test') }),
      extensionDevelopmentPath: root,
      extensionTestsPath: testSuiteFile,
      extensionTestsEnv: environment,
      launchArgs: [workspace, ...folders],
    });
  },
  { extensionFolder: root },
);
