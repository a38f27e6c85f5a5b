import assert from 'node:assert/strict';
import { brief, briefAlternatives, cors, decide, get, policy, preflight, shop } from './situations';

const other = 'https://other.contoso.com';
const manual = (value: string, action = 'override'): string =>
  `<set-header name="access-control-allow-origin" exists-action="${action}"><value>${value}</value></set-header>`;

describe('the product of a request (cors-semantics 1.5)', () => {
  const policies = { global: policy(''), product: policy(`${cors(shop)}<base />`), api: policy('<base />') };
  const outcome = (
    request: Readonly<Record<string, unknown>>,
    context: Readonly<Record<string, unknown>> = {},
  ): string => brief(decide({ policies, request, context }));

  it('is the one of a product-scoped key', () => {
    const withKey = { ...get, subscriptionKeyIn: 'header' };
    assert.equal(outcome(withKey), 'passes-with-cors-headers product allowed');
    assert.equal(outcome(withKey, { keyScope: 'api' }), 'passes-without-cors-headers - blocked');
    assert.equal(outcome(withKey, { keyScope: 'all-access' }), 'passes-without-cors-headers - blocked');
    assert.equal(outcome(withKey, { keyForOtherProduct: true }), 'passes-without-cors-headers - blocked');
  });

  it('is unknown to a preflight, unless the key is in the query', () => {
    assert.equal(outcome({ ...preflight, subscriptionKeyIn: 'header' }), 'not-found-404 - blocked');
    assert.equal(outcome({ ...preflight, subscriptionKeyIn: 'query' }), 'answered-by-cors product allowed');
    assert.match(decide({ policies, request: preflight }).because, /the preflight shows no key/);
  });

  it('is the open product without a key', () => {
    assert.equal(outcome(get, { openProduct: true }), 'passes-with-cors-headers product allowed');
    assert.equal(outcome(get, { subscriptionRequired: false }), 'passes-with-cors-headers product allowed');
    const open = decide({ policies, request: preflight, context: { openProduct: true } });
    assert.equal(brief(open), 'answered-by-cors product allowed');
    assert.deepEqual(briefAlternatives(open), ['openProductOnPreflight=no: not-found-404 - blocked']);
  });

  it('is none where the key is missing and required: the gateway answers 401', () => {
    assert.equal(outcome(get, { subscriptionRequired: true }), 'error-without-cors-headers - blocked');
    assert.equal(
      outcome({ ...get, subscriptionKeyIn: 'query' }, { subscriptionRequired: true }),
      'passes-with-cors-headers product allowed',
    );
  });
});

describe('the 401 for a key', () => {
  const context = { keyError: true };

  it('carries the headers of an inline cors, says one report', () => {
    const decision = decide({ policies: { api: policy(cors(shop)) }, request: get, context });
    assert.equal(brief(decision), 'error-with-cors-headers api allowed');
    assert.equal(decision.status, 401);
    assert.deepEqual(briefAlternatives(decision), ['keyErrorHeaders=no: error-without-cors-headers - blocked']);
  });

  it('is open for a cors in a fragment', () => {
    const fragments = { f: `<fragment>${cors(shop)}</fragment>` };
    const decision = decide({
      policies: { api: policy('<include-fragment fragment-id="f" />'), fragments },
      request: get,
      context,
    });
    assert.equal(brief(decision), 'decided-at-runtime - unknown');
  });

  it('does not come where a cors ends the request before', () => {
    const decision = decide({ policies: { api: policy(cors(other)) }, request: get, context });
    assert.equal(brief(decision), 'terminated-empty-200 api blocked');
  });

  it('does not concern preflights, but does those of an OPTIONS operation', () => {
    assert.equal(
      brief(decide({ policies: { api: policy(cors(shop)) }, request: preflight, context })),
      'answered-by-cors api allowed',
    );
    const operation = { ...context, optionsOperation: true };
    assert.equal(
      brief(decide({ policies: { api: policy(cors(shop)) }, request: preflight, context: operation })),
      'error-without-cors-headers - blocked',
    );
  });
});

