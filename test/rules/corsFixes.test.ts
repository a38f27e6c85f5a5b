import assert from 'node:assert/strict';
import { cors, definition, globalDefinition, portalGlobal, shopCors } from '../support/policies';
import { applyFix, findingOf, type ServiceFiles } from '../support/service';

const orders = 'apis/orders/policy.xml';
const portal = 'base-inherits-portal-cors';
const restrictive = 'base-inherits-restrictive-cors';
const base = '    <base />';
const own = shopCors.replace('<cors>', '<cors terminate-unmatched-request="false">');

/** The global policy after add-origins, and the API's own cors that asks for it. */
function globalAfterAdding(global: string, wanted: { methods?: readonly string[]; headers?: readonly string[] } = {}) {
  const shop = cors({ origins: ['https://shop.contoso.com'], methods: ['GET'], headers: [], ...wanted });
  const files = { 'policy.xml': global, [orders]: definition(`${base}\n${shop}`) };
  return applyFix(files, orders, restrictive, 'add-origins')['policy.xml'];
}

/** The API policy after a fix of the warning that the portal's `cors` brings. */
function ordersAfter(fixId: string, text: string, global = portalGlobal()): string {
  const after = applyFix({ 'policy.xml': global, [orders]: text }, orders, portal, fixId);
  assert.equal(after['policy.xml'], global);
  return after[orders] ?? '';
}

function titlesOf(files: ServiceFiles, path: string, ruleId: string): readonly string[] {
  return findingOf(files, path, ruleId).fixes.map(({ title }) => title);
}

