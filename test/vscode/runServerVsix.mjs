/**
 * Runs the suite in VS Code's server with the packaged extension (dist/apim-policy-lens.vsix must be there) installed in
 * it. VS Code runs tests only beside an extension under development, so an empty one takes that place.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vsixFile } from '../../scripts/package.mjs';
import { runInServer } from './lib/runInServer.mjs';
import { runSuite } from './lib/suiteRun.mjs';

await runSuite(async (run) => {
  const developmentFolder = join(run.folder, 'runner');
  await mkdir(developmentFolder);
  const manifest = { name: 'runner', publisher: 'test', version: '0.0.0', engines: { vscode: '*' }, main: './main.js' };
  await writeFile(join(developmentFolder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(developmentFolder, 'main.js'), 'exports.activate = () => {};\n');
  return runInServer(run, { developmentFolder, vsix: vsixFile });
});
