/** A folder is renamed on the disk, not in VS Code: what is said of other files follows. */
import { strict as assert } from 'node:assert';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type CodeLens, commands, type Location, type Uri } from 'vscode';
import { findingOf, noFindingOf, openInEditor, portalCorsRule } from './support/extension';
import { freshSample, openedSample } from './support/samples';
import { untilDeadline } from './support/untilDeadline';

describe('a folder that is renamed on the disk', () => {
  before('the server runs', async () => {
    // VS Code's watcher may be blind in a copied folder. The server knows where to look itself when it was told of the copy.
    const { ordersPolicy } = openedSample();
    await openInEditor(ordersPolicy);
    await findingOf(ordersPolicy, portalCorsRule);
  });

  it('of a product, changes the chains of its APIs', async () => {
    const { folder, ordersPolicy } = await freshSample('renamed-product');
    await openInEditor(ordersPolicy);
    await untilTitles(ordersPolicy, ['Effective policy without a product', 'in product starter']);
    await rename(join(folder.fsPath, 'products', 'starter'), join(folder.fsPath, 'products', 'trial'));
    await untilTitles(ordersPolicy, ['Effective policy without a product', 'in product trial']);
  });

  it('of a fragment, leaves its inclusions unresolved until it has its name again', async () => {
    const { folder, globalPolicy } = await freshSample('renamed-on-disk');
    const global = await openInEditor(globalPolicy);
    const place = global.positionAt(global.getText().indexOf('correlation-id" />'));
    const definitions = async (): Promise<number> =>
      (await commands.executeCommand<Location[]>('vscode.executeDefinitionProvider', globalPolicy, place)).length;
    await untilDeadline('the definition of the fragment', definitions, (count) => count === 1);

    const fragments = join(folder.fsPath, 'policy fragments');
    await rename(join(fragments, 'correlation-id'), join(fragments, 'trace-id'));
    const { message, range } = await findingOf(globalPolicy, 'unresolved-fragment');
    assert.match(message, /"correlation-id"/);
    assert.equal(global.getText(range), 'correlation-id');
    assert.equal(await definitions(), 0);

    await rename(join(fragments, 'trace-id'), join(fragments, 'correlation-id'));
    await noFindingOf(globalPolicy, 'unresolved-fragment');
    assert.equal(await definitions(), 1);
  });

  it('of the whole service, leaves nothing behind', async () => {
    const { folder, globalPolicy } = await freshSample('renamed-service');
    await openInEditor(globalPolicy);
    const moved = `${folder.fsPath}-moved`;
    await untilSymbols('renamed-service', (files) => files.some((file) => file.startsWith(`${folder.fsPath}/`)));
    await rename(folder.fsPath, moved);
    await untilSymbols(
      'renamed-service-moved',
      (files) =>
        files.some((file) => file === join(moved, 'apis', 'orders', 'policy.xml')) &&
        // The editor still shows the global policy, as VS Code does with files that are gone.
        !files.some((file) => file.startsWith(`${folder.fsPath}/`) && file !== globalPolicy.fsPath),
    );
  });
});

/** The code lenses of a policy that name its effective policies. */
async function untilTitles(uri: Uri, expected: readonly string[]): Promise<void> {
  await untilDeadline(
    `the code lenses ${expected.join(', ')}`,
    async () => {
      const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri);
      return lenses.flatMap(({ command }) => command?.title ?? []).filter((title) => /product/i.test(title));
    },
    (titles) => expected.every((title) => titles.includes(title)) && titles.length === expected.length,
  );
}

/** The files of this sample's copies that VS Code finds under "Go to Symbol in Workspace". */
async function untilSymbols(what: string, accept: (files: readonly string[]) => boolean): Promise<void> {
  await untilDeadline(
    `symbols in ${what}`,
    async () => {
      const found = await commands.executeCommand<readonly { readonly location: Location }[]>(
        'vscode.executeWorkspaceSymbolProvider',
        'orders',
      );
      return found.map(({ location }) => location.uri.fsPath).filter((file) => file.includes('renamed-service'));
    },
    accept,
  );
}
