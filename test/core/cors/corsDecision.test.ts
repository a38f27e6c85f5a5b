import assert from 'node:assert/strict';
import { brief, briefAlternatives, cors, decide, get, policy, preflight, shop } from './situations';

const other = 'https://other.contoso.com';
const own = policy(`<base />${cors(shop)}`);
const ownFirst = policy(`${cors(shop)}<base />`);

describe('a decision', () => {
  it('tells each step with scope, place and page', () => {
    const decision = decide({ policies: { global: policy(cors(other)), api: own }, request: preflight });
    assert.equal(brief(decision), 'terminated-empty-200 global blocked');
    assert.deepEqual(
      decision.steps.map(({ what, scope, result, place }) => [what, scope?.kind, result, place?.document.path]),
      [
        ['cors', 'global', 'origin not listed', 'case/global.xml'],
        ['cors', 'api', 'not reached', 'case/api.xml'],
        ['browser', undefined, 'blocked', undefined],
      ],
    );
    assert.ok(decision.steps.every(({ source }) => source.startsWith('https://')));
    const { document, span } = decision.deciding ?? {};
    assert.equal(document?.text.slice(span?.start, span?.end), '<cors terminate-unmatched-request="true">');
    assert.equal(
      decision.because,
      `The cors at global scope, inherited through <base />, comes first and does not list ${shop}; terminate-unmatched-request is "true", so the gateway answers with an empty 200 without CORS headers. The cors of API under test, which lists it, is never reached.`,
    );
  });

  it('says why the browser blocks an answer that the gateway gives', () => {
    const decision = decide({ policies: { api: own }, request: { ...preflight, accessControlRequestMethod: 'PUT' } });
    assert.equal(brief(decision), 'answered-by-cors api blocked');
    assert.match(decision.because, /The browser blocks the call all the same: Method PUT is not allowed/);
  });

  it('is about a browser only where one asks', () => {
    assert.equal(
      brief(decide({ policies: { api: own }, request: { ...get, client: 'server' } })),
      'passes-with-cors-headers api not-applicable',
    );
    const toItself = { method: 'POST', pageOrigin: shop, targetOrigin: shop };
    assert.equal(
      brief(decide({ policies: { api: own }, request: toItself })),
      'passes-with-cors-headers api not-applicable',
    );
    assert.equal(
      brief(decide({ policies: { api: own }, request: { ...toItself, method: 'GET' } })),
      'not-cross-origin - not-applicable',
    );
  });
});