describe('the fix add-origins', () => {
  const partner = '<origin>https://partner.example</origin>';
  const shop = '<origin>https://shop.contoso.com</origin>';
  const put = { methods: ['PUT'] };

  it('writes into a list without entries and keeps its attribute and comment', () => {
    const list = (content: string) =>
      definition(`    <cors>
      <allowed-origins>
        ${partner}
      </allowed-origins>
      <allowed-methods preflight-result-max-age="300">${content}</allowed-methods>
    </cors>`);
    assert.equal(
      globalAfterAdding(list('<!-- all -->'), put),
      list('<!-- all -->\n        <method>PUT</method>\n      ').replace(partner, `${partner}\n        ${shop}`),
    );
    assert.equal(
      globalAfterAdding(list('\n        <!-- all -->\n      '), put),
      list('\n        <!-- all -->\n        <method>PUT</method>\n      ').replace(
        partner,
        `${partner}\n        ${shop}`,
      ),
    );
  });
  it('opens a self-closing list and keeps its attributes', () => {
    const before = definition(`    <cors>
      <allowed-origins>
        ${partner}
      </allowed-origins>
      <allowed-methods preflight-result-max-age='300' />
      <allowed-headers
        data-x="1"
      />
    </cors>`);
    assert.equal(
      globalAfterAdding(before, { methods: ['PUT', 'DELETE'], headers: ['x-trace'] }),
      definition(`    <cors>
      <allowed-origins>
        ${partner}
        ${shop}
      </allowed-origins>
      <allowed-methods preflight-result-max-age='300'>
        <method>PUT</method>
        <method>DELETE</method>
      </allowed-methods>
      <allowed-headers
        data-x="1">
        <header>x-trace</header>
      </allowed-headers>
    </cors>`),
    );
  });
  it('puts missing lists in the documented order', () => {
    const before = definition(`    <cors>
      <allowed-origins>
        ${partner}
      </allowed-origins> <!-- who -->
      <!-- what they may read -->
      <expose-headers>
        <header>x-trace</header>
      </expose-headers>
    </cors>`);
    assert.equal(
      globalAfterAdding(before, { methods: ['PUT'], headers: ['x-tenant'] }),
      definition(`    <cors>
      <allowed-origins>
        ${partner}
        ${shop}
      </allowed-origins> <!-- who -->
      <allowed-methods>
        <method>GET</method>
        <method>POST</method>
        <method>PUT</method>
      </allowed-methods>
      <allowed-headers>
        <header>x-tenant</header>
      </allowed-headers>
      <!-- what they may read -->
      <expose-headers>
        <header>x-trace</header>
      </expose-headers>
    </cors>`),
    );
  });
  it('puts a missing first list before the others and their comments', () => {
    const before = definition(`    <cors>
      <!-- any -->
      <allowed-methods>
        <method>*</method>
      </allowed-methods>
    </cors>`);
    assert.equal(
      globalAfterAdding(before),
      definition(`    <cors>
      <allowed-origins>
        ${shop}
      </allowed-origins>
      <!-- any -->
      <allowed-methods>
        <method>*</method>
      </allowed-methods>
    </cors>`),
    );
  });
  it('adds an entry behind the comment on the last one’s line', () => {
    const before = definition(`    <cors>
      <allowed-origins>
        ${partner} <!-- the partner -->
        <!-- more to come -->
      </allowed-origins>
    </cors>`);
    assert.equal(
      globalAfterAdding(before),
      before.replace('<!-- the partner -->', `<!-- the partner -->\n        ${shop}`),
    );
  });
  it('keeps a cors in its line, in a longer document too', () => {
    const before = definition(
      `    <cors><allowed-origins>${partner}<!-- p --></allowed-origins><allowed-headers /></cors>`,
    );
    const after = definition(
      `    <cors><allowed-origins>${partner}<!-- p -->${shop}</allowed-origins><allowed-methods><method>GET</method><method>POST</method><method>PUT</method></allowed-methods><allowed-headers><header>x-a</header></allowed-headers></cors>`,
    );
    assert.equal(globalAfterAdding(before, { methods: ['PUT'], headers: ['x-a'] }), after);
    const inLine = (text: string) => text.replace(/\n\s*/g, '');
    assert.equal(globalAfterAdding(inLine(before), { methods: ['PUT'], headers: ['x-a'] }), inLine(after));
  });
  it('keeps entries in their list’s line', () => {
    const before = definition(`    <cors>
      <allowed-origins> ${partner} </allowed-origins>
      <allowed-methods></allowed-methods>
    </cors>`);
    assert.equal(
      globalAfterAdding(before),
      before
        .replace(partner, `${partner} ${shop}`)
        .replace('></allowed-m', '>\n        <method>GET</method>\n      </allowed-m'),
    );
  });
  it('keeps tabs and \\r\\n', () => {
    const style = (text: string) => text.replace(/ {2}/g, '\t').replace(/\n/g, '\r\n');
    const before = definition(`    <cors>
      <allowed-origins>
        ${partner}
      </allowed-origins>
      <allowed-headers />
    </cors>`);
    const after = definition(`    <cors>
      <allowed-origins>
        ${partner}
        ${shop}
      </allowed-origins>
      <allowed-methods>
        <method>GET</method>
        <method>POST</method>
        <method>PUT</method>
      </allowed-methods>
      <allowed-headers>
        <header>x-a</header>
      </allowed-headers>
    </cors>`);
    assert.equal(globalAfterAdding(style(before), { methods: ['PUT'], headers: ['x-a'] }), style(after));
  });
});

