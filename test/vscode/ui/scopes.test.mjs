/** What a person sees of the view "Policy Scopes", and the way through the pickers with the keyboard alone. */
import { strict as assert } from 'node:assert';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from '../../../scripts/lib/chromium.mjs';
import { fromRoot } from '../../../scripts/lib/root.mjs';
import { endOnSignals, makeTemporaryFolder } from '../../../scripts/lib/temporary.mjs';
import { untilDeadline } from '../../../scripts/lib/untilDeadline.mjs';
import { vsixFile } from '../../../scripts/package.mjs';
import { installVscodeServer, pageAddress, pageUri, prepareVscodeServer } from '../../../scripts/vscodeServer.mjs';

const screenshotFolder = fromRoot('dist', 'screenshots');
const waitMs = 20_000;
const draftText = '<policies>\n  <inbound>\n    <base />\n  </inbound>\n</policies>\n';

for (const theme of ['Default Light Modern', 'Default Dark Modern']) {
  describe(`visible policy scopes: ${theme}`, function () {
    this.timeout(60_000);
    this.bail(true);

    let server;
    let browser;
    let page;
    let workspace;
    let view;

    before(async function () {
      this.timeout(180_000);
      await installVscodeServer(console.log);
      endOnSignals();
      const folder = await makeTemporaryFolder('scopes');
      workspace = join(folder, 'contoso-apim');
      await cp(fromRoot('samples', 'contoso-apim'), workspace, { recursive: true });
      await mkdir(join(workspace, 'drafts'));
      await writeFile(join(workspace, 'drafts', 'draft.xml'), draftText);
      const settings = { 'workbench.colorTheme': theme, 'workbench.secondarySideBar.defaultVisibility': 'hidden' };
      const vscode = await prepareVscodeServer(join(folder, 'vscode'), settings);
      await vscode.install(vsixFile);
      server = await vscode.start();
      browser = await launchChromium();
      page = await browser.newPage({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' });
      page.setDefaultTimeout(waitMs);
      const draft = pageUri(server.port, join(workspace, 'drafts', 'draft.xml'));
      await page.goto(pageAddress(server.port, { folder: workspace, payload: [['openFile', draft]] }));
      await page.locator('.view-line', { hasText: '<base' }).first().waitFor();
      await page.locator('.pane-header', { hasText: 'Policy Scopes' }).click();
      // The files give their room to the view.
      await page.locator('.pane-header', { hasText: 'contoso-apim' }).first().click();
      view = page.locator('.pane', { hasText: 'Policy Scopes' }).locator('.monaco-list').last();
      await line('Global').waitFor();
    });

    after(async () => {
      await browser?.close();
      await server?.stop();
    });

    afterEach(async function () {
      if (this.currentTest.state === 'failed') await keepPicture('failed');
    });

    /** By what a screen reader says. */
    function line(label) {
      return view.locator(`.monaco-list-row[aria-label^="${label}"]`).first();
    }

    async function keepPicture(name) {
      await mkdir(screenshotFolder, { recursive: true });
      const file = `scopes-${name}-${theme.includes('Dark') ? 'dark' : 'light'}.png`;
      await page.screenshot({ path: join(screenshotFolder, file), animations: 'disabled' });
    }

    it('shows the services with what each policy does', async () => {
      for (const group of ['Products', 'APIs', 'Policy fragments', 'Files without a scope']) {
        await line(group).click();
      }
      await line('API orders, 1 warning, own policy').waitFor();
      // The arrow keys open a line, as everywhere.
      await line('API orders').focus();
      await line('API catalog').click();
      await page.keyboard.press('ArrowRight');
      await line('operation delete-item').waitFor();
      await keepPicture('tree');
    });

    it('has a menu for each line', async () => {
      await line('API orders').click({ button: 'right' });
      const menu = page.locator('.monaco-menu');
      await menu.getByText('Open Specification').waitFor();
      await keepPicture('menu');
      await page.keyboard.press('Escape');
    });

    it('leads from the command through the pickers into the project file, with the keyboard alone', async () => {
      await page.locator('.view-line', { hasText: '<base' }).first().click();
      await line('file drafts/draft.xml').click();
      await page.locator('.tab.active', { hasText: 'draft.xml' }).waitFor();
      await page.keyboard.press('F1');
      const input = page.locator('.quick-input-widget:visible');
      await input.waitFor();
      await page.keyboard.type('Choose Scope of Policy');
      await input.locator('.monaco-list-row', { hasText: 'Choose Scope of Policy' }).first().waitFor();
      await page.keyboard.press('Enter');
      await input.getByText('What is drafts/draft.xml the policy of?').waitFor();
      await keepPicture('picker-scope');
      await page.keyboard.type('Operation');
      await page.keyboard.press('Enter');
      await input.getByText('Which API?').waitFor();
      await input.locator('.monaco-list-row', { hasText: 'orders' }).first().waitFor();
      await page.keyboard.type('orders');
      await keepPicture('picker-api');
      await page.keyboard.press('Enter');
      await input.getByText('Which operation?').waitFor();
      await page.keyboard.type('something-new');
      await input.locator('.monaco-list-row', { hasText: 'as typed' }).first().waitFor();
      await page.keyboard.press('Enter');
      await input.getByText('Where to write down').waitFor();
      await keepPicture('picker-where');
      await page.keyboard.press('Enter');
      const written = await untilDeadline(
        'the project file to change',
        async () => scopesIn(await readFile(join(workspace, 'apim-policy.config.json'), 'utf8')),
        { timeoutMs: waitMs, seen: () => 'no scopes in it' },
      );
      assert.deepEqual(written, [
        { glob: 'drafts/draft.xml', scope: 'operation', api: 'orders', operation: 'something-new' },
      ]);
      await line('API orders').click();
      await page.keyboard.press('ArrowRight');
      await line('operation something-new').waitFor();
      await keepPicture('chosen');
    });
  });
}

/** Undefined where there are none, and while the file is being written. */
function scopesIn(text) {
  try {
    return JSON.parse(text).scopes;
  } catch {
    return undefined;
  }
}
