/**
 * What our engine says of a call, beside what a real browser makes of it. A gateway on this machine answers each request
 * with exactly what a decision says, and pages of real origins call it with `fetch`: nothing is intercepted.
 */
import assert from 'node:assert/strict';
import { checkActualResponse, checkPreflightResponse, consoleMessage } from '../../server/src/core/cors/browserCheck';
import { needsPreflight } from '../../server/src/core/cors/safelist';
import { answerCases } from './cases/answers';
import { originCases } from './cases/origins';
import { randomCase } from './cases/randomCase';
import { requestCases } from './cases/requests';
import { type ResponseCase, responseCases } from './cases/responses';
import { api, shop, type TruthCase } from './cases/truthCase';
import { makeCertificate } from './support/certificate';
import { backendHeaders, decidedAnswer, explanationOf } from './support/decidedAnswers';
import { callsBelow, type Gateway, type GatewayAnswer, type ReceivedRequest, startGateway } from './support/gateway';
import { type PageCall, type PageResult, RealBrowser } from './support/realBrowser';

const fewestCases = 60;
const randomCases = 200;
const tables = { originCases, requestCases, answerCases };

describe('CORS in a real browser', function () {
  this.timeout(60_000);
  let gateway: Gateway;
  let browser: RealBrowser;
  /** By path, so that no call meets what a browser has kept of another one. */
  const handlers = new Map<string, (request: ReceivedRequest) => GatewayAnswer>();
  let compared = 0;

  before(async () => {
    const certificate = makeCertificate(['*.contoso.com']);
    gateway = await startGateway(certificate, (request) => {
      const handler = handlers.get(request.url) ?? assert.fail(`nobody has asked for ${request.url}`);
      return handler(request);
    });
    browser = await RealBrowser.start(gateway, certificate);
  });

  after(async () => {
    console.log(`    ${compared} calls compared with Chromium ${browser?.version}`);
    await browser?.close();
    await gateway?.close();
  });

  /** A call to an address of its own, and the requests that it took. */
  async function callOf(
    truth: Pick<TruthCase, 'api' | 'call' | 'page'>,
    answer: (request: ReceivedRequest, call: PageCall) => GatewayAnswer,
    times = 1,
  ): Promise<{ call: PageCall; result: PageResult; requests: readonly ReceivedRequest[] }> {
    const path = `${callsBelow}${handlers.size + 1}`;
    const { method = 'GET', headers = {}, credentials = 'same-origin' } = truth.call ?? {};
    const call = { url: `${truth.api ?? 'https://api.contoso.com'}${path}`, method, headers, credentials };
    const requests: ReceivedRequest[] = [];
    handlers.set(path, (request) => {
      requests.push(request);
      return answer(request, call);
    });
    let result = await browser.call(truth.page ?? shop, call);
    for (let time = 1; time < times; time++) result = await browser.call(truth.page ?? shop, call);
    return { call, result, requests };
  }

  async function compare(truth: TruthCase): Promise<void> {
    const { call, result, requests } = await callOf(truth, (request, asked) => decidedAnswer(truth, asked, request));
    compared++;
    const ours = explanationOf(truth, call);
    const preflights = requests.filter(isPreflight);
    const seen = {
      verdict: result.verdict,
      preflights: preflights.length,
      actual: requests.length - preflights.length,
      asksFor: preflights.map(({ headers }) => headers['access-control-request-headers'] ?? ''),
      status: result.status,
      reads: result.readable.filter((name) => name.startsWith('x-')),
      console: result.console.map((line) => sameForAnyHeader(line, ours)),
    };
    const asked = Object.entries(call.headers).map(([name, value]) => ({ name, value }));
    const isRead = ours.browser === 'allowed' || ours.browser === 'not-applicable';
    const said = {
      verdict: isRead ? 'allowed' : ours.browser,
      preflights: ours.preflight === undefined ? 0 : 1,
      actual: ours.actual === undefined ? 0 : 1,
      asksFor: ours.needsPreflight
        ? [needsPreflight({ method: call.method, headers: asked }).headerNames.join(',')]
        : [],
      status: isRead ? (ours.actual?.status ?? 200) : undefined,
      reads: isRead ? readableOf(ours, call) : [],
      console: ours.console === undefined ? [] : [sameForAnyHeader(ours.console, ours)],
    };
    if (truth.unlikeChromium !== undefined) {
      assert.deepEqual([said.verdict, seen.verdict], [truth.is, 'allowed'], truth.unlikeChromium);
      return;
    }
    assert.deepEqual(seen, said);
    assert.deepEqual([seen.verdict, seen.preflights, seen.reads], [truth.is, truth.preflights, truth.reads ?? []]);
  }

  it(`has at least ${fewestCases} cases in its tables`, () => {
    assert.ok(Object.values(tables).flat().length >= fewestCases);
    assert.ok(responseCases.length >= 30);
  });

  for (const [name, cases] of Object.entries(tables)) {
    describe(name.replace('Cases', 's'), () => {
      for (const truth of cases) it(`${truth.is} ${truth.title}`, () => compare(truth));
    });
  }

  describe('answers from anywhere', () => {
    for (const response of responseCases) {
      it(`${response.is} ${response.title}`, async () => {
        const { call, result, requests } = await callOf(response, (request) => {
          const { status = 200, headers } =
            (isPreflight(request) ? response.preflight : response.actual) ?? assert.fail();
          return { status, headers };
        });
        compared++;
        const reason = refusalOf(response, call);
        const said = reason === undefined ? [] : [consoleMessage(call.url, shop, reason)];
        assert.equal(result.verdict, response.is);
        assert.deepEqual(result.console, said);
        const sent = [response.preflight, response.actual].filter((each) => each !== undefined);
        assert.equal(requests.length, sent.length);
      });
    }
  });

  describe('the answer to a preflight', () => {
    const call = { headers: { 'x-a': '1' } };
    const kept: readonly (readonly [
      title: string,
      truth: Omit<TruthCase, 'title' | 'is' | 'preflights'>,
      times: number,
    ])[] = [
      ['is not kept with a max-age of 0', { policies: api({ origins: shop, maxAge: 0 }), call }, 3],
      [
        'is not kept without preflight-result-max-age, since the gateway then says 0',
        { policies: api({ origins: shop }), call },
        3,
      ],
      ['is kept for as long as it says', { policies: api({ origins: shop, maxAge: 300 }), call }, 1],
      [
        'is kept with credentials',
        { policies: api({ origins: shop, maxAge: 300, credentials: true }), call: { ...call, credentials: 'include' } },
        1,
      ],
      [
        'is kept for a star',
        { policies: api({ origins: '*', maxAge: 60 }), page: 'https://news.fabrikam.com', call },
        1,
      ],
      [
        'is kept for no longer than the browser wants, which nobody waits for',
        { policies: api({ origins: shop, maxAge: 100_000 }), call },
        1,
      ],
    ];
    for (const [title, parts, preflights] of kept) {
      it(title, async () => {
        const truth: TruthCase = { ...parts, title, is: 'allowed', preflights: 1 };
        const {
          result,
          requests,
          call: asked,
        } = await callOf(truth, (request, each) => decidedAnswer(truth, each, request), 3);
        compared++;
        const ours = explanationOf(truth, asked);
        assert.deepEqual([result.verdict, ours.browser], ['allowed', 'allowed']);
        assert.deepEqual([requests.filter(isPreflight).length, requests.length], [preflights, preflights + 3]);
        assert.equal(ours.cachedForSeconds > 0, preflights === 1);
      });
    }
  });

  it(`says what Chromium says of ${randomCases} random policies and calls`, async () => {
    for (let seed = 1; seed <= randomCases; seed++) {
      const truth = randomCase(seed);
      try {
        await compareVerdict(truth);
      } catch (error) {
        throw new Error(`seed ${seed}: ${JSON.stringify(truth, null, 1)}`, { cause: error });
      }
    }
  });

  /** For a case that nobody has judged by hand. */
  async function compareVerdict(truth: Omit<TruthCase, 'is' | 'preflights'>): Promise<void> {
    const whole: TruthCase = { ...truth, is: 'allowed', preflights: 0 };
    const { call, result, requests } = await callOf(whole, (request, asked) => decidedAnswer(whole, asked, request));
    compared++;
    const ours = explanationOf(whole, call);
    const said = ours.console === undefined ? [] : [sameForAnyHeader(ours.console, ours)];
    assert.deepEqual(
      [result.verdict, requests.filter(isPreflight).length, result.console.map((line) => sameForAnyHeader(line, ours))],
      [ours.browser, ours.preflight === undefined ? 0 : 1, said],
    );
  }
});