describe('errors', () => {
  it('take the status of the statement that fails', () => {
    const status = (statement: string, failingPolicy: string): number | undefined =>
      decide({ policies: { api: policy(`${cors(shop)}${statement}`) }, request: get, context: { failingPolicy } })
        .status;
    assert.equal(status('<check-header name="a" failed-check-httpcode="418" />', 'check-header'), 418);
    assert.equal(status('<ip-filter action="allow" />', 'ip-filter'), 403);
    assert.equal(status('<send-request />', 'send-request'), 500);
  });

  it('can come from the backend section, and only where the statement is reached', () => {
    const forward =
      '<policies><inbound><cors><allowed-origins><origin>*</origin></allowed-origins><allowed-headers><header>*</header></allowed-headers></cors></inbound><backend><forward-request /></backend></policies>';
    const context = { failingPolicy: 'forward-request' };
    assert.equal(
      brief(decide({ policies: { api: forward }, request: get, context })),
      'error-with-cors-headers api allowed',
    );
    assert.equal(
      brief(decide({ policies: { api: policy(cors(shop)) }, request: get, context })),
      'passes-with-cors-headers api allowed',
    );
  });

  it('carry what on-error writes by hand', () => {
    const api = policy(`<validate-jwt />${cors(shop)}`, '<base />', manual(shop));
    const decision = decide({ policies: { api }, request: get, context: { failingPolicy: 'validate-jwt' } });
    assert.equal(brief(decision), 'error-with-cors-headers api allowed');
  });
});

describe('headers from elsewhere', () => {
  const outbound = (statements: string, inbound = ''): string => policy(inbound, statements);
  const result = (api: string, context: Readonly<Record<string, unknown>> = {}, request: object = get): string =>
    brief(decide({ policies: { api }, request: { ...request }, context }));

  it('are those that set-header writes in outbound', () => {
    assert.equal(result(outbound(manual(shop))), 'passes-with-manual-headers api allowed');
    assert.equal(result(outbound(manual(other))), 'passes-with-manual-headers api blocked');
    assert.equal(result(outbound(manual('@(context.Variables["o"])'))), 'passes-with-manual-headers api unknown');
    assert.equal(
      result(outbound(manual('@(context.Request.Headers.GetValueOrDefault("Origin",""))'))),
      'passes-with-manual-headers api allowed',
    );
    assert.equal(result(outbound(manual(shop) + manual(other, 'append'))), 'header-conflict-possible api blocked');
    assert.equal(result(outbound(manual(shop, 'delete'))), 'passes-without-cors-headers - blocked');
  });

  it('are refused in the words of the browser where they are known', () => {
    const reason = (statements: string): string =>
      decide({ policies: { api: outbound(statements) }, request: get }).browserBecause;
    assert.match(reason(manual(other)), /^The 'Access-Control-Allow-Origin' header has a value /);
    assert.equal(reason(manual(shop) + manual(other, 'append')), 'The answer does not pass the CORS check.');
  });

  it('need credentials of their own', () => {
    const credentials = '<set-header name="Access-Control-Allow-Credentials"><value>true</value></set-header>';
    const include = { ...get, credentials: 'include' };
    assert.equal(result(outbound(manual(shop)), {}, include), 'passes-with-manual-headers api blocked');
    assert.equal(result(outbound(manual(shop) + credentials), {}, include), 'passes-with-manual-headers api allowed');
  });

  it('do nothing in inbound', () => {
    assert.equal(result(policy(manual(shop))), 'passes-without-cors-headers - blocked');
  });

  it('may collide with those of a cors', () => {
    assert.equal(result(outbound(manual(shop), cors(shop))), 'header-conflict-possible api unknown');
    assert.equal(result(policy(cors(shop)), { backendAddsCors: shop }), 'header-conflict-possible api unknown');
  });

  it('of the backend pass through, unless a statement changes them', () => {
    const backendAddsCors = shop;
    assert.equal(result(policy(''), { backendAddsCors }), 'passes-with-backend-headers - allowed');
    assert.equal(
      result(policy(''), { backendAddsCors: 'unknown' }),
      'passes-with-backend-headers - depends-on-backend',
    );
    assert.equal(
      result(policy(''), { backendAddsCors }, { ...get, credentials: 'include' }),
      'passes-with-backend-headers - depends-on-backend',
    );
    assert.equal(result(outbound(manual(other)), { backendAddsCors }), 'passes-with-manual-headers api blocked');
    assert.equal(result(outbound(manual(other, 'skip')), { backendAddsCors }), 'passes-with-backend-headers - allowed');
    assert.equal(
      result(outbound(manual(shop, 'delete')), { backendAddsCors }),
      'passes-without-cors-headers - blocked',
    );
  });

  it('are those of return-response, which ends the pipeline', () => {
    const answer = `<return-response>${manual(shop)}</return-response>`;
    assert.equal(result(policy(`${answer}${cors(other)}`, manual(other))), 'passes-with-manual-headers api allowed');
    assert.equal(result(policy(`<return-response />${cors(shop)}`)), 'passes-without-cors-headers - blocked');
  });
});