describe('the fix set-terminate-false', () => {
  const startTagAfter = (startTag: string) => {
    const global = (tag: string) => definition(cors({ origins: ['https://partner.example'] })).replace('<cors>', tag);
    const files = { 'policy.xml': global(startTag), [orders]: definition(`${base}\n${shopCors}`) };
    const text = applyFix(files, orders, restrictive, 'set-terminate-false')['policy.xml'];
    return text?.slice(text.indexOf('<cors'), text.indexOf('>', text.indexOf('<cors')) + 1);
  };

  it('writes the attribute in the manner of the others', () => {
    assert.equal(
      startTagAfter("<cors  allow-credentials='false' >"),
      "<cors  allow-credentials='false' terminate-unmatched-request='false' >",
    );
    assert.equal(
      startTagAfter('<cors\n      allow-credentials="false"\n    >'),
      '<cors\n      allow-credentials="false"\n      terminate-unmatched-request="false"\n    >',
    );
    assert.equal(startTagAfter('<cors\n    >'), '<cors terminate-unmatched-request="false"\n    >');
  });
  it('replaces a value and keeps its quotes', () => {
    assert.equal(
      startTagAfter("<cors terminate-unmatched-request = 'true'>"),
      "<cors terminate-unmatched-request = 'false'>",
    );
  });
  it('says whom the change concerns', () => {
    const [, element = ''] = /(<cors[\s\S]*<\/cors>)/.exec(portalGlobal()) ?? [];
    const inFragment = {
      'policy.xml': portalGlobal().replace(element, '<include-fragment fragment-id="portal-cors" />'),
      [orders]: definition(`${base}\n${shopCors}`),
      'policy fragments/portal-cors/policy.xml': `<fragment>${element}</fragment>`,
    };
    assert.equal(
      titlesOf(inFragment, orders, portal)[0],
      'Set terminate-unmatched-request="false" on the inherited cors, for every policy that includes its fragment (policy fragments/portal-cors/policy.xml)',
    );
    const operation = 'apis/orders/operations/get-order/policy.xml';
    const partner = cors({ origins: ['https://partner.example'] });
    const ofApi = { [orders]: definition(partner), [operation]: definition(`${base}\n${shopCors}`) };
    assert.equal(
      titlesOf(ofApi, operation, restrictive)[0],
      `Set terminate-unmatched-request="false" on the inherited cors, for every operation that inherits it (${orders})`,
    );
    const ofBoth = { ...ofApi, 'policy.xml': globalDefinition(partner), [orders]: definition(`${base}\n${partner}`) };
    assert.equal(
      titlesOf(ofBoth, operation, restrictive)[0],
      `Set terminate-unmatched-request="false" on the 2 inherited cors policies, for every policy that inherits them (policy.xml, ${orders})`,
    );
  });
  it('is not offered for a cors in a fragment that is a string in another file, nor is add-origins', () => {
    const [, element = ''] = /(<cors[\s\S]*<\/cors>)/.exec(portalGlobal()) ?? [];
    const files = {
      'policy.xml': portalGlobal().replace(element, '<include-fragment fragment-id="portal-cors" />'),
      [orders]: definition(`${base}\n${shopCors}`),
      'policy fragments/portal-cors/policyFragmentInformation.json': JSON.stringify({
        properties: { format: 'rawxml', value: `<fragment>${element}</fragment>` },
      }),
    };
    const { fixes } = findingOf(files, orders, portal);
    assert.deepEqual(
      fixes.map(({ id }) => id),
      ['move-own-before-base', 'remove-base', 'replace-base'],
    );
    assert.equal(
      applyFix(files, orders, portal, 'replace-base')[orders],
      definition(
        `${shopCors}\n    <rate-limit-by-key calls="100" renewal-period="60" counter-key="@(context.Request.IpAddress)" />`,
      ),
    );
  });
});

describe('the fix move-own-before-base', () => {
  const moved = (before: string) => ordersAfter('move-own-before-base', definition(before));

  it('takes the comment behind the cors with it', () => {
    assert.equal(
      moved(`${base}\n    <!-- ours -->\n${shopCors} <!-- tail -->\n    <ip-filter action="allow" />`),
      definition(`    <!-- ours -->\n${own} <!-- tail -->\n${base}\n    <ip-filter action="allow" />`),
    );
  });
  it('leaves a comment that stands between the cors and another statement', () => {
    assert.equal(
      moved(`${base}\n${shopCors} <!-- filter --> <ip-filter action="allow" />`),
      definition(`${own}\n${base}\n    <!-- filter --> <ip-filter action="allow" />`),
    );
  });
  it('puts the cors above the line of a base with comments', () => {
    assert.equal(
      moved(`    <!-- inherit --> <base /> <!-- all -->\n${shopCors}`),
      definition(`${own}\n    <!-- inherit --> <base /> <!-- all -->`),
    );
  });
  it('breaks the line where the base is first on it and the cors is not', () => {
    assert.equal(moved(`${base} ${shopCors.trim()}`), definition(`${own}\n${base}`));
    assert.equal(moved(`${base}${shopCors.trim()} <!-- tail -->`), definition(`${own} <!-- tail -->\n${base}`));
  });
  it('breaks the line where the cors is first on its own and the base is not', () => {
    assert.equal(
      moved(`    <ip-filter action="allow" /> <base />\n${shopCors}`),
      definition(`    <ip-filter action="allow" />\n${own}\n${base}`),
    );
    const glued = definition(`${base}\n${shopCors}`).replace(/<inbound>\s*/, '<inbound>');
    assert.equal(ordersAfter('move-own-before-base', glued), definition(`${own}\n${base}`));
  });
  it('keeps a line where both stand in it', () => {
    const line = (inbound: string) => `<policies><inbound>${inbound}</inbound></policies>`;
    const inLine = (text: string) => text.replace(/\s*\n\s*/g, '').trim();
    const move = (text: string) => ordersAfter('move-own-before-base', text);
    assert.equal(move(line(`<base />${inLine(shopCors)}`)), line(`${inLine(own)}<base />`));
    assert.equal(move(line(`<base /> ${inLine(shopCors)} `)), line(`${inLine(own)} <base /> `));
    assert.equal(move(line(`<base /> ${inLine(shopCors)}<!-- t -->`)), line(`${inLine(own)}<!-- t --> <base />`));
  });
  it('keeps a start tag over several lines, and its quotes', () => {
    const tag = (more: string) => shopCors.replace('<cors>', `<cors\n      allow-credentials='false'${more}\n    >`);
    assert.equal(
      moved(`${base}\n${tag('')}`),
      definition(`${tag("\n      terminate-unmatched-request='false'")}\n${base}`),
    );
  });
  it('keeps tabs and \\r\\n', () => {
    const style = (text: string) => text.replace(/ {2}/g, '\t').replace(/\n/g, '\r\n');
    const before = style(definition(`    <!-- inherit --> <base />\n${shopCors} <!-- tail -->`));
    const after = style(definition(`${own} <!-- tail -->\n    <!-- inherit --> <base />`));
    assert.equal(ordersAfter('move-own-before-base', before), after);
  });
  it('moves before the first of two <base />', () => {
    assert.equal(moved(`${base}\n${base}\n${shopCors}`), definition(`${own}\n${base}\n${base}`));
  });
  it('is not offered for an own cors that comes from a fragment', () => {
    const files = {
      'policy.xml': portalGlobal(),
      [orders]: definition(`${base}\n    <include-fragment fragment-id="ours" />`),
      'policy fragments/ours/policy.xml': `<fragment>\n${shopCors}\n</fragment>`,
    };
    assert.deepEqual(
      findingOf(files, orders, portal).fixes.map(({ id }) => id),
      ['set-terminate-false', 'add-origins', 'remove-base', 'replace-base'],
    );
  });
});