describe('switches', () => {
  const silent = cors(other, '');

  it('computes an absent terminate-unmatched-request as true, and shows false', () => {
    const decision = decide({ policies: { global: policy(silent), api: own }, request: preflight });
    assert.equal(brief(decision), 'terminated-empty-200 global blocked');
    assert.deepEqual(decision.assumptions, { terminateDefault: 'true' });
    assert.deepEqual(briefAlternatives(decision), ['terminateDefault=false: answered-by-cors api allowed']);
  });

  it('takes the settings of the project', () => {
    const assume = { terminateDefault: 'false' } as const;
    const decision = decide({ policies: { global: policy(silent), api: own }, request: preflight, assume });
    assert.equal(brief(decision), 'answered-by-cors api allowed');
    assert.deepEqual(decision.assumptions, { terminateDefault: 'false' });
    assert.deepEqual(briefAlternatives(decision), ['terminateDefault=true: terminated-empty-200 global blocked']);
  });

  it('names no assumption that changes nothing', () => {
    const decision = decide({ policies: { api: policy(silent) }, request: preflight });
    assert.deepEqual([decision.assumptions, decision.alternatives], [{}, []]);
  });

  it('combines settings where one alone does not tell', () => {
    const decision = decide({ policies: { global: policy(silent), api: own }, request: get });
    assert.equal(brief(decision), 'terminated-empty-200 global blocked');
    assert.deepEqual(briefAlternatives(decision), [
      'terminateDefault=false: passes-with-cors-headers api allowed',
      'terminateDefault=false, laterCorsOnActual=ignored: passes-without-cors-headers - blocked',
    ]);
    assert.deepEqual(decision.assumptions, { terminateDefault: 'true' });
  });

  it('asks about two cors in one section, a missing allowed-headers, and unusual schemes', () => {
    const two = decide({
      policies: { api: policy(cors(other, 'terminate-unmatched-request="false"') + cors(shop)) },
      request: preflight,
    });
    assert.equal(brief(two), 'terminated-empty-200 api blocked');
    assert.deepEqual(briefAlternatives(two), ['repeatedCors=refused: invalid-policy api not-applicable']);

    const bare = decide({
      policies: { api: policy(cors(shop, '', '')) },
      request: { ...preflight, accessControlRequestHeaders: '' },
    });
    assert.equal(brief(bare), 'answered-by-cors api allowed');
    assert.deepEqual(briefAlternatives(bare), ['allowedHeadersAbsent=refused: invalid-policy api not-applicable']);

    const app = 'capacitor://localhost';
    const scheme = decide({ policies: { api: policy(cors(app)) }, request: { ...preflight, origin: app } });
    assert.equal(brief(scheme), 'invalid-policy api not-applicable');
    assert.deepEqual(briefAlternatives(scheme), ['originScheme=any: answered-by-cors api allowed']);
  });

  it('reads a missing section as inheriting nothing, and shows the other reading', () => {
    const api = '<policies><outbound><base /></outbound></policies>';
    const decision = decide({ policies: { global: policy(cors(shop)), api }, request: preflight });
    assert.equal(brief(decision), 'not-found-404 - blocked');
    assert.deepEqual(decision.assumptions, { missingSection: 'nothing-inherited' });
    assert.deepEqual(briefAlternatives(decision), ['missingSection=like-base: answered-by-cors global allowed']);
  });
});