describe('requests that find no cors', () => {
  const api = policy(cors(shop));
  const result = (request: object, context: Readonly<Record<string, unknown>>): string =>
    brief(decide({ policies: { api }, request: { ...request }, context }));

  it('go to an OPTIONS operation, where checks run', () => {
    assert.equal(result(preflight, { optionsOperation: true }), 'goes-to-backend-options - depends-on-backend');
    const checked = decide({
      policies: { api: policy(`${cors(shop)}<validate-jwt />`) },
      request: preflight,
      context: { optionsOperation: true, failingPolicy: 'validate-jwt' },
    });
    assert.equal(brief(checked), 'error-without-cors-headers - blocked');
    const open = decide({ policies: { api }, request: preflight, context: { optionsOperation: 'unknown' } });
    assert.equal(brief(open), 'answered-by-cors api allowed');
    assert.deepEqual(briefAlternatives(open), [
      'OPTIONS operation=exists: goes-to-backend-options - depends-on-backend',
    ]);
  });

  it('end in 404 for unknown URLs', () => {
    assert.equal(result(preflight, { unknownUrl: true }), 'not-found-404 - blocked');
    assert.equal(result(get, { unknownUrl: true }), 'not-found-404 - blocked');
    const foreign = decide({
      policies: { global: policy(cors(other)) },
      request: preflight,
      context: { unknownUrl: true },
    });
    assert.equal(brief(foreign), 'not-found-404 - blocked');
    assert.deepEqual(briefAlternatives(foreign), [
      'global cors is looked at before routing=yes: terminated-empty-200 global blocked',
    ]);
  });

  it('end in 404 for preflights to a header version, but real requests do not', () => {
    assert.equal(result(preflight, { versioning: 'header' }), 'not-found-404 - blocked');
    assert.equal(result(get, { versioning: 'header' }), 'passes-with-cors-headers api allowed');
  });

  it('are OPTIONS requests that are no preflights', () => {
    assert.equal(result({ method: 'OPTIONS' }, {}), 'not-found-404 - not-applicable');
    assert.equal(result({ method: 'OPTIONS', origin: shop }, {}), 'not-found-404 - blocked');
  });

  it('are handshakes of WebSocket APIs', () => {
    assert.equal(result({ ...get, origin: other }, { apiType: 'websocket' }), 'cors-skipped - not-applicable');
  });
});

describe('a statement that fails', () => {
  it('may stand in backend and outbound, inside choose too', () => {
    const outbound = '<choose><when condition="@(x)"><validate-content /></when></choose>';
    const context = { failingPolicy: 'validate-content' };
    const decision = decide({ policies: { api: policy(cors(shop), outbound) }, request: get, context });
    assert.equal(brief(decision), 'decided-at-runtime api allowed');
    assert.deepEqual(briefAlternatives(decision), [
      'choose of API under test=another branch: passes-with-cors-headers api allowed',
      'choose of API under test=branch 1: error-with-cors-headers api allowed',
    ]);
  });

  it('may be a return-response, which writes its own headers and status, and runs no on-error', () => {
    const refusal = `<choose><when condition="@(x)"><return-response><set-status code="403" />${manual('*')}</return-response></when><otherwise><return-response><set-status code="403" />${manual('*')}</return-response></otherwise></choose>`;
    const api = policy(refusal, '<base />', manual('https://error.example'));
    const decision = decide({ policies: { api }, request: get, context: { failingPolicy: 'return-response' } });
    assert.equal(brief(decision), 'error-with-cors-headers api allowed');
    assert.deepEqual([decision.status, decision.headers], [403, { 'Access-Control-Allow-Origin': '*' }]);
  });

  it('is not reached behind a statement that answers', () => {
    const api = policy('<return-response /><validate-jwt />');
    const decision = decide({ policies: { api }, request: get, context: { failingPolicy: 'validate-jwt' } });
    assert.equal(brief(decision), 'passes-without-cors-headers - blocked');
    assert.equal(decision.status, 200);
  });

  it('runs for the preflight of an OPTIONS operation, in every section', () => {
    const context = { failingPolicy: 'rate-limit', optionsOperation: true };
    const api = policy(cors(shop), '<rate-limit />');
    assert.equal(
      brief(decide({ policies: { api }, request: preflight, context })),
      'error-without-cors-headers - blocked',
    );
  });
});

