/** Runs the suite in VS Code's server with the extension as it stands in the source folder (dist must be built). */
import { root } from '../../scripts/lib/root.mjs';
import { runInServer } from './lib/runInServer.mjs';
import { runSuite } from './lib/suiteRun.mjs';

await runSuite((run) => runInServer(run, { developmentFolder: root }), { extensionFolder: root });