describe('what is only known at run time', () => {
  it('is an origin from an expression or an unknown named value', () => {
    for (const origin of ['@(context.Variables["o"])', '{{spa-origin}}']) {
      const api = policy(
        `<cors terminate-unmatched-request="true"><allowed-origins><origin>${origin}</origin></allowed-origins><allowed-headers><header>*</header></allowed-headers></cors>`,
      );
      const decision = decide({ policies: { api }, request: preflight });
      assert.equal(brief(decision), 'decided-at-runtime api unknown');
      assert.deepEqual(briefAlternatives(decision), [
        'origin of the cors of API under test=admits the caller: answered-by-cors api allowed',
        'origin of the cors of API under test=does not admit the caller: terminated-empty-200 api blocked',
      ]);
      assert.deepEqual(decision.headers, {});
      assert.equal(decision.deciding?.document.path, 'case/api.xml');
    }
  });

  it('does not matter where a known origin matches, or the named value is known', () => {
    const api = policy(cors(`{{spa-origin}} ${shop}`));
    assert.equal(brief(decide({ policies: { api }, request: preflight })), 'answered-by-cors api allowed');
    const context = { namedValues: { 'spa-origin': shop } };
    const named = policy(cors('{{spa-origin}}'));
    assert.equal(
      brief(decide({ policies: { api: named }, request: preflight, context })),
      'answered-by-cors api allowed',
    );
  });

  it('is the same named value wherever it stands', () => {
    const named = (end: string): string => cors('{{spa-origin}}', `terminate-unmatched-request="${end}"`);
    const policies = { global: policy(named('true')), api: policy(`${named('false')}<base />`) };
    const decision = decide({ policies, request: preflight });
    assert.deepEqual(briefAlternatives(decision), [
      'origin of the cors of API under test=admits the caller: answered-by-cors api allowed',
      'origin of the cors of API under test=does not admit the caller: terminated-empty-200 global blocked',
    ]);
  });

  it('does not matter where all outcomes agree', () => {
    const api = policy(cors(other, 'terminate-unmatched-request="@(context.Api.IsCurrentRevision)"'));
    const decision = decide({ policies: { api }, request: preflight });
    assert.equal(brief(decision), 'terminated-empty-200 api blocked');
    assert.deepEqual(decision.alternatives, []);
  });

  it('keeps the verdict where only the outcome differs', () => {
    const api = policy(cors(other, 'terminate-unmatched-request="@(context.Api.IsCurrentRevision)"'));
    const decision = decide({ policies: { api }, request: get });
    assert.equal(brief(decision), 'decided-at-runtime api blocked');
  });

  it('is a method list or credentials from an expression', () => {
    const rest =
      '<allowed-methods><method>@(context.Operation.Method)</method></allowed-methods><allowed-headers><header>*</header></allowed-headers>';
    const api = policy(cors(shop, 'terminate-unmatched-request="true"', rest));
    const put = { ...preflight, accessControlRequestMethod: 'PUT' };
    assert.equal(brief(decide({ policies: { api }, request: put })), 'decided-at-runtime api unknown');
    // GET needs no list, so the browser lets it pass either way.
    assert.equal(brief(decide({ policies: { api }, request: preflight })), 'answered-by-cors api allowed');

    const open = policy(cors(shop, 'allow-credentials="@(context.Api.IsCurrentRevision)"'));
    assert.equal(brief(decide({ policies: { api: open }, request: get })), 'passes-with-cors-headers api allowed');
    assert.equal(
      brief(decide({ policies: { api: open }, request: { ...get, credentials: 'include' } })),
      'decided-at-runtime api unknown',
    );
  });

  it('is a cors inside choose, for a real request', () => {
    const api = policy(`<choose><when condition="@(x)">${cors(shop)}</when></choose><base />`);
    const decision = decide({ policies: { api }, request: get });
    assert.equal(brief(decision), 'decided-at-runtime api unknown');
    assert.deepEqual(briefAlternatives(decision), [
      'choose of API under test=another branch: passes-without-cors-headers - blocked',
      'choose of API under test=branch 1: passes-with-cors-headers api allowed',
    ]);
    const always = policy(
      `<choose><when condition="@(x)">${cors(shop)}</when><otherwise>${cors(`${shop} ${other}`)}</otherwise></choose>`,
    );
    assert.equal(brief(decide({ policies: { api: always }, request: get })), 'passes-with-cors-headers api allowed');
  });

  it('answers for fragments that multiply inside each other', () => {
    const twice = (id: string): string =>
      `<fragment><choose><when condition="@(x)">${`<include-fragment fragment-id="${id}" />`.repeat(9)}</when></choose></fragment>`;
    const fragments = { a: twice('b'), b: twice('a') };
    const api = policy('<include-fragment fragment-id="a" />');
    assert.equal(brief(decide({ policies: { api, fragments }, request: get })), 'decided-at-runtime api unknown');
  });

  it('answers for a deeply nested policy', () => {
    const depth = 3000;
    const api = policy(
      `${'<choose><when condition="@(x)">'.repeat(depth)}${cors(shop)}${'</when></choose>'.repeat(depth)}`,
    );
    assert.equal(brief(decide({ policies: { api }, request: get })), 'decided-at-runtime api unknown');
    assert.equal(brief(decide({ policies: { api }, request: preflight })), 'not-found-404 - blocked');
  });
});

