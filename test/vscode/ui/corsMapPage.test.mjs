/**
 * The CORS map in Chromium: the page that the command line writes, and the tab of the explorer in the colours of every kind
 * of theme, with the real language server behind it. What is drawn and what is not, the keyboard alone, and an automatic
 * check of accessibility.
 */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { launchChromium } from '../../../scripts/lib/chromium.mjs';
import { fromRoot } from '../../../scripts/lib/root.mjs';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary.mjs';
import { untilDeadline } from '../../../scripts/lib/untilDeadline.mjs';
import { checkAccessibility, describeProblems } from '../lib/accessibility.mjs';
import { hostPage, servePage, startLanguageServer } from '../lib/explorerPage.mjs';

const waitMs = 15_000;

/** The page for a folder, as `apim-policy cors-map --format html` writes it. */
async function writePage(folder, ...options) {
  const argv = [fromRoot('dist', 'cli.js'), 'cors-map', '.', '--format', 'html', ...options];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
  const file = join(folder, 'cors-map.html');
  await writeFile(file, stdout);
  return pathToFileURL(file).toString();
}

async function accessibilityProblems(page) {
  return describeProblems((await checkAccessibility(page)).violations);
}

async function keepPicture(page, name) {
  const folder = fromRoot('dist', 'screenshots');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

function errorsOf(page) {
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  return errors;
}

/** What a screen reader is told of the active cell: row, column, and what the cell says. */
function activeCell(page) {
  return page.locator('.map-grid').evaluate((grid) => {
    const cell = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
    const row = cell?.closest('[role="row"]');
    const heading = grid.querySelector(`[role="columnheader"][aria-colindex="${cell?.getAttribute('aria-colindex')}"]`);
    const words = cell?.getAttribute('aria-label')?.replace(/^\S+: /, '') ?? cell?.textContent;
    return [row?.querySelector('[role="rowheader"]')?.textContent, heading?.getAttribute('aria-label'), words];
  });
}

/** A service of 500 APIs with 20 operations each; every second API lists pages of its own. */
async function writeLargeService() {
  const folder = await makeTemporaryFolder('large-map');
  const section = (inbound) =>
    `<policies><inbound>${inbound}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`;
  const cors = (...origins) =>
    `<cors terminate-unmatched-request="true"><allowed-origins>${origins.map((origin) => `<origin>${origin}</origin>`).join('')}</allowed-origins><allowed-methods><method>*</method></allowed-methods><allowed-headers><header>*</header></allowed-headers></cors>`;
  const write = async (path, text) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await write('policy.xml', section(cors('https://contoso.developer.azure-api.net')));
  await write('products/starter/productInformation.json', '{}');
  const methods = ['get', 'post', 'put', 'delete'];
  const paths = Object.fromEntries(
    Array.from({ length: 5 }, (_, place) => [
      `/things-${place}`,
      Object.fromEntries(methods.map((method) => [method, { operationId: `${method}-thing-${place}` }])),
    ]),
  );
  for (let api = 0; api < 500; api++) {
    const name = `api-${String(api).padStart(3, '0')}`;
    const own =
      api % 2 === 0 ? cors(`https://app-${api % 18}.contoso.com`, `https://app-${(api + 7) % 18}.contoso.com`) : '';
    await write(`apis/${name}/policy.xml`, section(`${own}<base />`));
    await write(`apis/${name}/apiInformation.json`, '{ "properties": { "subscriptionRequired": false } }');
    await write(`apis/${name}/specification.json`, JSON.stringify({ openapi: '3.0.1', paths }));
  }
  return folder;
}

describe('page of cors-map', function () {
  this.timeout(60_000);

  let browser;
  let page;
  let errors;

  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());
  afterEach(async function () {
    if (this.currentTest.state === 'failed' && page) await keepPicture(page, 'cors-map-page-failed');
    await page?.close();
    page = undefined;
  });

  async function open(address, options = {}) {
    page = await browser.newPage({ viewport: { width: 1200, height: 800 }, reducedMotion: 'reduce', ...options });
    page.setDefaultTimeout(waitMs);
    errors = errorsOf(page);
    await page.goto(address);
    await page.locator('.map-cell').first().waitFor();
  }

  describe('for 10,000 operations and 20 origins', () => {
    let address;
    before(async () => {
      address = await writePage(await writeLargeService());
    });

    it('draws what can be seen alone, and tells a screen reader how much there is', async () => {
      await open(address);
      const grid = page.locator('.map-grid');
      assert.equal(await grid.getAttribute('aria-rowcount'), String(10_000 + 500 + 1));
      assert.equal(await grid.getAttribute('aria-colcount'), '21');
      const drawn = () => page.locator('.map-line').count();
      assert.ok((await drawn()) < 80, `${await drawn()} lines are drawn`);
      await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
      await page.locator('.map-api', { hasText: 'api-250' }).waitFor();
      assert.ok((await drawn()) < 80, `${await drawn()} lines are drawn after scrolling`);
      const indexes = await page
        .locator('.map-line')
        .evaluateAll((lines) => lines.map((line) => Number(line.getAttribute('aria-rowindex'))));
      assert.deepEqual(
        indexes,
        [...indexes].sort((one, other) => one - other),
        'in the order of the rows',
      );
      assert.deepEqual(errors, []);
    });

    it('goes everywhere with the keyboard', async () => {
      await open(address);
      await page.locator('.map-grid').focus();
      assert.equal((await activeCell(page))[0], 'DELETE/things-0delete-thing-0');
      await page.keyboard.press('Control+End');
      assert.deepEqual(await activeCell(page), [
        'PUT/things-4put-thing-4',
        'any other origin',
        'blocked by the cors of global scope',
      ]);
      await page.locator('.map-cell[aria-selected="true"]').waitFor({ state: 'visible' });
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Home');
      assert.equal((await activeCell(page))[0], 'POST/things-4post-thing-4');
      await page.keyboard.press('Control+Home');
      assert.deepEqual((await activeCell(page)).slice(0, 1), ['api-000']);
      // Over the heading of an API, up and down keep the column.
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      const [, column] = await activeCell(page);
      for (let line = 0; line < 20; line++) await page.keyboard.press('ArrowDown');
      assert.equal((await activeCell(page))[0], 'api-001');
      await page.keyboard.press('ArrowDown');
      assert.equal((await activeCell(page))[1], column);
      await page.keyboard.press('PageDown');
      await page.keyboard.press('PageUp');
      assert.equal((await activeCell(page))[1], column);
      assert.deepEqual(errors, []);
    });

    it('finds operations by words and by verdict', async () => {
      await open(address);
      await page.getByLabel('Filter').fill('API-123 delete');
      await page.getByText('5 of 10,000 operations').waitFor();
      await page.getByLabel('Filter').fill('nothing like it');
      await page.getByText('No operation passes the filter.').waitFor();
      assert.equal(await page.locator('.map-grid').isVisible(), false);
      await page.getByLabel('Filter').fill('');
      await page.getByLabel('Show').selectOption('allowed');
      await page.getByText('10,000 operations').waitFor();
      assert.deepEqual(errors, []);
    });
  });

  describe('for the sample', () => {
    let address;
    before(async () => {
      const folder = await makeTemporaryFolder('map-page');
      await cp(fromRoot('samples'), folder, { recursive: true });
      address = await writePage(folder);
    });

    it('names the command that explains the chosen cell', async () => {
      await open(address);
      await page.getByLabel('Filter').fill('orders put');
      await page.keyboard.press('ArrowDown');
      const command = await page.locator('.map-details code').textContent();
      assert.equal(
        command,
        'apim-policy cors contoso-apim/apis/orders/policy.xml --operation update-order --origin https://shop.contoso.com --method PUT --header "content-type: application/json"',
      );
    });

    it('has the map of the other service, too', async () => {
      await open(address);
      await page.getByLabel('Service').selectOption({ label: 'contoso-gateway' });
      await page.locator('.map-api', { hasText: 'customers' }).waitFor();
    });

    const looks = {
      light: { colorScheme: 'light' },
      dark: { colorScheme: 'dark' },
      'high-contrast': { forcedColors: 'active' },
      narrow: { viewport: { width: 420, height: 800 } },
    };
    for (const [name, options] of Object.entries(looks)) {
      it(`has no accessibility problem that a check finds: ${name}`, async () => {
        await open(address, options);
        await page.locator('.map-grid').focus();
        assert.deepEqual(await accessibilityProblems(page), []);
        await keepPicture(page, `cors-map-page-${name}`);
        assert.deepEqual(errors, []);
      });
    }
  });
});