function isPreflight({ method, headers }: ReceivedRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

/** Chromium keeps headers in no order, so of several that are not allowed it names any. */
function sameForAnyHeader(line: string, { preflight }: ReturnType<typeof explanationOf>): string {
  const allowed = (preflight?.headers['Access-Control-Allow-Headers'] ?? '').toLowerCase().split(', ');
  return line.replace(/Request header field (\S+) is not/, (found, name) =>
    allowed.includes(name) ? found : 'Request header field (one that is not allowed) is not',
  );
}

/** Which of the backend's headers the page may read (Fetch, "CORS-exposed header-name list"). */
function readableOf(ours: ReturnType<typeof explanationOf>, call: PageCall): readonly string[] {
  if (ours.actual === undefined || !/^(passes-|not-cross-origin)/.test(ours.actual.outcome)) return [];
  const sent = Object.keys(backendHeaders)
    .map((name) => name.toLowerCase())
    .filter((name) => name.startsWith('x-'));
  if (ours.actual.outcome === 'not-cross-origin') return sent;
  const exposed = (ours.actual.headers['Access-Control-Expose-Headers'] ?? '').toLowerCase().split(', ');
  const isOpen = exposed.includes('*') && call.credentials !== 'include';
  return sent.filter((name) => isOpen || exposed.includes(name));
}

/** The browser's reason by our own check, for the first of the two answers that fails; undefined where none does. */
function refusalOf({ preflight, actual }: ResponseCase, call: PageCall): string | undefined {
  const asked = { origin: shop, credentials: call.credentials };
  const headers = Object.entries(call.headers).map(([name, value]) => ({ name, value }));
  const { isNeeded, headerNames } = needsPreflight({ method: call.method, headers });
  assert.equal(isNeeded, preflight !== undefined);
  const checks = [
    preflight && checkPreflightResponse({ ...asked, method: call.method, headerNames }, asReceived(preflight)),
    actual && checkActualResponse(asked, asReceived(actual)),
  ];
  for (const check of checks) if (check !== undefined && !check.isAllowed) return check.reason;
  return undefined;
}

/** Lines of one name are one value, and blanks around a value are not part of it. */
function asReceived({ status = 200, headers }: NonNullable<ResponseCase['actual']>) {
  const texts = Object.entries(headers).map(([name, value]) => [
    name,
    (typeof value === 'string' ? value : value.join(', ')).trim(),
  ]);
  return { status, headers: Object.fromEntries(texts) as Record<string, string> };
}