describe('a parent that is not in the workspace', () => {
  const unknownScopes = ['global'] as const;

  it('leaves the outcome open where base comes first', () => {
    const decision = decide({ policies: { api: own }, request: preflight, unknownScopes });
    assert.equal(brief(decision), 'decided-at-runtime - unknown');
    assert.deepEqual(briefAlternatives(decision), [
      'policy of global scope=no cors: answered-by-cors api allowed',
      'policy of global scope=a cors that admits the origin: answered-by-cors global allowed',
      'policy of global scope=a cors that refuses the origin: terminated-empty-200 global blocked',
    ]);
    assert.equal(decision.because, 'The global policy is not in the workspace. The outcome is decided at run time.');
  });

  it('does not matter where an own cors decides before', () => {
    assert.equal(
      brief(decide({ policies: { api: ownFirst }, request: preflight, unknownScopes })),
      'answered-by-cors api allowed',
    );
    assert.equal(
      brief(decide({ policies: { api: ownFirst }, request: get, unknownScopes })),
      'passes-with-cors-headers api allowed',
    );
    const foreign = { ...get, origin: 'https://evil.example' };
    assert.equal(
      brief(decide({ policies: { api: ownFirst }, request: foreign, unknownScopes })),
      'terminated-empty-200 api blocked',
    );
    assert.equal(
      brief(decide({ policies: { api: policy(cors(shop)) }, request: preflight, unknownScopes })),
      'answered-by-cors api allowed',
    );
  });

  it('is no reason to say 404', () => {
    const decision = decide({ policies: { api: policy('<base />') }, request: preflight, unknownScopes });
    assert.equal(brief(decision), 'decided-at-runtime - unknown');
    assert.equal(briefAlternatives(decision)[0], 'policy of global scope=no cors: not-found-404 - blocked');
  });

  it('may keep back what is above it', () => {
    const policies = { global: policy(cors(shop)), workspace: policy('<base />'), api: policy('<base />') };
    const decision = decide({ policies, request: preflight, unknownScopes: ['workspace'] });
    assert.equal(brief(decision), 'decided-at-runtime - unknown');
    assert.ok(briefAlternatives(decision).some((line) => line.endsWith('not-found-404 - blocked')));
    assert.ok(briefAlternatives(decision).some((line) => line.endsWith('answered-by-cors global allowed')));
  });

  it('may write headers in outbound, where no cors has', () => {
    const api = policy(cors(other, 'terminate-unmatched-request="false"'));
    assert.equal(brief(decide({ policies: { api }, request: get, unknownScopes })), 'decided-at-runtime - unknown');
    const closed = policy(cors(other, 'terminate-unmatched-request="false"'), '');
    assert.equal(
      brief(decide({ policies: { api: closed }, request: get, unknownScopes })),
      'passes-without-cors-headers - blocked',
    );
  });
});

describe('fragments', () => {
  const fragments = { 'spa-cors': `<fragment>${cors(shop)}</fragment>` };

  it('are read where they are included, and named', () => {
    const decision = decide({
      policies: { api: policy('<include-fragment fragment-id="spa-cors" />'), fragments },
      request: get,
    });
    assert.equal(brief(decision), 'passes-with-cors-headers api allowed');
    assert.equal(decision.via, 'fragment:spa-cors');
    assert.equal(decision.deciding?.document.path, 'case/fragments/spa-cors.xml');
    assert.match(decision.because, /^The cors in fragment spa-cors \(included in the policy of API under test\)/);
  });

  it('are unknown where their text is missing', () => {
    const decision = decide({
      policies: { api: policy('<include-fragment fragment-id="lost" />') },
      request: preflight,
    });
    assert.equal(brief(decision), 'decided-at-runtime - unknown');
    assert.equal(decision.because, 'The fragment lost is not in the workspace. The outcome is decided at run time.');
  });

  it('count on real requests inside choose, and not for preflights', () => {
    const api = policy('<choose><when condition="@(x)"><include-fragment fragment-id="spa-cors" /></when></choose>');
    assert.equal(brief(decide({ policies: { api, fragments }, request: preflight })), 'not-found-404 - blocked');
    assert.equal(brief(decide({ policies: { api, fragments }, request: get })), 'decided-at-runtime api unknown');
    const quiet = { 'spa-cors': '<fragment><set-variable name="a" value="b" /></fragment>' };
    assert.equal(
      brief(decide({ policies: { api, fragments: quiet }, request: get })),
      'passes-without-cors-headers - blocked',
    );
  });
});

