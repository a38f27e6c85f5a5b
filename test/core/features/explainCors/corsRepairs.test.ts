import assert from 'node:assert/strict';
import { applyEdits, type CorsRequestForm } from '../../../../server/src/core';
import { cors, definition, portalGlobal, serviceArtifact, shopCors } from '../../../support/policies';
import { absolute, openService, relative, type ServiceFiles } from '../../../support/service';

const shop = 'https://shop.contoso.com';
const orders = 'apis/orders/policy.xml';
const json = [{ name: 'content-type', value: 'application/json' }];

function withOrders(inbound: string, global?: string): ServiceFiles {
  return {
    ...serviceArtifact,
    ...(global === undefined ? {} : { 'policy.xml': global }),
    [orders]: definition(inbound),
  };
}

/** Each repair as `verdict: title`; a verdict that still hangs on something has a question mark. */
function repairs(files: ServiceFiles, form: CorsRequestForm): readonly string[] {
  const explanation = openService(files).explainCorsRequest(absolute(orders), form)?.explanation;
  assert.ok(explanation);
  return explanation.repairs.map(({ browser, isCertain, title }) => `${browser}${isCertain ? '' : '?'}: ${title}`);
}

/** The service after a repair whose title begins so; the call must then be what the repair has promised. */
function repair(files: ServiceFiles, form: CorsRequestForm, title: string): ServiceFiles {
  const service = openService(files);
  const offered = service
    .explainCorsRequest(absolute(orders), form)
    ?.explanation?.repairs.find((each) => each.title.startsWith(title));
  assert.ok(offered, `"${title}…" is offered`);
  const made = service.corsRepair(absolute(orders), form, offered);
  assert.ok(made);
  const after: Record<string, string> = { ...files };
  for (const path of new Set(made.edits.map((edit) => relative(edit.path)))) {
    after[path] = applyEdits(
      after[path] ?? '',
      made.edits.filter((edit) => relative(edit.path) === path),
    );
  }
  const explained = openService(after).explainCorsRequest(absolute(orders), form)?.explanation;
  assert.deepEqual([explained?.browser, explained?.isCertain], [offered.browser, offered.isCertain]);
  return after;
}

describe('repairs of a CORS request', () => {
  it('are the fixes of the rules that let this call pass, each with its verdict', () => {
    const files = withOrders(`    <base />\n${shopCors}`, portalGlobal());
    assert.deepEqual(repairs(files, { origin: shop }), [
      'allowed?: Set terminate-unmatched-request="false" on the inherited cors, for every API that inherits it (policy.xml)',
      'allowed: Add https://shop.contoso.com to the inherited cors, for every API that inherits it (policy.xml)',
      'allowed: Move this cors before <base />, with terminate-unmatched-request="false"',
      'allowed: Remove <base />: also drops rate-limit-by-key from global scope',
      'allowed: Replace <base /> with the 1 inherited statement except the cors, behind this cors',
    ]);
  });

  it('grant just what the request needs, in the cors that decides', () => {
    const files = withOrders(shopCors);
    const form = { origin: 'https://admin.contoso.com', method: 'PUT', headers: json };
    assert.deepEqual(repairs(files, form), [
      // Without a specification an OPTIONS operation may exist.
      `allowed?: Allow https://admin.contoso.com and method PUT in the cors of API orders (${orders})`,
    ]);
    const after = repair(files, form, 'Allow');
    assert.match(after[orders] ?? '', /<origin>https:\/\/admin\.contoso\.com<\/origin>[\s\S]*<method>PUT<\/method>/);
  });

  it('turn on credentials where a call sends them, but never for a star', () => {
    const form = { origin: shop, credentials: 'include' } as const;
    const after = repair(withOrders(shopCors), form, 'Allow credentials in the cors of API orders');
    assert.match(after[orders] ?? '', /<cors allow-credentials="true">/);
    const star = withOrders(cors({ origins: ['*'] }));
    assert.deepEqual(
      repairs(star, form).filter((title) => title.includes('Allow')),
      [],
    );
  });

  it('say for whom a change of an inherited cors is', () => {
    const files = withOrders('    <base />', portalGlobal(' terminate-unmatched-request="true"'));
    assert.deepEqual(repairs(files, { origin: shop }), [
      `allowed: Allow ${shop} in the cors of global scope, for every API that inherits it (policy.xml)`,
      `allowed: Insert a cors for ${shop} in API orders, before <base /> (${orders})`,
    ]);
  });

  it('let the request pass what stands before the cors that lists it, from an operation without a cors, too', () => {
    const files: ServiceFiles = {
      ...withOrders(`    <base />\n${shopCors}`, portalGlobal()),
      'apis/orders/operations/create/policy.xml': definition('    <base />'),
    };
    const path = absolute('apis/orders/operations/create/policy.xml');
    const explanation = openService(files).explainCorsRequest(path, { origin: shop, headers: json })?.explanation;
    assert.deepEqual(
      explanation?.repairs.map(({ title }) => title),
      [
        'Set terminate-unmatched-request="false" on the cors of global scope, for every API that inherits it (policy.xml)',
        `Allow ${shop} in the cors of global scope, for every API that inherits it (policy.xml)`,
        `Insert a cors for ${shop} in operation create of API orders, before <base /> (apis/orders/operations/create/policy.xml)`,
      ],
    );
  });

  it('insert a cors where there is none, in the manner of the file', () => {
    const files = withOrders('    <base />');
    const form = { origin: shop, method: 'PUT', headers: json };
    const after = repair(files, form, 'Insert a cors');
    assert.equal(
      after[orders],
      definition(`    <cors terminate-unmatched-request="false">
      <allowed-origins>
        <origin>https://shop.contoso.com</origin>
      </allowed-origins>
      <allowed-methods preflight-result-max-age="300">
        <method>PUT</method>
      </allowed-methods>
      <allowed-headers>
        <header>content-type</header>
      </allowed-headers>
    </cors>
    <base />`),
    );
  });

  for (const [written, inbound] of [
    ['an empty section', '<inbound></inbound>'],
    ['a self-closing section', '<inbound />'],
    ['a section on one line', '<inbound><base /></inbound>'],
  ] as const) {
    it(`insert a cors into ${written}`, () => {
      const files = { ...serviceArtifact, [orders]: `<policies>\n  ${inbound}\n</policies>\n` };
      const after = repair(files, { origin: shop, headers: json }, 'Insert a cors');
      assert.match(after[orders] ?? '', /<policies>\n {2}<inbound>\n {4}<cors [^>]*>\n {6}<allowed-origins>/);
    });
  }

  it('are not offered for a call that certainly passes, nor twice', () => {
    assert.deepEqual(repairs(withOrders(shopCors), { origin: shop }), []);
  });

  it('are made for the texts as they are, or not at all', () => {
    const files = withOrders(shopCors);
    const form = { origin: 'https://admin.contoso.com' };
    const service = openService(files);
    const [offered] = service.explainCorsRequest(absolute(orders), form)?.explanation?.repairs ?? [];
    assert.ok(offered);
    service.store.setText(absolute(orders), definition('    <base />'), 2);
    assert.equal(service.corsRepair(absolute(orders), form, offered), undefined);
  });
});
