import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { untilDeadline } from '../../../scripts/lib/untilDeadline.mjs';
import type { TestCertificate } from './certificate';
import type { Gateway } from './gateway';

/** Ports that pages and APIs have in the browser's eyes. Behind all of them is the one gateway. */
const securePorts = [443, 8443];
const plainPorts = [80, 8080, 5173];

/** Where a page runs: an origin, or one of the ways to have none. */
export type PagePlace = `http://${string}` | `https://${string}` | 'sandboxed iframe' | 'data: page';

/** What a page calls with `fetch`. */
export interface PageCall {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: 'include' | 'same-origin' | 'omit';
}

/** What the page saw. */
export interface PageResult {
  readonly verdict: 'allowed' | 'blocked';
  /** Undefined where it was blocked. */
  readonly status: number | undefined;
  /** Names of headers that the page could read, in lower case and sorted. */
  readonly readable: readonly string[];
  /** What the page's `fetch` threw; empty where it did not. */
  readonly error: string;
  /** The lines on CORS that the browser has written to its console for this call. */
  readonly console: readonly string[];
}

/** Real Chromium, whose pages have real origins. Nothing intercepts its requests. */
export class RealBrowser {
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  readonly #frames = new Map<PagePlace, Promise<Frame>>();
  readonly #console: string[] = [];

  private constructor(browser: Browser, context: BrowserContext) {
    this.#browser = browser;
    this.#context = context;
  }

  static async start(gateway: Gateway, certificate: TestCertificate): Promise<RealBrowser> {
    const rules = [
      ...securePorts.map((port) => `MAP *:${port} 127.0.0.1:${gateway.httpsPort}`),
      ...plainPorts.map((port) => `MAP *:${port} 127.0.0.1:${gateway.httpPort}`),
    ];
    const { launchChromium } = await chromiumModule();
    const browser = await launchChromium(undefined, [
      `--host-resolver-rules=${rules.join(', ')}`,
      // To the browser the gateway is no address of this machine: a data: page may call none of those, CORS or not.
      `--ip-address-space-overrides=127.0.0.1:${gateway.httpPort}=public,127.0.0.1:${gateway.httpsPort}=public`,
      `--ignore-certificate-errors-spki-list=${certificate.publicKeyHash}`,
    ]);
    return new RealBrowser(browser, await browser.newContext());
  }

  get version(): string {
    return this.#browser.version();
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  async call(place: PagePlace, call: PageCall): Promise<PageResult> {
    const frame = await this.#frameAt(place);
    const told = this.#console.length;
    const seen = await frame.evaluate(fetchInPage, call);
    const ofCall = (): readonly string[] => this.#console.slice(told).filter((line) => line.includes(`'${call.url}'`));
    // The console's lines take another way than the page's answer.
    if (seen.verdict === 'blocked') {
      await untilDeadline(`a line on ${call.url} in the console`, () => ofCall().length > 0 || undefined, {
        timeoutMs: 5000,
        seen: () => this.#console.slice(told).join('\n'),
      });
    }
    return { ...seen, console: ofCall() };
  }

  #frameAt(place: PagePlace): Promise<Frame> {
    const known = this.#frames.get(place) ?? this.#open(place);
    this.#frames.set(place, known);
    return known;
  }

  async #open(place: PagePlace): Promise<Frame> {
    const page = await this.#context.newPage();
    page.on('console', (message) => {
      if (message.text().includes('CORS policy')) this.#console.push(message.text());
    });
    if (place === 'data: page') {
      await page.goto('data:text/html,<title>Page</title>');
      return page.mainFrame();
    }
    await page.goto(`${place === 'sandboxed iframe' ? 'https://shop.contoso.com' : place}/page`);
    return place === 'sandboxed iframe' ? sandboxIn(page) : page.mainFrame();
  }
}

/** Loaded when it is needed, since it finds its own place on the disk, which a bundle does not have. */
function chromiumModule(): Promise<typeof import('../../../scripts/lib/chromium.mjs')> {
  return import(pathToFileURL(resolve('scripts', 'lib', 'chromium.mjs')).href);
}

async function sandboxIn(page: Page): Promise<Frame> {
  await page.evaluate(`new Promise((done) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.srcdoc = '<title>Sandbox</title>';
    frame.addEventListener('load', () => done());
    document.body.append(frame);
  })`);
  const [sandbox] = page.mainFrame().childFrames();
  if (sandbox === undefined) throw new Error('the sandboxed iframe is not there');
  return sandbox;
}

/** Runs in the page, so it can use nothing from here. */
async function fetchInPage({ url, method, headers, credentials }: PageCall) {
  try {
    const body = ['GET', 'HEAD', 'DELETE'].includes(method.toUpperCase()) ? null : new Uint8Array([1]);
    const response = await fetch(url, { method, headers, credentials, body });
    await response.text();
    const readable = [...response.headers.keys()].sort();
    return { verdict: 'allowed' as const, status: response.status, readable, error: '' };
  } catch (error) {
    return { verdict: 'blocked' as const, status: undefined, readable: [], error: String(error) };
  }
}
