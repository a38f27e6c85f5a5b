/**
 * What a person sees: the packaged extension in VS Code's server, in a browser. A squiggle may be counted and not drawn,
 * and a hover may be right and show nothing, so only the visible editor tells. The pictures stay in dist/screenshots.
 * After a step that fails the others do not run: they would wait for the same.
 */
import { strict as assert } from 'node:assert';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from '../../../scripts/lib/chromium.mjs';
import { fromRoot } from '../../../scripts/lib/root.mjs';
import { endOnSignals, makeTemporaryFolder } from '../../../scripts/lib/temporary.mjs';
import { untilDeadline } from '../../../scripts/lib/untilDeadline.mjs';
import { vsixFile } from '../../../scripts/package.mjs';
import { installVscodeServer, pageAddress, pageUri, prepareVscodeServer } from '../../../scripts/vscodeServer.mjs';

const screenshotFolder = fromRoot('dist', 'screenshots');
const waitMs = 20_000;

describe('visible editor', function () {
  this.timeout(60_000);
  this.bail(true);

  let server;
  let browser;
  let page;
  let policyFile;
  let editor;

  before(async function () {
    this.timeout(180_000);
    await installVscodeServer(console.log);
    endOnSignals();
    const folder = await makeTemporaryFolder('ui');
    const workspace = join(folder, 'contoso-apim');
    await cp(fromRoot('samples', 'contoso-apim'), workspace, { recursive: true });
    policyFile = join(workspace, 'apis', 'orders', 'policy.xml');
    const vscode = await prepareVscodeServer(join(folder, 'vscode'), pictureSettings);
    await vscode.install(vsixFile);
    server = await vscode.start();
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(waitMs);
    await page.goto(
      pageAddress(server.port, { folder: workspace, payload: [['openFile', pageUri(server.port, policyFile)]] }),
    );
    editor = page.locator('.editor-instance .monaco-editor').first();
    await editor.locator('.view-line', { hasText: '<base' }).first().waitFor();
  });

  afterEach(async function () {
    if (this.currentTest.state === 'failed') await keepPicture('failed');
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function keepPicture(name) {
    await mkdir(screenshotFolder, { recursive: true });
    // Without animations: hovers fade in, and a picture of one half there cannot be read.
    await page.screenshot({ path: join(screenshotFolder, `${name}.png`), animations: 'disabled' });
  }

  /** The tag in the inbound section. An editor draws a line as spans, one for each colour, and the name is in one of them. */
  function baseTag() {
    const line = editor.locator('.view-line', { hasText: '<base' }).first();
    return line.locator('span span', { hasText: /base/ }).last();
  }

  /** Attached, not visible: what the squiggle is drawn on has no size of its own. */
  function untilWarned() {
    return editor.locator('.squiggly-warning').first().waitFor({ state: 'attached' });
  }

  /**
   * Opens the menu as a person does, who presses again when nothing comes: on a busy machine VS Code cancels its own
   * request when a late event of the cursor arrives, and says that there are none. What the server answers is the
   * suite's subject; here it is what is drawn.
   */
  async function openQuickFixes() {
    await untilWarned();
    await page.keyboard.press('Escape'); // a hover or a menu of the step before
    const { x, y, width, height } = await boxOf(baseTag());
    await page.mouse.click(x + width / 2, y + height / 2);
    const entry = page.locator('.action-widget .monaco-list-row', { hasText: 'Remove <base />' });
    const none = page.locator('.monaco-editor-overlaymessage', { hasText: 'No code actions available' });
    const seen = [];
    await untilDeadline(
      'the menu of quick fixes',
      async () => {
        await page.keyboard.press('Control+.');
        await entry.or(none).first().waitFor();
        if (await entry.isVisible()) return true;
        seen.push(await none.textContent());
        await page.keyboard.press('Escape');
        await none.waitFor({ state: 'hidden' });
        return false;
      },
      { timeoutMs: waitMs, seen: () => seen.join('; ') },
    );
  }

  /** Goes down the open menu to the entry and takes it. A mouse does not work: VS Code shields a menu that just opened from it. */
  async function pickWithKeyboard(title) {
    const focused = page.locator('.action-widget .monaco-list-row.focused');
    const seen = [];
    for (let step = 0; step < 20; step += 1) {
      seen.push((await focused.allInnerTexts()).join().trim());
      if (seen.at(-1).startsWith(title)) return page.keyboard.press('Enter');
      await page.keyboard.press('ArrowDown');
    }
    throw new Error(`"${title}…" cannot be reached in the menu. Seen: ${JSON.stringify(seen)}`);
  }

  it('draws a squiggle under <base />', async () => {
    await untilWarned();
    const squiggle = await boxOf(editor.locator('.squiggly-warning').first());
    const tag = await boxOf(baseTag());
    assert.ok(
      squiggle.y < tag.y + tag.height && tag.y < squiggle.y + squiggle.height,
      `${JSON.stringify(squiggle)} is not at ${JSON.stringify(tag)}`,
    );
    await keepPicture('squiggle');
  });

  it('shows the effective CORS policy in the hover', async () => {
    await untilWarned();
    await baseTag().hover();
    const hover = page.locator('.monaco-hover:visible', { hasText: 'Effective CORS' });
    await hover.waitFor();
    await keepPicture('hover');
    // What can be read there, the origin that the portal wrote included.
    await hover.filter({ hasText: 'contoso.developer.azure-api.net' }).waitFor();

    // The warning comes first and a hover is low: a second picture, scrolled as a reader would.
    await hover.getByText('Effective CORS').evaluate((heading) => heading.scrollIntoView());
    await keepPicture('hover-scrolled');
  });

  it('lists the quick fixes in the lightbulb menu', async () => {
    await openQuickFixes();
    const entries = await page.locator('.action-widget').locator('.monaco-list-row.action').allInnerTexts();
    await keepPicture('lightbulb');
    for (const title of [
      'Set terminate-unmatched-request="false"',
      'Add ',
      'Move ',
      'Remove <base />',
      'Replace <base />',
    ]) {
      assert.ok(
        entries.some((entry) => entry.trim().startsWith(title)),
        `"${title}…" is not in the menu: ${JSON.stringify(entries)}`,
      );
    }
  });

  it('changes the file on disk when a fix is picked and saved', async () => {
    const before = await readFile(policyFile, 'utf8');
    await openQuickFixes();
    await pickWithKeyboard('Move ');
    await editor.locator('.squiggly-warning').first().waitFor({ state: 'detached' });
    await page.keyboard.press('Control+s');
    const after = await untilDeadline(
      'the saved file to change',
      async () => {
        const text = await readFile(policyFile, 'utf8');
        return text !== before && text;
      },
      { timeoutMs: waitMs, seen: () => `${policyFile} as it was` },
    );
    await keepPicture('fixed');
    assert.match(after, /<cors [^>]*terminate-unmatched-request="false"[\s\S]*<\/cors>\s*<base \/>/);
  });

  it('opens the effective policy beside the file when its code lens is clicked', async () => {
    await editor.locator('.codelens-decoration a', { hasText: 'in product starter' }).first().click();
    const beside = page.locator('.editor-instance .monaco-editor').nth(1);
    await beside.locator('.view-line', { hasText: 'in product starter' }).first().waitFor();
    await beside.locator('.view-line', { hasText: 'begin of global scope' }).first().waitFor();
    await keepPicture('effective-policy');
  });
});

/** Where something is drawn. */
async function boxOf(locator) {
  return locator.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  });
}

/** Nothing but the editor in the pictures. */
const pictureSettings = {
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'files.autoSave': 'off',
};
