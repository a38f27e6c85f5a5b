/** What a person sees of the CORS map in VS Code, in three themes, and the way through it with the keyboard alone. */
import { strict as assert } from 'node:assert';
import { untilDeadline } from '../../../scripts/lib/untilDeadline.mjs';
import { openTimeoutMs, openVisibleVscode } from '../lib/visibleVscode.mjs';

for (const theme of ['Default Light Modern', 'Default Dark Modern', 'Default High Contrast']) {
  describe(`visible CORS map: ${theme}`, function () {
    this.timeout(60_000);
    this.bail(true);

    let vscode;
    let page;
    let map;

    before(async function () {
      this.timeout(openTimeoutMs);
      vscode = await openVisibleVscode({
        purpose: 'cors-map',
        theme,
        file: 'policy.xml',
        settings: { 'files.autoSave': 'off' },
        viewport: { width: 1500, height: 900 },
      });
      page = vscode.page;
      await page.locator('.view-line', { hasText: '<cors' }).first().waitFor();
      // The palette does not learn of commands that come while it is open.
      await page.locator('.codelens-decoration', { hasText: 'Explain a CORS request' }).first().waitFor();
      await runCommand('APIM Policy Lens', 'Show CORS Map');
      map = page.frameLocator('iframe.webview.ready').frameLocator('iframe');
      await map.locator('.map-cell').first().waitFor();
    });

    after(() => vscode?.close());

    afterEach(async function () {
      if (this.currentTest.state === 'failed') await vscode?.keepPicture('failed');
    });

    async function runCommand(category, title) {
      // A click first: VS Code takes keys when something of it has the focus.
      await page.locator('.tab.active', { hasText: 'policy.xml' }).click();
      const input = page.locator('.quick-input-widget:visible');
      const wanted = input.locator('.monaco-list-row', { hasText: title }).first();
      const succeeds = (step) =>
        step.then(
          () => true,
          () => false,
        );
      const timeout = 3_000;
      // On a busy machine a key may come before VS Code listens, a command after the palette was opened, and the palette goes
      // where something else takes the focus.
      const shown = async () => {
        await page.keyboard.press('F1');
        if (!(await succeeds(input.waitFor({ timeout })))) return false;
        const typed = input.locator('input[type="text"]').fill(`>${category}: ${title}`, { timeout });
        if ((await succeeds(typed)) && (await succeeds(wanted.waitFor({ timeout })))) return true;
        await page.keyboard.press('Escape');
        return false;
      };
      await untilDeadline(`the command ${title}`, shown, { timeoutMs: 30_000 });
      await page.keyboard.press('Enter');
    }

    /** The codes of an operation's row, as they are seen. */
    async function codesOf(operation) {
      return map.locator('.map-line', { hasText: operation }).locator('.map-cell').allTextContents();
    }

    async function codesBegin(operation, code) {
      const look = async () => (await codesOf(operation))[0]?.startsWith(code);
      await untilDeadline(`${operation} to begin with ${code}`, look, { seen: () => codesOf(operation) });
    }

    it('shows who may call what, in letters', async () => {
      assert.deepEqual(await map.locator('.map-origin').allTextContents(), [
        'shop.contoso.com',
        'http://localhost:5173',
        'contoso.developer.azure-api.net',
        'any other origin',
      ]);
      assert.deepEqual(await codesOf('update-order'), ['B?', 'Bg', 'A', 'Bg']);
      await vscode.keepPicture('map');
    });

    it('follows an edit that is not saved', async () => {
      const line = page.locator('.view-line', { hasText: 'allow-credentials' }).first();
      await line.click({ position: { x: 60, y: 8 } });
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.type(' terminate-unmatched-request="false"');
      await codesBegin('update-order', 'A');
      await runCommand('File', 'Revert File');
      await codesBegin('update-order', 'B?');
      // The pictures that follow show the lines from their start.
      await page.keyboard.press('Control+Home');
    });

    it('leads with the keyboard from a filter to a cell, and from there to its explanation', async () => {
      await map.getByLabel('Filter').fill('orders put');
      await untilDeadline('one operation', async () => (await map.locator('.map-method').count()) === 1);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      const details = map.locator('.map-details');
      await details.locator('text=from http://localhost:5173').waitFor();
      await page.keyboard.press('ArrowLeft');
      await details.locator('text=from https://shop.contoso.com').waitFor();
      await vscode.keepPicture('cell');
      await page.keyboard.press('Enter');
      await map.locator('#tab-explain[aria-selected="true"]').waitFor();
      await map.locator('.verdict', { hasText: 'to operation update-order of API orders' }).waitFor();
      await map.locator('.verdict-title', { hasText: 'Blocked' }).waitFor();
      assert.match(await map.locator('#operation').inputValue(), /update-order/);
      await vscode.keepPicture('explained');
    });
  });
}
