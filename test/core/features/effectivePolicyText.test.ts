import assert from 'node:assert/strict';
import { parsePolicyDocument } from '../../../server/src/core/syntax/parsePolicyDocument';
import { definition, globalDefinition } from '../../support/policies';
import { absolute, openService, relative, type ServiceFiles } from '../../support/service';

const orders = 'apis/orders/policy.xml';
const inStarter = { 'products/starter/apis.json': '[{ "name": "orders" }]' };

type Choice = { readonly product?: string; readonly of?: 'document' | 'parent' };

function textOf(files: ServiceFiles, path: string, { product, of = 'document' }: Choice = {}): string | undefined {
  return openService(files).effectivePolicyText(absolute(path), { product, of })?.text;
}

/** The inbound section's lines, without their indentation. */
function inboundOf(files: ServiceFiles, path: string, choice?: Choice): readonly string[] {
  const [, inbound = ''] = /<inbound>\n([\s\S]*?)\n +<\/inbound>/.exec(textOf(files, path, choice) ?? '') ?? [];
  return inbound.split('\n').map((line) => line.trim());
}

/** `kind "text" → file "source"` */
function originsOf(files: ServiceFiles, path: string): readonly string[] {
  const service = openService(files);
  const written = service.effectivePolicyText(absolute(path), { product: undefined, of: 'document' });
  return (written?.origins ?? []).map((origin) => {
    const source = service.store.text(origin.path)?.slice(origin.source.start, origin.source.end);
    const shown = written?.text.slice(origin.span.start, origin.span.end);
    return `${origin.kind} ${JSON.stringify(shown)} → ${relative(origin.path)} ${JSON.stringify(source)}`;
  });
}

