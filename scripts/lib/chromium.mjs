/** Finds a Chromium on this machine and starts it without a window, for the tests that need a browser. */
import { findOnPath, isProgram } from './commands.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'msedge',
];
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

export const howToGetChromium =
  'Install Chromium (Debian: apt-get install chromium) or name one in APIM_POLICY_CHROMIUM.';

/** The path of a Chromium (or Chrome or Edge); undefined when there is none. APIM_POLICY_CHROMIUM goes before all others; throws when it names none. */
export function findChromium() {
  const chosen = process.env.APIM_POLICY_CHROMIUM;
  if (chosen && !isProgram(chosen)) throw new Error(`APIM_POLICY_CHROMIUM names ${chosen}, which is no program.`);
  if (chosen) return chosen;
  return findOnPath(...names) ?? usualPlaces.find(isProgram);
}

/** Starts Chromium with a new, empty profile. It ends with this process. `moreArguments` are for its command line. */
export async function launchChromium(executablePath = findChromium(), moreArguments = []) {
  if (!executablePath) throw new Error(`There is no Chromium on this machine. ${howToGetChromium}`);
  // Loaded only now: looking for a Chromium must also work before the dependencies are installed.
  const { chromium } = await import('playwright-core');
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  // No sandbox: it does not work for root in a container, and the only page is our own server's.
  // Signals are ours to handle: Playwright's way is to close the browser and go on.
  const ownSignals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  return chromium.launch({
    executablePath,
    headless: true,
    ...ownSignals,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet, ...moreArguments],
  });
}
