/**
 * The page of the CORS explorer in Chromium, in the colours of every kind of theme, with the real language server behind
 * it: what is drawn, what the keyboard alone can do, and what an automatic check of accessibility says.
 */
import { strict as assert } from 'node:assert';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchChromium } from '../../../scripts/lib/chromium.mjs';
import { fromRoot } from '../../../scripts/lib/root.mjs';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary.mjs';
import { untilDeadline } from '../../../scripts/lib/untilDeadline.mjs';
import { checkAccessibility, describeProblems } from '../lib/accessibility.mjs';
import { hostPage, readTheme, servePage, startLanguageServer } from '../lib/explorerPage.mjs';

const themes = ['light', 'dark', 'high-contrast', 'high-contrast-light'];
const shop = 'https://shop.contoso.com';
const json = [{ name: 'content-type', value: 'application/json' }];

describe('page of the CORS explorer', function () {
  this.timeout(60_000);

  let browser;
  let server;
  let served;
  let workspace;
  let page;

  before(async () => {
    workspace = join(await makeTemporaryFolder('page'), 'contoso-apim');
    await cp(fromRoot('samples', 'contoso-apim'), workspace, { recursive: true });
    server = await startLanguageServer(workspace);
    served = await servePage();
    browser = await launchChromium();
  });

  after(async () => {
    await browser?.close();
    await served?.stop();
    await server?.stop();
  });

  afterEach(async function () {
    if (this.currentTest.state === 'failed') await keepPicture('page-failed');
    await page?.close();
    page = undefined;
  });

  function uriOf(file) {
    return pathToFileURL(join(workspace, file)).toString();
  }

  async function open({ theme = 'dark', file = 'apis/orders/policy.xml', request, width = 1200 } = {}) {
    page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(10_000);
    const uri = uriOf(file);
    const host = await hostPage(page, server, uri, request && { state: { uri, request, tab: 'explain' } });
    await page.goto(served.address(theme));
    await page.locator('.verdict p').first().waitFor();
    return host;
  }

  async function keepPicture(name) {
    const folder = fromRoot('dist', 'screenshots');
    await mkdir(folder, { recursive: true });
    await page?.screenshot({ path: join(folder, `${name}.png`), fullPage: true, animations: 'disabled' });
  }

  /** What an automatic check finds, as `rule: elements`. Below an open list it cannot tell what a text stands on. */
  async function accessibilityProblems({ hasOpenList = false } = {}) {
    const { violations, incomplete } = await checkAccessibility(page);
    // Of a single letter it cannot tell whether that is text.
    const isLetter = ({ html }) => html.includes('scope-letter');
    const undecided = incomplete
      .filter(({ id }) => id === 'color-contrast' && !hasOpenList)
      .map((problem) => ({ ...problem, nodes: problem.nodes.filter((node) => !isLetter(node)) }))
      .filter(({ nodes }) => nodes.length > 0);
    return describeProblems([...violations, ...undecided]);
  }

  function stations(section) {
    return page
      .locator(section)
      .locator('.station')
      .evaluateAll((items) =>
        items.map((item) => {
          const text = (selector) => item.querySelector(selector)?.textContent ?? '';
          return [text('.scope'), text('.tag'), text('.effect'), text('.place-link')].join(' | ');
        }),
      );
  }

  const verdict = () => page.locator('.verdict-title strong');

  it('shows the way of a blocked call: its preflight through the scopes, and the call that is never sent', async () => {
    const host = await open();
    await page.locator('#method').fill('PUT');
    await page.locator('h3', { hasText: '1 · Preflight request' }).waitFor();
    assert.equal(await verdict().textContent(), 'Blocked');
    assert.deepEqual(await stations('.journey >> nth=0'), [
      'Gglobal scope | inherited | Ends the request | policy.xml:9',
      'AAPI orders | own | Not reached | apis/orders/policy.xml:6',
    ]);
    await page.locator('h3', { hasText: '2 · PUT request' }).getByText('not sent').waitFor();
    await page.locator('.console', { hasText: 'has been blocked by CORS policy: Response to preflight' }).waitFor();
    assert.deepEqual(host.errors, []);
  });

  it('shows both requests of a call that passes, with their headers', async () => {
    await open();
    const request = { origin: 'https://contoso.developer.azure-api.net', method: 'PUT' };
    await page.locator('#method').fill(request.method);
    await page.locator('#origin').fill(request.origin);
    await page.locator('.verdict-title', { hasText: 'Allowed' }).waitFor();
    const messages = await page.locator('.http-message').allInnerTexts();
    assert.equal(messages.length, 4);
    assert.match(messages[0], /^OPTIONS\nOrigin: .*\nAccess-Control-Request-Method: PUT$/);
    assert.match(messages[1], /^HTTP status 200\nAccess-Control-Allow-Origin: https:\/\/contoso\.developer/);
    assert.match(messages[2], /^PUT\nOrigin: /);
    await page.getByText('Of the answer, the page may read every header.').waitFor();
    await page.locator('.cache', { hasText: 'asks again after 300 seconds' }).waitFor();
  });

  it('says of a method that browsers refuse that nothing is sent', async () => {
    await open();
    await page.locator('#method').fill('TRACE');
    await page.locator('.unsent', { hasText: 'nothing is sent' }).waitFor();
    assert.equal(await page.locator('.station').count(), 0);
  });

  it('leads from each station to its line', async () => {
    const host = await open();
    await page.locator('.station .place-link', { hasText: 'policy.xml:9' }).first().click();
    const sent = await untilDeadline('the page to ask for a place', () =>
      host.sent.find(({ kind }) => kind === 'open'),
    );
    assert.equal(sent.place.uri, uriOf('policy.xml'));
    assert.equal(sent.place.range.start.line, 8);
  });

  it('follows changes of the files', async () => {
    const host = await open();
    assert.equal(await verdict().textContent(), 'Blocked');
    const uri = uriOf('policy.xml');
    const text = await readFile(join(workspace, 'policy.xml'), 'utf8');
    const edited = text.replace('<origin>https://contoso.developer.azure-api.net</origin>', `<origin>${shop}</origin>`);
    server.notify('textDocument/didOpen', {
      textDocument: { uri, languageId: 'apim-policy', version: 1, text: edited },
    });
    await host.reload();
    await page.locator('.verdict-title', { hasText: 'Allowed' }).waitFor();
    server.notify('textDocument/didClose', { textDocument: { uri } });
  });

  it('keeps what is being entered when files change at the same moment', async () => {
    const host = await open();
    await page.locator('#origin').fill('https://admin.contoso.com');
    await page.locator('#method').fill('DELETE');
    await host.reload();
    await page.locator('.verdict-title', { hasText: 'DELETE from https://admin.contoso.com' }).waitFor();
    assert.equal(await page.locator('#origin').inputValue(), 'https://admin.contoso.com');
    assert.equal(await page.locator('#method').inputValue(), 'DELETE');
  });

  it('looks at the other reading of an open question when it is chosen, and keeps the focus there', async () => {
    const host = await open();
    const other = page.getByRole('radio', { name: /lets requests of other origins go on/ });
    await other.focus();
    await page.keyboard.press('Space');
    await page.locator('.verdict-title', { hasText: 'Allowed' }).waitFor();
    assert.ok(
      await page
        .getByRole('radio', { name: /lets requests of other origins go on/ })
        .evaluate((radio) => radio === document.activeElement && radio.checked),
    );
    assert.equal(host.sent.at(-1).request.assume.terminateDefault, 'false');
  });

  it('offers to leave out the header that makes a preflight needless', async () => {
    await open();
    await page.getByRole('button', { name: 'Add header' }).click();
    await page.keyboard.type('content-type');
    await page.getByRole('button', { name: 'Leave content-type out' }).click();
    await page.locator('.why', { hasText: 'No preflight request.' }).waitFor();
    assert.equal(await page.locator('.header-row').count(), 0);
  });

  it('says what is wrong with a field at the field', async () => {
    await open();
    await page.locator('#origin').fill('shop');
    await page.locator('#origin-problem', { hasText: 'An origin is scheme, host and port' }).waitFor();
    assert.equal(await page.locator('#origin').getAttribute('aria-invalid'), 'true');
    await page.locator('#origin').fill(shop);
    await page.locator('#origin-problem:empty').waitFor({ state: 'attached' });
  });

  it('says of a fragment and of a product where requests go instead', async () => {
    const host = await open({ file: 'products/starter/policy.xml' });
    await page.locator('.verdict', { hasText: 'Requests go to APIs' }).waitFor();
    await page.locator('#target').click();
    await page.getByRole('option', { name: 'API orders' }).click();
    await page.locator('.verdict-title', { hasText: 'API orders' }).waitFor();
    assert.deepEqual(host.errors, []);
  });

  it('offers the policies that use a fragment as buttons', async () => {
    const host = await open({ file: 'policy fragments/correlation-id/policy.xml' });
    const policies = page.getByRole('group', { name: 'Policies' });
    assert.deepEqual(await policies.getByRole('button').allTextContents(), ['API quotes-passthrough', 'global scope']);
    assert.deepEqual(await accessibilityProblems(), []);
    await policies.getByRole('button', { name: 'global scope' }).click();
    await page.locator('.verdict-title', { hasText: 'to global scope' }).waitFor();
    assert.deepEqual(host.errors, []);
  });

  it('says what to do where there is nothing to explain', async () => {
    const host = await open();
    await host.tell({ kind: 'nothing', title: 'The server is gone', message: 'Start it again.', canRestart: true });
    await page.getByRole('button', { name: 'Restart language server' }).click();
    await untilDeadline('the page to ask for a restart', () => host.sent.some(({ kind }) => kind === 'restartServer'));
    assert.deepEqual(await accessibilityProblems(), []);
  });

  it('can be used with the keyboard alone', async () => {
    const host = await open();
    await page.locator('#origin').focus();
    await page.keyboard.press('ArrowDown');
    const option = page.locator('.combobox-option.active');
    assert.equal(await option.locator('.combobox-label').textContent(), shop);
    assert.equal(await page.locator('#origin').getAttribute('aria-activedescendant'), await option.getAttribute('id'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('#origin').inputValue(), 'https://contoso.developer.azure-api.net');
    assert.equal(await page.locator('#origin').getAttribute('aria-expanded'), 'false');
    await page.locator('.verdict-title', { hasText: 'Allowed' }).waitFor();

    // Every control is reached by Tab, in the order of the page, and none twice.
    await page.locator('#tab-explain').focus();
    const reached = [];
    for (let step = 0; step < 80; step += 1) {
      const at = await page.evaluate(() => {
        const focused = document.activeElement;
        focused.dataset.visit ??= String(document.querySelectorAll('[data-visit]').length);
        return focused === document.body
          ? ''
          : `${focused.dataset.visit} ${focused.tagName} ${focused.id || focused.textContent}`;
      });
      if (at === '' || reached.includes(at)) break;
      reached.push(at);
      await page.keyboard.press('Tab');
    }
    const controls = await page.evaluate(
      () =>
        [...document.querySelectorAll('a[href], button, input, select')].filter(
          (control) =>
            control.tabIndex >= 0 && control.checkVisibility() && !(control.type === 'radio' && !control.checked),
        ).length,
    );
    assert.equal(reached.length, controls, reached.join('\n'));
    assert.deepEqual(host.errors, []);
  });

  it('tells a screen reader the verdict when it changes, and not when it does not', async () => {
    const host = await open();
    const spoken = page.locator('[role=status]', { hasText: 'Blocked' });
    assert.match(
      await spoken.first().textContent(),
      /^Blocked: GET from https:\/\/shop\.contoso\.com to API orders\. /,
    );
    await page.evaluate(() => {
      window.changes = 0;
      const region = document.querySelector('main [role=status]');
      new MutationObserver(() => {
        window.changes += 1;
      }).observe(region, { childList: true, characterData: true, subtree: true });
    });
    await host.reload();
    await host.reload();
    assert.equal(await page.evaluate(() => window.changes), 0);
    await page.locator('#origin').fill('https://contoso.developer.azure-api.net');
    await page.locator('.verdict-title', { hasText: 'Allowed' }).waitFor();
    assert.equal(await page.evaluate(() => window.changes), 1);
  });

  it('keeps what was entered for its next life', async () => {
    await open();
    await page.locator('#origin').fill('https://admin.contoso.com');
    await page.locator('.verdict-title', { hasText: 'admin.contoso.com' }).waitFor();
    const state = await page.evaluate(() => window.savedState);
    assert.equal(state.request.origin, 'https://admin.contoso.com');
    assert.equal(state.uri, uriOf('apis/orders/policy.xml'));
  });

  it('needs no more room than a narrow column has', async () => {
    await open({ width: 360 });
    const { page: wide, window: room } = await page.evaluate(() => ({
      page: document.documentElement.scrollWidth,
      window: window.innerWidth,
    }));
    assert.ok(wide <= room, `${wide} pixels in ${room}`);
    await keepPicture('page-narrow');
  });

  it('uses variables that VS Code has', async () => {
    const css = await readFile(fromRoot('dist', 'corsExplorer.css'), 'utf8');
    const known = new Set();
    for (const theme of themes) for (const name of Object.keys((await readTheme(theme)).variables)) known.add(name);
    // These two are set by some themes alone, none of ours among them.
    const rare = ['--vscode-list-hoverForeground', '--vscode-contrastActiveBorder'];
    const used = [...new Set(css.match(/--vscode-[\w-]+/g))];
    assert.deepEqual(
      used.filter((name) => !known.has(name) && !rare.includes(name)),
      [],
    );
    assert.doesNotMatch(css, /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i, 'no colour of our own');
  });

  for (const theme of themes) {
    it(`has no problem that an automatic check of accessibility finds: ${theme}`, async () => {
      const request = {
        origin: shop,
        method: 'GET',
        key: 'query',
        product: 'starter',
        headers: json,
        credentials: 'include',
      };
      const host = await open({ theme });
      const uri = uriOf('apis/orders/policy.xml');
      await host.tell({
        kind: 'choices',
        uri,
        choices: await server.request('apimPolicy/corsChoices', { uri }),
        request,
      });
      await host.tell({
        kind: 'explained',
        request,
        answer: await server.request('apimPolicy/explainCors', { uri, request }),
      });
      await page.getByRole('button', { name: 'Leave content-type out' }).waitFor();
      await keepPicture(`page-${theme}`);
      assert.deepEqual(await accessibilityProblems(), []);
      await page.locator('#origin').click();
      await page.keyboard.press('ArrowDown');
      assert.deepEqual(await accessibilityProblems({ hasOpenList: true }), []);
      await page.keyboard.press('Escape');
      await page.locator('#origin').fill('nowhere');
      await page.locator('#origin-problem:not(:empty)').waitFor();
      assert.deepEqual(await accessibilityProblems(), []);
    });
  }
});