describe('an origin from an expression', () => {
  const list =
    '@("https://other.contoso.com,{{spa-origin}}".Split(\',\').Contains(context.Request.Headers.GetValueOrDefault("Origin","")) ? context.Request.Headers.GetValueOrDefault("Origin","") : "")';
  const api = policy(cors('ORIGIN').replace('ORIGIN', () => list));
  const context = { namedValues: { 'spa-origin': shop } };

  it('is worked out where it rests on the request’s own origin', () => {
    assert.equal(brief(decide({ policies: { api }, request: preflight, context })), 'answered-by-cors api allowed');
    const evil = { ...preflight, origin: 'https://evil.example' };
    assert.equal(brief(decide({ policies: { api }, request: evil, context })), 'terminated-empty-200 api blocked');
  });

  it('is not, where a part of it is unknown', () => {
    assert.equal(brief(decide({ policies: { api }, request: preflight })), 'decided-at-runtime api unknown');
  });

  it('is not checked when the policy is saved', () => {
    const app = 'capacitor://localhost';
    const constant = policy(cors(`@("${app}")`));
    assert.equal(
      brief(decide({ policies: { api: constant }, request: { ...preflight, origin: app } })),
      'answered-by-cors api allowed',
    );
    const pattern = policy(cors('@("https://*.contoso.com")'));
    assert.equal(brief(decide({ policies: { api: pattern }, request: preflight })), 'terminated-empty-200 api blocked');
  });
});

describe('steps', () => {
  it('point at what leads to an unknown part', () => {
    const api = policy('<include-fragment fragment-id="lost" /><base />');
    const { steps } = decide({ policies: { api }, request: preflight, unknownScopes: ['global'] });
    const places = steps.map(({ place }) => place?.document.text.slice(place.span.start, place.span.end));
    assert.deepEqual(places, ['<include-fragment fragment-id="lost" />']);
    const own = decide({ policies: { api: policy('<base />') }, request: preflight, unknownScopes: ['global'] });
    assert.deepEqual(
      own.steps.map(({ place }) => place?.document.text.slice(place.span.start, place.span.end)),
      ['<base />'],
    );
  });

  it('tell of a document without an inbound section', () => {
    const api = '<policies><outbound><base /></outbound></policies>';
    const [step] = decide({ policies: { global: policy(cors(shop)), api }, request: preflight }).steps;
    assert.deepEqual([step?.result, step?.scope?.kind], ['no inbound section', 'api']);
    assert.match(step?.because ?? '', /is read as inheriting nothing: what the service does is not documented\.$/);
  });
});

describe('facts that the files leave open', () => {
  const api = policy(cors(shop));

  it('are an OPTIONS operation that may exist, for requests with that method', () => {
    const context = { optionsOperation: 'unknown' };
    const last = (request: object, more: object = {}): string | undefined =>
      briefAlternatives(
        decide({ policies: { api }, request: request as typeof get, context: { ...context, ...more } }),
      ).at(-1);
    assert.equal(last(preflight), 'OPTIONS operation=exists: goes-to-backend-options - depends-on-backend');
    assert.equal(
      last({ method: 'OPTIONS', origin: shop }),
      'OPTIONS operation=exists: goes-to-backend-options - depends-on-backend',
    );
    assert.equal(
      last(preflight, { subscriptionRequired: true }),
      'OPTIONS operation=exists: error-without-cors-headers - blocked',
    );
    assert.equal(last(get), undefined);
  });

  it('are a global cors before routing, where the URL is unknown', () => {
    const context = { unknownUrl: true };
    const alternatives = (global: string): readonly string[] =>
      briefAlternatives(decide({ policies: { global: policy(global), api }, request: preflight, context }));
    const early = 'global cors is looked at before routing=yes: terminated-empty-200 global blocked';
    const withBase = policy(`<base />${cors(shop)}`);
    const inherited = (global: string): readonly string[] =>
      briefAlternatives(decide({ policies: { global: policy(global), api: withBase }, request: preflight, context }));
    assert.deepEqual(alternatives(cors(other)), []);
    assert.deepEqual(inherited(cors(other)), [early]);
    assert.deepEqual(inherited(cors(shop)), []);
    assert.deepEqual(inherited(cors('{{who}}')), [early]);
    assert.deepEqual(inherited(`<choose><when condition="@(true)">${cors(other)}</when></choose>`), []);
    const unknown = decide({ policies: { api: withBase }, request: preflight, context, unknownScopes: ['global'] });
    assert.deepEqual(briefAlternatives(unknown), [early]);
  });
});
