import assert from 'node:assert/strict';
import { cors, definition, globalDefinition, shopCors } from '../support/policies';
import { applyFix, findingOf, lintAll } from '../support/service';

const orders = 'apis/orders/policy.xml';
const ruleId = 'base-inherits-restrictive-cors';
const base = '    <base />';
const partner = (attributes = '', methods: readonly string[] = ['GET']) =>
  cors({ origins: ['https://partner.example'], methods, attributes });

function service(inbound: string, global: string) {
  return { 'policy.xml': globalDefinition(global), [orders]: definition(inbound) };
}

/** What the file that holds the attribute has to say of it. */
function stopsGets(path: string): string {
  return `${path}: information unmatched-empty-200 "terminate-unmatched-request="true""`;
}

describe(ruleId, () => {
  it('warns when an inherited cors that misses an own origin stops it', () => {
    const files = service(`${base}\n${shopCors}`, partner(' terminate-unmatched-request="true"'));
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "<base />"`, stopsGets('policy.xml')]);
    assert.match(
      findingOf(files, orders, ruleId).message,
      /does not list https:\/\/shop\.contoso\.com\. Browsers .* are refused: it stops/,
    );
  });
  it('warns when the attribute is absent, and says that the default is disputed', () => {
    const { message } = findingOf(service(`${base}\n${shopCors}`, partner()), orders, ruleId);
    assert.match(message, /may be refused: .*disagree about the default/);
  });
  it('warns in the operation when the API’s cors stops it', () => {
    const operation = 'apis/orders/operations/get-order/policy.xml';
    const files = {
      ...service(partner(' terminate-unmatched-request="true"'), ''),
      [operation]: definition(`${base}\n${shopCors}`),
    };
    assert.deepEqual(lintAll(files), [`${operation}: warning ${ruleId} "<base />"`, stopsGets(orders)]);
  });
  it('warns for a product’s cors in the chain of that product alone', () => {
    const files = {
      ...service(`${base}\n${shopCors}`, ''),
      'products/starter/policy.xml': definition(partner()),
      'products/starter/productInformation.json': '{ "properties": { "displayName": "Starter" } }',
      'products/starter/apis/orders/productApiInformation.json': '{}',
    };
    assert.match(findingOf(files, orders, ruleId).message, /holds for calls through product starter\.$/);
  });

  it('says "may" where the inherited list, or the own origin, is decided at run time', () => {
    const computed = cors({
      origins: ['@(MyAllow(context))'],
      attributes: ' terminate-unmatched-request="true"',
    });
    assert.match(
      findingOf(service(`${base}\n${shopCors}`, computed), orders, ruleId).message,
      /it may not list https:\/\/shop\.contoso\.com\. Browsers .* may be refused: whether it lists them is decided at run time\.$/,
    );
    const own = cors({ origins: ['{{spa}}'] });
    const explicit = partner(' terminate-unmatched-request="true"');
    assert.match(
      findingOf(service(`${base}\n${own}`, explicit), orders, ruleId).message,
      /may be refused: which origin that is, is not known \(the named value \{\{spa\}\} is not in the workspace\)\.$/,
    );
  });
  it('does not read C# out, and calls a star other origins', () => {
    const own = cors({ origins: ['*', '@{ var o = "x"; return o + "y"; }'] });
    const { message } = findingOf(service(`${base}\n${own}`, partner()), orders, ruleId);
    assert.match(message, /Browsers on other origins and origins that an expression decides may be refused/);
  });

  const aside = {
    'apim-policy.config.json': '{ "rules": { "wildcard-origin": "off", "origin-normalisation": "off" } }',
  };
  const silent: Readonly<Record<string, ReturnType<typeof service>>> = {
    'when the inherited cors lets others pass': service(
      `${base}\n${shopCors}`,
      partner(' terminate-unmatched-request="false"'),
    ),
    'when an earlier cors already lists the origin': service(
      `${base}\n${shopCors}`,
      cors({ origins: ['HTTPS://SHOP.contoso.com:443'], methods: ['*'], headers: ['*'] }),
    ),
  };
  it('leaves a star to cors-shadowed: nobody is refused, and the own list restricts nothing', () => {
    const star = cors({ origins: ['*'], methods: ['*'], headers: ['*'] });
    assert.deepEqual(lintAll({ ...service(`${base}\n${shopCors}`, star), ...aside }), [
      'apis/orders/policy.xml: warning cors-shadowed "<cors>"',
    ]);
  });
  it('does not count an inherited cors in a choose, of which cors-nested tells', () => {
    const nested = `<choose><when condition="@(context.Api.Id == "orders")">${partner()}</when></choose>`;
    assert.deepEqual(lintAll(service(`${base}\n${shopCors}`, nested)), ['policy.xml: warning cors-nested "<cors>"']);
  });
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll({ ...files, ...aside }), []));
  }

  it('adds the methods and headers that the own origins need, where the inherited cors lacks them', () => {
    const own = cors({
      origins: ['https://shop.contoso.com'],
      methods: ['GET', 'DELETE'],
      headers: ['x-trace', 'authorization'],
    });
    const files = service(`${base}\n${own}`, partner());
    const after = applyFix(files, orders, ruleId, 'add-origins');
    assert.equal(
      after['policy.xml'],
      globalDefinition(
        cors({
          origins: ['https://partner.example', 'https://shop.contoso.com'],
          methods: ['GET', 'DELETE'],
          headers: ['content-type', 'authorization', 'x-trace'],
        }),
      ),
    );
    assert.deepEqual(lintAll(after), []);
  });
  it('writes allowed-methods and allowed-headers where the inherited cors has none, without losing GET and POST', () => {
    const bare =
      '    <cors>\n      <allowed-origins>\n        <origin>https://partner.example</origin>\n      </allowed-origins>\n    </cors>';
    const own = cors({ origins: ['https://shop.contoso.com'], methods: ['DELETE'], headers: ['x-trace'] });
    const after = applyFix(service(`${base}\n${own}`, bare), orders, ruleId, 'add-origins');
    assert.equal(
      after['policy.xml'],
      globalDefinition(
        cors({
          origins: ['https://partner.example', 'https://shop.contoso.com'],
          methods: ['GET', 'POST', 'DELETE'],
          headers: ['x-trace'],
        }).replace(' preflight-result-max-age="300"', ''),
      ),
    );
  });
  it('does not offer to add an origin where that would turn on credentials for others', () => {
    const own = cors({ origins: ['https://shop.contoso.com'], attributes: ' allow-credentials="true"' });
    const { fixes } = findingOf(service(`${base}\n${own}`, partner()), orders, ruleId);
    assert.equal(
      fixes.some(({ id }) => id === 'add-origins'),
      false,
    );
  });
  it('replaces <base /> with text that keeps its C# and its comments out of the way', () => {
    const global = `${partner()}
      <set-body>@{
        var text = @"
  two blanks";
        return text;
      }</set-body>`;
    const after = applyFix(service(`${base}\n${shopCors}`, global), orders, ruleId, 'replace-base');
    assert.equal(
      after[orders],
      definition(`    <set-body>@{
        var text = @"
  two blanks";
        return text;
      }</set-body>\n${shopCors}`),
    );
  });
});