describe('the fixes remove-base and replace-base', () => {
  const limit = '    <rate-limit-by-key calls="100" renewal-period="60" counter-key="@(context.Request.IpAddress)" />';
  const result = (fixId: string, inbound: string) => ordersAfter(fixId, definition(inbound));
  const titles = (inbound: string) =>
    titlesOf({ 'policy.xml': portalGlobal(), [orders]: definition(inbound) }, orders, portal).filter((title) =>
      /^Re(move|place)/.test(title),
    );

  it('read <base></base> as <base />, and so do the others', () => {
    const empty = '    <base></base>';
    assert.equal(result('remove-base', `${empty}\n${shopCors}`), definition(shopCors));
    assert.equal(result('replace-base', `${empty}\n${shopCors}`), definition(`${shopCors}\n${limit}`));
    assert.equal(result('move-own-before-base', `${empty}\n${shopCors}`), definition(`${own}\n${empty}`));
  });
  it('keep what stands beside <base /> on its line', () => {
    assert.equal(
      result('remove-base', `    <!-- a --> <base />\n${shopCors}`),
      definition(`    <!-- a -->\n${shopCors}`),
    );
    assert.equal(result('remove-base', `${base} <!-- a -->\n${shopCors}`), definition(`    <!-- a -->\n${shopCors}`));
    assert.equal(
      result('replace-base', `    <!-- a --> <base /> <!-- b -->\n${shopCors}`),
      definition(`${shopCors}\n    <!-- a --> ${limit.trim()} <!-- b -->`),
    );
  });
  it('write each inherited statement on a line of its own, where <base /> has one but for comments', () => {
    const global = portalGlobal().replace('</cors>', '</cors>\n    <set-variable name="x" value="1" />');
    assert.equal(
      ordersAfter('replace-base', definition(`    <!-- a --> <base />\n${shopCors}`), global),
      definition(`${shopCors}\n    <!-- a --> <set-variable name="x" value="1" />\n${limit}`),
    );
    assert.equal(
      ordersAfter('replace-base', definition(`    <trace source="a" /><base />\n${shopCors}`), global),
      definition(`    <trace source="a" />\n${shopCors}\n    <set-variable name="x" value="1" />${limit.trim()}`),
    );
  });
  it('count nothing as lost that a second <base /> still brings in, and do not write it twice', () => {
    const inbound = `${base}\n${shopCors}\n${base}`;
    assert.deepEqual(titles(inbound), [
      'Remove <base />: the one behind the cors still inherits the same; terminate-not-explicit is left',
    ]);
    assert.equal(result('remove-base', inbound), definition(`${shopCors}\n${base}`));
  });
  it('take every <base /> before the own cors', () => {
    const inbound = `${base}\n    <!-- again -->\n    <base /> <base />\n${shopCors}`;
    assert.deepEqual(titles(inbound), [
      'Remove the 3 <base /> before the cors: also drops rate-limit-by-key from global scope',
      'Replace <base /> with the 1 inherited statement except the cors, behind this cors',
    ]);
    assert.equal(result('remove-base', inbound), definition(`    <!-- again -->\n${shopCors}`));
    assert.equal(result('replace-base', inbound), definition(`${shopCors}\n${limit}\n    <!-- again -->`));
  });
  it('count a statement of a fragment once, however often the fragment is read', () => {
    const files = {
      'policy.xml': portalGlobal().replace('</cors>', '</cors>\n    <include-fragment fragment-id="log" />'),
      [orders]: definition(`${base}\n${shopCors}`),
      'products/starter/policy.xml': definition(base),
      'products/starter/apis.json': '[{ "name": "orders" }]',
      'policy fragments/log/policyFragmentInformation.json': JSON.stringify({
        properties: { format: 'rawxml', value: '<fragment><trace source="a" /></fragment>' },
      }),
    };
    const title = 'Remove <base />: also drops trace and rate-limit-by-key from global scope';
    assert.equal(findingOf(files, orders, portal).fixes.find(({ id }) => id === 'remove-base')?.title, title);
    assert.equal(
      applyFix(files, orders, portal, 'replace-base')[orders],
      definition(`${shopCors}\n    <include-fragment fragment-id="log" />\n${limit}`),
    );
    const ownToo = {
      ...files,
      [orders]: definition(`${base}\n${shopCors}\n    <include-fragment fragment-id="log" />`),
    };
    assert.match(titlesOf(ownToo, orders, portal).join('\n'), /also drops rate-limit-by-key from global scope/);
  });
  it('name what only calls through a product lose, and what they gain', () => {
    const files = {
      'policy.xml': portalGlobal(),
      [orders]: definition(`${base}\n${shopCors}`),
      'products/starter/policy.xml': definition('    <quota calls="5" renewal-period="60" />'),
      'products/starter/apis.json': '[{ "name": "orders" }]',
    };
    assert.deepEqual(
      titlesOf(files, orders, portal).filter((title) => /^Re(move|place)/.test(title)),
      [
        'Remove <base />: also drops rate-limit-by-key from global scope; quota from product starter',
        'Replace <base /> with the 1 inherited statement except the cors, behind this cors (drops quota from product starter; calls through starter, which lack this today, get it too)',
      ],
    );
  });
  it('are not offered where <base> has no end: then the cors is inside it', () => {
    const files = { 'policy.xml': portalGlobal(), [orders]: definition(`    <base>\n${shopCors}`) };
    assert.deepEqual(titlesOf(files, orders, portal), []);
  });
});

describe('the title of a fix of the document itself', () => {
  it('says what then shows in documents that inherit from it', () => {
    const admin = cors({ origins: ['https://admin.contoso.com'] });
    const operation = (name: string) => `apis/orders/operations/${name}/policy.xml`;
    const files: ServiceFiles = {
      'policy.xml': portalGlobal(),
      [orders]: definition(`${base}\n${shopCors}`),
      [operation('get-order')]: definition(`${base}\n${admin}`),
    };
    const removal = 'Remove <base />: also drops rate-limit-by-key from global scope';
    const titleOf = (all: ServiceFiles) => titlesOf(all, orders, portal).find((title) => title.startsWith('Remove'));
    assert.equal(titleOf(files), `${removal}; base-inherits-restrictive-cors then shows in ${operation('get-order')}`);
    assert.equal(
      titleOf({ ...files, [operation('put-order')]: definition(`${base}\n${admin}`) }),
      `${removal}; base-inherits-restrictive-cors then shows in 2 policies that inherit from this one`,
    );
    assert.equal(titleOf({ ...files, [operation('get-order')]: definition(`${admin}\n${base}`) }), removal);
  });
});
