/**
 * What VS Code calls to run the tests inside its extension host (`extensionTestsPath`). The three runners beside this
 * folder differ only in where the extension host comes from. They pass on what the tests need in the environment.
 */
import Mocha from 'mocha';

/** Runs every test; rejects when one failed, which VS Code turns into its exit code. */
export async function run(): Promise<void> {
  const grep = process.env['APIM_POLICY_TEST_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    reporter: process.env['APIM_POLICY_TEST_REPORTER'] ?? 'spec',
    ...(grep ? { grep } : {}),
  });
  // What Mocha does itself for files that it loads: afterwards describe and it are globals.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./languageDetection.test');
  await import('./commands.test');
  await import('./warning.test');
  await import('./hover.test');
  await import('./colours.test');
  await import('./quickFixes.test');
  await import('./crossFileUpdate.test');
  await import('./effectivePolicy.test');
  await import('./languageChoice.test');
  await import('./editing.test');
  await import('./formatting.test');
  await import('./references.test');
  await import('./folderRename.test');
  await import('./scopes.test');
  await import('./corsTests.test');
  await import('./clientLife.test');
  const failures = await new Promise<number>((done) => mocha.run(done));
  if (failures > 0) throw new Error(`${failures} of the tests failed`);
}
