import assert from 'node:assert/strict';
import { cors, definition, globalDefinition, portalGlobal, serviceArtifact, shopCors } from '../support/policies';
import { absolute, applyFix, findingOf, lint, lintAll, openService, type ServiceFiles } from '../support/service';

const ruleId = 'base-removed';
const orders = 'apis/orders/policy.xml';
const operation = 'apis/orders/operations/get/policy.xml';
const base = '    <base />';
const trace = '    <trace source="own" />';
const logging = globalDefinition('    <trace source="global" />\n    <rate-limit calls="1" renewal-period="1" />');
const inStarter = { 'products/starter/apis.json': '[{ "name": "orders" }]' };

/** A definition with this text in place of its backend section. */
function withBackend(backend: string): string {
  return definition(base).replace(/<backend>[\s\S]*<\/backend>/, backend);
}

describe('base-removed', () => {
  it('informs on a section without <base />, and names what is not inherited by scope', () => {
    const files = {
      ...inStarter,
      'policy.xml': logging,
      'products/starter/policy.xml': definition(`${base}\n    <quota calls="1" />`),
      [orders]: definition(trace),
    };
    assert.deepEqual(lintAll(files), [`${orders}: information base-removed "<inbound>"`]);
    const { message, related } = findingOf(files, orders, ruleId);
    assert.equal(
      message,
      'This inbound section has no <base />, so it does not inherit trace and rate-limit from global scope; quota from product starter. Add <base /> if that should run here.',
    );
    assert.deepEqual(
      related.map(({ path, message: told }) => [path, told]),
      [
        [absolute('policy.xml'), 'trace and 1 more from global scope: not inherited.'],
        [absolute('products/starter/policy.xml'), 'quota from product starter: not inherited.'],
      ],
    );
  });
  it('tells what an empty backend section means', () => {
    assert.equal(
      findingOf({ 'policy.xml': portalGlobal(), [orders]: withBackend('<backend />') }, orders, ruleId).message,
      'This backend section has no <base />, so it does not inherit forward-request from global scope. Without forward-request, requests are not sent to the backend service. Add <base /> if that should run here.',
    );
  });
  it('is told where <base /> is missing, and not again in the operations below', () => {
    const files = { 'policy.xml': logging, [orders]: definition(trace), [operation]: definition(base) };
    assert.deepEqual(lintAll(files), [`${orders}: information base-removed "<inbound>"`]);
  });
  it('names what an operation does not inherit of its API and of all above it', () => {
    const files = { 'policy.xml': logging, [orders]: definition(`${base}\n    <find-and-replace from="a" to="b" />`) };
    assert.match(
      findingOf({ ...files, [operation]: definition('') }, operation, ruleId).message,
      /does not inherit trace and rate-limit from global scope; find-and-replace from API orders\./,
    );
  });
  it('leaves out what cannot be read, and says so', () => {
    const files = {
      'policy.xml': globalDefinition('    <trace />\n    <include-fragment fragment-id="gone" />'),
      [orders]: definition(''),
    };
    assert.match(
      findingOf(files, orders, ruleId).message,
      /trace from global scope; whatever cannot be read here \(the fragment gone is not in the workspace\)\./,
    );
  });

  const global = { 'policy.xml': logging };
  const silent: Readonly<Record<string, ServiceFiles>> = {
    'with <base />': { ...global, [orders]: definition(`${base}\n${trace}`) },
    'at global scope': global,
    'where the scope is not known': { 'somewhere/x.xml': definition(trace) },
    'where broader scopes hold nothing': { 'policy.xml': globalDefinition(''), [orders]: definition(trace) },
    'where there is no broader policy': { ...serviceArtifact, [orders]: definition(trace) },
    'where all that is left out is unknown': { [orders]: definition(trace) },
    'where the same text stands in the section': {
      ...global,
      [orders]: definition(
        '    <trace  source="global" />\n    <!-- copied -->\n    <rate-limit calls="1" renewal-period="1" />',
      ),
    },
    'where both include the same fragment': {
      'policy fragments/log/policy.xml': '<fragment><trace /></fragment>',
      'policy.xml': globalDefinition('    <include-fragment fragment-id="log" />'),
      [orders]: definition('    <include-fragment fragment-id="log" />'),
    },
    'in a backend section with a policy of its own': {
      'policy.xml': portalGlobal(),
      [orders]: withBackend('<backend><forward-request timeout="60" /></backend>').replace(shopCors, ''),
    },
    'with <base /> inside another policy': {
      ...global,
      [orders]: definition('    <choose><when condition="@(true)"><base /></when></choose>'),
    },
    'in an expression or a comment elsewhere': {
      ...global,
      [orders]: definition(`${base}\n    <!-- <base /> --><set-variable name="x" value="@("<base />")" />`),
    },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      const found = Object.keys(files).flatMap((path) => (path.endsWith('.xml') ? lint(files, path) : []));
      assert.deepEqual(
        found.filter((line) => !line.includes('base-inherits-portal-cors')),
        [],
      );
    });
  }

  describe('fix', () => {
    const titleOf = (files: ServiceFiles, path = orders): string | undefined =>
      findingOf(files, path, ruleId).fixes.map(({ title }) => title)[0];

    const forms: Readonly<Record<string, readonly [before: string, after: string]>> = {
      'before the first statement': [definition(trace), definition(`${base}\n${trace}`)],
      'before a comment': [
        definition(`    <!-- ours -->\n${trace}`),
        definition(`${base}\n    <!-- ours -->\n${trace}`),
      ],
      'in an empty section': [definition(''), definition(base)],
      'in the section’s own manner of indenting': [
        '<policies>\n\t<inbound>\n\t\t<trace />\n\t</inbound>\n</policies>',
        '<policies>\n\t<inbound>\n\t\t<base />\n\t\t<trace />\n\t</inbound>\n</policies>',
      ],
      'in a self-closing section': [
        '<policies>\n  <inbound/>\n</policies>',
        '<policies>\n  <inbound>\n    <base />\n  </inbound>\n</policies>',
      ],
      'in one line': [
        '<policies><inbound><trace /></inbound></policies>',
        '<policies><inbound><base /><trace /></inbound></policies>',
      ],
      'in one line with blanks': [
        '<policies> <inbound> <trace /> </inbound> </policies>',
        '<policies> <inbound> <base /> <trace /> </inbound> </policies>',
      ],
      'with \\r\\n': [
        '<policies>\r\n  <inbound>\r\n    <trace />\r\n  </inbound>\r\n</policies>',
        '<policies>\r\n  <inbound>\r\n    <base />\r\n    <trace />\r\n  </inbound>\r\n</policies>',
      ],
    };
    for (const [title, [before, after]] of Object.entries(forms)) {
      it(`puts <base /> at the start ${title}`, () => {
        const result = applyFix({ ...global, [orders]: before }, orders, ruleId, 'add-base');
        assert.equal(result[orders], after);
        assert.deepEqual(lintAll(result), []);
      });
    }
    it('says what comes along', () => {
      assert.equal(
        titleOf({ ...global, [orders]: definition(trace) }),
        'Add <base /> at the start of inbound: inherits trace and rate-limit from global scope',
      );
    });
    it('says which findings that brings about, here and below', () => {
      const files = {
        'policy.xml': portalGlobal(),
        [orders]: definition(shopCors),
        [operation]: definition(`${base}\n${cors({ origins: ['https://shop.contoso.com'], methods: ['GET', 'PUT'] })}`),
      };
      assert.equal(
        titleOf(files),
        'Add <base /> at the start of inbound: inherits cors and rate-limit-by-key from global scope; base-inherits-portal-cors then shows here; base-inherits-portal-cors then shows in apis/orders/operations/get/policy.xml',
      );
    });
    it('is not offered for a section without an end', () => {
      const files = { ...global, [orders]: '<policies>\n  <inbound>\n    <trace />\n</policies>' };
      const finding = openService(files)
        .findings(absolute(orders))
        .find((each) => each.ruleId === ruleId);
      assert.deepEqual(finding?.fixes, []);
    });
  });
});
