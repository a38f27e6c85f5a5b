import assert from 'node:assert/strict';
import { cors, definition, globalDefinition, portalGlobal, shopCors } from '../support/policies';
import { applyFix, findingOf, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'failing-policy-before-cors';
const orders = 'apis/orders/policy.xml';
const global = 'policy.xml';
const base = '    <base />';
const jwt = '    <validate-jwt header-name="Authorization" />';
const limit = '    <rate-limit calls="20" renewal-period="90" />';
const quiet = globalDefinition('    <set-variable name="a" value="b" />');

function service(inbound: string, globalPolicy = quiet): ServiceFiles {
  return { [global]: globalPolicy, [orders]: definition(inbound) };
}

function fixTitles(files: ServiceFiles, path: string): readonly string[] {
  return findingOf(files, path, ruleId).fixes.map(({ title }) => title);
}

describe(ruleId, () => {
  it('warns on the own cors behind an own check', () => {
    const files = service(`${base}\n${jwt}\n${shopCors}`);
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "<cors>"`]);
    const { message, related } = findingOf(files, orders, ruleId);
    assert.equal(
      message,
      'validate-jwt from API orders runs before this cors. When it rejects a call, the answer has no CORS headers, and the page sees a CORS error instead of the reason. Put the cors first; preflight requests are answered either way.',
    );
    assert.deepEqual(
      related.map((place) => place.message),
      ['validate-jwt runs before the cors.'],
    );
  });
  it('warns on the own cors behind inherited checks, and names them by scope', () => {
    const files = service(`${base}\n${jwt}\n${shopCors}`, globalDefinition(limit));
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "<cors>"`]);
    assert.match(
      findingOf(files, orders, ruleId).message,
      /^rate-limit from global scope; validate-jwt from API orders run before this cors\. When one of them/,
    );
  });
  it('warns on an own check before <base />, through which the cors comes', () => {
    const files = { [global]: globalDefinition(shopCors), [orders]: definition(`${jwt}\n${base}`) };
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "<validate-jwt header-name="Authorization…"`]);
    assert.match(findingOf(files, orders, ruleId).message, /before the cors at global scope\..* Put <base \/> first;/);
  });
  it('knows limits that hold statements, and calls that fail', () => {
    const token =
      '    <get-authorization-context provider-id="p" authorization-id="a" context-variable-name="c" ignore-error="false" />';
    const concurrency = '    <limit-concurrency key="a" max-count="3" />';
    const start = (statement: string) =>
      findingOf(service(`${statement}\n${shopCors}\n${base}`), orders, ruleId).message.split(', the answer')[0];
    assert.equal(start(token), 'get-authorization-context from API orders runs before this cors. When it fails');
    assert.equal(start(concurrency), 'limit-concurrency from API orders runs before this cors. When it rejects a call');
    assert.match(start(`${token}\n${jwt}`) ?? '', / When one of them rejects a call or fails$/);
    assert.deepEqual(lintAll(service(`${token.replace('"false"', '"true"')}\n${shopCors}\n${base}`)), []);
  });
  it('looks into conditions', () => {
    const files = service(
      `    <choose>\n      <when condition="@(true)">\n    ${jwt}\n      </when>\n    </choose>\n${shopCors}\n${base}`,
    );
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "<cors>"`]);
    assert.deepEqual(fixTitles(files, orders), ['Move this cors before choose']);
  });
  it('knows statements of fragments, on both sides', () => {
    const files = {
      ...service(`    <include-fragment fragment-id="checks" />\n    <include-fragment fragment-id="spa" />\n${base}`),
      'policy fragments/checks/policy.xml': `<fragment>\n${jwt}\n</fragment>`,
      'policy fragments/spa/policy.xml': `<fragment>\n${shopCors}\n</fragment>`,
      'apis/orders/apiInformation.json': '{ "properties": { "subscriptionRequired": false } }',
    };
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "<include-fragment fragment-id="spa" />"`]);
    assert.deepEqual(fixTitles(files, orders), ['Move this include-fragment before include-fragment']);
  });
  it('counts what the document itself puts before its own cors, whatever is above it', () => {
    const unknownGlobal = { [orders]: definition(`${base}\n${jwt}\n${shopCors}`) };
    assert.deepEqual(lintAll(unknownGlobal), [
      `${orders}: information global-policy-unknown "<base />"`,
      `${orders}: warning ${ruleId} "<cors>"`,
    ]);
    const portalFirst = service(`${base}\n${jwt}\n${shopCors}`, portalGlobal(' terminate-unmatched-request="false"'));
    assert.deepEqual(lintAll(portalFirst), [`${orders}: warning ${ruleId} "<cors>"`]);
  });
  it('points at an on-error section that builds its answer without the header', () => {
    const answer = '<return-response><set-status code="500" reason="Error" /></return-response>';
    const withAnswer = (more: string) => ({
      [global]: quiet,
      [orders]: definition(`${jwt}\n${shopCors}\n${base}`).replace('<on-error>', `<on-error>${more}${answer}`),
    });
    const messages = (files: ServiceFiles) => findingOf(files, orders, ruleId).related.map(({ message }) => message);
    assert.deepEqual(messages(withAnswer('')), [
      'validate-jwt runs before the cors.',
      'The answer that on-error builds here has no CORS headers either.',
    ]);
    const header =
      '<set-header name="Access-Control-Allow-Origin" exists-action="override"><value>https://shop.contoso.com</value></set-header>';
    assert.deepEqual(messages(withAnswer(header)), ['validate-jwt runs before the cors.']);
  });
  it('reports one finding where the checks differ by product', () => {
    const files = {
      ...service(`${base}\n${shopCors}`),
      'products/starter/policy.xml': definition(`${base}\n${limit}`),
      'products/starter/apis.json': '[{ "name": "orders" }]',
    };
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "<cors>"`]);
    assert.match(findingOf(files, orders, ruleId).message, /^rate-limit from product starter runs/);
  });

  describe('can be mended', () => {
    it('by moving the cors, with its comments, before the first check', () => {
      const files = service(`${base}\n${jwt}\n${limit}\n    <!-- the shop -->\n${shopCors}`);
      const after = applyFix(files, orders, ruleId, 'move-cors-up');
      assert.equal(after[orders], definition(`${base}\n    <!-- the shop -->\n${shopCors}\n${jwt}\n${limit}`));
      assert.deepEqual(lintAll(after), []);
    });
    it('by moving the cors before <base />', () => {
      const files = service(`${base}\n${shopCors}`, globalDefinition(limit));
      assert.deepEqual(fixTitles(files, orders), ['Move this cors before <base />']);
      const after = applyFix(files, orders, ruleId, 'move-cors-up');
      assert.equal(after[orders], definition(`${shopCors}\n${base}`));
      assert.deepEqual(lintAll(after), []);
    });
    it('by moving <base /> before the check', () => {
      const files = { [global]: globalDefinition(shopCors), [orders]: definition(`${jwt}\n${base}`) };
      assert.deepEqual(fixTitles(files, orders), [
        'Move <base />, with everything that it inherits, before validate-jwt',
      ]);
      const after = applyFix(files, orders, ruleId, 'move-cors-up');
      assert.equal(after[orders], definition(`${base}\n${jwt}`));
      assert.deepEqual(lintAll(after), []);
    });
    it('with a title that names what then shows', () => {
      const files = service(`${jwt}\n${base}\n${shopCors}`, portalGlobal(' terminate-unmatched-request="false"'));
      assert.deepEqual(fixTitles(files, orders), [
        'Move this cors before validate-jwt; terminate-not-explicit then shows here',
      ]);
    });
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'when the cors comes first': service(`${base}\n${shopCors}\n${jwt}`),
    'when an inherited cors comes first and lets the same origin in': service(
      `${base}\n${jwt}\n${cors({ origins: ['https://shop.contoso.com'] })}`,
      globalDefinition(shopCors),
    ),
    'when inherited checks stand between an inherited cors and the own one': service(
      `${base}\n${shopCors}`,
      portalGlobal(' terminate-unmatched-request="false"'),
    ),
    'when nothing is listed': { [global]: globalDefinition(limit), [orders]: definition(`${base}\n${jwt}`) },
    'when a request of the policy’s own may fail quietly': service(
      `    <send-request mode="new" response-variable-name="r" ignore-error="true">\n      <set-url>https://a.example</set-url>\n      <authentication-managed-identity resource="https://a.example" />\n    </send-request>\n${shopCors}\n${base}`,
    ),
    'when only a header for the backend is written': service(
      `    <authentication-basic username="a" password="b" />\n${shopCors}\n${base}`,
    ),
    'on a WebSocket API, of which websocket-skips-cors tells': {
      [global]: globalDefinition(limit),
      [orders]: definition(base),
      'apis/orders/apiInformation.json': '{ "properties": { "type": "websocket" } }',
    },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(files), []));
  }
  it('is told in the broader policy alone where that holds both', () => {
    const files = { [global]: globalDefinition(`${limit}\n${shopCors}`), [orders]: definition(base) };
    assert.deepEqual(lintAll(files), [`${global}: warning ${ruleId} "<cors>"`]);
  });
});