describe('effective policy as a text', () => {
  it('is a policy document with scope and file where each part begins and ends', () => {
    const files = {
      'policy.xml': '<policies><inbound><trace /></inbound><backend><forward-request /></backend></policies>',
      [orders]: definition('    <set-header name="a" />\n    <base />\n    <set-header name="b" />'),
    };
    assert.equal(
      textOf(files, orders),
      `<!--
  Effective policy of API orders, without a product
    API orders    apis/orders/policy.xml
    global scope  policy.xml
-->
<policies>
  <inbound>
    <!-- begin of API orders: apis/orders/policy.xml -->
    <set-header name="a" />
    <!-- begin of global scope: policy.xml -->
    <trace />
    <!-- end of global scope: policy.xml -->
    <set-header name="b" />
    <!-- end of API orders: apis/orders/policy.xml -->
  </inbound>
  <backend>
    <!-- begin of global scope: policy.xml -->
    <forward-request />
    <!-- end of global scope: policy.xml -->
  </backend>
  <outbound>
    <!-- global scope has no <outbound>: taken as inheriting nothing here -->
  </outbound>
  <on-error>
    <!-- global scope has no <on-error>: taken as inheriting nothing here -->
  </on-error>
</policies>
`,
    );
  });

  it('knows where each of its parts comes from', () => {
    const files = {
      'policy.xml':
        '<policies>\n\t<inbound>\n\t\t<choose>\n\t\t\t<when condition="@(a\n < b)" />\n\t\t</choose>\n\t</inbound>\n</policies>',
      [orders]:
        '<policies>\n  <inbound>\n    <base />\n    <include-fragment fragment-id="gone" />\n  </inbound>\n</policies>',
    };
    assert.deepEqual(originsOf(files, orders), [
      'file "apis/orders/policy.xml" → apis/orders/policy.xml ""',
      'file "policy.xml" → policy.xml ""',
      'file "apis/orders/policy.xml" → apis/orders/policy.xml "<inbound>"',
      'file "policy.xml" → policy.xml "<inbound>"',
      'statement "<choose>" → policy.xml "<choose>"',
      'statement "<when condition=\\"@(a" → policy.xml "<when condition=\\"@(a"',
      'statement " < b)\\" />" → policy.xml " < b)\\" />"',
      'statement "</choose>" → policy.xml "</choose>"',
      'place "policy.xml" → policy.xml "<inbound>"',
      'place "UNKNOWN: Fragment gone may contribute anything here, since the fragment gone is not in the workspace" → apis/orders/policy.xml "<include-fragment fragment-id=\\"gone\\" />"',
      'place "apis/orders/policy.xml" → apis/orders/policy.xml "<inbound>"',
    ]);
  });

  it('knows where the parts of a fragment are that is a string in a file', () => {
    const information = 'policy fragments/log/policyFragmentInformation.json';
    const files = {
      [orders]: '<policies>\n  <inbound>\n    <include-fragment fragment-id="log" />\n  </inbound>\n</policies>',
      [information]: String.raw`{ "properties": { "value": "<fragment>\r\n\t<trace source=\"a\u0041\" />\n\t<cors>\n\t</cors></fragment>" } }`,
    };
    const places = [
      [String.raw`<trace source=\"aA\" />`, String.raw`<trace source=\\\"a\\u0041\\\" />`],
      ['<cors>', '<cors>'],
      ['</cors>', '</cors>'],
    ];
    assert.deepEqual(originsOf(files, orders).slice(1), [
      `file "apis/orders/policy.xml" → ${orders} "<inbound>"`,
      `file "${information}" → ${information} "<fragment>"`,
      ...places.map(([shown, source]) => `place "${shown}" → ${information} "${source}"`),
      `place "${information}" → ${information} "<fragment>"`,
      `place "apis/orders/policy.xml" → ${orders} "<inbound>"`,
    ]);
  });

  it('writes out the fragments that other policies include, where they stand', () => {
    const files = {
      'policy fragments/log/policy.xml':
        '<fragment>\n\t<choose>\n\t\t<otherwise>\n\t\t\t<trace />\n\t\t</otherwise>\n\t</choose>\n</fragment>',
      [orders]: definition(`    <choose>
      <when condition="@(1 < 2)">
        <include-fragment fragment-id="log" />
      </when>
      <otherwise><include-fragment
          fragment-id="gone" /><cache-lookup /><include-fragment fragment-id="LOG" /></otherwise>
    </choose>`),
    };
    const log = 'fragment log: policy fragments/log/policy.xml';
    const whole = textOf(files, orders) ?? '';
    assert.equal(
      whole.slice(whole.indexOf('    <choose>'), whole.indexOf('    <!-- end of API orders')),
      `    <choose>
      <when condition="@(1 < 2)">
        <!-- begin of ${log} -->
        <choose>
          <otherwise>
            <trace />
          </otherwise>
        </choose>
        <!-- end of ${log} -->
      </when>
      <otherwise>
        <!-- UNKNOWN: Fragment gone may contribute anything here, since the fragment gone is not in the workspace -->
          <cache-lookup />
            <!-- begin of ${log.replace('log:', 'LOG:')} -->
            <choose>
              <otherwise>
                <trace />
              </otherwise>
            </choose>
            <!-- end of ${log.replace('log:', 'LOG:')} -->
          </otherwise>
    </choose>
`,
    );
  });

  it('ends where fragments include each other inside other policies', () => {
    const around = (id: string) =>
      `<fragment><choose><otherwise><include-fragment fragment-id="${id}" /></otherwise></choose></fragment>`;
    const files = {
      'policy fragments/a/policy.xml': around('b'),
      'policy fragments/b/policy.xml': around('a'),
      [orders]: definition('    <include-fragment fragment-id="a" />'),
    };
    assert.match(
      textOf(files, orders) ?? '',
      /UNKNOWN: Fragment a may contribute anything here, since the fragment a includes itself/,
    );
  });

  it('writes every file with the indentation of the policy that is shown', () => {
    const files = {
      'policy.xml':
        '<policies>\n\t<inbound>\n\t\t<choose>\n\t\t\t<when condition="@(true)">\n\t\t\t\t <trace />\n\t\t\t</when>\n\t\t</choose>\n\t</inbound>\n</policies>',
      [orders]: '<policies>\n  <inbound>\n    <base />\n  </inbound>\n</policies>',
    };
    const [, choose] = /( {4}<choose>[\s\S]*<\/choose>)/.exec(textOf(files, orders) ?? '') ?? [];
    assert.equal(
      choose,
      '    <choose>\n      <when condition="@(true)">\n         <trace />\n      </when>\n    </choose>',
    );
  });

  it('says what is not known at its place', () => {
    assert.deepEqual(inboundOf({ [orders]: definition('    <base />') }, orders), [
      '<!-- begin of API orders: apis/orders/policy.xml -->',
      '<!-- UNKNOWN: Global scope may contribute anything here, since the global policy is not in the workspace -->',
      '<!-- end of API orders: apis/orders/policy.xml -->',
    ]);
  });

  it('leaves out the parts of documents that only pass on what they inherit', () => {
    const files = { 'policy.xml': definition('    <trace />'), [orders]: definition('    <base />') };
    assert.deepEqual(inboundOf(files, orders), [
      '<!-- begin of global scope: policy.xml -->',
      '<trace />',
      '<!-- end of global scope: policy.xml -->',
    ]);
  });

  it('says which statements take part only if a document that is not there passes them on', () => {
    const files = {
      'apim-policy.config.json': JSON.stringify({
        scopes: [
          { glob: 'global.xml', scope: 'global' },
          { glob: '{api}/{operation}.xml', scope: 'operation', api: '{api}', operation: '{operation}' },
        ],
      }),
      'global.xml': definition('    <trace />'),
      'orders/get.xml': definition('    <base />'),
    };
    assert.deepEqual(inboundOf(files, 'orders/get.xml'), [
      '<!-- begin of operation get of API orders: orders/get.xml -->',
      '<!-- UNKNOWN: API orders may contribute anything here, since the api policy is not in the workspace -->',
      '<!-- begin of global scope: global.xml -->',
      '<!-- the next one takes part only if API orders has <base /> -->',
      '<trace />',
      '<!-- end of global scope: global.xml -->',
      '<!-- end of operation get of API orders: orders/get.xml -->',
    ]);
  });

  it('never shows the value of a named value', () => {
    const files = {
      [orders]: definition('    <set-header name="x"><value>{{key}}{{open}}</value></set-header>'),
      'named values/key/namedValueInformation.json':
        '{ "properties": { "displayName": "key", "secret": true, "value": "s3cret" } }',
      'named values/open/namedValueInformation.json': '{ "properties": { "displayName": "open", "value": "shown" } }',
    };
    const text = textOf(files, orders) ?? '';
    assert.ok(text.includes('{{key}}{{open}}'));
    assert.doesNotMatch(text, /s3cret|shown/);
  });

  it('shows what the document inherits from, for a product too', () => {
    const files = {
      ...inStarter,
      'policy.xml': definition('    <trace />'),
      'products/starter/policy.xml': definition('    <base />\n    <quota />'),
      [orders]: definition('    <base />\n    <cors />'),
    };
    assert.deepEqual(inboundOf(files, orders, { of: 'parent' }), [
      '<!-- begin of global scope: policy.xml -->',
      '<trace />',
      '<!-- end of global scope: policy.xml -->',
    ]);
    assert.deepEqual(inboundOf(files, orders, { of: 'parent', product: 'STARTER' }), [
      '<!-- begin of product starter: products/starter/policy.xml -->',
      '<!-- begin of global scope: policy.xml -->',
      '<trace />',
      '<!-- end of global scope: policy.xml -->',
      '<quota />',
      '<!-- end of product starter: products/starter/policy.xml -->',
    ]);
    assert.match(textOf(files, orders, { of: 'parent' }) ?? '', /Effective policy of global scope\n/);
  });

  it('is undefined where there is no such chain, no parent, or no policy', () => {
    const files = { 'policy.xml': definition(''), 'policy fragments/log/policy.xml': '<fragment><trace /></fragment>' };
    assert.equal(textOf(files, 'policy.xml', { of: 'parent' }), undefined);
    assert.equal(textOf(files, 'policy.xml', { product: 'starter' }), undefined);
    assert.equal(textOf(files, 'policy fragments/log/policy.xml'), undefined);
    assert.equal(textOf(files, 'nothing.xml'), undefined);
  });

  it('says which file cannot be read as written', () => {
    const files = { [orders]: '<policies><inbound><trace></inbound></policies>' };
    assert.deepEqual(
      inboundOf(files, orders)[0],
      '<!-- begin of API orders: apis/orders/policy.xml, which cannot be read as written -->',
    );
  });

  it('writes statements of any depth', () => {
    const deep = `    ${'<choose>'.repeat(100_000)}${'</choose>'.repeat(100_000)}`;
    assert.deepEqual(
      inboundOf({ 'policy.xml': globalDefinition(deep), [orders]: definition('    <base />') }, orders),
      ['<!-- begin of global scope: policy.xml -->', deep.trim(), '<!-- end of global scope: policy.xml -->'],
    );
  });

  it('ends with a comment where bases multiply a policy beyond what an editor opens', () => {
    const trace = `<trace source="${'x'.repeat(10_000)}" />`;
    const files = {
      'policy.xml': definition(trace.repeat(50)),
      [orders]: definition('    <base />\n'.repeat(200)),
    };
    const text = textOf(files, orders) ?? '';
    assert.ok(text.length < 5_000_000, `${text.length} characters`);
    assert.match(text, /<!-- The rest is left out: this effective policy is too long to be shown -->/);
    assert.deepEqual(parsePolicyDocument(text, '/effective.xml', 1).problems, []);
  });
});