describe('a key that is refused', () => {
  it('leaves every statement but cors out, and knows no product', () => {
    const api = policy(`<return-response />${cors(shop)}<base />`);
    const context = { keyError: true };
    assert.equal(brief(decide({ policies: { api }, request: get, context })), 'error-with-cors-headers api allowed');
    const policies = { product: policy(cors(shop)), api: policy('<base />') };
    const open = { ...context, openProduct: true };
    assert.equal(
      brief(decide({ policies, request: { ...get, subscriptionKeyIn: 'query' }, context: open })),
      'error-without-cors-headers - blocked',
    );
  });
});

describe('response headers that are partly known', () => {
  const grant = (value: string, action = 'override'): string =>
    `<set-header name="Access-Control-Allow-Credentials" exists-action="${action}"><value>${value}</value></set-header>`;
  const withCredentials = { ...get, credentials: 'include' };
  const verdict = (outbound: string, context: Readonly<Record<string, unknown>> = {}): string =>
    brief(decide({ policies: { api: policy('', outbound) }, request: withCredentials, context }));

  it('block where no value can help', () => {
    assert.equal(verdict(manual('@(x)')), 'passes-with-manual-headers api blocked');
    assert.equal(verdict(manual('@(x)') + grant('false')), 'passes-with-manual-headers api blocked');
    assert.equal(verdict(manual(other) + grant('@(x)')), 'passes-with-manual-headers api blocked');
    assert.equal(
      verdict(manual(shop) + grant('true') + grant('true', 'append')),
      'passes-with-manual-headers api blocked',
    );
  });

  it('are open where one can', () => {
    assert.equal(verdict(manual('@(x)') + grant('true')), 'passes-with-manual-headers api unknown');
    assert.equal(verdict(manual(shop) + grant('@(x)')), 'passes-with-manual-headers api unknown');
  });

  it('are those of one and the same branch', () => {
    const branches = `<choose><when condition="@(x)">${grant('true')}</when><otherwise>${manual(other)}</otherwise></choose>`;
    const decision = decide({ policies: { api: policy('', manual(shop) + branches) }, request: withCredentials });
    assert.deepEqual(briefAlternatives(decision), [
      'choose of API under test=branch 1: passes-with-manual-headers api allowed',
      'choose of API under test=branch 2: passes-with-manual-headers api blocked',
    ]);
  });

  it('may come from the backend in part', () => {
    const backend = { backendAddsCors: shop };
    assert.equal(verdict('', backend), 'passes-with-backend-headers - depends-on-backend');
    assert.equal(verdict(grant('true'), backend), 'passes-with-backend-headers - allowed');
    assert.equal(verdict(grant('true', 'append'), backend), 'passes-with-backend-headers - depends-on-backend');
    assert.equal(verdict(grant('', 'delete'), { backendAddsCors: 'unknown' }), 'passes-with-backend-headers - blocked');
    assert.equal(verdict(manual(shop), backend), 'passes-with-manual-headers api depends-on-backend');
  });

  it('may have a name that is not known', () => {
    const named = '<set-header name="@(context.Variables["name"])"><value>*</value></set-header>';
    const decision = decide({ policies: { api: policy('', named) }, request: get });
    assert.equal(brief(decision), 'decided-at-runtime - unknown');
    const known = '<set-header name="{{acao}}"><value>*</value></set-header>';
    const context = { namedValues: { acao: 'Access-Control-Allow-Origin' } };
    assert.equal(
      brief(decide({ policies: { api: policy('', known) }, request: get, context })),
      'passes-with-manual-headers api allowed',
    );
  });
});

describe('a cors inside cache-value or block', () => {
  it('counts for real requests: once per miss, or always', () => {
    const cached = policy(`<cache-value key="a" variable-name="a"><value>${cors(shop)}</value></cache-value>`);
    assert.equal(brief(decide({ policies: { api: cached }, request: get })), 'decided-at-runtime api unknown');
    const block = policy(`<block>${cors(shop)}</block>`);
    assert.equal(brief(decide({ policies: { api: block }, request: get })), 'passes-with-cors-headers api allowed');
    assert.equal(brief(decide({ policies: { api: block }, request: preflight })), 'not-found-404 - blocked');
  });
});