describe('tab with the CORS map', function () {
  this.timeout(60_000);

  let browser;
  let server;
  let served;
  let workspace;
  let page;

  before(async () => {
    workspace = join(await makeTemporaryFolder('map-tab'), 'contoso-apim');
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
    if (this.currentTest.state === 'failed' && page) await keepPicture(page, 'cors-map-tab-failed');
    await page?.close();
    page = undefined;
  });

  async function open({ theme = 'dark', width = 1200 } = {}) {
    page = await browser.newPage({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(waitMs);
    const uri = pathToFileURL(join(workspace, 'apis/orders/policy.xml')).toString();
    const host = await hostPage(page, server, uri);
    await page.goto(served.address(theme));
    await page.getByRole('tab', { name: 'CORS map' }).click();
    await page.locator('.map-cell').first().waitFor();
    return host;
  }

  async function codesOf(operation) {
    return page.locator('.map-line', { hasText: operation }).locator('.map-cell').allTextContents();
  }

  it('shows other calls when they are chosen', async () => {
    const host = await open();
    assert.deepEqual(await codesOf('update-order'), ['B?', 'Bg', 'A', 'Bg']);
    await page.locator('.map-tab').getByLabel('Credentials mode').selectOption('include');
    await untilDeadline('other cells', async () => (await codesOf('update-order'))[2] !== 'A', {
      seen: () => codesOf('update-order'),
    });
    await page.locator('.map-tab').getByLabel('Product of the key').selectOption('starter');
    await untilDeadline('the APIs of the product', async () => (await codesOf('get-quote')).length === 0);
    const origins = page.getByRole('textbox', { name: 'Origins' });
    await origins.fill('https://new.contoso.com nonsense');
    await origins.press('Enter');
    await untilDeadline('the origins that were named', async () => {
      const shown = await page.locator('.map-origin').allTextContents();
      return shown.join(' ') === 'new.contoso.com any other origin';
    });
    await page.locator('.map-notes', { hasText: 'nonsense is not an origin' }).waitFor();
    assert.deepEqual(host.errors, []);
  });

  it('keeps the place when an edit changes the answers', async () => {
    const host = await open();
    await page.locator('.map-line', { hasText: 'update-order' }).locator('.map-name').click();
    await page.keyboard.press('ArrowRight');
    const before = await activeCell(page);
    assert.match(before[2], /^blocked as the documentation is read here/);
    const map = host.sent.findLast(({ kind }) => kind === 'map');
    const reply = await server.request('apimPolicy/corsMap', { ...map.wanted });
    const answers = reply.data.map.answers.map((answer) => ({ ...answer, code: 'A', verdict: 'allowed' }));
    await host.tell({
      kind: 'mapped',
      reply: { ...reply, data: { ...reply.data, map: { ...reply.data.map, answers } } },
    });
    const after = await untilDeadline('the other answer', async () => {
      const cell = await activeCell(page);
      return /^allowed/.test(cell[2]) && cell;
    });
    assert.deepEqual(after.slice(0, 2), before.slice(0, 2));
  });

  it('leads from a cell to its explanation, with the call of the cell', async () => {
    const host = await open();
    await page.getByLabel('Filter').fill('orders put');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const chosen = await untilDeadline('the page to choose', () => host.sent.find(({ kind }) => kind === 'choose'));
    assert.deepEqual(chosen.request, {
      operation: 'update-order',
      origin: 'https://shop.contoso.com',
      method: 'PUT',
      headers: [{ name: 'content-type', value: 'application/json' }],
      key: 'none',
      credentials: 'same-origin',
    });
    await page.locator('#tab-explain:focus').waitFor();
    await page.locator('.verdict-title', { hasText: 'Blocked' }).waitFor();
    assert.equal(host.sent.findLast(({ kind }) => kind === 'map').wanted, null, 'a hidden map is not asked for');
    assert.deepEqual(host.errors, []);
  });

  for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light']) {
    it(`has no accessibility problem that a check finds: ${theme}`, async () => {
      await open({ theme });
      await page.locator('.map-grid').focus();
      assert.deepEqual(await accessibilityProblems(page), []);
      await keepPicture(page, `cors-map-tab-${theme}`);
    });
  }

  it('has none where there is little room', async () => {
    await open({ width: 480 });
    assert.deepEqual(await accessibilityProblems(page), []);
    await keepPicture(page, 'cors-map-tab-narrow');
  });
});
