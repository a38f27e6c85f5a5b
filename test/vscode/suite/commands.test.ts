/** The extension is the one that this run is about, and what its manifest promises is there. */
import { strict as assert } from 'node:assert';
import { commands } from 'vscode';
import { extensionUnderTest, openInEditor } from './support/extension';
import { openedSample } from './support/samples';
import { untilDeadline } from './support/untilDeadline';

describe('extension', () => {
  it('comes from where this run says', () => {
    const expected = process.env['APIM_POLICY_TEST_EXTENSION_FOLDER'];
    assert.ok(expected, 'APIM_POLICY_TEST_EXTENSION_FOLDER is not set');
    const { extensionPath } = extensionUnderTest();
    assert.ok(extensionPath.startsWith(expected), `The extension runs from ${extensionPath}, not from ${expected}`);
  });

  it('is activated by a policy document', async () => {
    await openInEditor(openedSample().ordersPolicy);
    await untilDeadline(
      'the extension to be active',
      () => extensionUnderTest().isActive,
      (active) => active,
    );
  });

  it('registers every command that its manifest contributes', async () => {
    const contributed: { command: string }[] = extensionUnderTest().packageJSON.contributes?.commands ?? [];
    await untilDeadline(
      'every contributed command to be registered',
      async () => {
        const registered = new Set(await commands.getCommands(true));
        return contributed.map(({ command }) => command).filter((command) => !registered.has(command));
      },
      (missing) => missing.length === 0,
    );
    for (const { command } of contributed) assert.match(command, /^apimPolicy\./);
  });
});
