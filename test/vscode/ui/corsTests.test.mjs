/** What a person sees of CORS tests: the Test Explorer, a failure at the policy's line, and a run on save. */
import { strict as assert } from 'node:assert';
import { openTimeoutMs, openVisibleVscode } from '../lib/visibleVscode.mjs';

describe('visible CORS tests', function () {
  this.timeout(60_000);
  this.bail(true);

  let vscode;
  let page;

  before(async function () {
    this.timeout(openTimeoutMs);
    vscode = await openVisibleVscode({
      purpose: 'cors-tests',
      file: 'policy.xml',
      viewport: { width: 1400, height: 900 },
    });
    page = vscode.page;
    await page.locator('.view-line', { hasText: '<policies' }).first().waitFor();
  });

  after(() => vscode?.close());

  afterEach(async function () {
    if (this.currentTest.state === 'failed') await vscode?.keepPicture('failed');
  });

  /** A line of the Test Explorer, by what a screen reader says of it. */
  function line(words) {
    return page.locator(`.test-explorer .monaco-list-row[aria-label*="${words}"]`).first();
  }

  async function command(title) {
    await page.keyboard.press('F1');
    const input = page.locator('.quick-input-widget:visible');
    await input.waitFor();
    await page.keyboard.type(title);
    await input.locator('.monaco-list-row', { hasText: title }).first().waitFor();
    await page.keyboard.press('Enter');
  }

  it('are a tree of files and cases', async () => {
    await page.locator('.activitybar .action-label[aria-label^="Testing"]').first().click();
    await line('cors.cors-tests.json').waitFor();
    await line('cors.cors-tests.json').click();
    await page.keyboard.press('ArrowRight');
    await line('The shop may change an order').waitFor();
  });

  it('run, and show a failure with what decides', async () => {
    await command('Test: Run All Tests');
    await line('The shop may change an order (Failed)').waitFor();
    await line('The developer portal may try the orders API (Passed)').waitFor();
    await line('What becomes of a preflight request that the function answers (Skipped)').waitFor();
    await vscode.keepPicture('results');
    // What was expected beside what came out.
    await page.locator('.part.panel .monaco-list-row', { hasText: 'browser: expected allowed' }).first().click();
    const comparison = page.locator('.part.panel .monaco-diff-editor');
    await comparison.locator('.view-line', { hasText: 'blocked' }).first().waitFor();
    await comparison.locator('.view-line', { hasText: 'allowed' }).first().waitFor();
    await vscode.keepPicture('comparison');
    // The line of the policy that decides says so.
    await page.locator('.tab', { hasText: 'policy.xml' }).first().click();
    const message = /This\sline\sdecides\sthe\sCORS\stest\s"The\sshop\smay\schange\san\sorder"/;
    await page.locator('.editor-instance').getByText(message).first().waitFor();
    await vscode.keepPicture('deciding-line');
  });

  it('run again when a policy is saved, and bring nothing to the front', async () => {
    const panel = page.locator('.part.panel:visible');
    await page.keyboard.press('Control+j');
    await panel.waitFor({ state: 'hidden' });
    const start = page.locator('.editor-instance .view-line', { hasText: '<cors' }).first();
    await start.click({ position: { x: 60, y: 8 } });
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type(' terminate-unmatched-request="false"');
    await page.keyboard.press('Control+s');
    await line('The shop may change an order (Passed)').waitFor();
    await vscode.keepPicture('after-save');
    assert.equal(await panel.count(), 0);
    const active = await page.locator('.tab.active').first().textContent();
    assert.match(active ?? '', /policy\.xml/);
    assert.equal(await page.locator('.editor-instance .monaco-editor.focused').count(), 1);
  });
});
