/** VS Code as a person sees it: the packaged extension in VS Code's server, in Chromium, with a sample that may be changed. */
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from '../../../scripts/lib/chromium.mjs';
import { fromRoot } from '../../../scripts/lib/root.mjs';
import { endOnSignals, makeTemporaryFolder } from '../../../scripts/lib/temporary.mjs';
import { vsixFile } from '../../../scripts/package.mjs';
import { installVscodeServer, pageAddress, pageUri, prepareVscodeServer } from '../../../scripts/vscodeServer.mjs';

const waitMs = 20_000;

/** More than a step may take: VS Code's server may have to be installed first. For Mocha's `before`. */
export const openTimeoutMs = 180_000;

/**
 * Opens a copy of a sample with one of its files. `purpose` names the pictures, `theme` too where there is one; `prepare`
 * may change the copy first. `open()` without a file comes back to the folder as after a reload.
 */
export async function openVisibleVscode({ purpose, theme, file, settings = {}, viewport, prepare, watch }) {
  await installVscodeServer(console.log);
  endOnSignals();
  const folder = await makeTemporaryFolder(purpose);
  const workspace = join(folder, 'contoso-apim');
  await cp(fromRoot('samples', 'contoso-apim'), workspace, { recursive: true });
  await prepare?.(workspace);
  const vscode = await prepareVscodeServer(join(folder, 'vscode'), {
    ...(theme === undefined ? {} : { 'workbench.colorTheme': theme }),
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    ...settings,
  });
  await vscode.install(vsixFile);
  const server = await vscode.start();
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
  page.setDefaultTimeout(waitMs);
  watch?.(page);
  const open = (opened) => {
    const payload = opened === undefined ? [] : [['openFile', pageUri(server.port, join(workspace, opened))]];
    return page.goto(pageAddress(server.port, { folder: workspace, payload }));
  };
  await open(file);
  const kind =
    theme === undefined
      ? ''
      : `-${theme
          .replace(/^Default /, '')
          .replace(/\s+/g, '-')
          .toLowerCase()}`;
  return {
    page,
    workspace,
    open,
    /** Without animations: hovers fade in, and a picture of one half there cannot be read. */
    async keepPicture(name) {
      const pictures = fromRoot('dist', 'screenshots');
      await mkdir(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${purpose}-${name}${kind}.png`), animations: 'disabled' });
    },
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}
