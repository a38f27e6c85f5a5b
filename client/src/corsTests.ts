import { commands, Disposable, languages, tests, Uri, workspace } from 'vscode';
import { corsTestFileGlob } from '../../server/src/lsp/protocol';
import { corsTestCompletion } from './corsTestCompletion';
import { CorsTestFiles } from './corsTestFiles';
import { CorsTestRunner } from './corsTestRunner';
import type { PolicyServer } from './policyServer';

/** CORS tests in VS Code's Test Explorer: found, run by hand and on save, and shown where they fail. */
export function registerCorsTests(server: PolicyServer): Disposable {
  const controller = tests.createTestController('apimPolicy.corsTests', 'APIM CORS Tests');
  const files = new CorsTestFiles(controller, server);
  const runner = new CorsTestRunner(controller, files, server);
  controller.resolveHandler = (item) => (item === undefined ? files.discover() : files.read(item));
  controller.refreshHandler = () => files.refresh();
  return Disposable.from(
    controller,
    files,
    runner,
    workspace.onDidSaveTextDocument((document) => runner.saved(document)),
    languages.registerCompletionItemProvider({ pattern: corsTestFileGlob }, corsTestCompletion(server), '"'),
    commands.registerCommand('apimPolicy.runCorsTests', (resource: unknown) =>
      runner.runFiles(resource instanceof Uri ? [resource] : undefined),
    ),
  );
}
