import assert from 'node:assert/strict';
import { describePlace, openMarkedService } from '../../support/markedService';
import { cursorAfter, namesService } from '../../support/references';
import type { ServiceFiles } from '../../support/service';

const orders = 'apis/orders/policy.xml';
const billing = 'apis/billing/policy.xml';

/** Where the name at the cursor is defined, and what was asked about. */
function defined(marked: ServiceFiles): { readonly asked: string; readonly places: readonly string[] } | undefined {
  const { service, path, offset } = openMarkedService(marked);
  const found = service.definition(path, offset);
  if (found === undefined) return undefined;
  const asked = (service.store.text(path) ?? '').slice(found.span.start, found.span.end);
  return { asked, places: found.places.map((place) => describePlace(place, service)) };
}

/** Every use of the name at the cursor, and where it is defined. */
function used(marked: ServiceFiles, withDefinition = true): readonly string[] | undefined {
  const { service, path, offset } = openMarkedService(marked);
  return service.usesAt(path, offset, withDefinition)?.map((place) => describePlace(place, service));
}

const at = (path: string, piece: string): ServiceFiles => cursorAfter(namesService, path, piece);

describe('definition', () => {
  it('of a fragment is its file, whatever the case of the id', () => {
    const places = ['policy fragments/log/policy.xml:1 "fragment"'];
    assert.deepEqual(defined(at(orders, 'fragment-id="lo')), { asked: 'log', places });
    assert.deepEqual(defined(at('policy.xml', 'fragment-id="Log')), { asked: 'Log', places });
  });
  it('of a fragment that an information file holds is in the string', () => {
    const files = {
      ...namesService,
      [orders]: '<policies><inbound><include-fragment fragment-id="st¦ored" /></inbound></policies>',
    };
    const places = ['policy fragments/stored/policyFragmentInformation.json:1 "fragment"'];
    assert.deepEqual(defined(files), { asked: 'stored', places });
  });
  it('of a named value is its display name, from its braces too, in C# too', () => {
    const places = ['named values/nv1/namedValueInformation.json:1 "orders-url"'];
    assert.deepEqual(defined(at(billing, 'base-url="{')), { asked: 'orders-url', places });
    assert.deepEqual(defined(at(billing, '{{Orders')), { asked: 'Orders-Url', places });
  });
  it('of a named value that only the project file knows is there', () => {
    const files = {
      'apim-policy.config.json': '{ "namedValues": { "spa": "https://spa" } }',
      'policy.xml': '<policies><inbound><a b="{{s¦pa}}" /></inbound></policies>',
      'apis/a/apiInformation.json': '{}',
    };
    assert.deepEqual(defined(files), { asked: 'spa', places: ['apim-policy.config.json:1 "spa"'] });
  });
  it('of backends and loggers is their information file', () => {
    assert.deepEqual(defined(at(orders, 'backend-id="')), {
      asked: 'orders',
      places: ['backends/orders/backendInformation.json:1 ""'],
    });
    assert.deepEqual(defined(at(billing, 'logger-id="au')), {
      asked: 'audit',
      places: ['loggers/audit/loggerInformation.json:1 ""'],
    });
  });
  it('of a policy variable is every place that sets it for the same requests', () => {
    // Product starter holds the API; the one that billing sets is another variable of the same name.
    assert.deepEqual(defined(at(orders, '<string>("pl')), {
      asked: 'plan',
      places: ['products/starter/policy.xml:4 "plan"'],
    });
    assert.deepEqual(defined(at(billing, 'ContainsKey("te')), { asked: 'tenant', places: ['policy.xml:3 "tenant"'] });
    assert.deepEqual(defined(at('policy fragments/log/policy.xml', 'Variables["te')), {
      asked: 'tenant',
      places: ['policy.xml:3 "tenant"'],
    });
  });
  it('of <base /> is the section of the next document, of each product', () => {
    assert.deepEqual(defined(at(orders, '<ba')), {
      asked: '<base />',
      places: [
        'policy.xml:2 "inbound"',
        'products/gold/policy.xml:2 "inbound"',
        'products/starter/policy.xml:2 "inbound"',
      ],
    });
    assert.deepEqual(defined(at('products/gold/policy.xml', '<ba')), {
      asked: '<base />',
      places: ['policy.xml:2 "inbound"'],
    });
  });
  it('of <base /> is the document where that has no such section', () => {
    const { places } = defined(at(orders, '<outbound>\n    <ba')) ?? {};
    assert.deepEqual(places, [
      'policy.xml:6 "outbound"',
      'products/gold/policy.xml:1 "policies"',
      'products/starter/policy.xml:1 "policies"',
    ]);
  });
  it('is none where nothing is defined in the workspace', () => {
    for (const marked of [
      at(orders, 'certificate-id="cl'),
      at(orders, '<set-back'),
      at('policy.xml', '<inb'),
      { 'policy.xml': '<policies><inbound><ba¦se /></inbound></policies>' },
      { 'policy.xml': '<policies><inbound><include-fragment fragment-id="¦" /></inbound></policies>' },
      { 'policy.xml': '<policies><inbound><include-fragment fragment-id="@(¦a)" /></inbound></policies>' },
      { 'policy.xml': '<policies><inbound><!-- {{orders¦-url}} --></inbound></policies>' },
    ]) {
      assert.equal(defined(marked), undefined);
    }
  });
});

