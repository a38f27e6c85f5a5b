/** What a person sees of the CORS explorer in VS Code: from the code lens through another origin to a repaired policy. */
import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openTimeoutMs, openVisibleVscode } from '../lib/visibleVscode.mjs';

const portal = 'https://contoso.developer.azure-api.net';

/** The first theme has every step; the others those with pictures. */
const themes = ['Default Light Modern', 'Default Dark Modern', 'Default High Contrast'];

for (const theme of themes) {
  describe(`visible CORS explorer: ${theme}`, function () {
    this.timeout(60_000);
    this.bail(true);

    let vscode;
    let page;
    let explorer;
    let refusals;

    before(async function () {
      this.timeout(openTimeoutMs);
      refusals = [];
      vscode = await openVisibleVscode({
        purpose: 'explorer',
        theme,
        file: 'apis/orders/policy.xml',
        settings: pictureSettings,
        viewport: { width: 1680, height: 1000 },
        watch: (watched) =>
          watched.on('console', (message) => {
            const isOurs = /webview|corsExplorer/.test(message.location().url + message.text());
            if (isOurs && /Content Security Policy/.test(message.text())) refusals.push(message.text());
          }),
      });
      page = vscode.page;
      await page.locator('.view-line', { hasText: '<base' }).first().click();
      await page.keyboard.press('Control+b'); // the room of the side bar
      explorer = page.frameLocator('iframe.webview.ready').first().frameLocator('iframe#active-frame');
    });

    after(() => vscode?.close());

    afterEach(async function () {
      if (this.currentTest.state === 'failed') await vscode?.keepPicture('failed');
    });

    const inFirstTheme = theme === themes[0] ? it : () => {};
    const verdict = (text) => explorer.locator('.verdict-title', { hasText: text });

    it('opens beside the policy from the lens on cors, with its origin', async () => {
      await page.locator('.codelens-decoration a', { hasText: 'Explain a CORS request' }).nth(1).click();
      await verdict('Blocked GET from https://shop.contoso.com to API orders').waitFor();
      await vscode.keepPicture('blocked');
      assert.deepEqual(refusals, []);
    });

    it('answers for another origin at once', async () => {
      const origin = explorer.locator('#origin');
      await origin.click();
      await explorer.getByRole('option', { name: portal }).waitFor();
      await vscode.keepPicture('origins');
      await explorer.getByRole('option', { name: portal }).click();
      await verdict(`Allowed GET from ${portal}`).waitFor();
      await vscode.keepPicture('allowed');
    });

    inFirstTheme('begins anew from the link in the hover', async () => {
      const tag = page
        .locator('.view-line', { hasText: '<cors' })
        .first()
        .locator('span span', { hasText: 'cors' })
        .last();
      await tag.hover();
      const link = page.locator('.monaco-hover:visible a', { hasText: 'Explain a CORS request' }).first();
      await link.waitFor();
      await vscode.keepPicture('hover');
      await link.click();
      await verdict('Blocked GET from https://shop.contoso.com').waitFor();
    });

    inFirstTheme('leads to the line of a station', async () => {
      await explorer.locator('.station .place-link', { hasText: 'policy.xml:' }).first().click();
      await page.locator('.tab.active', { hasText: 'policy.xml' }).first().waitFor();
      await page.locator('.view-line', { hasText: 'developer.azure-api.net' }).first().waitFor();
      // The cursor is where the tag starts, so that a long line is seen from there.
      await page.locator('.statusbar-item', { hasText: 'Ln 9, Col 5' }).waitFor();
    });

    inFirstTheme('follows what is typed in a policy', async () => {
      await explorer.locator('#origin').fill('https://admin.contoso.com');
      await verdict('Blocked GET from https://admin.contoso.com').waitFor();
      const line = page.locator('.view-line', { hasText: 'developer.azure-api.net' }).first();
      await line.click({ position: { x: 60, y: 8 } });
      await page.keyboard.press('End');
      await page.keyboard.type('\n<origin>https://admin.contoso.com</origin>');
      await verdict('Allowed GET from https://admin.contoso.com').waitFor();
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Control+z');
    });

    it('repairs the policy with a button, and shows the new verdict', async () => {
      await explorer.locator('#origin').fill('https://shop.contoso.com');
      await explorer.locator('#method').fill('PUT');
      await verdict('Blocked PUT from https://shop.contoso.com').waitFor();
      await explorer.getByRole('button', { name: /^Move this cors before/ }).scrollIntoViewIfNeeded();
      await vscode.keepPicture('repairs');
      await explorer.getByRole('button', { name: /^Move this cors before/ }).click();
      await verdict('Allowed PUT from https://shop.contoso.com').waitFor();
      await page.locator('.tab.active', { hasText: 'policy.xml' }).first().waitFor();
      // The new verdict has come into view, though the button stands far below it.
      const top = await explorer.locator('.verdict').evaluate((element) => element.getBoundingClientRect().top);
      assert.ok(top >= 0, `the verdict stands at ${top}`);
      await vscode.keepPicture('repaired');
    });

    inFirstTheme('saves the request as a test', async () => {
      await explorer.getByRole('button', { name: 'Save as a test…' }).click();
      const input = page.locator('.quick-input-widget:visible');
      await input.getByText('What should the test expect?').waitFor();
      await vscode.keepPicture('save-test');
      await page.keyboard.press('Enter');
      const file = join(vscode.workspace, 'apis.cors-tests.json');
      await input.getByText('In which file?').waitFor();
      await input.getByText('cors.cors-tests.json').waitFor();
      await vscode.keepPicture('save-choice');
      await page.keyboard.type('New test file');
      await input.locator('.monaco-list-row.focused', { hasText: 'New test file' }).waitFor();
      await page.keyboard.press('Enter');
      await input.getByText('New file of CORS tests').waitFor();
      await vscode.keepPicture('save-file');
      await page.keyboard.press('Enter');
      await page.locator('.notification-toast', { hasText: 'Saved 2 tests' }).waitFor();
      const cases = JSON.parse(await readFile(file, 'utf8'));
      assert.deepEqual(
        cases.map(({ id, expected }) => [id, expected.browser]),
        [
          ['orders-put-from-shop-contoso-com-preflight', 'allowed'],
          ['orders-put-from-shop-contoso-com', 'allowed'],
        ],
      );
    });

    inFirstTheme('is still there after the window was loaded again', async () => {
      // Without the file to open: that would be all that is opened. Which of its last requests the explorer comes back
      // with is VS Code's to say: it writes down what pages keep every few seconds.
      await vscode.open();
      await verdict('to API orders').waitFor();
      const origin = await explorer.locator('#origin').inputValue();
      assert.match(origin, /^https:\/\/(shop|admin|contoso)\./);
    });
  });
}

/** Nothing but the editor and the explorer in the pictures. */
const pictureSettings = {
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
};
