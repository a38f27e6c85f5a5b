import assert from 'node:assert/strict';
import { cors, definition, portalGlobal, shopCors } from '../support/policies';
import { applyFix, findingOf, lint, lintAll, relative, type ServiceFiles } from '../support/service';

const orders = 'apis/orders/policy.xml';
const ruleId = 'base-inherits-portal-cors';
/** What is left after a fix that takes `<base />` away: it tells what is not inherited any more. */
const nothingInherited = [
  'apis/orders/policy.xml: information base-removed "<inbound>"',
  'apis/orders/policy.xml: information portal-cors-not-inherited "<inbound>"',
];
const statementCopied = ['apis/orders/policy.xml: information portal-cors-not-inherited "<inbound>"'];
const leftBy = (fixId: string): readonly string[] =>
  fixId === 'remove-base' ? nothingInherited : fixId === 'replace-base' ? statementCopied : [];

const base = '    <base />';

function service(inbound: string, global = portalGlobal()) {
  return { 'policy.xml': global, [orders]: definition(inbound) };
}

describe(ruleId, () => {
  describe('warns on the <base />', () => {
    it('that brings in a portal cors without terminate-unmatched-request before the own cors', () => {
      assert.deepEqual(lintAll(service(`${base}\n${shopCors}`)), [`${orders}: warning ${ruleId} "<base />"`]);
    });
    it('when the portal cors stops unmatched origins, and says so without an if', () => {
      const files = service(`${base}\n${shopCors}`, portalGlobal(' terminate-unmatched-request="true"'));
      const { message } = findingOf(files, orders, ruleId);
      assert.match(message, /https:\/\/shop\.contoso\.com are refused: it stops/);
    });
    it('when terminate-unmatched-request is an expression', () => {
      const global = portalGlobal(' terminate-unmatched-request="@(context.Request.Method == "GET")"');
      assert.match(
        findingOf(service(`${base}\n${shopCors}`, global), orders, ruleId).message,
        /may be refused: whether it stops them is not known \(a policy expression/,
      );
    });
    it('when the portal has a host of its own that the project file names', () => {
      const global = portalGlobal().replace('contoso.developer.azure-api.net', 'developers.contoso.com');
      const files = {
        ...service(`${base}\n${shopCors}`, global),
        'apim-policy.config.json': '{ "cors": { "portalOrigins": ["https://developers.*"] } }',
      };
      assert.deepEqual(lint(files, orders), [`warning ${ruleId} "<base />"`]);
    });
    it('when the portal’s host is a named value that says so', () => {
      const global = portalGlobal().replace('contoso.developer.azure-api.net', '{{ApimDevPortalHostname}}');
      assert.deepEqual(lint(service(`${base}\n${shopCors}`, global), orders), [`warning ${ruleId} "<base />"`]);
    });
    it('in a fragment that the global policy includes', () => {
      const [, element = ''] = /(<cors[\s\S]*<\/cors>)/.exec(portalGlobal()) ?? [];
      const global = portalGlobal().replace(element, '<include-fragment fragment-id="portal-cors" />');
      const files = {
        ...service(`${base}\n${shopCors}`, global),
        'policy fragments/portal-cors/policy.xml': `<fragment>${element}</fragment>`,
      };
      assert.deepEqual(lint(files, orders), [`warning ${ruleId} "<base />"`]);
    });
  });

  it('tells the other rules of the same cause as related information, in the files where they are', () => {
    const { related } = findingOf(service(`${base}\n${shopCors}`), orders, ruleId);
    assert.deepEqual(
      related.map(({ path, ruleId: other }) => `${relative(path)} ${other}`),
      ['policy.xml terminate-not-explicit', `${orders} cors-shadowed`],
    );
  });

  it('informs where there is no own cors, once per chain', () => {
    const files = { ...service(base), 'apis/orders/operations/get-order/policy.xml': definition(base) };
    assert.deepEqual(lintAll(files), [`${orders}: information ${ruleId} "<base />"`]);
  });

  it('does not call the portal’s cors the only one beside something that cannot be read', () => {
    const fragment = '    <include-fragment fragment-id="nowhere" />';
    assert.deepEqual(lint(service(`${fragment}\n${base}`), orders), []);
    assert.deepEqual(lint(service(`${base}\n${fragment}`), orders), []);
  });

  describe('stays silent', () => {
    const silent: Readonly<Record<string, ServiceFiles>> = {
      'when the portal cors lets other origins pass': service(
        `${base}\n${shopCors}`,
        portalGlobal(' terminate-unmatched-request="false"'),
      ),
      'when the own cors stands first and lets the portal pass': service(
        `${cors({ origins: ['https://shop.contoso.com'], attributes: ' terminate-unmatched-request="false"' })}\n${base}`,
      ),
      'when the portal cors lists the own origins too': {
        ...service(
          `${base}\n${shopCors}`,
          portalGlobal().replace('</origin>', '</origin>\n        <origin>https://shop.contoso.com/</origin>'),
        ),
        'apim-policy.config.json': '{ "rules": { "origin-normalisation": "off" } }',
      },
    };
    for (const [title, files] of Object.entries(silent)) {
      it(title, () => assert.deepEqual(lintAll(files), []));
    }

    const withoutBase: typeof silent = {
      'without <base />': service(shopCors),
      'when the only <base /> is in a comment': service(`    <!-- <base /> -->\n${shopCors}`),
      'when base and cors stand in another section': {
        'policy.xml': portalGlobal(),
        [orders]: definition(shopCors).replace('<backend>', '<backend><!-- below inbound -->'),
      },
    };
    for (const [title, files] of Object.entries(withoutBase)) {
      it(`${title}, where base-removed tells of it`, () => assert.deepEqual(lintAll(files), nothingInherited));
    }
  });

  it('says for which products it holds when another product’s cors answers', () => {
    const files = {
      ...service(`${base}\n${shopCors}`),
      'products/open/policy.xml': definition(`${cors({ origins: ['*'], headers: ['*'], methods: ['*'] })}\n${base}`),
      'products/open/apis.json': '[{ "name": "orders" }]',
    };
    assert.match(findingOf(files, orders, ruleId).message, /holds for calls without a product\.$/);
  });

  describe('fixes', () => {
    const before = service(
      `    <!-- the shop's pages -->\n${base}\n\n    <!-- ours -->\n${shopCors}\n    <set-backend-service base-url="https://orders.internal" />`,
    );

    it('come best first and name what is lost', () => {
      assert.deepEqual(
        findingOf(before, orders, ruleId).fixes.map(({ title }) => title),
        [
          'Set terminate-unmatched-request="false" on the inherited cors, for every API that inherits it (policy.xml)',
          'Add https://shop.contoso.com to the inherited cors, for every API that inherits it (policy.xml)',
          'Move this cors before <base />, with terminate-unmatched-request="false"',
          'Remove <base />: also drops rate-limit-by-key from global scope',
          'Replace <base /> with the 1 inherited statement except the cors, behind this cors',
        ],
      );
    });

    const after: Readonly<Record<string, ReturnType<typeof service>>> = {
      'set-terminate-false': {
        ...before,
        'policy.xml': portalGlobal(' terminate-unmatched-request="false"'),
      },
      'add-origins': {
        ...before,
        'policy.xml': portalGlobal().replace(
          '</origin>\n',
          '</origin>\n        <origin>https://shop.contoso.com</origin>\n',
        ),
      },
      'move-own-before-base': service(
        `    <!-- the shop's pages -->\n    <!-- ours -->\n${shopCors.replace('<cors>', '<cors terminate-unmatched-request="false">')}\n${base}\n\n    <set-backend-service base-url="https://orders.internal" />`,
      ),
      'remove-base': service(
        `    <!-- the shop's pages -->\n\n    <!-- ours -->\n${shopCors}\n    <set-backend-service base-url="https://orders.internal" />`,
      ),
      'replace-base': service(
        `    <!-- the shop's pages -->\n    <!-- ours -->\n${shopCors}\n    <rate-limit-by-key calls="100" renewal-period="60" counter-key="@(context.Request.IpAddress)" />\n\n    <set-backend-service base-url="https://orders.internal" />`,
      ),
    };
    for (const [fixId, expected] of Object.entries(after)) {
      it(`${fixId} changes only what it says, and no finding is left`, () => {
        const result = applyFix(before, orders, ruleId, fixId);
        assert.deepEqual(result, expected);
        assert.deepEqual(lintAll(result), leftBy(fixId));
      });
      it(`${fixId} keeps \\r\\n line ends`, () => {
        const crlf = (files: typeof before) =>
          Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace(/\n/g, '\r\n')]));
        assert.deepEqual(applyFix(crlf(before) as typeof before, orders, ruleId, fixId), crlf(expected));
      });
    }

    it('work on a document that is written in one line', () => {
      const line = `<policies><inbound><base />${shopCors.replace(/\s*\n\s*/g, '').trim()}</inbound><backend><base /></backend></policies>`;
      const files = { 'policy.xml': portalGlobal(), [orders]: line };
      for (const { id } of findingOf(files, orders, ruleId).fixes) {
        assert.deepEqual(lintAll(applyFix(files, orders, ruleId, id)), leftBy(id), id);
      }
    });
    it('change every inherited cors that stands in the way, when there are two', () => {
      const files = {
        ...before,
        'products/starter/policy.xml': definition(`${cors({ origins: ['https://partner.example'] })}\n${base}`),
        'products/starter/apis.json': '[{ "name": "orders" }]',
      };
      const { fixes } = findingOf(files, orders, ruleId);
      assert.equal(
        fixes[0]?.title,
        'Set terminate-unmatched-request="false" on the inherited cors, for every API that inherits it (policy.xml)',
      );
      // The product's cors stops the same origins in its own chain: another cause, another finding.
      assert.deepEqual(lint(files, orders), [
        `warning base-inherits-portal-cors "<base />"`,
        `warning base-inherits-restrictive-cors "<base />"`,
      ]);
    });
    it('do not offer to add an origin that nobody can list', () => {
      const own = cors({ origins: ['@(context.Request.Headers.GetValueOrDefault("Origin","").Trim())'] });
      const { fixes } = findingOf(service(`${base}\n${own}`), orders, ruleId);
      assert.deepEqual(
        fixes.map(({ id }) => id),
        ['set-terminate-false', 'move-own-before-base', 'remove-base', 'replace-base'],
      );
    });
  });
});