describe('references', () => {
  it('of a fragment are all that include it, from its own root too', () => {
    const uses = ['apis/orders/policy.xml:8 "log"', 'policy.xml:4 "Log"'];
    assert.deepEqual(used(at(orders, 'fragment-id="lo'), false), uses);
    assert.deepEqual(used(at('policy fragments/log/policy.xml', '<frag')), [
      'policy fragments/log/policy.xml:1 "fragment"',
      ...uses,
    ]);
  });
  it('of a named value are in policies, in C#, in information files and in the fragments that these hold', () => {
    assert.deepEqual(used(at(billing, '{{orders-u'), false), [
      'apis/billing/policy.xml:4 "orders-url"',
      'apis/billing/policy.xml:5 "Orders-Url"',
      'policy fragments/stored/policyFragmentInformation.json:1 "orders-url"',
    ]);
    assert.deepEqual(used(at(orders, '{{orders-k'), false), [
      'apis/orders/policy.xml:6 "orders-key"',
      'loggers/audit/loggerInformation.json:1 "orders-key"',
    ]);
  });
  it('of a backend are in policies and pools', () => {
    assert.deepEqual(used(at(orders, 'backend-id="or'), false), [
      'apis/billing/policy.xml:4 "orders"',
      'apis/orders/policy.xml:4 "orders"',
      'backends/pool/backendInformation.json:1 "orders"',
    ]);
  });
  it('of a certificate, which has no file, are all that name it', () => {
    assert.deepEqual(used(at(orders, 'certificate-id="cl')), [
      'apis/billing/policy.xml:6 "client"',
      'apis/orders/policy.xml:7 "client"',
    ]);
  });
  it('of a policy variable are in the files that share it, through others too', () => {
    const tenant = ['policy fragments/log/policy.xml:2 "tenant"'];
    assert.deepEqual(used(at('policy.xml', 'name="te'), false), ['apis/billing/policy.xml:3 "tenant"', ...tenant]);
    assert.deepEqual(used(at('policy fragments/log/policy.xml', '["te')), [
      'apis/billing/policy.xml:3 "tenant"',
      ...tenant,
      'policy.xml:3 "tenant"',
    ]);
    assert.deepEqual(used(at(orders, '<string>("pl')), [
      'apis/orders/policy.xml:5 "plan"',
      'products/starter/policy.xml:4 "plan"',
    ]);
    assert.deepEqual(used(at(billing, 'name="pl')), ['apis/billing/policy.xml:3 "plan"']);
  });
  it('keep a workspace’s names apart from the service’s', () => {
    const uses = (text: string): string => `<policies><inbound>${text}</inbound></policies>`;
    const files = {
      'policy.xml': uses('<include-fragment fragment-id="shared" />{{key}}'),
      'policy fragments/shared/policy.xml': '<fragment />',
      'policy fragments/log/policy.xml': '<fragment />',
      'named values/key/namedValueInformation.json': '{ "properties": { "displayName": "key", "value": "1" } }',
      'workspaces/sales/policy.xml': uses(
        '<include-fragment fragment-id="shared" /><include-fragment fragment-id="log" />{{key}}',
      ),
      'workspaces/sales/policy fragments/log/policy.xml': '<fragment />',
    };
    assert.deepEqual(used(cursorAfter(files, 'policy.xml', 'id="sh')), [
      'policy fragments/shared/policy.xml:1 "fragment"',
      'policy.xml:1 "shared"',
      'workspaces/sales/policy.xml:1 "shared"',
    ]);
    assert.deepEqual(used(cursorAfter(files, 'workspaces/sales/policy.xml', 'id="lo')), [
      'workspaces/sales/policy fragments/log/policy.xml:1 "fragment"',
      'workspaces/sales/policy.xml:1 "log"',
    ]);
    assert.deepEqual(used(cursorAfter(files, 'policy fragments/log/policy.xml', '<fr')), [
      'policy fragments/log/policy.xml:1 "fragment"',
    ]);
    assert.deepEqual(used(cursorAfter(files, 'policy.xml', '{{k')), [
      'named values/key/namedValueInformation.json:1 "key"',
      'policy.xml:1 "key"',
    ]);
  });
  it('find variables that Liquid templates read', () => {
    const liquid = '<set-body template="liquid">{"a": "{{context.Variables["x"]}}"}</set-body>';
    const files = {
      'policy.xml': `<policies><inbound><set-variable name="¦x" value="1" />${liquid}</inbound></policies>`,
    };
    assert.equal(used(files, false)?.length, 1);
  });
  it('follow changes of texts, and files that come and go', () => {
    const { service, path, offset } = openMarkedService(at(orders, 'fragment-id="lo'));
    const uses = (): readonly string[] | undefined =>
      service.usesAt(path, offset, false)?.map((place) => describePlace(place, service));
    assert.equal(uses()?.length, 2);
    service.store.setText('/service/policy.xml', '<policies><inbound /></policies>', 2);
    assert.deepEqual(uses(), ['apis/orders/policy.xml:8 "log"']);
    service.store.setText(
      '/service/apis/new/policy.xml',
      '<policies><inbound><include-fragment fragment-id="LOG" /></inbound></policies>',
      1,
    );
    assert.deepEqual(uses(), ['apis/new/policy.xml:1 "LOG"', 'apis/orders/policy.xml:8 "log"']);
    service.store.delete('/service/apis/new/policy.xml');
    assert.deepEqual(uses(), ['apis/orders/policy.xml:8 "log"']);
  });
});
